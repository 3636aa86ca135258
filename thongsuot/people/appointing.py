"""Offices are given and ended, and people join, move between and leave units; each on a day."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thongsuot.people.changes import Change, tell
from thongsuot.people.models import Membership, Office, Person
from thongsuot.people.rights import Act, require
from thongsuot.units.models import Hierarchy, Unit
from thongsuot.web.errors import Refused


def _require_manage(by: Person | None, unit: Unit, today: date) -> None:
    if by is not None:
        require(by, Act.MANAGE, unit, today)


@transaction.atomic
def give_office(
    person: Person,
    unit: Unit,
    role: str,
    *,
    hierarchy: Hierarchy,
    by: Person | None,
    on: date,
    at: datetime,
    today: date,
    title: str = "",
    until: date | None = None,
) -> Office:
    """The person holds the post from ``on``. Raises NotAllowed, Refused when they already hold it then."""
    _require_manage(by, unit, today)
    if until and until <= on:
        raise Refused(_("The office would end before it begins."))
    held = Office.objects.filter(person=person, unit=unit, role=role, hierarchy=hierarchy)
    if until:
        held = held.filter(valid_from__lt=until)
    if held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).exists():
        raise Refused(_("%(person)s already holds this office in that time.") % {"person": person.full_name})
    office = Office.objects.create(
        person=person, unit=unit, role=role, hierarchy=hierarchy, title=title.strip(), valid_from=on, valid_to=until
    )
    changes = {"office": [None, role], "unit": [None, unit.name], "on": [None, f"{on}"]}
    tell(Change(person, gettext_noop("given an office"), unit, by, at, changes=changes))
    return office


@transaction.atomic
def end_office(office: Office, *, by: Person | None, on: date, at: datetime, today: date, reason: str = "") -> Office:
    """The office no longer holds from ``on``; an office is ended, never erased."""
    _require_manage(by, office.unit, today)
    if on <= office.valid_from:
        raise Refused(_("An office ends after the day on which it began, %(day)s.") % {"day": _day(office.valid_from)})
    if office.valid_to and office.valid_to <= on:
        raise Refused(_("This office already ended on %(day)s.") % {"day": _day(office.valid_to)})
    office.valid_to = on
    office.save()
    changes = {"office": [office.role, None], "unit": [office.unit.name, None], "on": [None, f"{on}"]}
    tell(Change(office.person, gettext_noop("relieved of an office"), office.unit, by, at, reason, changes))
    return office


@transaction.atomic
def join(
    person: Person,
    unit: Unit,
    *,
    by: Person | None,
    on: date,
    at: datetime,
    today: date,
    kind: str = Membership.Kind.FULL,
    reason: str = "",
) -> Membership:
    """The person belongs to the unit from ``on``; a full belonging elsewhere ends on that day."""
    _require_manage(by, unit, today)
    if not unit.kind.has_members:
        raise Refused(_("%(unit)s has no members of its own; choose a cell below it.") % {"unit": unit.name})
    if not unit.exists_on(on):
        raise Refused(_("%(unit)s does not exist on %(day)s.") % {"unit": unit.name, "day": _day(on)})
    before = person.memberships.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    if kind == Membership.Kind.TEMPORARY:
        # Attached for a while: the belonging at home stays.
        before = before.filter(Q(unit=unit) | Q(kind=kind))
    else:
        before = before.exclude(kind=Membership.Kind.TEMPORARY)
    if before.filter(valid_from__gte=on).exists():
        raise Refused(_("A later change is already recorded for %(person)s.") % {"person": person.full_name})
    left = [membership.unit.name for membership in before.select_related("unit")]
    before.update(valid_to=on)
    made = Membership.objects.create(person=person, unit=unit, kind=kind, valid_from=on)
    changes: dict[str, list[Any]] = {
        "membership": [left or None, unit.name],
        "kind": [None, kind],
        "on": [None, f"{on}"],
    }
    tell(Change(person, gettext_noop("moved"), unit, by, at, reason, changes))
    return made


@transaction.atomic
def leave(membership: Membership, *, by: Person | None, on: date, at: datetime, today: date, reason: str) -> Membership:
    """The belonging ends on ``on``; what was recorded in it stays."""
    _require_manage(by, membership.unit, today)
    if on <= membership.valid_from:
        raise Refused(_("It ends after the day on which it began, %(day)s.") % {"day": _day(membership.valid_from)})
    membership.valid_to = on
    membership.save()
    changes = {"membership": [membership.unit.name, None], "on": [None, f"{on}"]}
    tell(Change(membership.person, gettext_noop("left"), membership.unit, by, at, reason, changes))
    return membership


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
