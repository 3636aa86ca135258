"""A plan below answers each item of the plan above, or its unit acts directly on that plan."""

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, override

from thongsuot.campaigns.fulfilment import fulfil, unfulfil
from thongsuot.campaigns.launching import ancestor_ids, heads_of
from thongsuot.campaigns.likeness import likeness
from thongsuot.campaigns.models import Answer, Campaign, Obligation, Plan, PlanItem, Requirement
from thongsuot.campaigns.moments import day_of
from thongsuot.campaigns.plan_text import missing_parts, whole_text
from thongsuot.journal.noting import note
from thongsuot.ledger.measures import measure
from thongsuot.ledger.posting import post, take_back
from thongsuot.notices.telling import tell
from thongsuot.papers.numbering import go_on_from, take_number
from thongsuot.people.models import Person
from thongsuot.people.rights import Act, require
from thongsuot.units.models import Position, Unit
from thongsuot.viet.calendar import working_day_on_or_after
from thongsuot.web.errors import Refused

PLAN_ISSUED = measure("plan_issued", gettext_lazy("Plans issued"))
PLAN_ISSUED_ON_TIME = measure("plan_issued_on_time", gettext_lazy("Plans issued on time"))
ACTS_DIRECTLY = measure("acts_directly", gettext_lazy("Units that act directly on the plan above"))

STARTED = gettext_noop("started")
ITEM_ADDED = gettext_noop("item added")
ITEM_CHANGED = gettext_noop("item changed")
ITEM_REMOVED = gettext_noop("item removed")
ANSWERED = gettext_noop("answered")
CHANGED = gettext_noop("changed")
ISSUED = gettext_noop("issued")
CHOSE_TO_ACT_DIRECTLY = gettext_noop("chose to act directly")
WITHDRAWN = gettext_noop("withdrawn")
PLAN_WAS_ISSUED = gettext_noop(
    "%(issuer)s has issued its plan %(plan)s. Answer it with your own, or act on it directly."
)

PARTS = ("title", "purpose", "content", "audience", "organisation", "own_part")


class PlanIncomplete(Refused):
    """``missing`` says, sentence by sentence, what the plan still lacks."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(_("The plan cannot be issued yet. %(missing)s") % {"missing": " ".join(missing)})
        self.missing = missing


class PlanIssued(Refused):
    """An issued plan stands as it is; it can only be withdrawn."""


# Reads


def plan_above(campaign: Campaign, unit: Unit) -> Plan | None:
    """The nearest issued plan over the unit: a level without a paper of its own is skipped."""
    nearest = ancestor_ids(unit, campaign.hierarchy)
    plans = {
        plan.unit_id: plan
        for plan in campaign.plans.filter(
            unit_id__in=nearest, issued_on__isnull=False, withdrawn_at__isnull=True, acts_directly=False
        ).select_related("unit")
    }
    return next((plans[pk] for pk in nearest if pk in plans), None)


def current_plan(campaign: Campaign, unit: Unit) -> Plan | None:
    return campaign.plans.filter(unit=unit, withdrawn_at__isnull=True).select_related("unit", "above__unit").first()


def items_to_answer(above: Plan | None) -> list[PlanItem]:
    """What a plan below ``above`` answers: its items, and those that it passed down without one of its own."""
    if above is None:
        return []
    passed = Answer.objects.filter(plan=above, kind=Answer.Kind.PASSED_DOWN, own_item__isnull=True)
    items = PlanItem.objects.filter(Q(plan=above) | Q(pk__in=passed.values("item_id")))
    return list(items.select_related("plan__unit", "requirement", "topic", "passage").order_by("plan_id", "order"))


def unanswered_items(plan: Plan) -> list[PlanItem]:
    """Items of the plan above to which this plan has no answer yet."""
    answered = set(plan.answers.values_list("item_id", flat=True))
    return [item for item in items_to_answer(plan.above) if item.pk not in answered]


def has_units_below(plan: Plan) -> bool:
    return Position.objects.filter(hierarchy_id=plan.campaign.hierarchy_id, parent_id=plan.unit_id).exists()


# Verbs


@transaction.atomic
def start_plan(campaign: Campaign, unit: Unit, *, by: Person | None, at: datetime) -> Plan:
    """The unit's own plan as a draft: core contents and dates are proposed, every item above waits for an answer.

    The words of the plan above are not copied: what a unit writes is to be its own. Starting twice gives the
    draft that stands. A unit that acted directly may still write a plan: its word is then withdrawn.
    """
    _require(by, unit, at)
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    if not campaign.is_issued:
        raise Refused(_("The campaign was not issued yet."))
    standing = current_plan(campaign, unit)
    if standing and not standing.acts_directly:
        return standing
    if standing:
        withdraw_plan(standing, reason=_("The unit writes a plan of its own."), by=by, at=at)
    plan = Plan.objects.create(
        campaign=campaign,
        unit=unit,
        above=plan_above(campaign, unit),
        created_by=by,
        created_at=at,
        **_proposals(campaign, unit),
    )
    note(plan, STARTED, by=by, at=at)
    fulfil(campaign, Requirement.Kind.PLAN, unit=unit, on=day_of(at), cause=plan, at=at, by=by, complete=False)
    return plan


def _proposals(campaign: Campaign, unit: Unit) -> dict[str, str]:
    """First words for the parts of the plan. A plan is a Vietnamese paper, whoever starts it."""
    with override("vi"):
        title = f"triển khai {campaign.title[:1].lower()}{campaign.title[1:]}"
        topics = [f"{topic.number}. {topic.title}." for topic in campaign.topics.all()]
        asked = Obligation.objects.filter(requirement__campaign=campaign, unit=unit).select_related("requirement")
        dates = [
            _("- %(what)s: by %(due)s.") % {"what": one.requirement.text.rstrip("."), "due": f"{one.due_on:%d/%m/%Y}"}
            for one in asked
        ]
    return {"title": title[:300], "content": "\n".join(topics), "audience": "\n".join(dates)}


@transaction.atomic
def write_plan(plan: Plan, *, by: Person | None, at: datetime, **parts: str) -> Plan:
    """Write the parts of a draft (title, purpose, content, audience, organisation, own_part)."""
    _require(by, plan.unit, at)
    _require_draft(plan)
    changes = {}
    for name, text in parts.items():
        if name not in PARTS:
            raise ValueError(name)
        if getattr(plan, name) != text:
            changes[name] = [getattr(plan, name), text]
            setattr(plan, name, text)
    if changes:
        plan.save(update_fields=list(changes))
        note(plan, CHANGED, by=by, at=at, changes=changes)
    return plan


@transaction.atomic
def add_item(
    plan: Plan,
    *,
    by: Person | None,
    at: datetime,
    work: str,
    who: str,
    due_on: date | None,
    **rest: object,
) -> PlanItem:
    """A task of the plan with its six clear things; ``rest``: responsibility, authority, product,
    requirement, topic, passage."""
    _require(by, plan.unit, at)
    _require_draft(plan)
    last = plan.items.aggregate(last=Max("order"))["last"] or 0
    item = PlanItem.objects.create(plan=plan, order=last + 1, work=work, who=who, due_on=due_on, **rest)
    note(plan, ITEM_ADDED, by=by, at=at, changes={"item": ["", work[:200]]})
    return item


@transaction.atomic
def change_item(item: PlanItem, *, by: Person | None, at: datetime, **values: object) -> PlanItem:
    _require(by, item.plan.unit, at)
    _require_draft(item.plan)
    changes = {}
    for name, value in values.items():
        if getattr(item, name) != value:
            changes[name] = [str(getattr(item, name) or ""), str(value or "")]
            setattr(item, name, value)
    if changes:
        item.save()
        note(item.plan, ITEM_CHANGED, by=by, at=at, changes=changes)
    return item


@transaction.atomic
def remove_item(item: PlanItem, *, by: Person | None, at: datetime) -> None:
    """The task leaves the draft; an answer that rested on it is open again."""
    _require(by, item.plan.unit, at)
    _require_draft(item.plan)
    Answer.objects.filter(own_item=item).delete()
    note(item.plan, ITEM_REMOVED, by=by, at=at, changes={"item": [item.work[:200], ""]})
    item.delete()


@transaction.atomic
def propose_items(plan: Plan, *, by: Person | None, at: datetime) -> list[PlanItem]:
    """A task for each requirement of the campaign that the plan does not name yet: a start to be reworded."""
    _require(by, plan.unit, at)
    _require_draft(plan)
    named = set(plan.items.values_list("requirement_id", flat=True))
    with override("vi"):
        who = _("Subordinate organisations")
    return [
        add_item(
            plan,
            by=by,
            at=at,
            work=requirement.text,
            who=who,
            due_on=working_day_on_or_after(requirement.due_on),
            product=requirement.proof,
            requirement=requirement,
            passage=requirement.passage,
        )
        for requirement in plan.campaign.requirements.select_related("passage")
        if requirement.pk not in named
    ]


@transaction.atomic
def answer_item(
    plan: Plan,
    item: PlanItem,
    kind: str,
    *,
    by: Person | None,
    at: datetime,
    reason: str = "",
    own_item: PlanItem | None = None,
) -> Answer:
    """Answer an item of the plan above: done by us, passed down, or not applicable because…

    A second answer replaces the first. Raises Refused when the answer makes no sense for this unit.
    """
    _require(by, plan.unit, at)
    _require_draft(plan)
    if item.pk not in {one.pk for one in items_to_answer(plan.above)}:
        raise Refused(_("This item does not stand in the plan above."))
    if kind == Answer.Kind.NOT_APPLICABLE and not reason.strip():
        raise Refused(_("Say why this does not apply to your unit."))
    if kind == Answer.Kind.PASSED_DOWN and not has_units_below(plan):
        raise Refused(_("No unit lies below yours: it can only be done by you, or not apply."))
    if own_item is not None and own_item.plan_id != plan.pk:
        raise Refused(_("The task does not stand in your plan."))
    before = Answer.objects.filter(plan=plan, item=item).first()
    answer, _made = Answer.objects.update_or_create(
        plan=plan,
        item=item,
        defaults={"kind": kind, "reason": reason.strip()[:300], "own_item": own_item},
    )
    if (before is None) or (before.kind, before.reason) != (answer.kind, answer.reason):
        changes = {item.work[:80]: [before.kind if before else "", answer.kind]}
        note(plan, ANSWERED, by=by, at=at, changes=changes, reason=answer.reason)
    return answer


@transaction.atomic
def act_directly(campaign: Campaign, unit: Unit, *, by: Person | None, on: date, at: datetime) -> Plan:
    """The unit writes no paper of its own and acts on the plan above: an answer of equal worth (226-KL/TW).

    A draft that it had begun is withdrawn. Raises Refused when no plan above was issued or an own one was.
    """
    _require(by, unit, at)
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    above = plan_above(campaign, unit)
    if above is None:
        raise Refused(_("No plan above yours has been issued yet, so there is nothing to act on directly."))
    standing = current_plan(campaign, unit)
    if standing and standing.acts_directly:
        return standing
    if standing and standing.is_issued:
        raise PlanIssued(_("Your unit has issued its own plan. Withdraw it first."))
    if standing:
        withdraw_plan(standing, reason=_("The unit acts directly on the plan above."), by=by, at=at)
    plan = Plan.objects.create(
        campaign=campaign,
        unit=unit,
        above=above,
        acts_directly=True,
        title=above.title,
        issued_on=on,
        issued_at=at,
        created_by=by,
        created_at=at,
    )
    note(plan, CHOSE_TO_ACT_DIRECTLY, by=by, at=at)
    post(campaign.book, ACTS_DIRECTLY, unit=unit, on=on, at=at, cause=plan, by=by)
    fulfil(campaign, Requirement.Kind.PLAN, unit=unit, on=on, cause=plan, at=at, by=by)
    return plan


@transaction.atomic
def issue_plan(plan: Plan, *, by: Person | None, on: date, at: datetime, number: int | None = None) -> Plan:
    """Number the plan from its unit's series, freeze its text and answer the plan above.

    ``number`` goes on from the numbers that the unit gave out on paper; by default the next one is taken.
    Issuing twice gives the plan as it was issued first. Raises NotAllowed, PlanIncomplete, NumberTaken.
    """
    _require(by, plan.unit, at)
    plan = (
        Plan.objects.select_for_update(of=("self",))
        .select_related("unit__kind", "above", "campaign__hierarchy", "campaign__book")
        .get(pk=plan.pk)
    )
    if plan.is_issued and plan.withdrawn_at is None:
        return plan
    _require_draft(plan)
    missing = missing_parts(plan, unanswered=unanswered_items(plan))
    if missing:
        raise PlanIncomplete(missing)
    heads = heads_of([plan.unit_id], on=on)
    if number is not None:
        go_on_from(plan.unit, "KH", number - 1, on=on, by=by)
    plan.number = str(take_number(plan.unit, "KH", on=on, by=by))
    plan.issued_on, plan.issued_at = on, at
    plan.signed_by = heads[0] if heads else by
    text = whole_text(plan)
    plan.sha256 = sha256(text.encode()).hexdigest()
    plan.likeness = likeness(text, whole_text(plan.above)) if plan.above else None
    plan.save()
    note(plan, ISSUED, by=by, at=at, changes={"number": ["", plan.number], "sha256": ["", plan.sha256]})
    book = plan.campaign.book
    post(book, PLAN_ISSUED, unit=plan.unit, on=on, at=at, cause=plan, by=by)
    met = fulfil(plan.campaign, Requirement.Kind.PLAN, unit=plan.unit, on=on, cause=plan, at=at, by=by)
    if any(on <= obligation.due_on for obligation in met):
        post(book, PLAN_ISSUED_ON_TIME, unit=plan.unit, on=on, at=at, cause=plan, by=by)
    _tell_below(plan, on=on, at=at)
    return plan


@transaction.atomic
def withdraw_plan(plan: Plan, *, reason: str, by: Person | None, at: datetime) -> Plan:
    """The plan no longer holds: what it counted for is taken back, its number stays used."""
    _require(by, plan.unit, at)
    if plan.withdrawn_at:
        return plan
    if not reason.strip():
        raise Refused(_("Say why the plan is withdrawn."))
    plan.withdrawn_at, plan.withdrawn_reason = at, reason.strip()[:300]
    plan.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    note(plan, WITHDRAWN, by=by, at=at, reason=reason)
    take_back(plan.campaign.book, plan, at=at, by=by, reason=reason[:300])
    unfulfil(plan, at=at, by=by)
    return plan


def _tell_below(plan: Plan, *, on: date, at: datetime) -> None:
    below = Position.objects.filter(hierarchy_id=plan.campaign.hierarchy_id, parent_id=plan.unit_id)
    tell(
        heads_of(list(below.values_list("unit_id", flat=True)), on=on),
        PLAN_WAS_ISSUED,
        once=f"plan:{plan.uid}",
        at=at,
        url=reverse("campaigns:plan_detail", args=[plan.uid]),
        values={"issuer": plan.unit.name, "plan": plan.number},
    )


def _require(by: Person | None, unit: Unit, at: datetime) -> None:
    if by is not None:
        require(by, Act.DIRECT, unit, day_of(at))


def _require_draft(plan: Plan) -> None:
    if plan.withdrawn_at:
        raise PlanIssued(_("This plan was withdrawn."))
    if plan.is_issued:
        raise PlanIssued(_("This plan was issued as %(number)s: its text stands.") % {"number": plan.number})


def copied_share(plan: Plan) -> float | None:
    """Likeness of the draft as it stands now; of an issued plan as it was frozen."""
    if plan.is_issued or plan.above is None:
        return plan.likeness
    return likeness(whole_text(plan), whole_text(plan.above))


def answers_by_item(plan: Plan) -> dict[int, Answer]:
    return {answer.item_id: answer for answer in plan.answers.select_related("own_item")}


def pairs(plan: Plan) -> Iterable[tuple[PlanItem, Answer | None]]:
    """Each item of the plan above with this plan's answer to it."""
    answers = answers_by_item(plan)
    return [(item, answers.get(item.pk)) for item in items_to_answer(plan.above)]
