"""What a signed-in reader keeps for herself, when she asks for it: nobody else sees any of it."""

from django.db import models

from thongsuot.library.models.documents import Document
from thongsuot.library.models.passages import Passage
from thongsuot.people.models import Person
from thongsuot.units.models import new_uid


class Highlight(models.Model):
    """Marked words of a passage, a note to it, or both."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="highlights")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="highlights")
    quote = models.TextField(blank=True)
    note = models.TextField(blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["passage__edition", "passage__position", "pk"]


class ReadingPlace(models.Model):
    """Where she stopped, kept here only if she asked for it; otherwise it stays on her device."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reading_places")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    anchor = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("person", "document", name="one_place")]
