"""A report fills itself: figures from the ledger and from what was asked, never typed."""

from calendar import monthrange
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, CharField, Count, F, QuerySet, Sum, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext_lazy
from django.utils.translation import gettext_lazy as lazy

from thongsuot.campaigns.models import Campaign, Obligation, Requirement, State
from thongsuot.journal.noting import note
from thongsuot.ledger.models import Book, Entry, Total
from thongsuot.people import rights
from thongsuot.people.models import Membership, Person
from thongsuot.reports.models import Report
from thongsuot.units.models import Position, Unit

# Shares over fewer people than this say too much about each of them.
SMALLEST_GROUP = 5


@dataclass(frozen=True)
class Line:
    """What one figure of a report is made of (codes R01–R14 after the field's usual forms)."""

    code: str
    name: Any
    measure: str
    of: str = ""  # measure, or one of the counts below, that is its denominator
    counts: str = "things"


LINES = [
    Line("R01", lazy("Units that issued their own plan"), "plan_issued", "asked:plan"),
    Line("R01b", lazy("Units acting directly on the plan above"), "acts_directly", "asked:plan"),
    Line("R02", lazy("Plans issued on time"), "plan_issued_on_time", "plan_issued"),
    Line("R03", lazy("Meetings and conferences held"), "meeting_held"),
    Line("R03a", pgettext_lazy("meetings", "of these, in person"), "meeting_in_person", "meeting_held"),
    Line("R03b", pgettext_lazy("meetings", "of these, online or mixed"), "meeting_online+meeting_mixed", "meeting_held"),
    Line("R04", lazy("Conference points"), "meeting_points"),
    Line("R05", lazy("Attendances"), "attendance", "attendance_expected", "attendances"),
    Line("R06", lazy("People who took part at least once"), "person_attended", "people", "people"),
    Line("R10", lazy("People who spoke, counted at each meeting"), "spoke", "attendance", "attendances"),
    Line("R11", lazy("Reflections handed in"), "reflection_handed_in", "people", "people"),
    Line("R11a", lazy("Reflections accepted"), "reflection_accepted", "reflection_handed_in", "people"),
    Line("R12", lazy("People who took a recall check"), "check_taken", "", "people"),
    Line("R12a", lazy("Right answers in the recall checks"), "check_right", "check_asked"),
    Line("R13", lazy("Self-reviews submitted"), "self_review_submitted", "asked:self_review"),
    Line("R13a", lazy("Self-reviews verified by the level above"), "self_review_verified", "self_review_submitted"),
    Line("R14", lazy("Actions opened"), "action_opened"),
    Line("R14a", lazy("Actions done, with evidence, verified"), "action_done", "action_opened"),
]


@dataclass(frozen=True)
class Figure:
    code: str
    name: str
    value: int
    of: int | None
    measure: str
    counts: str = "things"

    @property
    def is_small(self) -> bool:
        """A share of fewer than five people: not shown outside the unit."""
        return self.counts == "people" and self.of is not None and self.of < SMALLEST_GROUP


@dataclass
class AskedLine:
    """What became of one requirement in the units of the report."""

    requirement: str
    kind: str
    due_on: date
    states: dict[str, int]

    @property
    def asked(self) -> int:
        return sum(self.states.values())

    @property
    def met(self) -> int:
        return self.states.get("done", 0) + self.states.get("late", 0)


@dataclass
class Figures:
    lines: list[Figure]
    asked: list[AskedLine]
    missing: list[str]
    missing_in_all: int
    people: int
    units: int
    position: int
    by_code: dict[str, Figure] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "figures": [
                {"code": f.code, "value": f.value, "of": f.of, "measure": f.measure, "counts": f.counts}
                for f in self.lines
            ],
            "asked": [
                {"requirement": a.requirement, "kind": a.kind, "due_on": a.due_on.isoformat(), "states": a.states}
                for a in self.asked
            ],
            "missing": self.missing,
            "missing_in_all": self.missing_in_all,
            "people": self.people,
            "units": self.units,
            "position": self.position,
        }


def units_below(campaign: Campaign, unit: Unit) -> QuerySet[Position, Any]:
    """A subquery: the unit and all below it in the campaign's tree in force."""
    place = Position.objects.filter(hierarchy_id=campaign.hierarchy_id, unit=unit).first()
    if place is None:
        return Position.objects.none().values("unit_id")
    return Position.objects.filter(
        hierarchy_id=campaign.hierarchy_id, lft__gte=place.lft, lft__lt=place.rgt
    ).values("unit_id")


def _months(start: date, end: date) -> list[int] | None:
    """The months of a period that covers whole months only."""
    if start.day != 1 or end.day != monthrange(end.year, end.month)[1]:
        return None
    first, last = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
    return [n // 12 * 100 + n % 12 + 1 for n in range(first, last + 1)]


def sums(book: Book, unit: Unit, start: date, end: date, *, position: int | None = None) -> Counter[str]:
    """Amounts by measure over the unit and all below it, as folded.

    Whole months come from the totals; other periods, and a frozen ``position`` (the last entry that
    counts), are summed from the entries themselves.
    """
    months = _months(start, end)
    if position is None and months is not None:
        totals = Total.objects.filter(book=book, unit=unit, period__in=months)
        return Counter(dict(totals.values_list("measure").annotate(sum=Sum("amount")).values_list("measure", "sum")))
    entries = Entry.objects.filter(
        book=book, happened_on__range=(start, end), folded_into__contains=f"/{unit.pk}/"
    )
    if position is not None:
        entries = entries.filter(pk__lte=position)
    return Counter(dict(entries.values_list("measure").annotate(sum=Sum("amount")).values_list("measure", "sum")))


def last_position(book: Book) -> int:
    """The newest entry that has been folded into the totals."""
    last = Entry.objects.filter(book=book, folded_into__isnull=False).order_by("-pk").values_list("pk", flat=True)
    return last.first() or 0


def state_expression(on: date) -> Case:
    """Obligation.state as a column, for counting."""
    return Case(
        When(fulfilled_on__lte=F("due_on"), then=Value(State.DONE.value)),
        When(fulfilled_on__isnull=False, then=Value(State.LATE.value)),
        When(excused_at__isnull=False, then=Value(State.EXCUSED.value)),
        When(due_on__lt=on, then=Value(State.OVERDUE.value)),
        When(began_on__isnull=False, then=Value(State.UNDER_WAY.value)),
        default=Value(State.WAITING.value),
        output_field=CharField(),
    )


def asked_lines(campaign: Campaign, inside: QuerySet[Position, Any], on: date) -> list[AskedLine]:
    """How many units met, missed or still have before them each requirement; one query."""
    rows = (
        Obligation.objects.filter(requirement__campaign=campaign, unit_id__in=inside)
        .annotate(state_now=state_expression(on))
        .values_list("requirement_id", "state_now")
        .annotate(count=Count("pk"))
        .order_by("requirement_id")
    )
    states: dict[int, dict[str, int]] = {}
    for requirement_id, state, count in rows:
        states.setdefault(requirement_id, {})[state] = count
    return [
        AskedLine(requirement.text, requirement.kind, requirement.due_on, states[requirement.pk])
        for requirement in Requirement.objects.filter(campaign=campaign)
        if requirement.pk in states
    ]


def people_expected(inside: QuerySet[Position, Any], on: date) -> int:
    """R07: members on the lists on that day, less those exempt from meetings; each person once."""
    return (
        Membership.objects.in_force(on)
        .filter(unit_id__in=inside)
        .exclude(kind=Membership.Kind.EXEMPT)
        .aggregate(people=Count("person_id", distinct=True))["people"]
    )


def figures(
    campaign: Campaign, unit: Unit, start: date, end: date, *, position: int | None = None, missing_limit: int = 60
) -> Figures:
    """All figures of a report over the unit and what lies below it; a fixed number of queries."""
    inside = units_below(campaign, unit)
    counted = sums(campaign.book, unit, start, end, position=position)
    asked = asked_lines(campaign, inside, end)
    people = people_expected(inside, end)
    by_kind: Counter[str] = Counter()
    for line in asked:
        by_kind[f"asked:{line.kind}"] += line.asked - line.states.get("excused", 0)
    of_what = {"people": people, **by_kind}
    lines = []
    for line in LINES:
        value = sum(counted[code] for code in line.measure.split("+"))
        of = None
        if line.of:
            of = of_what.get(line.of, 0) if line.of in of_what or ":" in line.of else counted[line.of]
        lines.append(Figure(line.code, str(line.name), value, of, line.measure, line.counts))
    silent = (
        Unit.objects.filter(pk__in=inside, obligations__requirement__campaign=campaign)
        .exclude(obligations__began_on__isnull=False)
        .distinct()
        .order_by("sort_key")
    )
    return Figures(
        lines=lines,
        asked=asked,
        missing=list(silent.values_list("name", flat=True)[:missing_limit]),
        missing_in_all=silent.count(),
        people=people,
        units=inside.count(),
        position=position if position is not None else last_position(campaign.book),
        by_code={line.code: line for line in lines},
    )


@transaction.atomic
def start_report(
    campaign: Campaign, unit: Unit, *, period_from: date, period_to: date, by: Person | None, at: datetime
) -> Report:
    """The unit's report for a period; the one already begun is returned."""
    if by is not None:
        rights.require(by, rights.Act.DIRECT, unit, at.date())
    if period_to < period_from:
        raise rights.Refused(_("The period ends before it begins."))
    report, fresh = Report.objects.get_or_create(
        campaign=campaign,
        unit=unit,
        period_from=period_from,
        period_to=period_to,
        defaults={"started_at": at, "started_by": by, "situation": _situation(campaign)},
    )
    if fresh:
        note(report, gettext_noop("begun"), by=by, at=at)
    return report


def _situation(campaign: Campaign) -> str:
    directive = campaign.directive
    if directive is None or not directive.issued_on:
        return ""
    return _("Carrying out %(number)s of %(date)s of %(issuer)s.") % {
        "number": directive.number,
        "date": directive.issued_on.strftime("%d/%m/%Y"),
        "issuer": directive.issuer,
    }
