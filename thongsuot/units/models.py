"""Units of an organisation, and where each lay on any day."""

from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from thongsuot.viet.text import fold, nfc, sort_key


def new_uid() -> UUID:
    return UUID(int=uuid7().int)


class Hierarchy(models.Model):
    """A named tree: the Party's, the administration's, a company's."""

    class LabelSet(models.TextChoices):
        PARTY = "party", _("Party organisation")
        STATE = "state", _("State body")
        ENTERPRISE = "enterprise", _("Enterprise")
        ASSOCIATION = "association", _("Association")

    class PaperSystem(models.TextChoices):
        PARTY = "party", _("Party documents")
        STATE = "state", _("State documents")

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    label_set = models.CharField(max_length=20, choices=LabelSet.choices, default=LabelSet.PARTY)
    paper_system = models.CharField(max_length=10, choices=PaperSystem.choices, default=PaperSystem.PARTY)

    def __str__(self) -> str:
        return self.name


class UnitKind(models.Model):
    """What sort of unit: a district committee, a base committee, a cell…"""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    rank = models.PositiveSmallIntegerField(help_text="0 at the top; larger lies lower")
    # Cells hold the meetings of their members and keep registers; committees may have cells below them.
    has_members = models.BooleanField(default=False)
    issuer_code = models.CharField(max_length=20, help_text="TU, QU, ĐU, CB…")
    sector = models.CharField(max_length=20, default="party", help_text="self-review variant")

    class Meta:
        ordering = ["rank", "slug"]

    def __str__(self) -> str:
        return self.name


class UnitQuerySet(models.QuerySet["Unit"]):
    def alive(self, on: date) -> "UnitQuerySet":
        """Units that exist on that day."""
        return self.filter(Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=on), founded_on__lte=on)

    def below(self, unit: "Unit", hierarchy: Hierarchy | None = None) -> "UnitQuerySet":
        """The unit and all under it in the tree in force now."""
        places = Position.objects.filter(unit=unit)
        if hierarchy:
            places = places.filter(hierarchy=hierarchy)
        inside = Q(pk__in=[])
        for place in places:
            inside |= Q(hierarchy_id=place.hierarchy_id, lft__gte=place.lft, lft__lt=place.rgt)
        return self.filter(pk__in=Position.objects.filter(inside).values("unit_id"))

    def matching(self, words: str) -> "UnitQuerySet":
        return self.filter(folded__contains=fold(words).strip()) if words.strip() else self


class Unit(models.Model):
    """A node of an organisation; its identity is stable, its name and place are dated."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    kind = models.ForeignKey(UnitKind, on_delete=models.PROTECT)
    name = models.CharField(_("name"), max_length=250, help_text="the name in force; older ones in UnitName")
    short_name = models.CharField(max_length=120, blank=True)
    sector = models.CharField(
        max_length=20, blank=True, help_text="self-review variant where it differs from the kind's"
    )
    folded = models.CharField(max_length=250, editable=False)
    sort_key = models.CharField(max_length=700, editable=False)
    founded_on = models.DateField()
    dissolved_on = models.DateField(null=True, blank=True)
    is_made_up = models.BooleanField(default=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["kind__rank", "sort_key"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.name = nfc(self.name)
        self.folded = fold(self.name)
        self.sort_key = sort_key(self.name)[:700]
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def issuer_code(self) -> str:
        return self.kind.issuer_code

    @property
    def review_sector(self) -> str:
        return self.sector or self.kind.sector

    def name_on(self, on: date) -> str:
        """The name the unit bore on that day."""
        older = self.names.filter(valid_from__lte=on).order_by("-valid_from").first()
        return older.name if older else self.name

    def exists_on(self, on: date) -> bool:
        return self.founded_on <= on and (self.dissolved_on is None or on < self.dissolved_on)


class UnitName(models.Model):
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=250)
    valid_from = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint("unit", "valid_from", name="one_name_a_day")]


class Placement(models.Model):
    """A dated edge: the unit lies under the parent, in this hierarchy, in this time."""

    hierarchy = models.ForeignKey(Hierarchy, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="child_placements")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text="first day on which it no longer holds")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="placement_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("unit")), name="no_unit_under_itself"
            ),
            models.UniqueConstraint("hierarchy", "unit", "valid_from", name="one_place_a_day"),
        ]
        indexes = [models.Index(fields=["hierarchy", "unit", "valid_from"])]


class Position(models.Model):
    """Derived: where the unit lies in the tree in force now. Rebuilt by units.tree, never typed.

    ``lft``/``rgt`` is half open: everything below a node has lft within [node.lft, node.rgt).
    """

    hierarchy = models.ForeignKey(Hierarchy, on_delete=models.CASCADE)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="positions")
    parent = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, related_name="child_positions")
    depth = models.PositiveSmallIntegerField()
    lft = models.PositiveIntegerField()
    rgt = models.PositiveIntegerField()
    path = models.CharField(max_length=400, help_text="/1/7/42/ – unit keys from the root down to itself")

    class Meta:
        constraints = [models.UniqueConstraint("hierarchy", "unit", name="one_position_a_tree")]
        indexes = [models.Index(fields=["hierarchy", "lft"]), models.Index(fields=["parent", "lft"])]


class TreeChange(models.Model):
    """Something changed in a tree from a day on: totals kept by ancestors are to be looked at again."""

    hierarchy = models.ForeignKey(Hierarchy, on_delete=models.CASCADE)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    what = models.CharField(max_length=20, default="moved")


class Succession(models.Model):
    """Which unit carries on another's work after a reform (merge: many to one; split: one to many)."""

    old = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successors")
    new = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="predecessors")
    effective_on = models.DateField()
