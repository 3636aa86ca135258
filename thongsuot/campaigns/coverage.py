"""Who below has answered what: the contract of the cascade, read from any plan downwards."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from thongsuot.campaigns.cascade import items_to_answer
from thongsuot.campaigns.models import Answer, Obligation, Plan, PlanItem, Requirement
from thongsuot.units.models import Position, Unit


@dataclass
class Node:
    """A unit of the tree below a plan, and how it has answered."""

    unit: Unit
    depth: int
    plan: Plan | None = None
    obligation: Obligation | None = None
    answers: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Answer.Kind.values, 0))
    to_answer: int = 0

    @property
    def unanswered(self) -> int:
        return max(self.to_answer - sum(self.answers.values()), 0)

    @property
    def standing(self) -> str:
        """direct, issued, draft, excused, or nothing."""
        if self.plan:
            return "direct" if self.plan.acts_directly else "issued" if self.plan.is_issued else "draft"
        return "excused" if self.obligation and self.obligation.excused_at else "nothing"


@dataclass
class ItemCover:
    """One item of the plan, and who below has taken it up."""

    item: PlanItem
    expected: int
    ours: int = 0
    passed_down: int = 0
    not_applicable: int = 0
    direct: int = 0

    @property
    def silent(self) -> int:
        """Units that have not said anything on it."""
        return max(self.expected - self.ours - self.passed_down - self.not_applicable - self.direct, 0)

    @property
    def is_uncovered(self) -> bool:
        """Nobody below does it, hands it on or acts on it directly."""
        return self.ours + self.passed_down + self.direct == 0


def tree_below(plan: Plan) -> list[Node]:
    """Units under the plan's that owe a plan or have one, and all right under it; in tree order.

    Five queries, however large the tree.
    """
    hierarchy = plan.campaign.hierarchy_id
    root = Position.objects.filter(hierarchy_id=hierarchy, unit_id=plan.unit_id).first()
    if root is None:
        return []
    inside = Position.objects.filter(hierarchy_id=hierarchy, lft__gt=root.lft, lft__lt=root.rgt)
    obligations = {
        obligation.unit_id: obligation
        for obligation in Obligation.objects.filter(
            requirement__campaign_id=plan.campaign_id,
            requirement__kind=Requirement.Kind.PLAN,
            unit__in=inside.values("unit_id"),
        )
    }
    plans = _plans_within(plan, inside)
    answers = _answers_within(plan, inside)
    sizes = _sizes(plan, plans)
    nodes = []
    for place in inside.select_related("unit__kind").order_by("lft"):
        unit_id = place.unit_id
        if unit_id not in obligations and unit_id not in plans and place.parent_id != plan.unit_id:
            continue
        own = plans.get(unit_id)
        node = Node(place.unit, place.depth - root.depth, own, obligations.get(unit_id))
        if own:
            node.answers |= answers.get(own.pk, {})
            node.to_answer = 0 if own.acts_directly else sizes.get(own.above_id or 0, 0)
        nodes.append(node)
    return nodes


def _plans_within(plan: Plan, inside: QuerySet[Position]) -> dict[int, Plan]:
    found = Plan.objects.filter(
        campaign_id=plan.campaign_id, withdrawn_at__isnull=True, unit__in=inside.values("unit_id")
    )
    return {one.unit_id: one for one in found}


def _answers_within(plan: Plan, inside: QuerySet[Position]) -> dict[int, dict[str, int]]:
    counted: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = Answer.objects.filter(
        plan__campaign_id=plan.campaign_id, plan__withdrawn_at__isnull=True, plan__unit__in=inside.values("unit_id")
    ).values_list("plan_id", "kind")
    for plan_id, kind in rows:
        counted[plan_id][kind] += 1
    return {plan_id: dict(kinds) for plan_id, kinds in counted.items()}


def _sizes(plan: Plan, plans: dict[int, Plan]) -> dict[int, int]:
    """How many items each plan gives to those below it to answer."""
    wanted = {plan.pk} | {one.above_id for one in plans.values() if one.above_id}
    sizes: dict[int, int] = defaultdict(int)
    campaign = Q(plan__campaign_id=plan.campaign_id)
    for plan_id in PlanItem.objects.filter(campaign).values_list("plan_id", flat=True):
        sizes[plan_id] += plan_id in wanted
    passed = Answer.objects.filter(campaign, kind=Answer.Kind.PASSED_DOWN, own_item__isnull=True)
    for plan_id in passed.values_list("plan_id", flat=True):
        sizes[plan_id] += plan_id in wanted
    return sizes


def cover(plan: Plan) -> list[ItemCover]:
    """Each item that goes down from this plan, with what the units right under it say. Drafts do not count."""
    items = items_to_answer(plan)
    children = Position.objects.filter(hierarchy_id=plan.campaign.hierarchy_id, parent_id=plan.unit_id)
    owing = Obligation.objects.filter(
        requirement__campaign_id=plan.campaign_id,
        requirement__kind=Requirement.Kind.PLAN,
        unit__in=children.values("unit_id"),
        excused_at__isnull=True,
    )
    expected = set(owing.values_list("unit_id", flat=True))
    below = list(
        Plan.objects.filter(above=plan, issued_on__isnull=False, withdrawn_at__isnull=True).values_list(
            "unit_id", "acts_directly"
        )
    )
    expected |= {unit_id for unit_id, _direct in below}
    direct = sum(acts for _unit, acts in below)
    covers = {item.pk: ItemCover(item, expected=len(expected), direct=direct) for item in items}
    answers = Answer.objects.filter(
        plan__above=plan, plan__issued_on__isnull=False, plan__withdrawn_at__isnull=True, item__in=covers
    )
    for item_id, kind in answers.values_list("item_id", "kind"):
        setattr(covers[item_id], kind, getattr(covers[item_id], kind) + 1)
    return list(covers.values())


def uncovered(plan: Plan) -> list[ItemCover]:
    return [one for one in cover(plan) if one.is_uncovered]


def days_late(node: Node, on: date) -> bool:
    """The unit owed an answer by now and has given none."""
    owed = node.obligation
    return bool(owed and owed.due_on < on and not owed.fulfilled_on and not owed.excused_at)
