"""Post an entry in the transaction of the fact that causes it; correct by reversing."""

from datetime import date, datetime

from django.db import models, transaction

from thongsuot.ledger.measures import Measure
from thongsuot.ledger.models import Book, Entry
from thongsuot.people.models import Person
from thongsuot.units.models import Unit


def post(
    book: Book,
    measure: Measure,
    *,
    unit: Unit,
    on: date,
    at: datetime,
    cause: models.Model,
    by: Person | None,
    amount: int = 1,
    person: Person | None = None,
) -> Entry:
    """Count something. Must run inside the transaction that writes ``cause``."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("post() belongs in the transaction of the fact")
    return Entry.objects.create(
        book=book,
        unit=unit,
        measure=measure.code,
        happened_on=on,
        recorded_at=at,
        amount=amount,
        cause_kind=cause._meta.label,
        cause_uid=getattr(cause, "uid", None),
        person=person,
        recorded_by=by,
    )


def reverse(entry: Entry, *, at: datetime, by: Person | None, reason: str = "") -> Entry:
    """The correcting entry: same unit, measure and day, the opposite amount. Reversing twice is refused."""
    return Entry.objects.create(
        book_id=entry.book_id,
        unit_id=entry.unit_id,
        measure=entry.measure,
        happened_on=entry.happened_on,
        recorded_at=at,
        amount=-entry.amount,
        cause_kind=entry.cause_kind,
        cause_uid=entry.cause_uid,
        person_id=entry.person_id,
        recorded_by=by,
        reverses=entry,
        reason=reason,
    )


def standing(book: Book, cause: models.Model, measure: Measure | None = None) -> models.QuerySet[Entry]:
    """Entries of that cause which have not been reversed."""
    entries = Entry.objects.filter(
        book=book, cause_uid=getattr(cause, "uid", None), reverses__isnull=True, reversed_by__isnull=True
    )
    return entries.filter(measure=measure.code) if measure else entries


def take_back(book: Book, cause: models.Model, *, at: datetime, by: Person | None, reason: str) -> int:
    """Reverse all that ``cause`` still counts for; returns how many entries were reversed."""
    entries = list(standing(book, cause))
    for entry in entries:
        reverse(entry, at=at, by=by, reason=reason)
    return len(entries)
