"""The register: who was there. What counts is posted when it is closed, and corrected by reversing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from thongsuot.campaigns.fulfilment import fulfil, unfulfil
from thongsuot.campaigns.models import Requirement
from thongsuot.journal.noting import note
from thongsuot.ledger.measures import measure
from thongsuot.ledger.models import Entry
from thongsuot.ledger.posting import post, reverse, standing, take_back
from thongsuot.meetings.calling import require_recorder
from thongsuot.meetings.models import Attendance, Meeting
from thongsuot.people import rights
from thongsuot.people.models import Membership, Person
from thongsuot.web.errors import Refused

MEETING_HELD = measure("meeting_held", gettext_lazy("Meetings held"))
BY_FORM = {
    Meeting.Form.IN_PERSON: measure("meeting_in_person", gettext_lazy("Meetings held in person")),
    Meeting.Form.ONLINE: measure("meeting_online", gettext_lazy("Meetings held online")),
    Meeting.Form.MIXED: measure("meeting_mixed", gettext_lazy("Meetings held in person and online")),
}
MEETING_POINTS = measure("meeting_points", gettext_lazy("Conference points"))
ATTENDANCE = measure("attendance", gettext_lazy("Attendances"), counts="attendances")
ATTENDANCE_EXPECTED = measure("attendance_expected", gettext_lazy("Expected attendances"), counts="attendances")
PERSON_ATTENDED = measure("person_attended", gettext_lazy("People who took part at least once"), counts="people")
SPOKE = measure("spoke", gettext_lazy("Spoke in a meeting"), counts="attendances")


class NotPossible(Refused):
    """The register is not in a state, or the times do not allow it."""


@dataclass(frozen=True)
class Line:
    """What a clerk says of one person; ``seen_version`` is what stood on the clerk's screen."""

    person_id: int
    status: str
    reason: str = ""
    spoke: bool = False
    seen_version: int | None = None


@dataclass(frozen=True)
class Conflict:
    """Someone else recorded something different in the meantime; theirs was kept."""

    line: Attendance
    wanted: Line


def _locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).select_related("unit").get(pk=meeting.pk)


@transaction.atomic
def record(meeting: Meeting, lines: Sequence[Line], *, by: Person | None, at: datetime) -> list[Conflict]:
    """Write lines of the register; returns those that met a newer one, which was kept.

    After the closing, a changed line corrects the figures. Raises NotAllowed, NotPossible.
    """
    meeting = _locked(meeting)
    require_recorder(meeting.unit, by, at.date())
    if meeting.voided_at:
        raise NotPossible(_("This meeting was voided: its register can no longer be changed."))
    if meeting.held_on > at.date():
        raise NotPossible(_("The meeting has not been held yet. Record the register on its day or later."))
    standing_lines = {
        line.person_id: line
        for line in Attendance.objects.filter(meeting=meeting).select_related("person", "recorded_by")
    }
    changed, conflicts = [], []
    for wanted in lines:
        line = standing_lines.get(wanted.person_id)
        if line is None or wanted.status not in Attendance.Status.values:
            continue
        reason = wanted.reason.strip()[:200] if wanted.status == Attendance.Status.EXCUSED else ""
        spoke = wanted.spoke and wanted.status == Attendance.Status.PRESENT
        if (line.status, line.reason, line.spoke) == (wanted.status, reason, spoke):
            continue
        newer = wanted.seen_version is not None and line.version > wanted.seen_version
        if newer and line.recorded_by_id != (by.pk if by else None):
            conflicts.append(Conflict(line, wanted))
            continue
        before = line.status
        line.status, line.reason, line.spoke = wanted.status, reason, spoke
        line.recorded_by, line.recorded_at = by, at
        line.version += 1
        changed.append(line)
        if meeting.is_closed:
            note(
                meeting,
                gettext_noop("register corrected"),
                by=by,
                at=at,
                changes={line.person.full_name: [before, wanted.status]},
            )
    Attendance.objects.bulk_update(
        changed, ["status", "reason", "spoke", "recorded_by", "recorded_at", "version"], batch_size=200
    )
    if meeting.is_closed:
        for line in changed:
            _count_anew(meeting, line, by=by, at=at)
    return conflicts


@transaction.atomic
def close(meeting: Meeting, *, ends_at: time | None, by: Person | None, at: datetime) -> Meeting:
    """Close the register: from now on the meeting counts. Closing twice changes nothing.

    Who is not marked was absent without reason. Raises NotAllowed, NotPossible.
    """
    meeting = _locked(meeting)
    require_recorder(meeting.unit, by, at.date())
    if meeting.is_closed:
        return meeting
    if meeting.voided_at:
        raise NotPossible(_("This meeting was voided: its register can no longer be changed."))
    if meeting.held_on > at.date():
        raise NotPossible(_("The meeting has not been held yet. Record the register on its day or later."))
    if ends_at and ends_at <= meeting.starts_at:
        raise NotPossible(_("The meeting would end before it began. Check the hours."))
    lines = list(Attendance.objects.filter(meeting=meeting).select_related("person"))
    if not any(line.status == Attendance.Status.PRESENT for line in lines):
        raise NotPossible(_("Nobody is marked as present. Record who was there first."))
    Attendance.objects.filter(meeting=meeting, status="").exclude(membership_kind=Membership.Kind.EXEMPT).update(
        status=Attendance.Status.ABSENT, recorded_by=by, recorded_at=at
    )
    meeting.expected = sum(line.membership_kind != Membership.Kind.EXEMPT for line in lines)
    meeting.exempt = len(lines) - meeting.expected
    meeting.closed_at, meeting.ends_at = at, ends_at
    meeting.save(update_fields=["expected", "exempt", "closed_at", "ends_at"])
    _count(meeting, lines, by=by, at=at)
    note(meeting, gettext_noop("register closed"), by=by, at=at)
    return meeting


def _count(meeting: Meeting, lines: list[Attendance], *, by: Person | None, at: datetime) -> None:
    if meeting.campaign is None:
        return
    book, unit, on = meeting.campaign.book, meeting.unit, meeting.held_on
    things = [(MEETING_HELD, 1), (BY_FORM[Meeting.Form(meeting.form)], 1), (MEETING_POINTS, meeting.points)]
    for what, amount in [*things, (ATTENDANCE_EXPECTED, meeting.expected or 0)]:
        if amount:
            post(book, what, unit=unit, on=on, at=at, cause=meeting, by=by, amount=amount)
    for line in lines:
        if line.status == Attendance.Status.PRESENT:
            _count_line(meeting, line, by=by, at=at)
    if meeting.kind == Meeting.Kind.THEMATIC:
        fulfil(meeting.campaign, Requirement.Kind.MEETING, unit=unit, on=on, cause=meeting, at=at, by=by)


def _count_line(meeting: Meeting, line: Attendance, *, by: Person | None, at: datetime) -> None:
    """One attendance; and the person, if this is their earliest in the campaign."""
    assert meeting.campaign is not None  # noqa: S101 - callers ask only for meetings of a campaign
    book, unit, on = meeting.campaign.book, meeting.unit, meeting.held_on
    post(book, ATTENDANCE, unit=unit, on=on, at=at, cause=line, by=by, person=line.person)
    if line.spoke:
        post(book, SPOKE, unit=unit, on=on, at=at, cause=line, by=by, person=line.person)
    counted = person_entry(meeting, line.person)
    if counted is None:
        post(book, PERSON_ATTENDED, unit=unit, on=on, at=at, cause=line, by=by, person=line.person)
    elif on < counted.happened_on:
        reverse(counted, at=at, by=by, reason="an earlier attendance was recorded")
        post(book, PERSON_ATTENDED, unit=unit, on=on, at=at, cause=line, by=by, person=line.person)


def person_entry(meeting: Meeting, person: Person) -> Entry | None:
    """The standing entry by which this person counts in the campaign."""
    assert meeting.campaign is not None  # noqa: S101
    return Entry.objects.filter(
        book=meeting.campaign.book, measure=PERSON_ATTENDED.code, person=person, reverses__isnull=True,
        reversed_by__isnull=True,
    ).first()  # fmt: skip


def _uncount_line(meeting: Meeting, line: Attendance, *, by: Person | None, at: datetime, reason: str) -> None:
    """Take one attendance back; if the person counted by it, their next earliest takes its place."""
    assert meeting.campaign is not None  # noqa: S101
    book = meeting.campaign.book
    was_first = standing(book, line, PERSON_ATTENDED).exists()
    take_back(book, line, at=at, by=by, reason=reason)
    if not was_first:
        return
    following = (
        Attendance.objects.filter(
            person=line.person_id,
            status=Attendance.Status.PRESENT,
            meeting__campaign=meeting.campaign,
            meeting__closed_at__isnull=False,
            meeting__voided_at__isnull=True,
        )
        .exclude(pk=line.pk)
        .exclude(meeting=meeting)
        .select_related("meeting__unit", "person")
        .order_by("meeting__held_on", "pk")
        .first()
    )
    if following:
        post(
            book, PERSON_ATTENDED, unit=following.meeting.unit, on=following.meeting.held_on, at=at, cause=following,
            by=by, person=following.person,
        )  # fmt: skip


def _count_anew(meeting: Meeting, line: Attendance, *, by: Person | None, at: datetime) -> None:
    if meeting.campaign is None:
        return
    _uncount_line(meeting, line, by=by, at=at, reason="register corrected")
    if line.status == Attendance.Status.PRESENT:
        _count_line(meeting, line, by=by, at=at)


@transaction.atomic
def void(meeting: Meeting, reason: str, *, by: Person | None, at: datetime) -> Meeting:
    """The meeting no longer counts; nothing of it is deleted. Raises NotAllowed, NotPossible."""
    meeting = _locked(meeting)
    if by is not None:
        rights.require(by, rights.Act.APPROVE, meeting.unit, at.date())
    if not reason.strip():
        raise NotPossible(_("Say why the meeting is voided."))
    if meeting.voided_at:
        return meeting
    meeting.voided_at, meeting.voided_reason = at, reason.strip()[:300]
    meeting.save(update_fields=["voided_at", "voided_reason"])
    if meeting.campaign and meeting.closed_at:
        take_back(meeting.campaign.book, meeting, at=at, by=by, reason=reason.strip()[:300])
        for line in Attendance.objects.filter(meeting=meeting, status=Attendance.Status.PRESENT):
            _uncount_line(meeting, line, by=by, at=at, reason=reason.strip()[:300])
    unfulfil(meeting, at=at, by=by)
    note(meeting, gettext_noop("voided"), by=by, at=at, reason=reason.strip())
    return meeting
