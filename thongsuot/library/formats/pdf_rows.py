"""Lines of a page of a PDF, with their places, as its text layer gives them."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as raw

from thongsuot.library.formats.drafts import CannotRead
from thongsuot.viet.text import fold, nfc

MOST_CHARACTERS = 60_000
_MARGIN = 0.15  # of the page's height


@dataclass
class Row:
    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool
    first: int = -1  # of its letters in the page's text layer
    last: int = -1


@dataclass
class PlacedPicture:
    name: str
    bottom: float
    top: float
    used: bool = False


@dataclass
class Page:
    number: int  # in the file, from 1
    width: float
    height: float
    label: str
    rows: list[Row] = field(default_factory=list)
    pictures: list[PlacedPicture] = field(default_factory=list)
    has_image: bool = False


@dataclass
class Block:
    rows: list[Row]
    page: str
    sheet: int

    @property
    def text(self) -> str:
        words = ""
        for row in self.rows:
            hard = words.endswith("-") and row.text[:1].islower() and " " in words
            if words.endswith("\u00ad") or hard:
                words = words[:-1] + (row.text if row.text[:1].islower() else f"-{row.text}")
            else:
                words = f"{words} {row.text}" if words else row.text
        return " ".join(words.split())


def rows_on(text_page: Any) -> Iterator[Row]:
    count = text_page.count_chars()
    if count > MOST_CHARACTERS:
        raise CannotRead("too-big")
    text = text_page.get_text_range() if count else ""
    box = raw.FS_RECTF()
    for match in re.finditer(r"[^\r\n]+", text):
        words = match[0].strip()
        if not words:
            continue
        begin = match.start() + len(match[0]) - len(match[0].lstrip())
        first = raw.FPDFText_GetCharIndexFromTextIndex(text_page, begin)
        last = raw.FPDFText_GetCharIndexFromTextIndex(text_page, begin + len(words) - 1)
        if first < 0 or not raw.FPDFText_GetLooseCharBox(text_page, first, ctypes.byref(box)):
            continue
        left, bottom, top, right = box.left, box.bottom, box.top, box.right
        if last >= 0 and raw.FPDFText_GetLooseCharBox(text_page, last, ctypes.byref(box)):
            right = max(right, box.right)
        bold = raw.FPDFText_GetFontWeight(text_page, first) >= 600
        words = nfc(words.replace("\ufffe", "\u00ad").replace("\0", ""))
        yield Row(_joined(words), left, right, bottom, top, top - bottom, bold, first, last)


def _joined(words: str) -> str:
    """A hyphen at a line's end inside the row: it belongs to the name where a capital follows (QĐ-UBND)."""
    return re.sub("\u00ad(?=(.))", lambda match: "" if match[1].islower() else "-", words)


def edges(page: Page) -> list[Row]:
    """The two lines nearest the head and the foot, where they stand in the margin: small pages have deep ones."""
    rows = sorted(page.rows, key=lambda row: row.bottom)
    foot = [row for row in rows[:2] if row.top < page.height * _MARGIN]
    head = [row for row in rows[2:][-2:] if row.bottom > page.height * (1 - _MARGIN)]
    return [row for row in (*foot, *head) if len(row.text) < 150]


def place_of(row: Row) -> tuple[str, int]:
    return re.sub(r"\d+", "#", fold(row.text)), round(row.bottom / 3)
