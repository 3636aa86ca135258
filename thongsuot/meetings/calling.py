"""Call a meeting: its agenda, and a line in the register for everyone who belongs there."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thongsuot.campaigns.fulfilment import fulfil
from thongsuot.campaigns.models import Campaign, Requirement
from thongsuot.journal.noting import note
from thongsuot.meetings.models import AgendaItem, Attendance, Meeting
from thongsuot.notices.telling import tell
from thongsuot.people import rights
from thongsuot.people.models import Membership, Person
from thongsuot.units.models import Unit
from thongsuot.web.errors import Refused

FURTHEST_AHEAD = timedelta(days=400)


class ImpossibleMeeting(Refused):
    """The date, the times or the title cannot be right."""


def require_recorder(unit: Unit, by: Person | None, on: date) -> None:
    if by is not None:
        rights.require(by, rights.Act.RECORD, unit, on)


@transaction.atomic
def call_meeting(
    unit: Unit,
    *,
    title: str,
    kind: str,
    held_on: date,
    starts_at: time,
    by: Person | None,
    at: datetime,
    campaign: Campaign | None = None,
    place: str = "",
    form: str = Meeting.Form.IN_PERSON,
    agenda: Iterable[dict[str, Any]] = (),
    chair: Person | None = None,
    note_taker: Person | None = None,
    guests: str = "",
    points: int = 1,
) -> Meeting:
    """The meeting with its agenda and its register of the unit's members on that day.

    Calling the same meeting twice (same unit, day, hour and title) returns the first one.
    Raises NotAllowed, ImpossibleMeeting.
    """
    require_recorder(unit, by, at.date())
    title = " ".join(title.split())
    if not title:
        raise ImpossibleMeeting(_("Say what the meeting is about."))
    if held_on > at.date() + FURTHEST_AHEAD:
        raise ImpossibleMeeting(_("The date lies more than a year ahead. Check the year."))
    if not unit.exists_on(held_on):
        raise ImpossibleMeeting(_("The unit did not exist on that day."))
    same = Meeting.objects.filter(
        unit=unit, held_on=held_on, starts_at=starts_at, title=title, voided_at__isnull=True
    ).first()
    if same:
        return same
    meeting = Meeting.objects.create(
        unit=unit, campaign=campaign, title=title, kind=kind, form=form, held_on=held_on, starts_at=starts_at,
        place=place, chair=chair, note_taker=note_taker, guests=guests, points=points, called_at=at, called_by=by,
    )  # fmt: skip
    AgendaItem.objects.bulk_create(
        [AgendaItem(meeting=meeting, order=order, **item) for order, item in enumerate(agenda, start=1)]
    )
    fill_register(meeting)
    if campaign and kind == Meeting.Kind.THEMATIC:
        fulfil(
            campaign, Requirement.Kind.MEETING, unit=unit, on=at.date(), cause=meeting, at=at, by=by, complete=False
        )
    note(meeting, gettext_noop("called"), by=by, at=at)
    if held_on >= at.date():
        tell(
            Person.objects.members_of(unit, held_on),
            gettext_noop("Meeting on %(day)s: %(title)s"),
            once=f"meeting-{meeting.uid}",
            at=at,
            unit=unit,
            url=f"/meetings/{meeting.uid}/",
            values={"day": held_on.strftime("%d/%m/%Y"), "title": title},
        )
    return meeting


def fill_register(meeting: Meeting) -> int:
    """A line for each member on that day who has none yet; returns how many were added."""
    there = set(meeting.register.values_list("person_id", flat=True))
    memberships = Membership.objects.in_force(meeting.held_on).filter(unit=meeting.unit_id).order_by("pk")
    kinds: dict[int, str] = {}
    for membership in memberships:
        kinds.setdefault(membership.person_id, membership.kind)
    lines = [
        Attendance(meeting=meeting, person_id=person_id, membership_kind=kind)
        for person_id, kind in kinds.items()
        if person_id not in there
    ]
    Attendance.objects.bulk_create(lines)
    return len(lines)


@transaction.atomic
def add_to_register(meeting: Meeting, people: Iterable[Person], *, by: Person | None, at: datetime) -> int:
    """People of units below who are asked to a conference of this one."""
    require_recorder(meeting.unit, by, at.date())
    there = set(meeting.register.values_list("person_id", flat=True))
    lines = [
        Attendance(meeting=meeting, person=person, membership_kind=Membership.Kind.FULL)
        for person in people
        if person.pk not in there
    ]
    Attendance.objects.bulk_create(lines)
    return len(lines)
