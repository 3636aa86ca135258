"""The tree on a day, and the positions derived from it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from thongsuot.units.models import Hierarchy, Placement, Position, TreeChange, Unit
from thongsuot.web.errors import Refused


class NotATree(Refused):
    """The change would put a unit under itself or under two parents on one day."""


@dataclass
class Tree:
    """Parents and children by unit key, as they stood on one day."""

    parents: dict[int, int | None]
    children: dict[int | None, list[int]] = field(default_factory=lambda: defaultdict(list))

    def ancestors(self, unit_id: int) -> list[int]:
        """From the root down to the unit itself; empty when the unit had no place on that day."""
        chain: list[int] = []
        at: int | None = unit_id
        while at is not None and at in self.parents and at not in chain:
            chain.append(at)
            at = self.parents[at]
        return chain[::-1]

    def below(self, unit_id: int) -> Iterator[int]:
        """The unit and all under it."""
        todo = [unit_id] if unit_id in self.parents else []
        while todo:
            at = todo.pop()
            yield at
            todo.extend(self.children.get(at, ()))


def tree_on(hierarchy: Hierarchy, on: date) -> Tree:
    """The tree in force on that day, read from the dated placements."""
    rows = (
        Placement.objects.filter(hierarchy=hierarchy, valid_from__lte=on)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
        .values_list("unit_id", "parent_id")
    )
    tree = Tree(parents=dict(rows))
    for unit_id, parent_id in tree.parents.items():
        tree.children[parent_id].append(unit_id)
    return tree


def tree_above(hierarchy: Hierarchy, units: Iterable[int], on: date) -> Tree:
    """Only what lies above these units on that day (``children`` stay empty): one query a level and 500 units."""
    in_force = Placement.objects.filter(hierarchy=hierarchy, valid_from__lte=on).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    )
    tree, asked, level = Tree(parents={}), set[int](), set(units)
    while level:
        asked |= level
        ids = sorted(level)
        for start in range(0, len(ids), 500):
            tree.parents.update(
                in_force.filter(unit_id__in=ids[start : start + 500]).values_list("unit_id", "parent_id")
            )
        level = {up for one in ids if (up := tree.parents.get(one)) is not None} - asked
    return tree


def rebuild_positions(hierarchy: Hierarchy, on: date) -> int:
    """Derive the positions of the tree in force on ``on``; returns how many rows changed."""
    tree = tree_on(hierarchy, on)
    order = {pk: (rank, key) for pk, rank, key in Unit.objects.values_list("pk", "kind__rank", "sort_key")}
    wanted: dict[int, tuple[int | None, int, int, int, str]] = {}
    counter = 0
    # An explicit stack: organisations may be deeper than Python's recursion likes.
    stack: list[tuple[int, int, str, bool]] = []
    opened: dict[int, tuple[int, int, str]] = {}

    def push(ids: Iterable[int], depth: int, path: str) -> None:
        for unit_id in sorted(ids, key=lambda pk: order[pk], reverse=True):
            stack.append((unit_id, depth, path, False))

    push(tree.children.get(None, []), 0, "/")
    while stack:
        unit_id, depth, path, closing = stack.pop()
        if closing:
            lft, depth, own_path = opened.pop(unit_id)
            wanted[unit_id] = (tree.parents[unit_id], depth, lft, counter, own_path)
            continue
        counter += 1
        own_path = f"{path}{unit_id}/"
        opened[unit_id] = (counter, depth, own_path)
        stack.append((unit_id, depth, path, True))
        push(tree.children.get(unit_id, []), depth + 1, own_path)
    if len(wanted) != len(tree.parents):
        raise NotATree(_("A unit would lie under itself."))
    wanted = {pk: (parent, depth, lft, last + 1, path) for pk, (parent, depth, lft, last, path) in wanted.items()}

    rows = Position.objects.filter(hierarchy=hierarchy).values_list(
        "unit_id", "parent_id", "depth", "lft", "rgt", "path", "pk"
    )
    standing = {unit_id: place for unit_id, *place in rows}
    gone = [pk for unit_id, (*_place, pk) in standing.items() if unit_id not in wanted]
    for start in range(0, len(gone), 500):
        Position.objects.filter(pk__in=gone[start : start + 500]).delete()
    changed = [
        Position(hierarchy=hierarchy, unit_id=unit_id, parent_id=parent_id, depth=depth, lft=lft, rgt=rgt, path=path)
        for unit_id, (parent_id, depth, lft, rgt, path) in wanted.items()
        if standing.get(unit_id, ())[:-1] != [parent_id, depth, lft, rgt, path]
    ]
    # A unit that moves shifts half the tree: written over row by row, not by a CASE of all rows.
    Position.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["hierarchy", "unit"],
        update_fields=["parent", "depth", "lft", "rgt", "path"],
        batch_size=2000,
    )
    return len(gone) + len(changed)


@transaction.atomic
def place(
    unit: Unit, *, under: Unit | None, hierarchy: Hierarchy, on: date, at: datetime, today: date, rebuild: bool = True
) -> Placement:
    """Put the unit under another from ``on``; what held before ends on that day.

    A later placement already recorded stays and bounds this one. Raises NotATree.
    """
    if under is not None and unit.pk in tree_above(hierarchy, [under.pk], on).ancestors(under.pk):
        raise NotATree(_("A unit cannot lie under one of its own sub-units."))
    places = Placement.objects.filter(hierarchy=hierarchy, unit=unit)
    later = places.filter(valid_from__gt=on).order_by("valid_from").first()
    places.filter(valid_from=on).delete()
    places.filter(valid_from__lt=on).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).update(valid_to=on)
    made = Placement.objects.create(
        hierarchy=hierarchy, unit=unit, parent=under, valid_from=on, valid_to=later.valid_from if later else None
    )
    TreeChange.objects.create(hierarchy=hierarchy, unit=unit, effective_on=on, recorded_at=at)
    if rebuild:
        rebuild_positions(hierarchy, today)
    return made


def path_units(unit: Unit, hierarchy: Hierarchy | None = None) -> list[Unit]:
    """The units from the root down to this one in the tree in force, for breadcrumbs."""
    places = unit.positions.all()
    place_ = places.filter(hierarchy=hierarchy).first() if hierarchy else places.order_by("hierarchy_id").first()
    if place_ is None:
        return [unit]
    ids = [int(part) for part in place_.path.strip("/").split("/")]
    found = Unit.objects.select_related("kind").in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]
