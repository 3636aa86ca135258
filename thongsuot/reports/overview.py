"""A unit's children side by side, and a figure opened down to its entries."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, QuerySet

from thongsuot.campaigns.models import Campaign, Obligation
from thongsuot.ledger.models import Entry, Total
from thongsuot.reports.gathering import state_expression, units_below
from thongsuot.units.models import Position, Unit

# What the dashboard shows of each unit below.
COLUMNS = ["meeting_held", "attendance", "person_attended", "self_review_submitted", "action_opened", "action_done"]


@dataclass
class Row:
    unit: Unit
    amounts: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    has_below: bool = False

    @property
    def asked(self) -> int:
        return sum(self.states.values())

    @property
    def met(self) -> int:
        return self.states["done"] + self.states["late"]


def children(campaign: Campaign, unit: Unit) -> QuerySet[Position]:
    return (
        Position.objects.filter(hierarchy_id=campaign.hierarchy_id, parent=unit)
        .select_related("unit__kind")
        .order_by("lft")
    )


def rows(campaign: Campaign, places: list[Position], on: date) -> list[Row]:
    """Totals and states of obligations for each place and all below it; three queries for any number."""
    found = {place.unit_id: Row(place.unit, has_below=place.rgt > place.lft + 1) for place in places}
    totals = Total.objects.filter(book=campaign.book_id, period=0, unit_id__in=found, measure__in=COLUMNS)
    for unit_id, measure, amount in totals.values_list("unit_id", "measure", "amount"):
        found[unit_id].amounts[measure] = amount
    if not places:
        return []
    # States by unit, then added up within each child's span of the tree.
    low, high = min(p.lft for p in places), max(p.rgt for p in places)
    inside = Position.objects.filter(hierarchy_id=campaign.hierarchy_id, lft__gte=low, lft__lt=high)
    lft_of = dict(inside.values_list("unit_id", "lft"))
    counted = (
        Obligation.objects.filter(requirement__campaign=campaign, unit_id__in=inside.values("unit_id"))
        .annotate(state_now=state_expression(on))
        .values_list("unit_id", "state_now")
        .annotate(count=Count("pk"))
    )
    by_lft: dict[int, Counter[str]] = defaultdict(Counter)
    for unit_id, state, count in counted:
        by_lft[lft_of[unit_id]][state] += count
    spans = sorted((place.lft, place.rgt, place.unit_id) for place in places)
    at = 0
    for lft in sorted(by_lft):
        while at < len(spans) - 1 and lft >= spans[at][1]:
            at += 1
        if spans[at][0] <= lft < spans[at][1]:
            found[spans[at][2]].states.update(by_lft[lft])
    return list(found.values())


def own_states(campaign: Campaign, unit: Unit, on: date) -> Counter[str]:
    """States of all obligations of the unit and below it."""
    counted = (
        Obligation.objects.filter(requirement__campaign=campaign, unit_id__in=units_below(campaign, unit))
        .annotate(state_now=state_expression(on))
        .values_list("state_now")
        .annotate(count=Count("pk"))
    )
    return Counter(dict(counted))


def amounts(campaign: Campaign, unit: Unit) -> Counter[str]:
    return Counter(
        dict(Total.objects.filter(book=campaign.book_id, period=0, unit=unit).values_list("measure", "amount"))
    )


def months(campaign: Campaign, unit: Unit, measure: str) -> list[tuple[str, int]]:
    """A measure by month, as totals hold it: ("05/2023", 12)."""
    kept = Total.objects.filter(book=campaign.book_id, unit=unit, measure=measure, period__gt=0).order_by("period")
    return [(f"{p % 100:02d}/{p // 100}", amount) for p, amount in kept.values_list("period", "amount")]


def entries_behind(
    campaign: Campaign, unit: Unit, measures: list[str], start: date | None, end: date | None
) -> QuerySet[Entry]:
    """Every entry that a figure of this unit is the sum of, newest first."""
    entries = Entry.objects.filter(
        book=campaign.book_id, measure__in=measures, folded_into__contains=f"/{unit.pk}/"
    ).select_related("unit", "recorded_by")
    if start:
        entries = entries.filter(happened_on__gte=start)
    if end:
        entries = entries.filter(happened_on__lte=end)
    return entries.order_by("-happened_on", "-pk")
