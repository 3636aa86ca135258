"""A person's data are erased; what they took part in goes on counting, without their name."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thongsuot.people.changes import Change, tell
from thongsuot.people.models import Account, Membership, Office, Person
from thongsuot.web.errors import Refused

# callables(person): rooms above take away their words about the person, in the same transaction.
FOLLOWERS: list[Callable[[Person], None]] = []
NAMELESS = "(đã xoá)"


@transaction.atomic
def erase(person: Person, *, by: Person | None, on: date, at: datetime, reason: str) -> Person:
    """Name, account and own words go; belongings end; registers, totals and signed papers stay as they count.

    Raises Refused for someone who still holds an office, or without a reason.
    """
    if not reason.strip():
        raise Refused(_("Say why the person is erased: the reason stays in the audit trail."))
    running = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    if Office.objects.filter(running, person=person).exists():
        raise Refused(_("%(person)s still holds an office. End it first.") % {"person": person.full_name})
    belongs = Membership.objects.filter(running, person=person)
    unit = next((row.unit for row in belongs.select_related("unit")), None)
    belongs.filter(valid_from__gte=on).delete()
    belongs.update(valid_to=on)
    for follower in FOLLOWERS:
        follower(person)
    Account.objects.filter(person=person).delete()
    person.full_name, person.erased_at = NAMELESS, at
    person.save()
    tell(Change(person, gettext_noop("erased"), unit, by, at, reason.strip()))
    return person
