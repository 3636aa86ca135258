"""From a ledger entry, or a sign, to the page of what caused it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from thongsuot.campaigns.models import Obligation, Plan
from thongsuot.ledger.measures import measure_named
from thongsuot.ledger.models import Entry
from thongsuot.meetings.models import Attendance, Meeting, Minutes, Post
from thongsuot.people.models import Person
from thongsuot.practice.models import Action, SelfReview
from thongsuot.reports.access import in_reach
from thongsuot.reports.models import Report

# kind of cause → (model, address with the key's place, ways to its page's key, to its title, to its unit).
# What is not named here (checks, reflections, readings) is personal and leads nowhere.
PAGES = {
    "meetings.Meeting": (Meeting, "/meetings/{}/", "uid", "title", "unit_id"),
    "meetings.Minutes": (Minutes, "/meetings/{}/", "meeting__uid", "meeting__title", "meeting__unit_id"),
    "meetings.Post": (Post, "/meetings/{}/", "meeting__uid", "title", "meeting__unit_id"),
    "campaigns.Plan": (Plan, "/campaigns/plans/{}/", "uid", "title", "unit_id"),
    "campaigns.Obligation": (Obligation, "/campaigns/obligations/{}/", "uid", "requirement__text", "unit_id"),
    "practice.Action": (Action, "/practice/actions/{}/", "uid", "work", "unit_id"),
    "practice.SelfReview": (SelfReview, "/practice/self-reviews/{}/", "uid", "unit__name", "unit_id"),
    "reports.Report": (Report, "/reports/{}/", "uid", "unit__name", "unit_id"),
}
# A line of a register is read within its meeting.
PART_OF = {"meetings.Attendance": "meetings.Meeting"}
Key = tuple[str, UUID]  # kind, uid


@dataclass(frozen=True)
class Page:
    title: str
    url: str
    unit_id: int


@dataclass(frozen=True)
class Cause:
    """What one object added to a figure of one unit on one day; what was taken back stands on a line of its own."""

    measure: str
    unit: str
    title: str
    url: str
    happened_on: date
    recorded_at: datetime
    amount: int
    is_taken_back: bool


def by_cause(entries: QuerySet[Entry]) -> QuerySet[Any, dict[str, Any]]:
    """The entries added up by the object behind them, the newest first: a register is one line, not one a person."""
    meeting = Attendance.objects.filter(uid=OuterRef("cause_uid")).values("meeting__uid")[:1]
    return (
        entries.order_by()
        .annotate(behind=Coalesce(Subquery(meeting), F("cause_uid")), taken_back=Q(reverses__isnull=False))
        .values("unit_id", "unit__name", "measure", "happened_on", "cause_kind", "behind", "taken_back")
        .annotate(sum=Sum("amount"), recorded=Max("recorded_at"))
        .order_by("-happened_on", "-recorded", "unit_id", "measure", "behind", "taken_back")
    )


def pages_of(keys: Iterable[Key], person: Person, on: date) -> dict[Key, Page]:
    """Title and address of each, as far as the person sees its unit; one query a kind, and one more."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for kind, uid in keys:
        if kind in PAGES:
            wanted[kind].add(uid)
    found: dict[Key, Page] = {}
    for kind, uids in wanted.items():
        model, address, *ways = PAGES[kind]
        rows = model._default_manager.filter(uid__in=uids).values_list("uid", *ways)  # type: ignore[attr-defined]
        for uid, page_key, title, unit_id in rows:
            if page_key:
                found[kind, uid] = Page(str(title)[:120], address.format(page_key), unit_id)
    seen = in_reach(person, (page.unit_id for page in found.values()), on)
    return {key: page for key, page in found.items() if page.unit_id in seen}


def causes_of(rows: Iterable[dict[str, Any]], person: Person, on: date) -> list[Cause]:
    """Rows of ``by_cause`` with title and address. Units and causes out of reach stay unnamed."""
    rows = list(rows)
    keys = [(PART_OF.get(row["cause_kind"], row["cause_kind"]), row["behind"]) for row in rows]
    pages = pages_of([key for key in keys if key[1]], person, on)
    seen = in_reach(person, (row["unit_id"] for row in rows), on)
    found = []
    for row, key in zip(rows, keys, strict=True):
        page = pages.get(key)
        unit = row["unit__name"] if row["unit_id"] in seen else ""
        title, url = (page.title, page.url) if page else ("", "")
        found.append(
            Cause(
                str(measure_named(row["measure"])), unit, title, url, row["happened_on"],
                row["recorded"], row["sum"], row["taken_back"],
            )
        )  # fmt: skip
    return found
