"""Every figure is a sum of entries; totals are folded from them and never typed."""

from django.db import models
from django.db.models import Q

from thongsuot.people.models import Person
from thongsuot.units.models import Hierarchy, TreeChange, Unit, new_uid


class Book(models.Model):
    """The accounts of one campaign, summed along one hierarchy."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    hierarchy = models.ForeignKey(Hierarchy, on_delete=models.PROTECT)
    title = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.title


class Entry(models.Model):
    """Unit, measure, day, amount, and the object that caused it. Never changed, only reversed."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="entries")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=40)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    amount = models.IntegerField()
    cause_kind = models.CharField(max_length=60, help_text="meetings.Attendance")
    cause_uid = models.UUIDField(null=True)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    recorded_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by")
    reason = models.CharField(max_length=300, blank=True)
    # Bookkeeping of the folder: the path of ancestors into whose totals this entry was added.
    folded_into = models.CharField(max_length=400, null=True, editable=False)  # noqa: DJ001 - null = not yet

    class Meta:
        indexes = [
            models.Index(fields=["book", "unit", "measure", "happened_on"]),
            models.Index(fields=["cause_uid", "measure"]),
            models.Index(fields=["id"], name="entry_to_fold", condition=Q(folded_into__isnull=True)),
        ]


class Total(models.Model):
    """Sum over a unit and all below it. ``period`` is YYYYMM, or 0 for the whole campaign."""

    book = models.ForeignKey(Book, on_delete=models.CASCADE)
    period = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    measure = models.CharField(max_length=40)
    amount = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint("book", "period", "unit", "measure", name="one_total")]


class RefoldedChange(models.Model):
    """A change of the tree whose effect on past totals has been carried through."""

    change = models.OneToOneField(TreeChange, on_delete=models.CASCADE)
