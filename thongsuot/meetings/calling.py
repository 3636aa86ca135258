"""Call a meeting: its agenda, and a line in the register for everyone who belongs there."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thongsuot.campaigns.fulfilment import fulfil, unfulfil
from thongsuot.campaigns.models import Campaign, Requirement
from thongsuot.campaigns.moments import day_of
from thongsuot.journal.noting import note, write
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
    today = day_of(at)
    require_recorder(unit, by, today)
    title = _fitting(unit, title, held_on, today)
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
    _begin(meeting, by=by, at=at)
    note(meeting, gettext_noop("called"), by=by, at=at)
    _invite(meeting, today, at)
    return meeting


def _fitting(unit: Unit, title: str, held_on: date, today: date) -> str:
    """The title, tidied. Raises ImpossibleMeeting."""
    title = " ".join(title.split())
    if not title:
        raise ImpossibleMeeting(_("Say what the meeting is about."))
    if held_on > today + FURTHEST_AHEAD:
        raise ImpossibleMeeting(_("The date lies more than a year ahead. Check the year."))
    if not unit.exists_on(held_on):
        raise ImpossibleMeeting(_("The unit did not exist on that day."))
    return title


def _begin(meeting: Meeting, *, by: Person | None, at: datetime) -> None:
    if meeting.campaign and meeting.kind == Meeting.Kind.THEMATIC:
        fulfil(
            meeting.campaign, Requirement.Kind.MEETING, unit=meeting.unit, on=day_of(at), cause=meeting, at=at, by=by,
            complete=False,
        )  # fmt: skip


def _invite(meeting: Meeting, today: date, at: datetime) -> None:
    if meeting.held_on < today:
        return
    tell(
        Person.objects.filter(pk__in=meeting.register.values("person_id")),
        gettext_noop("Meeting on %(day)s: %(title)s"),
        # Moved to another day or hour, it is told once more.
        once=f"meeting-{meeting.uid}-{meeting.held_on:%Y%m%d}{meeting.starts_at:%H%M}",
        at=at,
        unit=meeting.unit,
        url=reverse("meetings:meeting_detail", args=[meeting.uid]),
        values={"day": f"{meeting.held_on:%d/%m/%Y}", "title": meeting.title},
    )


# What of a called meeting may still change until its register is closed.
CHANGEABLE = (
    "title", "kind", "form", "points", "held_on", "starts_at", "place", "guests", "campaign",
    gettext_noop("chair"), gettext_noop("note_taker"),
)  # fmt: skip


@transaction.atomic
def change_meeting(
    meeting: Meeting, *, by: Person | None, at: datetime, agenda: Iterable[dict[str, Any]] | None = None, **values: Any
) -> Meeting:
    """Another day, place, agenda…: until the register is closed. Raises NotAllowed, ImpossibleMeeting.

    Agenda items that carry ``uid`` keep what was noted under them. On another day other people may belong here:
    the register follows, and keeps every line in which something was recorded.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("unit", "campaign").get(pk=meeting.pk)
    require_recorder(meeting.unit, by, day_of(at))
    if meeting.is_closed or meeting.voided_at:
        raise ImpossibleMeeting(_("The register is closed: the meeting stands as it was recorded."))
    day, start = meeting.held_on, meeting.starts_at
    changes = write(meeting, {name: values[name] for name in CHANGEABLE if name in values})
    meeting.title = _fitting(meeting.unit, meeting.title, meeting.held_on, day_of(at))
    meeting.save()
    if agenda is not None:
        before = _points(meeting)
        set_agenda(meeting, agenda)
        if (after := _points(meeting)) != before:
            changes[gettext_noop("agenda")] = [before, after]
    if day != meeting.held_on:
        belong = Membership.objects.in_force(meeting.held_on).filter(unit=meeting.unit_id).values("person_id")
        own = Membership.objects.in_force(day).filter(unit=meeting.unit_id).values("person_id")
        meeting.register.filter(status="", person__in=own).exclude(person__in=belong).delete()
        fill_register(meeting)
    if {"campaign", "kind"} & changes.keys():
        unfulfil(meeting, at=at, by=by)
        _begin(meeting, by=by, at=at)
    if changes:
        note(meeting, gettext_noop("changed"), by=by, at=at, changes=changes)
    if (day, start) != (meeting.held_on, meeting.starts_at):
        _invite(meeting, day_of(at), at)
    return meeting


def _points(meeting: Meeting) -> str:
    """The agenda in one line; two that read alike may still cite different passages."""
    return "; ".join(
        f"{item.title} ({item.passage})" if item.passage else item.title
        for item in meeting.agenda.select_related("passage__edition__document")
    )


def set_agenda(meeting: Meeting, agenda: Iterable[dict[str, Any]]) -> None:
    """The agenda in this order; an item without ``uid`` is new, one that is not named goes."""
    standing = {item.uid: item for item in meeting.agenda.all()}
    kept = []
    for order, given in enumerate(agenda, start=1):
        given = dict(given)
        item = standing.get(given.pop("uid", None)) or AgendaItem(meeting=meeting)
        for name, value in given.items():
            setattr(item, name, value)
        item.order = order
        item.save()
        kept.append(item.pk)
    meeting.agenda.exclude(pk__in=kept).delete()


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
    """People of units below who are asked to a conference of this one; returns how many were added.

    Raises NotAllowed, ImpossibleMeeting once the register is closed.
    """
    require_recorder(meeting.unit, by, day_of(at))
    if meeting.is_closed or meeting.voided_at:
        raise ImpossibleMeeting(_("The register is closed: the meeting stands as it was recorded."))
    there = set(meeting.register.values_list("person_id", flat=True))
    wanted = {person.pk: person for person in people if person.pk not in there}
    memberships = Membership.objects.in_force(meeting.held_on).filter(person__in=wanted).order_by("-pk")
    kinds = dict(memberships.values_list("person_id", "kind"))
    Attendance.objects.bulk_create(
        [
            # Exempt from the meetings of their own cell does not excuse from a conference they were asked to.
            Attendance(meeting=meeting, person=person, membership_kind=_asked_as(kinds.get(person.pk)))
            for person in wanted.values()
        ],
        ignore_conflicts=True,
    )
    if wanted:
        changes = {gettext_noop("people"): ["", str(len(wanted))]}
        note(meeting, gettext_noop("people added to the list"), by=by, at=at, changes=changes)
    _invite(meeting, day_of(at), at)
    return len(wanted)


def _asked_as(kind: str | None) -> str:
    return kind if kind and kind != Membership.Kind.EXEMPT else Membership.Kind.FULL.value
