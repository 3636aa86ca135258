"""Builders for tests: people, where they belong, what they may do."""

from datetime import date
from itertools import count

from thongsuot.people.models import Account, Membership, Office, Person
from thongsuot.units.models import Unit
from thongsuot.units.testing import a_hierarchy

_numbers = count(1)
SINCE = date(2020, 1, 1)


def a_person(name: str = "", *, member_of: Unit | None = None, kind: str = "full", **offices: Unit) -> Person:
    """A made-up person with an account; ``head=unit``, ``clerk=unit``… give offices."""
    number = next(_numbers)
    person = Person.objects.create(full_name=name or f"Nguyễn Thử Nghiệm {number}", is_made_up=True)
    account = Account(username=f"person-{number}", person=person)
    account.set_unusable_password()
    account.save()
    if member_of:
        Membership.objects.create(person=person, unit=member_of, kind=kind, valid_from=SINCE)
    for role, unit in offices.items():
        Office.objects.create(person=person, unit=unit, role=role, hierarchy=a_hierarchy(), valid_from=SINCE)
    return person


def members(unit: Unit, number: int) -> list[Person]:
    return [a_person(member_of=unit) for _ in range(number)]
