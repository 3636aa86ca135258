"""The only door to notices for views: everyone reads their own."""

from django.db.models import QuerySet
from django.http import HttpRequest

from thongsuot.notices.models import Notice
from thongsuot.people.models import Person

MOST_COUNTED = 99


def notices_of(person: Person | None) -> QuerySet[Notice]:
    return Notice.objects.filter(person=person)


def unread_of(person: Person | None) -> QuerySet[Notice]:
    return notices_of(person).filter(read_at__isnull=True)


def number_unread(request: HttpRequest) -> int:
    """How many are new; beyond MOST_COUNTED counting stops. Header and page ask, one query a request answers."""
    if not hasattr(request, "number_unread"):
        unread = unread_of(getattr(request, "person", None)).order_by()
        request.number_unread = unread[: MOST_COUNTED + 1].count()  # type: ignore[attr-defined]
    return int(request.number_unread)  # type: ignore[attr-defined]
