"""Signs of formalism: shown with their reason, to their author first. A sign, not a verdict."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thongsuot.campaigns.models import Campaign, Plan
from thongsuot.journal.noting import note
from thongsuot.learning.models import Reflection
from thongsuot.meetings.models import Attendance, Meeting
from thongsuot.people import rights
from thongsuot.people.models import Person
from thongsuot.reports.models import Signal
from thongsuot.viet.text import fold
from thongsuot.web.errors import Refused

COPIED_SHARE = 0.7
LATE_DAYS = 14
# The author sees a sign this long before anybody above does.
FIRST_TO_AUTHOR = timedelta(days=5)
ALIKE = 3


@transaction.atomic
def look(campaign: Campaign, at: datetime) -> int:
    """Look for signs in what was recorded; those found before are not found again. Returns how many are new."""
    found: list[Signal] = []

    def sign(kind: Signal.Kind, subject: Plan | Meeting | Reflection, **values: object) -> None:
        found.append(
            Signal(
                campaign=campaign, unit=subject.unit, kind=kind, values=values, subject_kind=subject._meta.label,
                subject_uid=subject.uid, found_at=at,
            )  # fmt: skip
        )

    plans = campaign.plans.filter(issued_on__isnull=False, acts_directly=False, likeness__gte=COPIED_SHARE)
    for plan in plans.select_related("unit"):
        sign(Signal.Kind.COPIED_PLAN, plan, share=round(100 * (plan.likeness or 0)))
    meetings = campaign.meetings.filter(closed_at__isnull=False, voided_at__isnull=True).select_related("unit")
    for meeting in meetings:
        days = (timezone.localdate(meeting.closed_at) - meeting.held_on).days if meeting.closed_at else 0
        if days > LATE_DAYS:
            sign(Signal.Kind.BACK_DATED, meeting, days=days)
    for meeting, people in _in_two_places(campaign).items():
        sign(Signal.Kind.IMPOSSIBLE_REGISTER, meeting, people=people)
    alike: dict[tuple[int, str], list[Reflection]] = defaultdict(list)
    for reflection in campaign.reflections.filter(handed_in_at__isnull=False).select_related("unit"):
        alike[reflection.unit_id, fold(f"{reflection.my_work} {reflection.will_do}")].append(reflection)
    for group in alike.values():
        if len(group) >= ALIKE:
            sign(Signal.Kind.COPIED_TEXT, group[0], people=len(group))
    before = Signal.objects.count()
    Signal.objects.bulk_create(found, ignore_conflicts=True, batch_size=200)
    return Signal.objects.count() - before


def _in_two_places(campaign: Campaign) -> dict[Meeting, int]:
    """Meetings whose register names people as present who were elsewhere at the same hour."""
    present = (
        Attendance.objects.filter(
            status=Attendance.Status.PRESENT,
            meeting__campaign=campaign,
            meeting__closed_at__isnull=False,
            meeting__voided_at__isnull=True,
        )
        .select_related("meeting__unit")
        .order_by("person_id", "meeting__held_on", "meeting__starts_at")
    )
    clashes: Counter[Meeting] = Counter()
    last: Attendance | None = None
    for line in present.iterator():
        if last and last.person_id == line.person_id and _overlap(last.meeting, line.meeting):
            clashes[line.meeting] += 1
        last = line
    return dict(clashes)


def _overlap(one: Meeting, other: Meeting) -> bool:
    if one.held_on != other.held_on:
        return False
    return other.starts_at < (one.ends_at or one.starts_at) or other.starts_at == one.starts_at


def sentence(signal: Signal) -> str:
    """Why this is shown, in one sentence without blame."""
    match signal.kind:
        case Signal.Kind.COPIED_PLAN:
            return _("%(share)s%% of the plan's text also stands in the plan above it.") % signal.values
        case Signal.Kind.BACK_DATED:
            return _("The register was closed %(days)s days after the meeting's date.") % signal.values
        case Signal.Kind.IMPOSSIBLE_REGISTER:
            return _("%(people)s people are marked as present in two places at the same hour.") % signal.values
        case _:
            return _("%(people)s reflections in the unit say the same, word for word.") % signal.values


def is_shown_above(signal: Signal, at: datetime) -> bool:
    return bool(signal.explanation) or at - signal.found_at >= FIRST_TO_AUTHOR


@transaction.atomic
def explain(signal: Signal, explanation: str, *, by: Person, at: datetime) -> Signal:
    """The unit says how it came about; the sign and the explanation stand side by side."""
    rights.require(by, rights.Act.RECORD, signal.unit, at.date())
    if not explanation.strip():
        raise Refused(_("Write a sentence that explains how this came about."))
    signal.explanation, signal.explained_at = explanation.strip(), at
    signal.save(update_fields=["explanation", "explained_at"])
    note(signal, gettext_noop("explained"), by=by, at=at, reason=explanation.strip())
    return signal
