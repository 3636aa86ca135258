"""What a directive asks, of whom, by when; and how each unit answers with its plan."""

from datetime import date
from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.ledger.models import Book
from thongsuot.library.models import Document, Passage
from thongsuot.papers.models import StoredFile
from thongsuot.people.models import Person
from thongsuot.units.models import Hierarchy, Unit, UnitKind, new_uid


class Campaign(models.Model):
    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=300)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    summary = models.TextField(_("purpose"), blank=True)
    summary_en = models.TextField(_("purpose in English"), blank=True)
    directive = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="campaigns")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="campaigns")
    hierarchy = models.ForeignKey(Hierarchy, on_delete=models.PROTECT)
    book = models.OneToOneField(Book, on_delete=models.PROTECT)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    issued_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    # The root of the subtree that the campaign was issued to.
    issued_to = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    is_public = models.BooleanField(_("shown on the public portal"), default=False)

    class Meta:
        ordering = ["-starts_on"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_issued(self) -> bool:
        return self.issued_on is not None


class Topic(models.Model):
    """A core content of the campaign: an ordered trail of passages."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="topics")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=300)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    summary = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    # Counts the changes of the trail's order: who moves a step says which order she saw.
    trail_version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint("campaign", "number", name="one_topic_number")]

    def __str__(self) -> str:
        return self.title


class StandingSteps(models.Manager["TrailStep"]):
    """The steps that a reader meets; those taken out stay behind them, to be put back."""

    def get_queryset(self) -> models.QuerySet["TrailStep"]:
        return super().get_queryset().filter(taken_out_at__isnull=True)


class TrailStep(models.Model):
    """A stop on a trail: a passage with all that stands under it, or the passages in a row up to ``last``."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="steps")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="+")
    last = models.ForeignKey(Passage, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    order = models.PositiveSmallIntegerField()
    introduction = models.CharField(_("why read it"), max_length=400, blank=True)
    introduction_en = models.CharField(_("why read it, in English"), max_length=400, blank=True)
    # The words as the curator saw them: a text that changes later is shown to her, and said to readers.
    said = models.TextField(blank=True)
    # Counts the changes of its words, so that two curators do not write over each other.
    revision = models.PositiveIntegerField(default=0)
    taken_out_at = models.DateTimeField(null=True, blank=True)

    objects = StandingSteps()
    with_taken_out = models.Manager()  # noqa: DJ012

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return f"{self.passage} – {self.last}" if self.last else str(self.passage)


class Requirement(models.Model):
    """What the campaign asks of certain kinds of unit, by when, with which proof."""

    class Kind(models.TextChoices):
        PLAN = "plan", _("own plan")
        MEETING = "meeting", _("thematic meeting")
        READING = "reading", _("reading")
        CHECK = "check", _("recall check")
        SELF_REVIEW = "self_review", _("self-review")
        ACTIONS = "actions", _("actions")
        REPORT = "report", _("report")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="requirements")
    kind = models.CharField(_("what is asked"), max_length=20, choices=Kind.choices)
    text = models.CharField(_("in words"), max_length=400)
    text_en = models.CharField(_("in English"), max_length=400, blank=True)
    for_kinds = models.ManyToManyField(UnitKind, verbose_name=_("of which units"))
    due_on = models.DateField(_("due on"), help_text=_("Moved to the next working day when it is a day off."))
    proof = models.CharField(_("proof"), max_length=300, blank=True)
    proof_en = models.CharField(max_length=300, blank=True)
    # Where the directive asks it: the line of sight begins here.
    passage = models.ForeignKey(Passage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    quote = models.CharField(max_length=400, blank=True, help_text="the sentence of the directive it rests on")

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text


class State(StrEnum):
    WAITING = "waiting"
    UNDER_WAY = "under_way"
    DONE = "done"  # on time
    LATE = "late"  # done late
    OVERDUE = "overdue"
    EXCUSED = "excused"


def in_state(state: State, on: date) -> Q:
    """The same derivation as Obligation.state, as a condition."""
    open_ = Q(excused_at__isnull=True, fulfilled_on__isnull=True)
    match state:
        case State.EXCUSED:
            return Q(excused_at__isnull=False, fulfilled_on__isnull=True)
        case State.DONE:
            return Q(fulfilled_on__lte=models.F("due_on"))
        case State.LATE:
            return Q(fulfilled_on__gt=models.F("due_on"))
        case State.OVERDUE:
            return open_ & Q(due_on__lt=on)
        case State.UNDER_WAY:
            return open_ & Q(due_on__gte=on, began_on__isnull=False)
        case State.WAITING:
            return open_ & Q(due_on__gte=on, began_on__isnull=True)


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def in_state(self, state: State, on: date) -> "ObligationQuerySet":
        return self.filter(in_state(state, on))

    def open(self) -> "ObligationQuerySet":
        return self.filter(excused_at__isnull=True, fulfilled_on__isnull=True)

    def counted_by_state(self, on: date, *by: str) -> list[dict[str, Any]]:
        """One row for each value of ``by`` with the number of obligations in each state, and ``all`` of them."""
        counts = {state.value: Count("pk", filter=in_state(state, on)) for state in State}
        return list(self.order_by().values(*by).annotate(**counts, all=Count("pk")))


class Obligation(models.Model):
    """A requirement for one unit. Its state is derived from facts and the clock, never typed.

    ``began_on`` and ``fulfilled_on`` are kept by campaigns.fulfilment in the transaction of the fact.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="obligations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="obligations")
    due_on = models.DateField()
    began_on = models.DateField(null=True, blank=True)
    fulfilled_on = models.DateField(null=True, blank=True)
    excused_at = models.DateTimeField(null=True, blank=True)
    excused_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    excused_reason = models.CharField(max_length=400, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [models.UniqueConstraint("requirement", "unit", name="one_obligation")]
        indexes = [models.Index(fields=["unit", "due_on"])]

    def __str__(self) -> str:
        return f"{self.requirement} · {self.unit}"

    def state(self, on: date) -> State:
        """What a person sees on that day."""
        if self.fulfilled_on:
            return State.DONE if self.fulfilled_on <= self.due_on else State.LATE
        if self.excused_at:
            return State.EXCUSED
        if on > self.due_on:
            return State.OVERDUE
        return State.UNDER_WAY if self.began_on else State.WAITING


class Fulfilment(models.Model):
    """A fact that meets an obligation (or begins to); voided when the fact is."""

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="fulfilments")
    cause_kind = models.CharField(max_length=60)
    cause_uid = models.UUIDField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    is_complete = models.BooleanField(default=True, help_text="False: only begun")
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("obligation", "cause_uid", "is_complete", name="one_fulfilment")]


class Plan(models.Model):
    """A unit's plan in a campaign; or its word that it acts directly on the plan above."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="plans")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plans")
    above = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="below")
    acts_directly = models.BooleanField(default=False)
    title = models.CharField(_("subject"), max_length=300)
    purpose = models.TextField(_("purpose and requirements"), blank=True)
    content = models.TextField(_("content"), blank=True)
    audience = models.TextField(_("who, how and when"), blank=True)
    organisation = models.TextField(_("who does what"), blank=True)
    own_part = models.TextField(
        _("what is our own"), blank=True, help_text=_("What in this plan comes from the unit's own situation?")
    )
    number = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True, help_text="of the frozen text")
    likeness = models.FloatField(null=True, help_text="share of its text found in the plan above, 0 to 1")
    created_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("campaign", "unit", name="one_plan_a_unit", condition=Q(withdrawn_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def is_issued(self) -> bool:
        return self.issued_on is not None


class PlanItem(models.Model):
    """A task with its six clear things (6 rõ): person, work, time, responsibility, authority, product."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    work = models.TextField(_("work"))
    who = models.CharField(_("person or body"), max_length=200)
    due_on = models.DateField(_("time"), null=True, blank=True)
    responsibility = models.CharField(_("responsibility"), max_length=300, blank=True)
    authority = models.CharField(_("authority"), max_length=300, blank=True)
    product = models.CharField(_("product"), max_length=300, blank=True)
    requirement = models.ForeignKey(Requirement, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    passage = models.ForeignKey(Passage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.work


class Answer(models.Model):
    """How a lower plan answers an item of the plan above."""

    class Kind(models.TextChoices):
        OURS = "ours", _("done by us")
        PASSED_DOWN = "passed_down", _("passed down")
        NOT_APPLICABLE = "not_applicable", _("not applicable")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="answers")
    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    reason = models.CharField(_("because"), max_length=300, blank=True)
    own_item = models.ForeignKey(PlanItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint("plan", "item", name="one_answer"),
            models.CheckConstraint(
                condition=~Q(kind="not_applicable") | ~Q(reason=""), name="not_applicable_has_a_reason"
            ),
        ]
