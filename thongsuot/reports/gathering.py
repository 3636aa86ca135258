"""A report fills itself: figures from the ledger and from what was asked, never typed."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, QuerySet, Sum, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thongsuot.campaigns.models import Campaign, Obligation, Plan, Requirement, State
from thongsuot.campaigns.moments import day_of
from thongsuot.campaigns.plan_paper import document_cited
from thongsuot.journal.noting import note
from thongsuot.ledger.models import Book, Entry, Total
from thongsuot.papers.letterhead import TYPE_NAMES, cited
from thongsuot.people import rights
from thongsuot.people.models import Membership, Person
from thongsuot.reports.lines import LINES, SMALLEST_GROUP, Figure, Line
from thongsuot.reports.models import Report
from thongsuot.units.models import Position, TreeChange, Unit
from thongsuot.units.tree import tree_on

MISSING_NAMED = 60
# What is said of each level of the organisation: meetings, points and attendances by tier.
BY_LEVEL = ("meeting_held", "meeting_points", "attendance")


@dataclass
class AskedLine:
    """What became of one requirement in the units of the report."""

    requirement: str
    kind: str
    due_on: date
    states: dict[str, int]
    requirement_en: str = ""
    uid: str = ""

    @property
    def asked(self) -> int:
        """Those excused are counted apart."""
        return sum(self.states.values()) - self.states.get("excused", 0)

    @property
    def met(self) -> int:
        return self.states.get("done", 0) + self.states.get("late", 0)


@dataclass
class Figures:
    lines: list[Figure]
    asked: list[AskedLine]
    levels: list[dict[str, Any]]
    missing: list[str]
    missing_in_all: int
    people: int
    units: int
    position: int

    def as_json(self) -> dict[str, Any]:
        return {
            "figures": [{"code": f.code, "value": f.value, "of": f.of, "is_small": f.is_small} for f in self.lines],
            "asked": [{**asdict(a), "due_on": a.due_on.isoformat()} for a in self.asked],
            "levels": self.levels,
            "missing": self.missing,
            "missing_in_all": self.missing_in_all,
            "people": self.people,
            "units": self.units,
            "position": self.position,
        }


def units_below(campaign: Campaign, unit: Unit, on: date | None = None) -> QuerySet[Any, Any]:
    """A subquery: the keys of the unit and all below it in the campaign's tree in force, or as it stood that day."""
    hierarchy = campaign.hierarchy_id
    if on and TreeChange.objects.filter(hierarchy_id=hierarchy, effective_on__gt=on).exists():
        return Unit.objects.filter(pk__in=list(tree_on(campaign.hierarchy, on).below(unit.pk))).order_by().values("pk")
    place = Position.objects.filter(hierarchy_id=hierarchy, unit=unit).first()
    if place is None:
        return Position.objects.none().values("unit_id")
    return Position.objects.filter(hierarchy_id=hierarchy, lft__gte=place.lft, lft__lt=place.rgt).values("unit_id")


def _months(start: date | None, end: date) -> tuple[int, int] | None:
    """First and last month of a period that covers whole months only."""
    if (start and start.day != 1) or end.day != monthrange(end.year, end.month)[1]:
        return None
    return (start.year * 100 + start.month if start else 1), end.year * 100 + end.month


def sums(book: Book, unit: Unit, start: date | None, end: date, *, position: int | None = None) -> Counter[str]:
    """Amounts by measure over the unit and all below it, as folded; without ``start`` since the campaign began.

    Whole months come from the totals; other periods, and a frozen ``position`` (the last entry that
    counts), are summed from the entries themselves.
    """
    months = _months(start, end)
    if position is None and months is not None:
        totals = Total.objects.filter(book=book, unit=unit, period__range=months)
        return _summed(totals)
    return _summed(entries_of(book, unit, start, end, upto=position))


def _summed(rows: QuerySet[Any]) -> Counter[str]:
    return Counter(
        dict(rows.order_by().values_list("measure").annotate(sum=Sum("amount")).values_list("measure", "sum"))
    )


def entries_of(
    book: Book, unit: Unit, start: date | None = None, end: date | None = None, *, upto: int | None = None
) -> QuerySet[Entry]:
    """The entries that the figures of the unit and all below it are sums of."""
    entries = Entry.objects.filter(book=book, folded_into__contains=f"/{unit.pk}/")
    if start:
        entries = entries.filter(happened_on__gte=start)
    if end:
        entries = entries.filter(happened_on__lte=end)
    return entries if upto is None else entries.filter(pk__lte=upto)


def last_position(book: Book) -> int:
    """The newest entry that has been folded into the totals."""
    last = Entry.objects.filter(book=book, folded_into__isnull=False).order_by("-pk").values_list("pk", flat=True)
    return last.first() or 0


def state_expression(on: date, owed: str = "") -> Case:
    """Obligation.state as a column, for counting; what was met after that day was not met on it.

    ``owed`` is the way from the rows counted to their obligations.
    """
    met, excused, due, began = (f"{owed}{name}" for name in ("fulfilled_on", "excused_at", "due_on", "began_on"))
    return Case(
        When(**{f"{met}__lte": on, f"{met}__gt": F(due)}, then=Value(State.LATE.value)),
        When(**{f"{met}__lte": on}, then=Value(State.DONE.value)),
        When(**{f"{excused}__isnull": False}, then=Value(State.EXCUSED.value)),
        When(**{f"{due}__lt": on}, then=Value(State.OVERDUE.value)),
        When(**{f"{began}__lte": on}, then=Value(State.UNDER_WAY.value)),
        default=Value(State.WAITING.value),
        output_field=CharField(),
    )


def asked_lines(campaign: Campaign, inside: QuerySet[Any, Any], on: date) -> list[AskedLine]:
    """How many units met, missed or still have before them each requirement; two queries."""
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
        AskedLine(one.text, one.kind, one.due_on, states[one.pk], one.text_en, str(one.uid))
        for one in Requirement.objects.filter(campaign=campaign)
        if one.pk in states
    ]


def asked_in(body: dict[str, Any]) -> list[AskedLine]:
    """The requirements of a frozen (or present) body; one frozen long ago may know less."""
    known = {each.name for each in fields(AskedLine)}
    kept = [{name: value for name, value in each.items() if name in known} for each in body["asked"]]
    return [AskedLine(**{**each, "due_on": date.fromisoformat(each["due_on"])}) for each in kept]


def people_expected(inside: QuerySet[Any, Any], on: date) -> int:
    """R07: members on the lists on that day, less those exempt from meetings; each person once."""
    return (
        Membership.objects.in_force(on)
        .filter(unit_id__in=inside)
        .exclude(kind=Membership.Kind.EXEMPT)
        .aggregate(people=Count("person_id", distinct=True))["people"]
    )


def _levels(entries: QuerySet[Entry]) -> list[dict[str, Any]]:
    """Meetings, points and attendances by level of the organisation."""
    found: dict[str, dict[str, Any]] = {}
    rows = (
        entries.filter(measure__in=BY_LEVEL)
        .order_by("unit__kind__rank", "unit__kind__slug")
        .values_list("unit__kind__name", "unit__kind__name_en", "measure")
        .annotate(sum=Sum("amount"))
    )
    for level, level_en, measure, amount in rows:
        line = found.setdefault(level, {"level": level, "level_en": level_en, **dict.fromkeys(BY_LEVEL, 0)})
        line[measure] = amount
    return list(found.values())


def silent_units(campaign: Campaign, inside: QuerySet[Any, Any], end: date, position: int | None) -> QuerySet[Unit]:
    """R17: of whom something is asked, and who neither began it nor recorded anything else by that day."""
    asked = Obligation.objects.filter(requirement__campaign=campaign, unit=OuterRef("pk"), excused_at__isnull=True)
    recorded = Entry.objects.filter(book=campaign.book_id, unit=OuterRef("pk"), happened_on__lte=end)
    if position is not None:
        recorded = recorded.filter(pk__lte=position)
    return (
        Unit.objects.filter(Exists(asked), pk__in=inside)
        .exclude(Exists(asked.filter(began_on__lte=end)))
        .exclude(Exists(recorded))
        .order_by("sort_key", "pk")
    )


def figures(campaign: Campaign, unit: Unit, start: date, end: date, *, position: int | None = None) -> Figures:
    """All figures of a report over the unit and what lies below it; a fixed number of queries."""
    inside = units_below(campaign, unit, end)
    book = campaign.book
    asked = asked_lines(campaign, inside, end)
    people = people_expected(inside, end)
    silent = silent_units(campaign, inside, end, position)
    return Figures(
        lines=lines_counted(campaign, unit, start, end, people, asked, position=position),
        asked=asked,
        levels=_levels(entries_of(book, unit, start, end, upto=position)),
        missing=list(silent.values_list("name", flat=True)[:MISSING_NAMED]),
        missing_in_all=silent.count(),
        people=people,
        units=inside.count(),
        position=position if position is not None else last_position(book),
    )


def lines_counted(
    campaign: Campaign, unit: Unit, start: date, end: date, people: int, asked: Iterable[AskedLine],
    *, position: int | None = None,
) -> list[Figure]:  # fmt: skip
    """The figures as the ledger says them now, or said them at ``position``; two queries."""
    during = sums(campaign.book, unit, start, end, position=position)
    so_far = sums(campaign.book, unit, None, end, position=position)
    whole: Counter[str] = Counter({"people": people})
    for each in asked:
        whole[f"asked:{each.kind}"] += each.asked
    return [_figure(line, so_far if line.counts == "people" else during, whole) for line in LINES]


def _figure(line: Line, counted: Counter[str], whole: Counter[str]) -> Figure:
    of = None
    if line.of:
        of = whole[line.of] if line.of == "people" or ":" in line.of else counted[line.of]
    handful = 0
    if line.counts == "people":
        handful = min(of or 0, whole["people"])
    elif line.counts == "answers":
        # Each person answers several questions: it is the people who make a group.
        handful = min(counted["check_taken"], whole["people"])
    return Figure(line.code, sum(counted[code] for code in line.measures), of, 0 < handful < SMALLEST_GROUP)


@transaction.atomic
def start_report(
    campaign: Campaign, unit: Unit, *, period_from: date, period_to: date, by: Person | None, at: datetime
) -> Report:
    """The unit's report for a period; the one already begun is returned."""
    if by is not None:
        rights.require(by, rights.Act.DIRECT, unit, day_of(at))
    if period_to < period_from:
        raise rights.Refused(_("The period ends before it begins."))
    report, fresh = Report.objects.get_or_create(
        campaign=campaign,
        unit=unit,
        period_from=period_from,
        period_to=period_to,
        defaults={"started_at": at, "started_by": by, "situation": _situation(campaign, unit)},
    )
    if fresh:
        note(report, gettext_noop("begun"), by=by, at=at)
    return report


def _situation(campaign: Campaign, unit: Unit) -> str:
    """What the report rests on, cited in full. Always Vietnamese, as the paper is."""
    sentences = [f"Thực hiện {document_cited(campaign.directive)}."] if campaign.directive else []
    plan = Plan.objects.filter(campaign=campaign, unit=unit, issued_on__isnull=False, acts_directly=False).first()
    if plan and plan.issued_on:
        # Its own subject repeats the directive's.
        own = cited(plan.number, plan.issued_on, "", type_name=TYPE_NAMES["KH"])
        sentences.append(f"{unit.name_on(plan.issued_on)} đã ban hành {own} để tổ chức thực hiện.")
    return " ".join(sentences)
