"""Copies that readers take along: made on first request, kept until the text changes."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thongsuot.library.models.documents import Edition
from thongsuot.units.models import new_uid

# Whoever was to make it is gone: it may be asked for again.
GIVEN_UP_AFTER = timedelta(minutes=30)


class Copy(models.Model):
    """A text or a trail as one file. It is derived: the file may be lost, and is then made anew. No backup holds it."""

    class Kind(models.TextChoices):
        EPUB = "epub", "EPUB"
        PDF = "pdf", "PDF"
        AKN = "akn", "Akoma Ntoso"

    class State(models.TextChoices):
        WAITING = "waiting", _("in the queue")
        MAKING = "making", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    kind = models.CharField(max_length=4, choices=Kind.choices)
    key = models.CharField(max_length=80, help_text="edition:<uid> or trail:<uid>:<language>")
    # Of the words that it is made from, and of the form: another one means another copy.
    fingerprint = models.CharField(max_length=64)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, null=True, related_name="copies")
    trail: Any = models.JSONField(null=True, help_text="title, steps, introduction, address, as plain values")
    language = models.CharField(max_length=5)
    title = models.CharField(max_length=400)
    site = models.CharField(max_length=200, help_text="before every path that leads out of the copy")
    # Of a trail: its own lines may be meant for members only. A text says itself who may read it.
    is_public = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(default=0, help_text="percent")
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["key", "kind", "-pk"]
        verbose_name_plural = "copies"
        constraints = [models.UniqueConstraint("key", "kind", "fingerprint", name="one_copy")]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_kind_display()})"

    @property
    def path(self) -> Path:
        return Path(settings.DATA) / "copies" / f"{self.uid}.{self.ending}"

    @property
    def ending(self) -> str:
        return "xml" if self.kind == self.Kind.AKN else self.kind

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY and self.path.is_file()

    @property
    def is_under_way(self) -> bool:
        """Whether waiting for it makes sense."""
        is_young = timezone.now() - self.asked_at < GIVEN_UP_AFTER
        return self.state in (self.State.WAITING, self.State.MAKING) and is_young
