"""Whole works as files, made in the background and kept until the text changes."""

from django.db import models

from thongsuot.library.models.documents import Edition
from thongsuot.papers.models import StoredFile
from thongsuot.units.models import new_uid


class Export(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="exports")
    format = models.CharField(max_length=5, help_text="epub, pdf, akn")
    # Of what the file was made from: another text has another key, and its file is made anew.
    key = models.CharField(max_length=64)
    # A trail: which passages, in their order, with their introductions; empty for the whole work.
    trail = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    file = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+")
    problem = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("edition", "format", "key", name="one_export")]
