"""A file on its way into the library."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.library.formats.drafts import CannotRead
from thongsuot.library.formats.refusals import sentence
from thongsuot.library.models.documents import Document, Edition
from thongsuot.papers.models import StoredFile
from thongsuot.people.models import Person
from thongsuot.units.models import Unit, new_uid


class Import(models.Model):
    """What someone sent, what is known of its way so far, and what came of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("in the queue")
        READING = "reading", _("being read")
        ASKING = "asking", _("waits for your answer")
        LOADING = "loading", _("being put in")
        DONE = "done", _("brought in")
        FAILED = "failed", _("not taken")
        CANCELLED = "cancelled", _("cancelled")

    class Answer(models.TextChoices):
        """Whether the text belongs to a document that stands already."""

        NEWER = "newer", _("a newer text of it")
        OWN = "own", _("a document of its own")

    OPEN = (State.WAITING, State.READING, State.ASKING, State.LOADING)
    AT_WORK = (State.READING, State.LOADING)

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    page_map = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    format = models.CharField(max_length=10)
    # Who keeps the document; none for what belongs to the whole library.
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    into = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=400, blank=True)
    kind = models.CharField(max_length=20, choices=Document.Kind.choices, blank=True)
    language = models.CharField(max_length=5, default="vi")
    is_public = models.BooleanField(default=False)
    valid_from = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField()

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    # Each beginning has its number: a worker that was given up and wakes again finds that it is no longer meant.
    attempt = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=30, blank=True)
    refusal_detail = models.CharField(max_length=200, blank=True)

    like = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, related_name="+")
    like_by = models.CharField(max_length=10, blank=True, help_text="number or title")
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    found = models.JSONField(default=dict, help_text="what the reader made of it: title, number, counts by kind")
    document = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, related_name="imports")
    edition = models.ForeignKey(Edition, on_delete=models.SET_NULL, null=True, related_name="imports")
    outcome = models.JSONField(default=dict, help_text="how many passages are new, same, changed, gone, and which")

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state"], name="import_state")]

    def __str__(self) -> str:
        return self.file.name

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_moving(self) -> bool:
        """Whether it goes on without anyone doing anything."""
        return self.state in (self.State.WAITING, *self.AT_WORK)

    @property
    def why_not(self) -> str:
        """Why the file was not taken and what to do, in the reader's language."""
        return sentence(CannotRead(self.refusal, self.refusal_detail)) if self.refusal else ""

    @property
    def counts(self) -> dict[str, Any]:
        return {name: self.outcome.get(name, 0) for name in ("fresh", "same", "changed", "gone")}
