"""What a closed register counts for: meetings, attendances, and each person once in the campaign."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy

from thongsuot.campaigns.fulfilment import fulfil
from thongsuot.campaigns.models import Requirement
from thongsuot.ledger.measures import measure
from thongsuot.ledger.models import Entry
from thongsuot.ledger.posting import post, reverse, standing, take_back
from thongsuot.meetings.models import Attendance, Meeting
from thongsuot.people.models import Membership, Person
from thongsuot.units.models import Unit

MEETING_HELD = measure("meeting_held", gettext_lazy("Meetings held"))
BY_FORM = {
    Meeting.Form.IN_PERSON: measure("meeting_in_person", gettext_lazy("Meetings held in person")),
    Meeting.Form.ONLINE: measure("meeting_online", gettext_lazy("Meetings held online")),
    Meeting.Form.MIXED: measure("meeting_mixed", gettext_lazy("Meetings held in person and online")),
}
MEETING_POINTS = measure("meeting_points", gettext_lazy("Conference points"))
MINUTES_OF_LENGTH = measure("minutes_of_length", gettext_lazy("Length of meetings in minutes"))
PUBLIC_ATTENDED = measure(
    "public_attended", gettext_lazy("People not on the list who were there"), counts="attendances"
)
ATTENDANCE = measure("attendance", gettext_lazy("Attendances"), counts="attendances")
ATTENDANCE_EXPECTED = measure("attendance_expected", gettext_lazy("Expected attendances"), counts="attendances")
PERSON_ATTENDED = measure("person_attended", gettext_lazy("People who took part at least once"), counts="people")
SPOKE = measure("spoke", gettext_lazy("Spoke in a meeting"), counts="attendances")


def count_meeting(meeting: Meeting, lines: Iterable[Attendance], *, by: Person | None, at: datetime) -> None:
    """Post all that the closed meeting counts for, and meet what the campaign asked. No campaign, no figure."""
    if meeting.campaign is None:
        return
    book, unit, on = meeting.campaign.book, meeting.unit, meeting.held_on
    lines = list(lines)
    amounts = [
        (MEETING_HELD, 1),
        (BY_FORM[Meeting.Form(meeting.form)], 1),
        (MEETING_POINTS, meeting.points),
        (ATTENDANCE_EXPECTED, sum(not line.is_exempt for line in lines)),
        (PUBLIC_ATTENDED, meeting.public_count),
        (MINUTES_OF_LENGTH, meeting.minutes_long or 0),
    ]
    for what, amount in amounts:
        if amount:
            post(book, what, unit=unit, on=on, at=at, cause=meeting, by=by, amount=amount)
    present = [line for line in lines if line.status == Attendance.Status.PRESENT]
    hold(line.person_id for line in present)
    counted, homes = _person_entries(meeting, present), _homes(meeting, present)
    for line in present:
        _count_line(meeting, line, counted.get(line.person_id), homes[line.person_id], by=by, at=at)
    if meeting.kind == Meeting.Kind.THEMATIC:
        fulfil(meeting.campaign, Requirement.Kind.MEETING, unit=unit, on=on, cause=meeting, at=at, by=by)


def uncount_meeting(meeting: Meeting, *, by: Person | None, at: datetime, reason: str) -> None:
    """Take back all that the meeting counted for; its people count by their next meeting, if there is one."""
    if meeting.campaign is None:
        return
    take_back(meeting.campaign.book, meeting, at=at, by=by, reason=reason)
    present = list(meeting.register.filter(status=Attendance.Status.PRESENT).select_related("person"))
    hold(line.person_id for line in present)
    for line in present:
        _uncount_line(meeting, line, by=by, at=at, reason=reason)


def count_anew(meeting: Meeting, line: Attendance, *, by: Person | None, at: datetime) -> None:
    """A line of a closed register was corrected: reverse what it counted for, then count it as it stands."""
    if meeting.campaign is None:
        return
    hold([line.person_id])
    _uncount_line(meeting, line, by=by, at=at, reason="register corrected")
    if line.status == Attendance.Status.PRESENT:
        counted = _person_entries(meeting, [line]).get(line.person_id)
        _count_line(meeting, line, counted, _homes(meeting, [line])[line.person_id], by=by, at=at)


def hold(people: Iterable[int]) -> None:
    """Two registers closed at once must not both be a person's first: whoever comes second waits here."""
    keys = sorted(people)
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))


def _person_entries(meeting: Meeting, lines: Iterable[Attendance]) -> dict[int, Entry]:
    """The standing entries by which these people count in the campaign."""
    assert meeting.campaign is not None
    entries = Entry.objects.filter(
        book=meeting.campaign.book, measure=PERSON_ATTENDED.code, person__in=[line.person_id for line in lines],
        reverses__isnull=True, reversed_by__isnull=True,
    )  # fmt: skip
    return {entry.person_id: entry for entry in entries if entry.person_id}


def _homes(meeting: Meeting, lines: Iterable[Attendance]) -> dict[int, Unit]:
    """Where each person counts: in the unit whose list they stand on, also when they came to a conference above it.

    So that the people who took part are a part of those who had to, at every level. Guests count where they came.
    """
    people = [line.person_id for line in lines]
    homes: dict[int, Unit] = dict.fromkeys(people, meeting.unit)
    belongs = Membership.objects.in_force(meeting.held_on).filter(person__in=people).select_related("unit")
    for membership in belongs.order_by("-pk"):
        homes[membership.person_id] = membership.unit
    for membership in belongs:
        if membership.unit_id == meeting.unit_id:
            homes[membership.person_id] = meeting.unit
    return homes


def _count_line(
    meeting: Meeting, line: Attendance, counted: Entry | None, home: Unit, *, by: Person | None, at: datetime
) -> None:
    """One attendance; and the person, if this is their earliest in the campaign."""
    assert meeting.campaign is not None
    book, unit, on = meeting.campaign.book, meeting.unit, meeting.held_on
    post(book, ATTENDANCE, unit=unit, on=on, at=at, cause=line, by=by, person=line.person)
    if line.is_exempt:
        post(book, ATTENDANCE_EXPECTED, unit=unit, on=on, at=at, cause=line, by=by, person=line.person)
    if line.spoke:
        post(book, SPOKE, unit=unit, on=on, at=at, cause=line, by=by, person=line.person)
    if counted and on < counted.happened_on:
        reverse(counted, at=at, by=by, reason="an earlier attendance was recorded")
        counted = None
    if counted is None:
        post(book, PERSON_ATTENDED, unit=home, on=on, at=at, cause=line, by=by, person=line.person)


def _uncount_line(meeting: Meeting, line: Attendance, *, by: Person | None, at: datetime, reason: str) -> None:
    """Take one attendance back; if the person counted by it, their next earliest takes its place."""
    assert meeting.campaign is not None
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
        .exclude(meeting=meeting)
        .select_related("meeting__unit", "person")
        .order_by("meeting__held_on", "pk")
        .first()
    )
    if following:
        home = _homes(following.meeting, [following])[following.person_id]
        post(
            book, PERSON_ATTENDED, unit=home, on=following.meeting.held_on, at=at, cause=following, by=by,
            person=following.person,
        )  # fmt: skip
