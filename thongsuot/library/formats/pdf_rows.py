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
        return " ".join(words.rstrip("\u00ad").split())


def is_parted(last: Row, row: Row) -> bool:
    """Whether a word parted at the end of the last line goes on in this one, below it or over the page."""
    return last.text.endswith("\u00ad") and (row.bottom > last.top or last.bottom - row.top < 0.9 * row.size)


def rows_on(text_page: Any) -> Iterator[Row]:
    count = text_page.count_chars()
    if count > MOST_CHARACTERS:
        raise CannotRead("too-big")
    text = text_page.get_text_range() if count else ""
    # A line that ends in a hyphen is given together with the next one: each is a row of its own.
    for match in re.finditer(r"[^\r\n\ufffe]+\ufffe?", text):
        words = match[0].strip()
        begin = match.start() + len(match[0]) - len(match[0].lstrip())
        if words.strip("\ufffe") and (row := _row(text_page, words, begin)):
            yield row


def _row(text_page: Any, words: str, begin: int) -> Row | None:
    box = raw.FS_RECTF()
    first = raw.FPDFText_GetCharIndexFromTextIndex(text_page, begin)
    last = raw.FPDFText_GetCharIndexFromTextIndex(text_page, begin + len(words.rstrip("\ufffe")) - 1)
    if first < 0 or not raw.FPDFText_GetLooseCharBox(text_page, first, ctypes.byref(box)):
        return None
    left, bottom, top, right, size = box.left, box.bottom, box.top, box.right, box.top - box.bottom
    if last >= 0 and raw.FPDFText_GetLooseCharBox(text_page, last, ctypes.byref(box)):
        right = max(right, box.right)
        if first != last and box.top > bottom:
            bottom = min(bottom, box.bottom)  # the first letter may be a raised mark
    bold = raw.FPDFText_GetFontWeight(text_page, first) >= 600
    words = nfc(words.replace("\ufffe", "\u00ad").replace("\0", ""))
    return Row(words, left, right, bottom, top, size, bold, first, last)


def edges(page: Page) -> list[Row]:
    """The two lines nearest the head and the foot, where they stand in the margin: small pages have deep ones."""
    rows = sorted(page.rows, key=lambda row: row.bottom)
    foot = [row for row in rows[:2] if row.top < page.height * _MARGIN]
    head = [row for row in rows[2:][-2:] if row.bottom > page.height * (1 - _MARGIN)]
    return [row for row in (*foot, *head) if len(row.text) < 150]


def is_apart(row: Row, inner: Row | None) -> bool:
    """Whether white stands between a line at the edge and the text: what goes on without it is no running line."""
    if inner is None:
        return True
    gap = inner.bottom - row.top if inner.bottom > row.bottom else row.bottom - inner.top
    return gap > 0.5 * min(row.size, inner.size)


def place_of(row: Row) -> tuple[str, int]:
    return re.sub(r"\d+", "#", fold(row.text)), round(row.bottom / 3)
