"""Which units may this person see, or act for, on that day? The one answer to that question."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.people.models import Membership, Office, Person
from thongsuot.units.models import Position, Unit
from thongsuot.web.errors import Refused

Role = Office.Role


class Act(StrEnum):
    SEE = "see"  # read what the unit recorded
    DIRECT = "direct"  # answer the plan above, issue plans, send reports, launch campaigns
    RECORD = "record"  # keep registers, minutes, spoken reflections
    APPROVE = "approve"  # approve minutes, decide excuses within the unit
    VERIFY = "verify"  # check the work of units below, never one's own
    MANAGE = "manage"  # keep the lists of units, people and offices
    AUDIT = "audit"  # read the journal


# Where a right reaches: the unit of the office itself, what lies below it, or both.
OWN, BELOW, BOTH = "own", "below", "both"
REACH: dict[str, dict[Act, str]] = {
    Role.HEAD: {Act.SEE: BOTH, Act.DIRECT: OWN, Act.RECORD: OWN, Act.APPROVE: OWN, Act.VERIFY: BELOW, Act.AUDIT: BOTH},
    Role.DEPUTY: {Act.SEE: BOTH, Act.DIRECT: OWN, Act.RECORD: OWN, Act.APPROVE: OWN, Act.VERIFY: BELOW},
    Role.OFFICER: {Act.SEE: BOTH, Act.DIRECT: OWN, Act.RECORD: OWN, Act.VERIFY: BELOW, Act.MANAGE: BOTH},
    Role.CLERK: {Act.SEE: OWN, Act.RECORD: OWN},
    Role.SPEAKER: {Act.SEE: OWN},
    Role.VERIFIER: {Act.SEE: BOTH, Act.VERIFY: BELOW},
    Role.AUDITOR: {Act.SEE: BOTH, Act.AUDIT: BOTH},
}


class NotAllowed(Refused):
    """The person holds no office that allows this."""


@dataclass
class Scope:
    """A set of units, as intervals of trees and single units; costs one subquery wherever it is used."""

    units: set[int] = field(default_factory=set)
    spans: list[tuple[int, int, int]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.units or self.spans)

    def unit_ids(self) -> QuerySet[Position, int]:
        """A subquery of unit keys. A unit without any position is reached only by name."""
        inside = Q(unit_id__in=self.units)
        for hierarchy_id, lft, rgt in self.spans:
            inside |= Q(hierarchy_id=hierarchy_id, lft__gte=lft, lft__lt=rgt)
        return Position.objects.filter(inside).values_list("unit_id", flat=True)

    def filter(self, queryset: QuerySet[Any], field: str = "unit") -> QuerySet[Any]:
        return queryset.filter(**{f"{field}__in": self.unit_ids()})

    def includes(self, unit: Unit) -> bool:
        if unit.pk in self.units:
            return True
        if not self.spans:
            return False
        inside = Q(pk__in=[])
        for hierarchy_id, lft, rgt in self.spans:
            inside |= Q(hierarchy_id=hierarchy_id, lft__gte=lft, lft__lt=rgt)
        return Position.objects.filter(inside, unit=unit).exists()


def scope(person: Person | None, act: Act, on: date) -> Scope:
    """The units for which the person may do that on that day; members see their own unit."""
    if person is None or person.erased_at:
        return Scope()
    # Within one request (people.middleware) the same question is answered once.
    known: dict[tuple[Act, date], Scope] | None = getattr(person, "known_scopes", None)
    if known is None:
        return _scope(person, act, on)
    if (act, on) not in known:
        known[act, on] = _scope(person, act, on)
    return known[act, on]


def offices_of(person: Person, on: date) -> list[Office]:
    """The offices in force on that day; asked once within a request."""
    known: dict[date, list[Office]] = getattr(person, "known_offices", {})
    if on not in known:
        known[on] = list(Office.objects.in_force(on).filter(person=person))
    return known[on]


def holds_for(person: Person | None, act: Act, on: date) -> bool:
    """Whether some office of the person allows this somewhere."""
    return person is not None and any(act in REACH[office.role] for office in offices_of(person, on))


def whoever_may(act: Act) -> Callable[[Person | None], bool]:
    """For the navigation: the entry shows to those who hold an office for it today."""
    return lambda person: holds_for(person, act, timezone.localdate())


def _scope(person: Person, act: Act, on: date) -> Scope:
    found = Scope()
    if act is Act.SEE:
        found.units |= set(Membership.objects.in_force(on).filter(person=person).values_list("unit_id", flat=True))
    offices = [(office, reach) for office in offices_of(person, on) if (reach := REACH[office.role].get(act))]
    found.units |= {office.unit_id for office, reach in offices if reach in (OWN, BOTH)}
    reaching = {(office.hierarchy_id, office.unit_id): reach for office, reach in offices if reach != OWN}
    if reaching:
        for place in Position.objects.filter(unit_id__in={unit for _hierarchy, unit in reaching}):
            reach = reaching.get((place.hierarchy_id, place.unit_id))
            if reach == BOTH:
                found.spans.append((place.hierarchy_id, place.lft, place.rgt))
            elif reach == BELOW and place.rgt > place.lft + 1:
                found.spans.append((place.hierarchy_id, place.lft + 1, place.rgt))
    return found


def may(person: Person | None, act: Act, unit: Unit, on: date) -> bool:
    return scope(person, act, on).includes(unit)


def require(person: Person | None, act: Act, unit: Unit, on: date) -> None:
    """Raises NotAllowed with a sentence that says whom to ask."""
    if not may(person, act, unit, on):
        raise NotAllowed(
            _("You hold no office that allows this for %(unit)s. Ask its head or the officer above it.")
            % {"unit": unit.name}
        )
