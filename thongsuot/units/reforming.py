"""Units are moved, renamed, split, merged and dissolved; each on a day, nothing is overwritten."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thongsuot.units.access import require_manage
from thongsuot.units.models import Hierarchy, Placement, Succession, TreeChange, Unit, UnitName
from thongsuot.units.tree import place, rebuild_positions
from thongsuot.viet.text import nfc
from thongsuot.web.errors import Refused


@dataclass(frozen=True)
class Change:
    """What rooms above are told, in the same transaction."""

    unit: Unit
    verb: str
    by: Any
    on: date
    at: datetime
    reason: str = ""
    changes: dict[str, list[Any]] = field(default_factory=dict)
    # Who carries on the work of a unit that ends on ``on``.
    heir: Unit | None = None


# callables(change): people moves members and ends offices, the journal writes it down.
FOLLOWERS: list[Callable[[Change], None]] = []


def _tell(change: Change) -> None:
    for follower in FOLLOWERS:
        follower(change)


def _must_exist(unit: Unit, on: date) -> None:
    if not unit.exists_on(on):
        raise Refused(_("%(unit)s does not exist on %(day)s.") % {"unit": unit.name, "day": f"{on:%d/%m/%Y}"})


@transaction.atomic
def move(
    unit: Unit, *, under: Unit, hierarchy: Hierarchy, by: Any, on: date, at: datetime, today: date, reason: str = ""
) -> Placement:
    """Place the unit, with all below it, under another from ``on``. Raises NotATree, Refused."""
    require_manage(by, unit, today)
    require_manage(by, under, today)
    _must_exist(unit, on)
    _must_exist(under, on)
    before = _place_on(unit, hierarchy, on)
    made = place(unit, under=under, hierarchy=hierarchy, on=on, at=at, today=today)
    changes = {"parent": [before.parent.name if before and before.parent else None, under.name], "on": [None, f"{on}"]}
    _tell(Change(unit, gettext_noop("moved"), by, on, at, reason, changes))
    return made


@transaction.atomic
def rename(unit: Unit, name: str, *, by: Any, on: date, at: datetime, today: date, reason: str = "") -> UnitName:
    """The unit bears another name from ``on``; older papers keep the older name."""
    require_manage(by, unit, today)
    _must_exist(unit, on)
    name = " ".join(nfc(name).split())
    if not name:
        raise Refused(_("Write the new name."))
    before = unit.name_on(on)
    if not unit.names.exists():
        UnitName.objects.create(unit=unit, name=unit.name, valid_from=unit.founded_on)
    made, _is_new = UnitName.objects.update_or_create(unit=unit, valid_from=on, defaults={"name": name})
    _put_name_in_force(unit, today)
    _tell(Change(unit, gettext_noop("renamed"), by, on, at, reason, {"name": [before, name], "on": [None, f"{on}"]}))
    return made


@transaction.atomic
def split(
    unit: Unit,
    names: Sequence[str],
    *,
    by: Any,
    on: date,
    at: datetime,
    today: date,
    dissolve: bool = True,
    reason: str = "",
) -> list[Unit]:
    """Make new units out of one. When it ends with that, the first-named carries on its sub-units and members."""
    require_manage(by, unit, today)
    _must_exist(unit, on)
    names = [" ".join(nfc(name).split()) for name in names if name.strip()]
    if len(names) < (2 if dissolve else 1):
        raise Refused(_("Name the new units, one a line: at least two when the old one ends."))
    made = [_found(name, like=unit, on=on, at=at, today=today) for name in names]
    Succession.objects.bulk_create([Succession(old=unit, new=new, effective_on=on) for new in made])
    if dissolve:
        _hand_over(unit, to=made[0], on=on, at=at, today=today)
    _rebuild(unit, today)
    what: dict[str, list[Any]] = {"new units": [None, [new.name for new in made]], "on": [None, f"{on}"]}
    _tell(Change(unit, gettext_noop("split"), by, on, at, reason, what, heir=made[0] if dissolve else None))
    for new in made:
        _tell(Change(new, gettext_noop("founded"), by, on, at, reason, {"from": [None, unit.name]}))
    return made


@transaction.atomic
def merge(units: Sequence[Unit], name: str, *, by: Any, on: date, at: datetime, today: date, reason: str = "") -> Unit:
    """Make one new unit of several; sub-units and members go over to it, the old ones end on ``on``."""
    if len({unit.pk for unit in units}) < 2:
        raise Refused(_("Choose at least one other unit to merge with."))
    if not name.strip():
        raise Refused(_("Write the name of the new unit."))
    for unit in units:
        require_manage(by, unit, today)
        _must_exist(unit, on)
    new = _found(" ".join(nfc(name).split()), like=units[0], on=on, at=at, today=today)
    Succession.objects.bulk_create([Succession(old=unit, new=new, effective_on=on) for unit in units])
    for unit in units:
        _hand_over(unit, to=new, on=on, at=at, today=today)
    _rebuild(new, today)
    merged: dict[str, list[Any]] = {"from": [None, [unit.name for unit in units]], "on": [None, f"{on}"]}
    _tell(Change(new, gettext_noop("founded"), by, on, at, reason, merged))
    for unit in units:
        _tell(Change(unit, gettext_noop("merged"), by, on, at, reason, {"into": [None, new.name]}, heir=new))
    return new


def settle(today: date) -> None:
    """Bring what was decided for a later day into force on that day: places and names. Called daily."""
    for hierarchy in Hierarchy.objects.all():
        rebuild_positions(hierarchy, today)
    newest = UnitName.objects.filter(unit=OuterRef("pk"), valid_from__lte=today).order_by("-valid_from")
    due = Unit.objects.annotate(due_name=Subquery(newest.values("name")[:1])).exclude(due_name=None)
    for unit in due.exclude(due_name=F("name")):
        unit.name = unit.due_name  # type: ignore[attr-defined]
        unit.save()


def _place_on(unit: Unit, hierarchy: Hierarchy, on: date) -> Placement | None:
    return _places(unit, on).filter(hierarchy=hierarchy).select_related("parent").first()


def _places(unit: Unit, on: date) -> Any:
    return unit.placements.filter(valid_from__lte=on).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def _put_name_in_force(unit: Unit, today: date) -> None:
    unit.name = unit.name_on(today)
    unit.save()


def _found(name: str, *, like: Unit, on: date, at: datetime, today: date) -> Unit:
    """A new unit of the same kind in the same places."""
    new = Unit.objects.create(name=name, kind=like.kind, sector=like.sector, founded_on=on, is_made_up=like.is_made_up)
    UnitName.objects.create(unit=new, name=new.name, valid_from=on)
    for row in _places(like, on).select_related("parent", "hierarchy"):
        place(new, under=row.parent, hierarchy=row.hierarchy, on=on, at=at, today=today, rebuild=False)
    return new


def _hand_over(old: Unit, *, to: Unit, on: date, at: datetime, today: date) -> None:
    """Sub-units of ``old`` go under ``to``; ``old`` ends on that day."""
    under_old = Placement.objects.filter(parent=old).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    for row in list(under_old.select_related("unit", "hierarchy")):
        begins = max(on, row.valid_from)
        place(row.unit, under=to, hierarchy=row.hierarchy, on=begins, at=at, today=today, rebuild=False)
    for row in list(_places(old, on)):
        TreeChange.objects.create(
            hierarchy_id=row.hierarchy_id, unit=old, effective_on=on, recorded_at=at, what="dissolved"
        )
    old.placements.filter(valid_from__gte=on).delete()
    _places(old, on).update(valid_to=on)
    old.dissolved_on = on
    old.save()


def _rebuild(unit: Unit, today: date) -> None:
    for hierarchy in Hierarchy.objects.filter(pk__in=unit.placements.values("hierarchy_id")):
        rebuild_positions(hierarchy, today)
