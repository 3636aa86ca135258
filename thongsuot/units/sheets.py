"""Lists as officers keep them, in Excel or CSV: rows by column name, and what is wrong in which row."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook

from thongsuot.viet.text import fold, nfc
from thongsuot.web.errors import Refused

MOST_BYTES = 20_000_000


@dataclass
class Findings:
    """What an import would do or did; nothing is written while there are errors."""

    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    made: int = 0

    def error(self, row: int, sentence: str) -> None:
        self.errors.append(_("Row %(row)d: %(sentence)s") % {"row": row, "sentence": sentence})

    def note(self, row: int, sentence: str) -> None:
        self.notes.append(_("Row %(row)d: %(sentence)s") % {"row": row, "sentence": sentence})


def rows_of(path: Path, columns: dict[str, tuple[str, ...]], needed: set[str]) -> list[tuple[int, dict[str, Any]]]:
    """(row number as the sheet shows it, values by our column name).

    ``columns`` gives for each of our names the headings it may have; case and marks do not matter.
    Raises Refused when the file cannot be read or lacks a needed column.
    """
    lines = list(_lines(path))
    if not lines:
        raise Refused(_("The list is empty."))
    known = {fold(heading): name for name, headings in columns.items() for heading in (name, *headings)}
    places = {
        known[fold(str(cell)).strip()]: at for at, cell in enumerate(lines[0]) if fold(str(cell)).strip() in known
    }
    missing = sorted(needed - places.keys())
    if missing:
        headings = ", ".join(f"“{columns[name][0]}”" for name in missing)
        raise Refused(_("The first row lacks these headings: %(headings)s") % {"headings": headings})
    rows = []
    for number, cells in enumerate(lines[1:], start=2):
        values = {name: _clean(cells[at]) if at < len(cells) else "" for name, at in places.items()}
        if any(values.values()):
            rows.append((number, values))
    return rows


def day_of(value: Any) -> date | None:
    """A date cell, 15/05/2023 or 2023-05-15; None when empty. Raises ValueError."""
    if value in ("", None):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(str(value), form).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    raise ValueError(value)


def _clean(cell: Any) -> Any:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(nfc(cell).split()) if isinstance(cell, str) else cell


def _lines(path: Path) -> Iterator[list[Any]]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused(_("The list is larger than 20 MB; split it."))
        content = path.read_bytes()
    except OSError as error:
        raise Refused(_("%(file)s cannot be read.") % {"file": path.name}) from error
    if content[:2] == b"PK" or content[:4] == b"\xd0\xcf\x11\xe0":
        try:
            yield from CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        except Exception as error:  # the library names no common ancestor of its errors
            raise Refused(_("%(file)s is not an Excel list that can be opened.") % {"file": path.name}) from error
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(_("%(file)s is not UTF-8; save it as “CSV UTF-8” or as XLSX.") % {"file": path.name}) from error
    separator = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    yield from csv.reader(io.StringIO(text), delimiter=separator)
