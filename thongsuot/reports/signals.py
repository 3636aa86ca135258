"""Signs of formalism: shown with their reason, to their author first. A sign, not a verdict."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thongsuot.campaigns.models import Campaign, Plan
from thongsuot.campaigns.moments import day_of
from thongsuot.journal.noting import note
from thongsuot.learning.models import Reflection
from thongsuot.meetings.models import Attendance, Meeting
from thongsuot.notices.telling import tell
from thongsuot.people import rights
from thongsuot.people.models import Office, Person
from thongsuot.reports.models import Signal
from thongsuot.viet.text import fold
from thongsuot.web.errors import Refused

COPIED_SHARE = 0.7
LATE_DAYS = 14
# The author sees a sign this long before anybody above does.
FIRST_TO_AUTHOR = timedelta(days=5)
ALIKE = 3
Kind = Signal.Kind


def look_everywhere(at: datetime) -> int:
    """Look in every campaign that runs; returns how many signs are new."""
    running = Campaign.objects.filter(issued_on__isnull=False).exclude(ends_on__lt=day_of(at) - timedelta(days=31))
    return sum(look(campaign, at) for campaign in running)


@transaction.atomic
def look(campaign: Campaign, at: datetime) -> int:
    """Look for signs in what was recorded; those found before are not found again. Returns how many are new."""
    known = set(Signal.objects.filter(campaign=campaign).values_list("kind", "subject_uid"))
    fresh = []
    for kind, subject, values in [
        *_copied_plans(campaign), *_back_dated(campaign), *_in_two_places(campaign), *_copied_texts(campaign),
    ]:  # fmt: skip
        if (kind, subject.uid) not in known:
            kept = {"subject_kind": subject._meta.label, "subject_uid": subject.uid, "found_at": at, "values": values}
            fresh.append(Signal(campaign=campaign, unit=subject.unit, kind=kind, **kept))
    Signal.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=200)
    _tell_authors(fresh, at)
    return len(fresh)


Found = Iterable[tuple[Kind, Plan | Meeting | Reflection, dict[str, int]]]


def _copied_plans(campaign: Campaign) -> Found:
    plans = campaign.plans.filter(issued_on__isnull=False, acts_directly=False, likeness__gte=COPIED_SHARE)
    for plan in plans.select_related("unit"):
        # Rounded down, as every share here.
        yield Kind.COPIED_PLAN, plan, {"share": int(100 * (plan.likeness or 0))}


def _back_dated(campaign: Campaign) -> Found:
    meetings = campaign.meetings.filter(closed_at__isnull=False, voided_at__isnull=True).select_related("unit")
    for meeting in meetings:
        days = (day_of(meeting.closed_at) - meeting.held_on).days if meeting.closed_at else 0
        if days > LATE_DAYS:
            yield Kind.BACK_DATED, meeting, {"days": days}


def _in_two_places(campaign: Campaign) -> Found:
    """Meetings whose register names people as present who were elsewhere at the same hour."""
    present = (
        Attendance.objects.filter(
            status=Attendance.Status.PRESENT,
            meeting__campaign=campaign,
            meeting__closed_at__isnull=False,
            meeting__voided_at__isnull=True,
        )
        .select_related("meeting__unit")
        .order_by("person_id", "meeting__held_on", "meeting__starts_at", "pk")
    )
    clashes: Counter[Meeting] = Counter()
    last: Attendance | None = None
    for line in present.iterator():
        same_day = (
            last is not None and last.person_id == line.person_id and last.meeting.held_on == line.meeting.held_on
        )
        if last and same_day and _overlap(last.meeting, line.meeting):
            clashes[line.meeting] += 1
        # A short meeting inside a long one does not end the long one.
        if not (last and same_day and _until(last.meeting) > _until(line.meeting)):
            last = line
    for meeting, people in clashes.items():
        yield Kind.IMPOSSIBLE_REGISTER, meeting, {"people": people}


def _until(meeting: Meeting) -> time:
    return meeting.ends_at or meeting.starts_at


def _overlap(one: Meeting, other: Meeting) -> bool:
    """Of one day; ``one`` began first, or at the same hour."""
    return other.starts_at < _until(one) or other.starts_at == one.starts_at


def _copied_texts(campaign: Campaign) -> Found:
    alike: dict[tuple[int, str], list[Reflection]] = defaultdict(list)
    handed_in = campaign.reflections.filter(handed_in_at__isnull=False).select_related("unit").order_by("pk")
    for reflection in handed_in:
        said = fold(f"{reflection.my_work} {reflection.will_do}").strip()
        if said:
            alike[reflection.unit_id, said].append(reflection)
    for group in alike.values():
        if len(group) >= ALIKE:
            yield Kind.COPIED_TEXT, group[0], {"people": len(group)}


def _tell_authors(fresh: list[Signal], at: datetime) -> None:
    """Who keeps the unit's records hears of a sign before the level above sees it."""
    keepers: dict[int, list[Person]] = defaultdict(list)
    roles = [role for role, acts in rights.REACH.items() if rights.Act.RECORD in acts]
    held = Office.objects.in_force(day_of(at)).filter(unit__in={sign.unit_id for sign in fresh}, role__in=roles)
    for office in held.select_related("person"):
        keepers[office.unit_id].append(office.person)
    for sign in fresh:
        tell(
            keepers[sign.unit_id],
            gettext_noop(
                "What %(unit)s recorded shows a sign of formalism. Explain it before the level above sees it."
            ),
            once=f"sign-{sign.kind}-{sign.subject_uid}",
            at=at,
            unit=sign.unit,
            url=f"/reports/signals/{sign.uid}/",
            values={"unit": sign.unit.name},
        )


def sentence(signal: Signal) -> str:
    """Why this is shown, in one sentence without blame."""
    match signal.kind:
        case Kind.COPIED_PLAN:
            return _("%(share)s%% of the plan's text also stands in the plan above it.") % signal.values
        case Kind.BACK_DATED:
            return _("The register was closed %(days)s days after the meeting's date.") % signal.values
        case Kind.IMPOSSIBLE_REGISTER:
            return _("%(people)s people are marked as present in two places at the same hour.") % signal.values
        case _:
            return _("%(people)s reflections in the unit say the same, word for word.") % signal.values


@transaction.atomic
def explain(signal: Signal, explanation: str, *, by: Person, at: datetime) -> Signal:
    """The unit says how it came about; the sign and the explanation stand side by side."""
    rights.require(by, rights.Act.RECORD, signal.unit, day_of(at))
    if not explanation.strip():
        raise Refused(_("Write a sentence that explains how this came about."))
    signal.explanation, signal.explained_at = explanation.strip(), at
    signal.save(update_fields=["explanation", "explained_at"])
    note(signal, gettext_noop("explained"), by=by, at=at, reason=explanation.strip())
    return signal
