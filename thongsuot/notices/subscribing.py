"""A person gives a calendar program an address to read, or takes it back."""

from datetime import datetime
from uuid import UUID, uuid4

from django.core.signing import BadSignature
from django.db import transaction
from django.utils.translation import gettext_noop

from thongsuot.journal.noting import note
from thongsuot.notices.models import ADDRESSES, CalendarAddress
from thongsuot.people.models import Person


@transaction.atomic
def give_address(person: Person, *, language: str, at: datetime) -> CalendarAddress:
    """A new address; the one before it answers no more."""
    address, _fresh = CalendarAddress.objects.update_or_create(
        person=person, defaults={"key": uuid4(), "language": language, "made_at": at}
    )
    note(person, gettext_noop("calendar address made"), by=person, at=at)
    return address


@transaction.atomic
def take_back(person: Person, *, at: datetime) -> None:
    gone, _kinds = CalendarAddress.objects.filter(person=person).delete()
    if gone:
        note(person, gettext_noop("calendar address withdrawn"), by=person, at=at)


def address_of(token: str) -> CalendarAddress | None:
    """The address behind the token, if it is in force and its person may sign in."""
    try:
        key = UUID(ADDRESSES.unsign(token))
    except (BadSignature, ValueError):
        return None
    return (
        CalendarAddress.objects.filter(key=key, person__erased_at__isnull=True, person__account__is_active=True)
        .select_related("person")
        .first()
    )
