"""A list of units into the tree."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.units.models import Hierarchy, Unit, UnitKind, UnitName
from thongsuot.units.sheets import Findings, day_of, rows_of
from thongsuot.units.tree import place, rebuild_positions
from thongsuot.viet.text import fold

COLUMNS = {
    "name": ("Tên tổ chức", "Tên", "Name"),
    "kind": ("Loại hình", "Loại", "Kind"),
    "under": ("Trực thuộc", "Cấp trên", "Under"),
    "code": ("Mã", "Code"),
    "short_name": ("Tên viết tắt", "Short name"),
    "founded_on": ("Ngày thành lập", "Founded on"),
}


def import_units(
    path: Path, *, hierarchy: Hierarchy, on: date, at: datetime, today: date, dry_run: bool = False
) -> Findings:
    """Make the units of the list, parents before children; all or nothing. ``on`` is used where no day is given.

    "Trực thuộc" names the unit above by its code in this list or by its name. Raises Refused for an unreadable list.
    """
    found = Findings()
    rows = rows_of(path, COLUMNS, {"name", "kind"})
    kinds = {fold(key): kind for kind in UnitKind.objects.all() for key in (kind.slug, kind.name, kind.name_en) if key}
    by_key: dict[str, list[Unit]] = {}
    for unit in Unit.objects.filter(positions__hierarchy=hierarchy):
        by_key.setdefault(fold(unit.name), []).append(unit)
    with transaction.atomic():
        for number, row in rows:
            _make(row, number, found, kinds, by_key, hierarchy, on, at, today)
        if not found.errors:
            rebuild_positions(hierarchy, today)
        if dry_run or found.errors:
            transaction.set_rollback(True)
    return found


def _make(
    row: dict[str, Any],
    number: int,
    found: Findings,
    kinds: dict[str, UnitKind],
    by_key: dict[str, list[Unit]],
    hierarchy: Hierarchy,
    on: date,
    at: datetime,
    today: date,
) -> None:
    kind = kinds.get(fold(str(row["kind"])))
    if not row["name"]:
        return found.error(number, _("the name is missing."))
    if kind is None:
        return found.error(number, _("no kind of unit is called “%(kind)s”.") % {"kind": row["kind"]})
    try:
        founded_on = day_of(row.get("founded_on")) or on
    except ValueError:
        return found.error(number, _("“%(text)s” is not a date; write 15/05/2023.") % {"text": row["founded_on"]})
    above: Unit | None = None
    if row.get("under"):
        matches = by_key.get(fold(str(row["under"])), [])
        if len(matches) != 1:
            sentence = _("no unit is called “%(name)s”; list it in a row above.")
            if matches:
                sentence = _("several units are called “%(name)s”; give codes in a column “Mã” and use them.")
            return found.error(number, sentence % {"name": row["under"]})
        above = matches[0]
        if above.founded_on > founded_on:
            founded_on = above.founded_on
    standing = [unit for unit in by_key.get(fold(row["name"]), []) if _lies_under(unit, above)]
    if standing:
        found.note(number, _("%(name)s already stands there; left as it is.") % {"name": row["name"]})
        unit = standing[0]
    else:
        unit = Unit.objects.create(
            name=row["name"], short_name=row.get("short_name") or "", kind=kind, founded_on=founded_on
        )
        UnitName.objects.create(unit=unit, name=unit.name, valid_from=founded_on)
        place(unit, under=above, hierarchy=hierarchy, on=founded_on, at=at, today=today, rebuild=False)
        found.made += 1
        by_key.setdefault(fold(unit.name), []).append(unit)
    if row.get("code"):
        by_key[fold(str(row["code"]))] = [unit]
    return None


def _lies_under(unit: Unit, above: Unit | None) -> bool:
    return unit.placements.filter(valid_to__isnull=True, parent=above).exists()
