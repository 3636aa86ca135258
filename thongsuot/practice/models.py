"""A unit looks at itself, decides what to do, does it, and someone else verifies it."""

from datetime import date

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thongsuot.campaigns.models import Campaign, PlanItem
from thongsuot.library.models import Passage
from thongsuot.meetings.models import Decision
from thongsuot.papers.models import StoredFile
from thongsuot.people.models import Person
from thongsuot.units.models import Unit, new_uid


class SelfReviewQuerySet(models.QuerySet["SelfReview"]):
    def in_state(self, state: str) -> "SelfReviewQuerySet":
        """The same derivation as SelfReview.state, as a condition."""
        came_back = Exists(
            CriterionAnswer.objects.filter(review=OuterRef("pk"), verdict=CriterionAnswer.Verdict.RETURNED)
        )
        match state:
            case "verified":
                return self.filter(verified_at__isnull=False)
            case "submitted":
                return self.filter(submitted_at__isnull=False, verified_at__isnull=True)
            case "returned":
                return self.filter(came_back, submitted_at__isnull=True, verified_at__isnull=True)
        return self.filter(~came_back, submitted_at__isnull=True, verified_at__isnull=True)


class SelfReview(models.Model):
    """Liên hệ, tự kiểm tra: answers to the criteria of a dated template (practice/rules)."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="self_reviews")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="self_reviews")
    template = models.CharField(max_length=60, help_text="self_review-2023")
    variant = models.CharField(max_length=20, help_text="state, enterprise, non_state or party")
    strengths = models.TextField(_("strengths"), blank=True)
    limits = models.TextField(_("limits"), blank=True)
    causes = models.TextField(_("causes"), blank=True)
    risk_points = models.TextField(_("risk points in our processes"), blank=True)
    proposals = models.TextField(_("proposals to the level above"), blank=True)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_on = models.DateField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = SelfReviewQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("campaign", "unit", name="one_self_review")]

    def __str__(self) -> str:
        return f"{self.unit}"

    @property
    def state(self) -> str:
        """draft, returned (the level above sent it back), submitted or verified: derived, never typed."""
        if self.verified_at:
            return "verified"
        if self.submitted_at:
            return "submitted"
        returned = any(a.verdict == CriterionAnswer.Verdict.RETURNED for a in self.answers.all())
        return "returned" if returned else "draft"


class CriterionAnswer(models.Model):
    class Level(models.TextChoices):
        NOT_APPLICABLE = "na", _("not applicable")
        NOT_DONE = "not_done", _("not done")
        PARTLY = "partly", _("partly")
        DONE = "done", pgettext_lazy("level", "done")

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        RETURNED = "returned", _("returned")

    POINTS = {"na": None, "not_done": 0, "partly": 1, "done": 2}

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    review = models.ForeignKey(SelfReview, on_delete=models.CASCADE, related_name="answers")
    code = models.CharField(max_length=10, help_text="A1…L3 of the template")
    level = models.CharField(max_length=10, choices=Level.choices, blank=True)
    note = models.TextField(blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    verified_level = models.CharField(max_length=10, choices=Level.choices, blank=True)
    verifier_note = models.TextField(blank=True)
    verifier = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint("review", "code", name="one_answer_a_criterion")]

    def __str__(self) -> str:
        return self.code

    @property
    def shown(self) -> "list[Evidence]":
        """Evidence that stands (prefetch ``evidence`` for lists)."""
        return [evidence for evidence in self.evidence.all() if evidence.removed_at is None]

    @property
    def is_weak(self) -> bool:
        """Not done or only partly, by the unit's own word or the verifier's."""
        return bool({self.level, self.verified_level} & {self.Level.NOT_DONE, self.Level.PARTLY})


class ActionQuerySet(models.QuerySet["Action"]):
    def in_state(self, state: str, on: date) -> "ActionQuerySet":
        """The same derivation as Action.state, as a condition."""
        return self.filter(action_in_state(state, on))

    def counted_by_state(self, on: date) -> dict[str, int]:
        """How many stand in each state; one query."""
        return self.order_by().aggregate(
            **{state: Count("pk", filter=action_in_state(state, on)) for state in ACTION_STATES}
        )


ACTION_STATES = ("open", "overdue", "reported", "done", "cancelled")


def action_in_state(state: str, on: date) -> Q:
    lives = Q(cancelled_at__isnull=True, verified_on__isnull=True)
    match state:
        case "cancelled":
            return Q(cancelled_at__isnull=False)
        case "done":
            return Q(cancelled_at__isnull=True, verified_on__isnull=False)
        case "reported":
            return lives & Q(reported_done_on__isnull=False)
        case "overdue":
            return lives & Q(reported_done_on__isnull=True, due_on__lt=on)
    return lives & Q(reported_done_on__isnull=True, due_on__gte=on)


class Action(models.Model):
    """A commitment with six clear things (6 rõ); done only with evidence, verified by someone else."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="actions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="actions")
    work = models.TextField(_("work"))
    who = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="actions")
    due_on = models.DateField(_("time"))
    responsibility = models.CharField(_("responsibility"), max_length=300, blank=True)
    authority = models.CharField(_("authority"), max_length=300, blank=True)
    product = models.CharField(_("product"), max_length=300)
    passage = models.ForeignKey(Passage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # Because of what: at most one of these.
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="action")
    weakness = models.ForeignKey(
        CriterionAnswer, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    plan_item = models.ForeignKey(PlanItem, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    opened_at = models.DateTimeField()
    opened_on = models.DateField()
    opened_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    progress_note = models.TextField(blank=True)
    reported_done_on = models.DateField(null=True, blank=True)
    reported_done_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    verified_on = models.DateField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.CharField(max_length=300, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["unit", "due_on"]), models.Index(fields=["who", "due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__isnull=True, weakness__isnull=True)
                | Q(decision__isnull=True, plan_item__isnull=True)
                | Q(weakness__isnull=True, plan_item__isnull=True),
                name="an_action_has_one_cause_at_most",
            )
        ]

    def __str__(self) -> str:
        return self.work[:80]

    def state(self, on: date) -> str:
        """open, overdue, reported (waits for a verifier), done or cancelled: derived, never typed."""
        if self.cancelled_at:
            return "cancelled"
        if self.verified_on:
            return "done"
        if self.reported_done_on:
            return "reported"
        return "overdue" if on > self.due_on else "open"


class Evidence(models.Model):
    """A file, a link or a note that shows that something was done."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    answer = models.ForeignKey(
        CriterionAnswer, on_delete=models.CASCADE, null=True, blank=True, related_name="evidence"
    )
    action = models.ForeignKey(Action, on_delete=models.CASCADE, null=True, blank=True, related_name="evidence")
    title = models.CharField(_("what it shows"), max_length=300)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    url = models.URLField(_("link"), blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__isnull=False, action__isnull=True) | Q(answer__isnull=True, action__isnull=False),
                name="evidence_shows_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Verification(models.Model):
    """Someone else looked at an action: accepted, or returned with a reason."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        RETURNED = "returned", _("returned")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="verifications")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    note = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
