"""A person's dates for their own calendar: what is due, and the meetings to go to."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.db.models import Q
from django.utils.translation import gettext as _

from thongsuot.desk.asks import Ask
from thongsuot.desk.owed import owed_by_units
from thongsuot.desk.own import asked_as_member
from thongsuot.meetings.access import meetings_seen_by
from thongsuot.meetings.invitation import as_event
from thongsuot.meetings.models import Attendance
from thongsuot.notices.calendars import Event
from thongsuot.people.models import Membership, Person
from thongsuot.people.rights import Act, scope

LOOKED_BACK = timedelta(days=60)
MOST_MEETINGS = 200


def due_dates(person: Person, on: date) -> Iterator[Event]:
    """Whole days; a thing that is done goes from the calendar."""
    mine = asked_as_member(person, on)
    # A head is told once, although the unit owes it and she reads it too.
    for ask in {ask.url: ask for ask in [*mine.learning, *mine.actions, *owed_by_units(person, on)]}.values():
        if ask.due_on:
            yield _due(ask, ask.due_on)


def _due(ask: Ask, due_on: date) -> Event:
    return Event(
        # The page names the thing for as long as it lives.
        str(uuid5(NAMESPACE_URL, ask.url)),
        _("Due: %(what)s") % {"what": ask.sentence},
        due_on,
        text="\n".join(line for line in (ask.unit, ask.why) if line),
        link=ask.url,
    )


def meetings(person: Person, on: date) -> list[Event]:
    """Of the units one belongs to or keeps the records of, and those one is asked to; called off ones are struck."""
    units = set(Membership.objects.in_force(on).filter(person=person).values_list("unit_id", flat=True))
    units |= scope(person, Act.RECORD, on).units
    asked = Attendance.objects.filter(person=person).values("meeting_id")
    own = meetings_seen_by(person, on).filter(Q(unit__in=units) | Q(pk__in=asked), held_on__gte=on - LOOKED_BACK)
    shown = own.select_related("unit").prefetch_related("agenda").order_by("-held_on")[:MOST_MEETINGS]
    return [as_event(meeting) for meeting in shown]
