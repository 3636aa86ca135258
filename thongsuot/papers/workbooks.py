"""Workbooks out: XLSX for those who count on."""

import io
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.timezone import is_aware, make_naive

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_TEXT = 32_767
MOST_ROWS = 1_048_576
# Excel keeps fifteen digits: longer numbers (identity numbers) are texts, or their end is lost.
LARGEST_NUMBER = 10**15


@dataclass
class Sheet:
    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Any]]
    widths: Sequence[int] = ()


def write_xlsx(sheets: Sequence[Sheet], *, on: date = date(2020, 1, 1)) -> bytes:
    """A workbook, written row by row. Texts are written as texts, so that no cell becomes a formula.

    ``on`` is the workbook's own date; the same sheets and date give the same bytes.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"created": datetime(on.year, on.month, on.day, tzinfo=UTC)})
    forms = {
        "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"}),
        "date": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"}),
        "time": book.add_format({"num_format": "dd/mm/yyyy hh:mm", "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "number": book.add_format({"valign": "top"}),
    }
    used: set[str] = set()
    for sheet in sheets:
        page = book.add_worksheet(_sheet_name(sheet.name, used))
        page.freeze_panes(1, 0)
        for column, width in enumerate(sheet.widths):
            page.set_column(column, column, width)
        for column, text in enumerate(sheet.head):
            page.write_string(0, column, str(text)[:LONGEST_TEXT], forms["head"])
        for line, row in enumerate(sheet.rows, start=1):
            if line >= MOST_ROWS:
                raise ValueError(f"{sheet.name}: more rows than a sheet holds")
            for column, value in enumerate(row):
                _write(page, line, column, value, forms)
    book.close()
    return out.getvalue()


def _write(page: Any, line: int, column: int, value: Any, forms: dict[str, Any]) -> None:
    if value is None or value is False:
        return
    if value is True:
        page.write_string(line, column, "x", forms["text"])
    elif isinstance(value, int | float | Decimal) and math.isfinite(value) and abs(float(value)) < LARGEST_NUMBER:
        page.write_number(line, column, value, forms["number"])
    elif isinstance(value, datetime):
        page.write_datetime(line, column, make_naive(value) if is_aware(value) else value, forms["time"])
    elif isinstance(value, date):
        page.write_datetime(line, column, value, forms["date"])
    else:
        page.write_string(line, column, str(value)[:LONGEST_TEXT], forms["text"])


def _sheet_name(name: str, used: set[str]) -> str:
    """Excel allows 31 letters, some of them not, and each name once whatever its case."""
    base = re.sub(r"[\[\]:*?/\\]", " ", name).strip(" '")[:31] or "1"
    made, n = base, 1
    while made.lower() in used:
        n += 1
        made = f"{base[: 31 - len(str(n)) - 1]} {n}"
    used.add(made.lower())
    return made
