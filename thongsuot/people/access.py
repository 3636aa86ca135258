"""The only door to people for views."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from thongsuot.people.models import Membership, Office, Person, PersonQuerySet
from thongsuot.people.rights import Act, scope
from thongsuot.units.models import Unit


def people_seen(person: Person | None, on: date) -> PersonQuerySet:
    """People who belong to, or hold an office on, a unit that the person may see on that day."""
    units = scope(person, Act.SEE, on).unit_ids()
    members = Membership.objects.in_force(on).filter(unit__in=units).values("person_id")
    holders = Office.objects.in_force(on).filter(unit__in=units).values("person_id")
    return Person.objects.filter(Q(pk__in=members) | Q(pk__in=holders), erased_at__isnull=True)


def person_seen(viewer: Person, uid: UUID, on: date) -> Person:
    """Oneself always; others within the units seen. Else 404."""
    if viewer.uid == uid:
        return viewer
    return get_object_or_404(people_seen(viewer, on), uid=uid)


def units_seen(person: Person | None, on: date) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=scope(person, Act.SEE, on).unit_ids()).select_related("kind")


def units_managed(person: Person | None, on: date) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=scope(person, Act.MANAGE, on).unit_ids()).select_related("kind")


def person_managed(manager: Person, uid: UUID, on: date) -> Person:
    """Someone who belongs to, or serves on, a unit whose lists the manager keeps. Else 404."""
    units = scope(manager, Act.MANAGE, on).unit_ids()
    members = Membership.objects.in_force(on).filter(unit__in=units).values("person_id")
    holders = Office.objects.in_force(on).filter(unit__in=units).values("person_id")
    return get_object_or_404(Person.objects.filter(Q(pk__in=members) | Q(pk__in=holders)), uid=uid)


def office_managed(manager: Person, pk: int, on: date) -> Office:
    units = scope(manager, Act.MANAGE, on).unit_ids()
    return get_object_or_404(Office.objects.select_related("unit", "person").filter(unit__in=units), pk=pk)
