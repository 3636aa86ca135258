"""A unit's children side by side, and a figure opened down to its entries."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Sum

from thongsuot.campaigns.models import Campaign
from thongsuot.ledger.models import Entry, Total
from thongsuot.reports.gathering import AskedLine, state_expression
from thongsuot.reports.lines import SMALLEST_GROUP
from thongsuot.units.models import Position, Unit

# What the dashboard shows of each unit below.
COLUMNS = ["meeting_held", "attendance", "person_attended", "action_opened", "action_done"]


@dataclass
class Row:
    unit: Unit
    amounts: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)

    @property
    def asked(self) -> int:
        """Those excused are counted apart."""
        return self.states.total() - self.states["excused"]

    @property
    def met(self) -> int:
        return self.states["done"] + self.states["late"]


def rows(campaign: Campaign, places: Sequence[Position], on: date) -> list[Row]:
    """Totals and states of obligations for each place and all below it; two queries for any number."""
    if not places:
        return []
    found = {place.unit_id: Row(place.unit) for place in places}
    totals = Total.objects.filter(book=campaign.book_id, period=0, unit_id__in=found, measure__in=COLUMNS)
    for unit_id, measure, amount in totals.values_list("unit_id", "measure", "amount"):
        found[unit_id].amounts[measure] = amount
    # States by unit in the order of the tree, then added up within each child's span.
    spans = sorted((place.lft, place.rgt, place.unit_id) for place in places)
    at = 0
    for lft, state, count in _states_in_order(campaign, spans[0][0], spans[-1][1], on):
        while at < len(spans) - 1 and lft >= spans[at][1]:
            at += 1
        if spans[at][0] <= lft < spans[at][1]:
            found[spans[at][2]].states[state] += count
    return list(found.values())


def _states_in_order(campaign: Campaign, low: int, high: int, on: date) -> Iterable[tuple[int, str, int]]:
    inside = Position.objects.filter(hierarchy_id=campaign.hierarchy_id, lft__gte=low, lft__lt=high)
    owed = inside.filter(unit__obligations__requirement__campaign=campaign)
    return (
        owed.order_by("lft")
        .annotate(state_now=state_expression(on, "unit__obligations__"))
        .values_list("lft", "state_now")
        .annotate(count=Count("unit__obligations"))
    )


def states_of(lines: Iterable[AskedLine]) -> Counter[str]:
    """States of all obligations together."""
    added: Counter[str] = Counter()
    for line in lines:
        added.update(line.states)
    return added


def amounts(campaign: Campaign, unit: Unit) -> Counter[str]:
    kept = Total.objects.filter(book=campaign.book_id, period=0, unit=unit)
    return Counter(dict(kept.values_list("measure", "amount")))


def months(campaign: Campaign, unit: Unit, measure: str) -> list[tuple[str, int]]:
    """A measure by month, as totals hold it: ("05/2023", 12)."""
    kept = Total.objects.filter(book=campaign.book_id, unit=unit, measure=measure, period__gt=0).order_by("period")
    return [(f"{p % 100:02d}/{p // 100}", amount) for p, amount in kept.values_list("period", "amount")]


@dataclass(frozen=True)
class Group:
    """What units share of a figure; ``amount`` is None where it would tell about a handful of people."""

    units: list[Any]  # the unit, or those too small to stand alone
    amount: int | None


def by_unit(entries: QuerySet[Entry]) -> list[Group]:
    """A personal figure by unit. Units with fewer than five people are put together."""
    rows = (
        entries.order_by()
        .values_list("unit_id")
        .annotate(people=Count("cause_uid", distinct=True), sum=Sum("amount"))
        .order_by("-people", "unit__sort_key", "unit_id")
    )
    counted = [(unit, people, amount) for unit, people, amount in rows if amount]
    alone = [row for row in counted if row[1] >= SMALLEST_GROUP]
    together = [row for row in counted if row[1] < SMALLEST_GROUP]
    # Of a single small remainder the whole would still tell: the next smallest hides with it.
    if together and sum(people for _unit, people, _amount in together) < SMALLEST_GROUP and alone:
        together.append(alone.pop())
    units = Unit.objects.in_bulk([unit for unit, _people, _amount in counted])
    groups = [Group([units[unit]], amount) for unit, _people, amount in alone]
    groups.sort(key=lambda group: group.units[0].sort_key)
    if together:
        enough = sum(people for _unit, people, _amount in together) >= SMALLEST_GROUP
        names = sorted((units[unit] for unit, _people, _amount in together), key=lambda unit: unit.sort_key)
        groups.append(Group(names, sum(amount for *_rest, amount in together) if enough else None))
    return groups
