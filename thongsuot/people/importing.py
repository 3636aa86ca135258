"""A list of people into the units they belong to."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.people.models import Account, Membership, Office, Person
from thongsuot.units.models import Hierarchy, Unit
from thongsuot.units.sheets import Findings, day_of, rows_of
from thongsuot.viet.text import fold

COLUMNS = {
    "full_name": ("Họ và tên", "Họ tên", "Full name"),
    "unit": ("Chi bộ", "Tổ chức", "Unit"),
    "under": ("Trực thuộc", "Under"),
    "kind": ("Diện", "Kind"),
    "since": ("Từ ngày", "From"),
    "role": ("Chức vụ", "Role"),
    "title": ("Chức danh", "Title"),
    "username": ("Tên đăng nhập", "Sign-in name"),
}
KINDS = {"": "full", "chinh thuc": "full", "du bi": "probationary", "tam thoi": "temporary", "mien sinh hoat": "exempt"}
ROLES = {
    "bi thu": "head",
    "pho bi thu": "deputy",
    "can bo van phong": "officer",
    "van phong": "officer",
    "nguoi nhap thay": "clerk",
    "bao cao vien": "speaker",
    "tham dinh": "verifier",
    "kiem tra": "auditor",
}


def import_people(path: Path, *, hierarchy: Hierarchy, on: date, at: datetime, dry_run: bool = False) -> Findings:
    """Make the people of the list with membership, office and account; all or nothing.

    Accounts get no password: bin/thongsuot password gives one. Raises Refused for an unreadable list.
    """
    found = Findings()
    rows = rows_of(path, COLUMNS, {"full_name", "unit"})
    units: dict[str, list[Unit]] = {}
    for unit in Unit.objects.filter(positions__hierarchy=hierarchy).select_related("kind"):
        units.setdefault(fold(unit.name), []).append(unit)
    parents: dict[int, str | None] = dict(
        Unit.objects.filter(positions__hierarchy=hierarchy).values_list("pk", "positions__parent__folded")
    )
    taken = set(Account.objects.values_list("username", flat=True))
    with transaction.atomic():
        for number, row in rows:
            _make(row, number, found, units, parents, taken, hierarchy, on)
        if dry_run or found.errors:
            transaction.set_rollback(True)
    return found


def _make(
    row: dict[str, Any],
    number: int,
    found: Findings,
    units: dict[str, list[Unit]],
    parents: dict[int, str | None],
    taken: set[str],
    hierarchy: Hierarchy,
    on: date,
) -> None:
    unit = _unit(row, number, found, units, parents) if row["full_name"] else None
    kind = _choice(row.get("kind"), KINDS, Membership.Kind.values)
    role = _choice(row.get("role"), {"": "", **ROLES}, Office.Role.values)
    username = str(row.get("username") or "").lower()
    since = _day(row.get("since"), on)
    if wrong := _wrong(row, unit, kind, role, since, username in taken):
        return found.error(number, wrong)
    if unit is None or kind is None or role is None or since is None:
        return None
    standing = Person.objects.filter(folded=fold(row["full_name"]), memberships__unit=unit)
    if unit.kind.has_members and standing.exists() and not username:
        found.note(number, _("%(name)s already belongs there; left as it is.") % {"name": row["full_name"]})
        return None
    person = Person.objects.create(full_name=row["full_name"])
    if unit.kind.has_members:
        Membership.objects.create(person=person, unit=unit, kind=kind, valid_from=since)
    if role:
        Office.objects.create(
            person=person, unit=unit, role=role, hierarchy=hierarchy, title=row.get("title") or "", valid_from=since
        )
    if username:
        account = Account(username=username, person=person)
        account.set_unusable_password()
        account.save()
        taken.add(username)
    found.made += 1
    return None


def _wrong(
    row: dict[str, Any], unit: Unit | None, kind: str | None, role: str | None, since: date | None, is_taken: bool
) -> str:
    """The first thing that is wrong with the row, as a sentence; the unit has said its own."""
    if not row["full_name"]:
        return _("the name is missing.")
    if since is None:
        return _("“%(text)s” is not a date; write 15/05/2023.") % {"text": row["since"]}
    if kind is None:
        return _("“%(text)s” is no kind of membership.") % {"text": row["kind"]}
    if role is None:
        return _("“%(text)s” is no office.") % {"text": row["role"]}
    if is_taken:
        return _("the sign-in name “%(name)s” is taken.") % {"name": row["username"]}
    if unit and not unit.kind.has_members and not role:
        return _("%(unit)s has no members of its own; choose a cell below it.") % {"unit": unit.name}
    return ""


def _day(value: Any, on: date) -> date | None:
    try:
        return day_of(value) or on
    except ValueError:
        return None


def _unit(
    row: dict[str, Any], number: int, found: Findings, units: dict[str, list[Unit]], parents: dict[int, str | None]
) -> Unit | None:
    matches = units.get(fold(str(row["unit"])), [])
    if row.get("under"):
        matches = [unit for unit in matches if parents.get(unit.pk) == fold(str(row["under"]))]
    if len(matches) == 1:
        return matches[0]
    sentence = _("no unit is called “%(name)s”.")
    if matches:
        sentence = _("several units are called “%(name)s”; name the unit above in the column “Trực thuộc”.")
    found.error(number, sentence % {"name": row["unit"]})
    return None


def _choice(value: Any, words: dict[str, str], codes: list[str]) -> str | None:
    text = fold(str(value or "")).strip()
    return text if text in codes else words.get(text)
