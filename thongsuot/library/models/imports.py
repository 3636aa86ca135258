"""A text on its way in: the file, what was understood of it, what is doubtful, and what a person mended."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.library.models.documents import Document, Edition
from thongsuot.papers.models import StoredFile
from thongsuot.people.models import Person
from thongsuot.units.models import Unit, new_uid


class Import(models.Model):
    """Read in the background, confirmed by a person, then made the document's text."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        READING = "reading", _("being read")
        READ = "read", _("read, to be confirmed")
        SETTLING = "settling", _("being put into the library")
        DONE = "done", _("in the library")
        FAILED = "failed", _("not readable")
        CANCELLED = "cancelled", _("cancelled")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    page_map = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # An import into a standing document brings a newer text of it.
    document = models.ForeignKey(Document, on_delete=models.CASCADE, null=True, blank=True, related_name="imports")
    edition = models.ForeignKey(Edition, on_delete=models.SET_NULL, null=True, blank=True, related_name="imports")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    # 0 to 100 of the step that the state names.
    progress = models.PositiveSmallIntegerField(default=0)
    format = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=5, default="vi")
    # What the reader understood of the document itself, and what the person confirmed: kind, number, title …
    about = models.JSONField(default=dict)
    # Counts by kind of passage; after settling also kept, changed, new and withdrawn.
    result = models.JSONField(default=dict)
    problem = models.TextField(blank=True, help_text="why it could not be read, in the reader's words")

    class Meta:
        ordering = ["-begun_at", "-pk"]

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.WAITING, self.State.READING, self.State.SETTLING)


class Doubt(models.Model):
    """Something in an edition that a person should look at before others read it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="doubts")
    anchor = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, help_text="run-in, caption, number, picture, page, table, other")
    detail = models.CharField(max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("edition", "anchor", "kind", "detail", name="one_doubt")]


class Mend(models.Model):
    """What a person put right, kept apart from the text so that the next import keeps it.

    ``was`` is the text that was mended: where a newer source says something else, the mend no longer fits.
    """

    class Act(models.TextChoices):
        CHANGE = "change", _("changed")
        KIND = "kind", _("another kind of passage")
        SPLIT = "split", _("split in two")
        JOIN = "join", _("joined to the one before")
        DROP = "drop", _("left out")

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="mends")
    language = models.CharField(max_length=5, default="vi")
    anchor = models.CharField(max_length=80)
    act = models.CharField(max_length=10, choices=Act.choices)
    was = models.JSONField(default=dict)
    now = models.JSONField(default=dict)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    fits = models.BooleanField(default=True, help_text="whether the text of the newest import still holds it")

    class Meta:
        ordering = ["at", "pk"]
