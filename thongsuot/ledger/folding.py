"""Fold entries into the totals of every unit above them, as the tree stood on the day they happened.

Run every second or two by the worker (and once at the end of a write where there is no worker).
Totals are therefore "as of"; they are never recomputed on a page view.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from django.db import connection, transaction
from django.db.models import Q

from thongsuot.ledger.models import Entry, RefoldedChange, Total
from thongsuot.units.models import Hierarchy, TreeChange
from thongsuot.units.tree import Tree, tree_above

LOCK = 4_147_002  # one folder at a time
TOGETHER = 5_000  # entries whose ancestors are asked for at once
FEW = 30  # units that moved; of more, all entries since are looked at in one go

Key = tuple[int, int, int, str]  # book, period, unit, measure


def month(day: date) -> int:
    return day.year * 100 + day.month


class _Trees:
    """What lies above the units of entries, read once for each stretch of days in which no tree changed."""

    def __init__(self) -> None:
        self.trees: dict[tuple[int, date], Tree] = {}
        self.turns: dict[int, list[date]] = {}

    def paths(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
        """Each entry with the path from the root down to its unit on the day it happened."""
        rest = iter(entries)
        while some := list(islice(rest, TOGETHER)):
            asked: dict[tuple[int, date], set[int]] = defaultdict(set)
            for entry in some:
                asked[self._stretch(entry)].add(entry.unit_id)
            for key, units in asked.items():
                known = self.trees.setdefault(key, Tree(parents={}))
                known.parents.update(tree_above(Hierarchy(pk=key[0]), units - known.parents.keys(), key[1]).parents)
            for entry in some:
                chain = self.trees[self._stretch(entry)].ancestors(entry.unit_id) or [entry.unit_id]
                yield entry, "/" + "".join(f"{pk}/" for pk in chain)

    def _stretch(self, entry: Entry) -> tuple[int, date]:
        hierarchy_id, on = entry.book.hierarchy_id, entry.happened_on
        if hierarchy_id not in self.turns:
            from_days = TreeChange.objects.filter(hierarchy_id=hierarchy_id).values_list("effective_on", flat=True)
            self.turns[hierarchy_id] = sorted(set(from_days))
        turns = self.turns[hierarchy_id]
        at = bisect_right(turns, on)
        return hierarchy_id, turns[at - 1] if at else on


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
    known: dict[Key, int] = {}
    units_list = sorted(units)
    for start in range(0, len(units_list), 500):
        for total in Total.objects.filter(book_id__in=books, unit_id__in=units_list[start : start + 500]):
            known[total.book_id, total.period, total.unit_id, total.measure] = total.amount
    sums = []
    for (book, period, unit, measure), amount in rows.items():
        before = known.get((book, period, unit, measure), 0)
        sums.append(Total(book_id=book, period=period, unit_id=unit, measure=measure, amount=before + amount))
    Total.objects.bulk_create(
        sums,
        update_conflicts=True,
        unique_fields=["book", "period", "unit", "measure"],
        update_fields=["amount"],
        batch_size=2000,
    )


def _keep_paths(moved: list[tuple[str, int]]) -> None:
    """(path, entry). One statement prepared once: a bulk update would write a CASE for every row."""
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {Entry._meta.db_table} SET folded_into = %s WHERE id = %s", moved)  # noqa: S608


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
    moved: list[tuple[str, int]] = []
    fresh = Entry.objects.filter(folded_into__isnull=True).select_related("book").order_by("pk")[:limit]
    for entry, path in trees.paths(list(fresh)):
        _add(changes, entry, path, +1)
        moved.append((path, entry.pk))
    turned = list(TreeChange.objects.filter(refoldedchange__isnull=True))
    for entry, path in trees.paths(_below(turned)):
        if path != entry.folded_into:
            _add(changes, entry, entry.folded_into, -1)
            _add(changes, entry, path, +1)
            moved.append((path, entry.pk))
    RefoldedChange.objects.bulk_create([RefoldedChange(change=change) for change in turned], batch_size=2000)
    _apply(changes)
    _keep_paths(moved)
    return len(moved)


def _below(turned: list[TreeChange]) -> Iterator[Entry]:
    """Whatever happened since in the units that moved, and below them, may lie in the wrong totals."""
    by_tree: dict[int, list[TreeChange]] = defaultdict(list)
    for change in turned:
        by_tree[change.hierarchy_id].append(change)
    for hierarchy_id, here in by_tree.items():
        since = min(change.effective_on for change in here)
        past = Entry.objects.filter(book__hierarchy_id=hierarchy_id, happened_on__gte=since, folded_into__isnull=False)
        if len(here) <= FEW:
            inside = Q()
            for unit_id in {change.unit_id for change in here}:
                inside |= Q(folded_into__contains=f"/{unit_id}/")
            past = past.filter(inside)
        yield from past.select_related("book")


def fold_all() -> None:
    """Fold until nothing is left; for imports, tests and the first start."""
    while fold():
        pass


def recount(book_id: int) -> dict[tuple[int, int, str], int]:
    """The totals as they must be, from entries and placements alone: (period, unit, measure) → amount."""
    trees = _Trees()
    sums: dict[Key, int] = defaultdict(int)
    for entry, path in trees.paths(Entry.objects.filter(book_id=book_id).select_related("book").iterator()):
        _add(sums, entry, path, +1)
    return {(period, unit, measure): amount for (_b, period, unit, measure), amount in sums.items() if amount}
