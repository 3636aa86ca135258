"""The only door to notices for views: everyone reads their own."""

from django.db.models import QuerySet

from thongsuot.notices.models import Notice
from thongsuot.people.models import Person


def notices_of(person: Person | None) -> QuerySet[Notice]:
    return Notice.objects.filter(person=person)


def unread_of(person: Person | None) -> QuerySet[Notice]:
    return notices_of(person).filter(read_at__isnull=True)
