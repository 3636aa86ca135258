"""The only door to the records for views."""

from datetime import date

from django.db.models import QuerySet

from thongsuot.journal.models import Record
from thongsuot.people.models import Person
from thongsuot.people.rights import Act, Scope, scope


def audited_by(person: Person | None, on: date) -> Scope:
    """The units whose journal the person may read: heads and auditors."""
    return scope(person, Act.AUDIT, on)


def records_audited(units: Scope) -> QuerySet[Record]:
    """Records of those units, the newest first."""
    found: QuerySet[Record] = units.filter(Record.objects.select_related("by", "unit"), "unit")
    return found.order_by("-at", "-pk")
