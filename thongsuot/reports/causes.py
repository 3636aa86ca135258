"""From a ledger entry to the page of what caused it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from thongsuot.campaigns.models import Obligation, Plan
from thongsuot.ledger.measures import measure_named
from thongsuot.ledger.models import Entry
from thongsuot.meetings.models import Attendance, Meeting, Minutes
from thongsuot.practice.models import Action, SelfReview
from thongsuot.reports.models import Report

# kind of cause → (model, address with the key's place, name of the way to its own page's key)
PAGES = {
    "meetings.Meeting": (Meeting, "/meetings/{}/", "uid", "title"),
    "meetings.Attendance": (Attendance, "/meetings/{}/", "meeting__uid", "meeting__title"),
    "meetings.Minutes": (Minutes, "/meetings/{}/", "meeting__uid", "meeting__title"),
    "campaigns.Plan": (Plan, "/campaigns/plans/{}/", "uid", "title"),
    "campaigns.Obligation": (Obligation, "/campaigns/obligations/{}/", "uid", "requirement__text"),
    "practice.Action": (Action, "/practice/actions/{}/", "uid", "work"),
    "practice.SelfReview": (SelfReview, "/practice/self-reviews/{}/", "uid", "unit__name"),
    "reports.Report": (Report, "/reports/{}/", "uid", "unit__name"),
}


@dataclass(frozen=True)
class Cause:
    entry: Entry
    measure: str
    title: str
    url: str


def causes_of(entries: Sequence[Entry]) -> list[Cause]:
    """The entries with title and address of their causes; one query a kind. Personal ones stay unnamed."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for entry in entries:
        if entry.cause_uid and entry.cause_kind in PAGES:
            wanted[entry.cause_kind].add(entry.cause_uid)
    pages: dict[tuple[str, UUID], tuple[str, str]] = {}
    for kind, uids in wanted.items():
        model, address, key, title = PAGES[kind]
        for uid, page_key, name in model._default_manager.filter(uid__in=uids).values_list("uid", key, title):  # type: ignore[attr-defined]
            pages[kind, uid] = (str(name)[:120], address.format(page_key))
    found = []
    for entry in entries:
        title, url = pages.get((entry.cause_kind, entry.cause_uid), ("", "")) if entry.cause_uid else ("", "")
        found.append(Cause(entry, str(measure_named(entry.measure)), title, url))
    return found
