"""What the journal shows on lower pages, and what it writes down for rooms below it."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_noop

from thongsuot.journal.models import Record
from thongsuot.journal.noting import note
from thongsuot.journal.trailing import said, trail_of
from thongsuot.people.changes import Change as PersonChange
from thongsuot.people.changes import Reading
from thongsuot.people.models import Person
from thongsuot.units.models import Position, Unit
from thongsuot.units.reforming import Change

SHOWN = 20


def note_reform(change: Change) -> None:
    """Units cannot know the journal: it follows their reforms in the same transaction."""
    note(
        change.unit,
        change.verb,
        by=change.by,
        at=change.at,
        unit=change.unit,
        changes=change.changes,
        reason=change.reason,
    )


def _trail(subject: Unit | Person, request: HttpRequest) -> str | None:
    lines = [said(record) for record in trail_of(subject)[:SHOWN]]
    return render_to_string("journal/_trail.html", {"lines": lines}, request=request) if lines else None


def unit_trail(unit: Unit, request: HttpRequest) -> str | None:
    return _trail(unit, request)


def person_trail(person: Person, request: HttpRequest) -> str | None:
    return _trail(person, request)


def note_person_change(change: PersonChange) -> None:
    """People cannot know the journal either."""
    note(
        change.person,
        change.verb,
        by=change.by,
        at=change.at,
        unit=change.unit,
        changes=change.changes,
        reason=change.reason,
    )


def note_reading(reading: Reading) -> None:
    """Reading the data of many people at once leaves a line too."""
    changes: dict[str, list[Any]] = {"rows": [None, reading.number], "what": [None, reading.what]}
    note(reading.by, gettext_noop("read in bulk"), by=reading.by, at=reading.at, unit=reading.unit, changes=changes)


def who_read(person: Person, request: HttpRequest) -> str | None:
    """On the person's own page: who read lists of the units they belong to, and what was changed about them."""
    units = person.memberships.values("unit_id")
    over = Position.objects.filter(unit__in=units)
    spans = Q(pk__in=[])
    for place in over:
        spans |= Q(hierarchy_id=place.hierarchy_id, lft__lte=place.lft, rgt__gte=place.rgt)
    above = Position.objects.filter(spans).values("unit_id") if over else Position.objects.none().values("unit_id")
    readings = Record.objects.filter(verb="read in bulk", unit__in=above).select_related("by", "unit")
    context = {
        "readings": [said(record) for record in readings.order_by("-at")[:SHOWN]],
        "lines": [said(record) for record in trail_of(person).exclude(verb="read in bulk")[:SHOWN]],
    }
    return render_to_string("journal/_who_read.html", context, request=request)
