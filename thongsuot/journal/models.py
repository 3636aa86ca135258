"""The audit trail: who changed what, when, why; sealed into a hash chain."""

from django.db import models

from thongsuot.people.models import Person
from thongsuot.units.models import Unit


class Record(models.Model):
    """One change. Rows are only added; ``seal`` chains them in order (journal.sealing)."""

    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60, help_text="issued, approved, voided…: a msgid shown translated")
    subject_kind = models.CharField(max_length=60, help_text="campaigns.Plan")
    subject_uid = models.UUIDField(null=True)
    subject_name = models.CharField(max_length=250, blank=True)
    changes = models.JSONField(default=dict, blank=True, help_text='{"field": [before, after]}')
    reason = models.TextField(blank=True)
    sequence = models.PositiveBigIntegerField(null=True, unique=True)
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject_uid", "at"]), models.Index(fields=["unit", "at"])]
