"""The register: who was there. What counts is posted when it is closed, and corrected by reversing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thongsuot.campaigns.fulfilment import fulfil, unfulfil
from thongsuot.campaigns.models import Requirement
from thongsuot.campaigns.moments import day_of
from thongsuot.journal.noting import note
from thongsuot.ledger.posting import take_back
from thongsuot.meetings import counting
from thongsuot.meetings.calling import require_recorder
from thongsuot.meetings.models import Attendance, Meeting, Minutes
from thongsuot.people import rights
from thongsuot.people.models import Membership, Person
from thongsuot.web.errors import Refused

Status = Attendance.Status


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

    @property
    def wanted_label(self) -> str:
        return str(Status(self.wanted.status).label)


@dataclass
class Summary:
    """The register in numbers, as it stands."""

    members: int = 0
    exempt: int = 0
    spoke: int = 0
    by_status: Counter[str] = field(default_factory=Counter)
    by_kind: Counter[str] = field(default_factory=Counter)
    unmarked_expected: int = 0

    @property
    def expected(self) -> int:
        return self.members - self.exempt

    @property
    def present(self) -> int:
        return self.by_status[Status.PRESENT]

    @property
    def excused(self) -> int:
        return self.by_status[Status.EXCUSED]

    @property
    def absent(self) -> int:
        return self.by_status[Status.ABSENT]


def summary(lines: Sequence[Attendance]) -> Summary:
    made = Summary()
    for line in lines:
        made.members += 1
        made.exempt += not line.is_expected
        made.spoke += line.spoke
        made.by_status[line.status] += 1
        made.by_kind[line.membership_kind] += 1
        made.unmarked_expected += not line.status and not line.is_exempt
    return made


def _locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).select_related("unit", "campaign__book").get(pk=meeting.pk)


def _to_record(meeting: Meeting, by: Person | None, at: datetime) -> Meeting:
    """The meeting, locked; refused where its register cannot be written."""
    meeting = _locked(meeting)
    require_recorder(meeting.unit, by, day_of(at))
    if meeting.voided_at:
        raise NotPossible(_("This meeting was voided: its register can no longer be changed."))
    if meeting.held_on > day_of(at):
        raise NotPossible(_("The meeting has not been held yet. Record the register on its day or later."))
    return meeting


@transaction.atomic
def record(meeting: Meeting, lines: Sequence[Line], *, by: Person | None, at: datetime) -> list[Conflict]:
    """Write lines of the register; returns those that met a newer one, which was kept.

    After the closing, a changed line corrects the figures. Raises NotAllowed, NotPossible.
    """
    meeting = _to_record(meeting, by, at)
    standing = {line.person_id: line for line in meeting.register.select_related("person", "recorded_by")}
    changed, conflicts = [], []
    for wanted in lines:
        line = standing.get(wanted.person_id)
        if line is None or wanted.status not in Status.values:
            continue
        reason = wanted.reason.strip()[:200] if wanted.status == Status.EXCUSED else ""
        spoke = wanted.spoke and wanted.status == Status.PRESENT
        if (line.status, line.reason, line.spoke) == (wanted.status, reason, spoke):
            continue
        newer = wanted.seen_version is not None and line.version > wanted.seen_version
        if newer and line.recorded_by_id != (by.pk if by else None):
            conflicts.append(Conflict(line, wanted))
            continue
        before = line.status
        line.status, line.reason, line.spoke = wanted.status, reason, spoke
        _mark(line, by, at)
        changed.append(line)
        if meeting.is_closed:
            changes = {line.person.full_name: [before, wanted.status]}
            note(meeting, gettext_noop("register corrected"), by=by, at=at, changes=changes)
    _keep(changed)
    _note_recorded(meeting, 0 if meeting.is_closed else len(changed), by, at)
    if meeting.is_closed:
        for line in changed:
            counting.count_anew(meeting, line, by=by, at=at)
        _take_stock(meeting, list(standing.values()))
        meeting.save(update_fields=["expected", "exempt"])
    return conflicts


@transaction.atomic
def mark_rest_present(meeting: Meeting, *, by: Person | None, at: datetime) -> int:
    """Whoever is not marked yet and has to take part was there; returns how many. Only before the closing."""
    meeting = _to_record(meeting, by, at)
    if meeting.is_closed:
        raise NotPossible(_("The register is closed. Correct single lines, with care."))
    rest = list(meeting.register.filter(status="").exclude(membership_kind=Membership.Kind.EXEMPT))
    for line in rest:
        line.status = Status.PRESENT
        _mark(line, by, at)
    _keep(rest)
    _note_recorded(meeting, len(rest), by, at)
    return len(rest)


def _note_recorded(meeting: Meeting, lines: int, by: Person | None, at: datetime) -> None:
    """Each line itself keeps who recorded it last, and when; until the closing it counts for nothing."""
    if lines:
        changes = {gettext_noop("lines"): ["", str(lines)]}
        note(meeting, gettext_noop("register recorded"), by=by, at=at, changes=changes)


def _take_stock(meeting: Meeting, lines: Sequence[Attendance]) -> None:
    meeting.expected = sum(line.is_expected for line in lines)
    meeting.exempt = len(lines) - meeting.expected


def _mark(line: Attendance, by: Person | None, at: datetime) -> None:
    line.recorded_by, line.recorded_at = by, at
    line.version += 1


def _keep(lines: list[Attendance]) -> None:
    fields = ["status", "reason", "spoke", "recorded_by", "recorded_at", "version"]
    Attendance.objects.bulk_update(lines, fields, batch_size=200)


@transaction.atomic
def close(
    meeting: Meeting, *, ends_at: time | None, by: Person | None, at: datetime, public_count: int | None = None
) -> Meeting:
    """Close the register: from now on the meeting counts. Closing twice changes nothing.

    Who had to take part and is not marked was absent without reason. Raises NotAllowed, NotPossible.
    """
    meeting = _to_record(meeting, by, at)
    if meeting.is_closed:
        return meeting
    if ends_at and ends_at <= meeting.starts_at:
        raise NotPossible(_("The meeting would end before it began. Check the hours."))
    lines = list(meeting.register.select_related("person"))
    if not any(line.status == Status.PRESENT for line in lines):
        raise NotPossible(_("Nobody is marked as present. Record who was there first."))
    unmarked = [line for line in lines if not line.status and not line.is_exempt]
    for line in unmarked:
        line.status = Status.ABSENT
        _mark(line, by, at)
    _keep(unmarked)
    _take_stock(meeting, lines)
    meeting.closed_at, meeting.ends_at = at, ends_at
    if public_count is not None:
        meeting.public_count = public_count
    meeting.save(update_fields=["expected", "exempt", "closed_at", "ends_at", "public_count"])
    counting.count_meeting(meeting, lines, by=by, at=at)
    note(meeting, gettext_noop("register closed"), by=by, at=at)
    return meeting


@transaction.atomic
def reopen(meeting: Meeting, reason: str, *, by: Person | None, at: datetime) -> Meeting:
    """The register is open again; until it is closed anew the meeting does not count."""
    meeting = _to_record(meeting, by, at)
    if not meeting.is_closed:
        return meeting
    if not reason.strip():
        raise NotPossible(_("Say why the register is opened again."))
    if Minutes.objects.filter(meeting=meeting, approved_at__isnull=False).exists():
        raise NotPossible(_("The minutes are approved. Correct single lines of the register instead."))
    reason = reason.strip()[:300]
    counting.uncount_meeting(meeting, by=by, at=at, reason=reason)
    unfulfil(meeting, at=at, by=by)
    meeting.closed_at = meeting.expected = meeting.exempt = None
    meeting.save(update_fields=["closed_at", "expected", "exempt"])
    if meeting.campaign and meeting.kind == Meeting.Kind.THEMATIC:
        fulfil(
            meeting.campaign, Requirement.Kind.MEETING, unit=meeting.unit, on=day_of(meeting.called_at), cause=meeting,
            at=at, by=by, complete=False,
        )  # fmt: skip
    note(meeting, gettext_noop("register opened again"), by=by, at=at, reason=reason)
    return meeting


@transaction.atomic
def void(meeting: Meeting, reason: str, *, by: Person | None, at: datetime) -> Meeting:
    """The meeting no longer counts; nothing of it is deleted. Raises NotAllowed, NotPossible."""
    meeting = _locked(meeting)
    if by is not None:
        rights.require(by, rights.Act.APPROVE, meeting.unit, day_of(at))
    reason = reason.strip()[:300]
    if not reason:
        raise NotPossible(_("Say why the meeting is voided."))
    if meeting.voided_at:
        return meeting
    meeting.voided_at, meeting.voided_reason = at, reason
    meeting.save(update_fields=["voided_at", "voided_reason"])
    if meeting.campaign and meeting.closed_at:
        counting.uncount_meeting(meeting, by=by, at=at, reason=reason)
        for minutes in Minutes.objects.filter(meeting=meeting):
            take_back(meeting.campaign.book, minutes, at=at, by=by, reason=reason)
    unfulfil(meeting, at=at, by=by)
    note(meeting, gettext_noop("voided"), by=by, at=at, reason=reason)
    return meeting
