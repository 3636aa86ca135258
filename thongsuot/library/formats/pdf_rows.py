"""Lines of a page of a PDF, with their places, as its text layer gives them."""

import ctypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import pypdfium2.raw as raw

from thongsuot.library.formats.drafts import CannotRead
from thongsuot.library.formats.markdown import code, code_block, escaped
from thongsuot.viet.text import fold, nfc

MOST_CHARACTERS = 60_000
_TYPEWRITERS = re.compile(rb"(?i)mono|courier|consola|typewriter")
_ENDS_IN_CODE, _BEGINS_WITH_CODE = re.compile(r"[^`]`$"), re.compile(r"`[^`]")
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
    typed: list[tuple[int, int]] = field(default_factory=list)  # what stands in a typewriter's letters
    raised: int = 0  # so many digits at its beginning are set as the number of a note

    @property
    def is_code(self) -> bool:
        return self.typed == [(0, len(self.text.rstrip("\u00ad")))]

    @property
    def markdown(self) -> str:
        made, at = "", 0
        for start, end in self.typed:
            made += escaped(self.text[at:start]) + code(self.text[start:end])
            at = end
        return made + escaped(self.text[at:])


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
    def is_code(self) -> bool:
        return all(row.is_code for row in self.rows)

    @property
    def text(self) -> str:
        return self._joined(lambda row: row.text)

    @property
    def markdown(self) -> str:
        """As a paragraph, with code in it marked; or as a block of code with its lines."""
        return code_block("\n".join(self._lines())) if self.is_code else self._joined(lambda row: row.markdown)

    def _joined(self, said: Callable[[Row], str]) -> str:
        words = ""
        for row in self.rows:
            following = said(row)
            hard = words.endswith("-") and row.text[:1].islower() and " " in words
            if words.endswith("\u00ad") or hard:
                words = words[:-1] + (following if _is_one_word(words[:-1], row.text) else f"-{following}")
            elif _ENDS_IN_CODE.search(words) and _BEGINS_WITH_CODE.match(following) and following != row.text:
                words = f"{words[:-1]} {following[1:]}"  # code that goes on in the next line
            else:
                words = f"{words} {following}" if words else following
        return " ".join(words.rstrip("\u00ad").split())

    def _lines(self) -> Iterator[str]:
        left = min(row.left for row in self.rows)
        letter = median((row.right - row.left) / len(row.text) for row in self.rows)
        for n, row in enumerate(self.rows):
            if n and self.rows[n - 1].bottom - row.top > 0.9 * row.size:
                yield ""
            yield " " * round((row.left - left) / max(letter, 1)) + row.text.replace("\u00ad", "-")


def _is_one_word(before: str, after: str) -> bool:
    """Whether a hyphen between the two parts a word; a syllable of Vietnamese is never parted, its hyphen stays."""
    syllable = re.search(r"[^\W\d_]*$", before)
    return after[:1].islower() and (syllable is None or syllable[0].isascii())


def is_parted(last: Row, row: Row) -> bool:
    """Whether a word parted at the end of the last line goes on in this one, below it or over the page."""
    if last.is_code and row.is_code:
        return False
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
    bold = is_bold(text_page, first)
    said, typed = _typed(text_page, words, begin)
    return Row(said, left, right, bottom, top, size, bold, first, last, typed)


def is_bold(text_page: Any, letter: int) -> bool:
    """By its weight; where the file does not tell it, by the name of its font."""
    if raw.FPDFText_GetFontWeight(text_page, letter) >= 600:
        return True
    flags, name = ctypes.c_int(), ctypes.create_string_buffer(80)
    raw.FPDFText_GetFontInfo(text_page, letter, name, len(name), ctypes.byref(flags))
    return b"bold" in name.value.lower()


def _typed(text_page: Any, words: str, begin: int) -> tuple[str, list[tuple[int, int]]]:
    """The row's words, and where among them stand those in letters of one width, as code and formulae are set."""
    said = ""
    typed: list[tuple[int, int]] = []
    for match in re.finditer(r"(\s*)(\S+)", words):
        word = nfc(match[2].replace("\ufffe", "\u00ad").replace("\0", ""))
        at = begin + match.start(2)
        said += match[1]
        # A bracket before it and a stop behind it may be the sentence's.
        start = 1 if word[:1] in "(“" and len(word) > 1 and not _is_of_one_width(text_page, at) else 0
        if word and _is_of_one_width(text_page, at + start):
            end = len(word.rstrip("\u00ad"))
            while end > start + 1 and word[end - 1] in ".,;:)”?!" and not _is_of_one_width(text_page, at + end - 1):
                end -= 1
            if typed and start == 0 and typed[-1][1] == len(said) - len(match[1]):
                typed[-1] = (typed[-1][0], len(said) + end)
            else:
                typed.append((len(said) + start, len(said) + end))
        said += word
    return said, typed


def _is_of_one_width(text_page: Any, place: int) -> bool:
    flags, name = ctypes.c_int(), ctypes.create_string_buffer(80)
    letter = raw.FPDFText_GetCharIndexFromTextIndex(text_page, place)
    raw.FPDFText_GetFontInfo(text_page, letter, name, len(name), ctypes.byref(flags))
    return bool(flags.value & 1) or bool(_TYPEWRITERS.search(name.value))


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
