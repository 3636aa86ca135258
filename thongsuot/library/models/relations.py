"""What documents do to each other, and what librarians know of references that the texts leave open."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thongsuot.library.models.documents import Document
from thongsuot.library.models.passages import Passage
from thongsuot.people.models import Person
from thongsuot.units.models import new_uid

if TYPE_CHECKING:
    from datetime import date


class Alias(models.Model):
    """A number or name as texts write it, and the document that a librarian says it is.

    Without a document it is no reference. Texts that come later are read the same way.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    number = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=200, blank=True, help_text="key of a law's name")
    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, null=True, blank=True, related_name="aliases", verbose_name=_("document")
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        constraints = [models.UniqueConstraint("number", "name", name="one_alias")]

    def __str__(self) -> str:
        return self.number or self.name


class Relation(models.Model):
    """One document changes another, from a day on: read in a text, or known from the source, or said by a person."""

    class Kind(models.TextChoices):
        AMENDS = "amends", _("amends")
        REPLACES = "replaces", _("replaces")
        REPEALS = "repeals", _("repeals")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("refused")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, null=True, related_name="changes", help_text="what acts, where it is held"
    )
    number = models.CharField(max_length=60, help_text="of what acts")
    target = models.ForeignKey(Document, on_delete=models.CASCADE, null=True, related_name="changed_by")
    target_number = models.CharField(max_length=60, help_text="of what is changed")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # An article, where only that is changed; empty for the whole or for "a number of articles".
    anchor = models.CharField(max_length=80, blank=True)
    from_on = models.DateField(null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    passage = models.ForeignKey(Passage, on_delete=models.SET_NULL, null=True, related_name="+")
    matched = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.UniqueConstraint("number", "target_number", "kind", "anchor", name="one_relation"),
        ]
        indexes = [
            models.Index(fields=["target_number"], name="relation_target"),
            models.Index(fields=["state"], name="relation_state", condition=Q(state="proposed")),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_kind_display()} {self.target_number}"

    def holds_on(self, day: "date") -> bool:
        return self.from_on is None or self.from_on <= day
