"""What a person writes into a text for herself alone: highlights, notes, and where she stopped."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.library.models.documents import Document
from thongsuot.library.models.passages import Passage
from thongsuot.people.models import Person
from thongsuot.units.models import new_uid
from thongsuot.viet.text import fold


class ReadingChoice(models.Model):
    """What a person asked to be kept with the account; without it everything stays on the device."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="reading_choice")
    keeps_place = models.BooleanField(_("Keep my place with my account"), default=False)
    keeps_marks = models.BooleanField(_("Keep my highlights and notes with my account"), default=False)


class ReadingPlace(models.Model):
    """Where a person stopped in a document."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reading_places")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        constraints = [models.UniqueConstraint("person", "document", name="one_place_a_document")]


class Mark(models.Model):
    """A highlight or a note on a passage. Nobody but its person ever sees it; it enters no search and no report."""

    class Colour(models.TextChoices):
        YELLOW = "yellow", _("yellow")
        GREEN = "green", _("green")
        BLUE = "blue", _("blue")
        PINK = "pink", _("pink")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="marks")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="marks")
    # Counted in letters that are not blank, so that the page and the server count alike.
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    quote = models.TextField(blank=True, help_text="empty for a note on the whole passage")
    colour = models.CharField(_("Colour"), max_length=10, choices=Colour.choices, default=Colour.YELLOW)
    note = models.TextField(_("Note"), blank=True)
    at = models.DateTimeField()
    folded = models.TextField(editable=False, help_text="quote and note, for the person's own search")

    class Meta:
        ordering = ["passage__edition__document__title", "passage__edition", "passage__position", "start", "pk"]
        indexes = [models.Index(fields=["person", "passage"], name="marks_of_person")]

    def __str__(self) -> str:
        return str(self.uid)

    def save(self, *args: object, **kwargs: object) -> None:
        self.folded = fold(f"{self.quote} {self.note}")
        super().save(*args, **kwargs)  # type: ignore[arg-type]
