"""Files as they came in or went out, and the series that number a unit's papers."""

from django.db import models

from thongsuot.people.models import Person
from thongsuot.units.models import Unit, new_uid


class StoredFile(models.Model):
    """Bytes kept under their SHA-256; the same bytes are kept once."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=200, help_text="as the person called it, cleaned")
    media_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class NumberSeries(models.Model):
    """The last number a unit took for a type of paper, within a term (Party) or a year (State)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    doc_type = models.CharField(max_length=10, help_text="KH, BC, BB, NQ…")
    since = models.DateField(help_text="start of the term or year")
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint("unit", "doc_type", "since", name="one_series")]
