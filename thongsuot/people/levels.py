"""For whom does a thing wait? For the nearest level above whose people may do it: the right itself reaches further."""

from collections import defaultdict
from datetime import date

from thongsuot.people.models import Membership, Office, Person
from thongsuot.people.rights import OWN, REACH, Act
from thongsuot.units.models import Position

Place = tuple[int, int]  # hierarchy, unit


def units_waiting_for(person: Person | None, act: Act, on: date) -> set[int]:
    """Units for which an office of the person's is the nearest above it that may ``act``.

    Six queries, and five more for each level that lies between and has a unit without anybody.
    """
    roles = [role for role, acts in REACH.items() if acts.get(act, OWN) != OWN]
    offices = Office.objects.in_force(on).filter(role__in=roles)
    found: set[int] = set()
    edge: set[Place] = set(offices.filter(person=person).values_list("hierarchy_id", "unit_id")) if person else set()
    while edge:
        below = Position.objects.filter(parent_id__in={unit for _tree, unit in edge})
        rows = below.values_list("hierarchy_id", "parent_id", "unit_id", "lft", "rgt")
        inner: set[Place] = set()
        for tree, parent, unit, lft, rgt in rows:
            if (tree, parent) in edge:
                found.add(unit)
                if rgt > lft + 1:
                    inner.add((tree, unit))
        holders: dict[Place, set[int]] = defaultdict(set)
        held = offices.filter(unit_id__in={unit for _tree, unit in inner})
        for tree, unit, holder in held.values_list("hierarchy_id", "unit_id", "person_id"):
            holders[tree, unit].add(holder)
        found |= _with_nobody_else_nearer(holders, on)
        edge = inner - set(holders)
    return found


def _with_nobody_else_nearer(holders: dict[Place, set[int]], on: date) -> set[int]:
    """Nobody acts on their own unit: units to which everybody of the level between belongs wait one level higher."""
    people = set().union(*holders.values())
    if not people:
        return set()
    homes: dict[int, set[int]] = defaultdict(set)
    for model in (Membership, Office):
        rows = model.objects.in_force(on).filter(person_id__in=people)
        for one, unit in rows.values_list("person_id", "unit_id"):
            homes[one].add(unit)
    shared = {place: set.intersection(*(homes[one] for one in held)) for place, held in holders.items()}
    own = set().union(*shared.values())
    paths = {(row.hierarchy_id, row.unit_id): row.path for row in Position.objects.filter(unit_id__in=own)}
    return {
        home
        for (tree, unit), homes_of_all in shared.items()
        for home in homes_of_all
        if home != unit and f"/{unit}/" in paths.get((tree, home), "")
    }
