"""Who below has answered what: the contract of the cascade, read from any plan downwards."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

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


def places_below(plan: Plan, seen: QuerySet[Any, int] | None = None) -> QuerySet[Position]:
    """Where units under the plan's owe a plan or have one, and all right under it; in tree order.

    ``seen``: keys of the units that may be named; all by default.
    """
    root = _place_of(plan)
    if root is None:
        return Position.objects.none()
    own = Plan.objects.filter(campaign=plan.campaign_id, withdrawn_at__isnull=True, unit=OuterRef("unit"))
    told = Q(parent=plan.unit_id) | Exists(own) | Exists(_owed(plan).filter(unit=OuterRef("unit")))
    places = Position.objects.filter(told, hierarchy=root.hierarchy_id, lft__gt=root.lft, lft__lt=root.rgt)
    if seen is not None:
        places = places.filter(unit__in=seen)
    return places.select_related("unit__kind").order_by("lft")


def nodes_at(plan: Plan, places: Sequence[Position]) -> list[Node]:
    """How each of these places (a page of them) has answered. Six queries for any number."""
    root = _place_of(plan)
    units = [place.unit_id for place in places]
    obligations = {owed.unit_id: owed for owed in _owed(plan).filter(unit__in=units)}
    found = Plan.objects.filter(campaign=plan.campaign_id, withdrawn_at__isnull=True, unit__in=units)
    plans = {one.unit_id: one for one in found}
    answers = _answers_in(plans.values())
    sizes = _sizes(plans.values())
    nodes = []
    for place in places:
        own = plans.get(place.unit_id)
        node = Node(place.unit, place.depth - (root.depth if root else 0), own, obligations.get(place.unit_id))
        if own:
            node.answers |= answers[own.pk]
            node.to_answer = 0 if own.acts_directly else sizes[own.above_id]
        nodes.append(node)
    return nodes


def _place_of(plan: Plan) -> Position | None:
    return Position.objects.filter(hierarchy=plan.campaign.hierarchy_id, unit=plan.unit_id).first()


def _owed(plan: Plan) -> QuerySet[Obligation]:
    return Obligation.objects.filter(requirement__campaign=plan.campaign_id, requirement__kind=Requirement.Kind.PLAN)


def _answers_in(plans: Collection[Plan]) -> dict[int, dict[str, int]]:
    counted: dict[int, dict[str, int]] = defaultdict(dict)
    rows = Answer.objects.filter(plan__in=[one.pk for one in plans]).order_by()
    for plan_id, kind, count in rows.values_list("plan_id", "kind").annotate(Count("pk")):
        counted[plan_id][kind] = count
    return counted


def _sizes(plans: Collection[Plan]) -> dict[int | None, int]:
    """How many items the plans above these give to those below them to answer."""
    wanted = {one.above_id for one in plans if one.above_id}
    sizes: dict[int | None, int] = defaultdict(int)
    passed = Answer.objects.filter(kind=Answer.Kind.PASSED_DOWN, own_item__isnull=True)
    for given in (PlanItem.objects.all(), passed):
        counted = given.filter(plan__in=wanted).order_by().values_list("plan_id").annotate(Count("pk"))
        for plan_id, count in counted:
            sizes[plan_id] += count
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
