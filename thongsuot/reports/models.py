"""What goes up: figures taken from the ledger, the head's own words, and the frozen snapshot."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thongsuot.campaigns.models import Campaign
from thongsuot.people.models import Person
from thongsuot.units.models import Unit, new_uid


class Report(models.Model):
    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reports")
    period_from = models.DateField(_("from"))
    period_to = models.DateField(_("to"))
    situation = models.TextField(_("situation and directives"), blank=True)
    results = models.TextField(_("results"), blank=True)
    limits = models.TextField(_("limits"), blank=True)
    causes = models.TextField(_("causes"), blank=True)
    lessons = models.TextField(_("lessons and coming tasks"), blank=True)
    proposals = models.TextField(_("proposals"), blank=True)
    number = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_on = models.DateField(null=True, blank=True)
    submitted_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    returned_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-period_to", "-pk"]
        constraints = [
            models.UniqueConstraint("campaign", "unit", "period_from", "period_to", name="one_report_a_period"),
            models.CheckConstraint(condition=Q(period_to__gte=models.F("period_from")), name="period_runs_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.unit}".strip()

    @property
    def state(self) -> str:
        """draft, submitted, accepted or returned."""
        if self.accepted_at:
            return "accepted"
        if self.returned_at and (not self.submitted_at or self.returned_at >= self.submitted_at):
            return "returned"
        return "submitted" if self.submitted_at else "draft"

    @property
    def is_open(self) -> bool:
        """Whether its words can be written: before it is sent, and when it came back."""
        return self.state in ("draft", "returned")


class Snapshot(models.Model):
    """A position in the ledger, frozen: figures, words and hash, chained to the unit's snapshot before."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="snapshots")
    made_at = models.DateTimeField()
    ledger_position = models.PositiveBigIntegerField(help_text="the last entry that the figures include")
    body = models.JSONField(help_text="figures with numerators and denominators, units by name, words")
    before = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["-made_at"]


class Signal(models.Model):
    """A sign of formalism, with its reason; first shown to its author, who may explain."""

    class Kind(models.TextChoices):
        COPIED_PLAN = "copied_plan", _("the plan repeats the plan above")
        COPIED_TEXT = "copied_text", _("reflections repeat each other")
        BACK_DATED = "back_dated", _("recorded long after it happened")
        IMPOSSIBLE_REGISTER = "impossible_register", _("the register cannot be right")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="signals")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="signals")
    kind = models.CharField(max_length=24, choices=Kind.choices)
    values = models.JSONField(default=dict, help_text="what the sentence needs: share, days, numbers")
    subject_kind = models.CharField(max_length=60)
    subject_uid = models.UUIDField()
    found_at = models.DateTimeField()
    explanation = models.TextField(_("the unit's explanation"), blank=True)
    explained_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-found_at"]
        constraints = [models.UniqueConstraint("kind", "subject_uid", name="one_signal_a_subject")]
