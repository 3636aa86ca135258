"""Fold entries into the totals of every unit above them, as the tree stood on the day they happened.

Run every second or two by the worker (and once at the end of a write where there is no worker).
Totals are therefore "as of"; they are never recomputed on a page view.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import connection, transaction

from thongsuot.ledger.models import Entry, RefoldedChange, Total
from thongsuot.units.models import Hierarchy, TreeChange
from thongsuot.units.tree import Tree, tree_on

LOCK = 4_147_002  # one folder at a time

Key = tuple[int, int, int, str]  # book, period, unit, measure


def month(day: date) -> int:
    return day.year * 100 + day.month


class _Trees:
    """Trees by hierarchy and day, read once for each stretch of days in which nothing changed."""

    def __init__(self) -> None:
        self.trees: dict[tuple[int, date], Tree] = {}
        self.turns: dict[int, list[date]] = {}

    def path(self, hierarchy_id: int, unit_id: int, on: date) -> str:
        if hierarchy_id not in self.turns:
            from_days = TreeChange.objects.filter(hierarchy_id=hierarchy_id).values_list("effective_on", flat=True)
            self.turns[hierarchy_id] = sorted(set(from_days))
        since = max((day for day in self.turns[hierarchy_id] if day <= on), default=on)
        if (hierarchy_id, since) not in self.trees:
            self.trees[hierarchy_id, since] = tree_on(Hierarchy(pk=hierarchy_id), since)
        chain = self.trees[hierarchy_id, since].ancestors(unit_id) or [unit_id]
        return "/" + "".join(f"{pk}/" for pk in chain)


def _ids(path: str | None) -> Iterable[int]:
    return (int(part) for part in (path or "").strip("/").split("/") if part)


def _add(changes: dict[Key, int], entry: Entry, path: str | None, sign: int) -> None:
    for unit_id in _ids(path):
        for period in (0, month(entry.happened_on)):
            changes[entry.book_id, period, unit_id, entry.measure] += sign * entry.amount


def _apply(changes: dict[Key, int]) -> None:
    rows = {key: amount for key, amount in changes.items() if amount}
    units = {unit for _book, _period, unit, _measure in rows}
    books = {book for book, *_rest in rows}
    known: dict[Key, Total] = {}
    units_list = sorted(units)
    for start in range(0, len(units_list), 500):
        for total in Total.objects.filter(book_id__in=books, unit_id__in=units_list[start : start + 500]):
            known[total.book_id, total.period, total.unit_id, total.measure] = total
    fresh, changed = [], []
    for key, amount in rows.items():
        if total := known.get(key):
            total.amount += amount
            changed.append(total)
        else:
            book, period, unit, measure = key
            fresh.append(Total(book_id=book, period=period, unit_id=unit, measure=measure, amount=amount))
    Total.objects.bulk_create(fresh, batch_size=1000)
    Total.objects.bulk_update(changed, ["amount"], batch_size=500)


@transaction.atomic
def fold(limit: int = 20_000) -> int:
    """Add what is new to the totals and carry through changes of the tree; returns how many entries moved."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                return 0
    trees = _Trees()
    changes: dict[Key, int] = defaultdict(int)
    moved: list[Entry] = []
    for entry in Entry.objects.filter(folded_into__isnull=True).select_related("book").order_by("pk")[:limit]:
        entry.folded_into = trees.path(entry.book.hierarchy_id, entry.unit_id, entry.happened_on)
        _add(changes, entry, entry.folded_into, +1)
        moved.append(entry)
    for change in TreeChange.objects.filter(refoldedchange__isnull=True):
        # Whatever lay below the moved unit may have been folded into the wrong ancestors.
        past = Entry.objects.filter(
            book__hierarchy_id=change.hierarchy_id,
            happened_on__gte=change.effective_on,
            folded_into__contains=f"/{change.unit_id}/",
        ).select_related("book")
        fresh = {entry.pk for entry in moved}
        for entry in past:
            if entry.pk in fresh:
                continue
            path = trees.path(change.hierarchy_id, entry.unit_id, entry.happened_on)
            if path != entry.folded_into:
                _add(changes, entry, entry.folded_into, -1)
                _add(changes, entry, path, +1)
                entry.folded_into = path
                moved.append(entry)
                fresh.add(entry.pk)
        RefoldedChange.objects.create(change=change)
    _apply(changes)
    Entry.objects.bulk_update(moved, ["folded_into"], batch_size=500)
    return len(moved)


def fold_all() -> None:
    """Fold until nothing is left; for imports, tests and the first start."""
    while fold():
        pass


def recount(book_id: int) -> dict[tuple[int, int, str], int]:
    """The totals as they must be, from entries and placements alone: (period, unit, measure) → amount."""
    trees = _Trees()
    sums: dict[Key, int] = defaultdict(int)
    for entry in Entry.objects.filter(book_id=book_id).select_related("book").iterator():
        _add(sums, entry, trees.path(entry.book.hierarchy_id, entry.unit_id, entry.happened_on), +1)
    return {(period, unit, measure): amount for (_b, period, unit, measure), amount in sums.items() if amount}
