"""What a person mended in an imported text."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.library.models.documents import Edition
from thongsuot.people.models import Person
from thongsuot.units.models import new_uid


class Mend(models.Model):
    """What a passage said, and what was done about it: done again at every import of a newer text."""

    class Verb(models.TextChoices):
        WRITE = "write", _("words mended")
        KIND = "kind", _("kind changed")
        SPLIT = "split", _("cut in two")
        JOIN = "join", _("joined with the passage before")
        REMOVE = "remove", _("taken out")
        RIGHT = "right", _("found right")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="mends")
    verb = models.CharField(max_length=10, choices=Verb.choices)
    anchor = models.CharField(max_length=80, help_text="of the passage, when it was last found")
    kind = models.CharField(max_length=12)
    said = models.TextField(_("what it said"), help_text="heading and text before the mend")
    values = models.JSONField(default=dict, help_text="the new words, kind, place of the cut")
    # How to go back: rows as they were, anchors that came in, see mended.Change.
    change = models.JSONField(default=dict)
    is_lost = models.BooleanField(default=False, help_text="the newest text holds no such passage")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_verb_display()}: {' '.join(self.said.split())[:80]}"
