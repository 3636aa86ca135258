"""Which official layout was in force for a system of papers on a day: dated data, not code."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

RULES = Path(__file__).parent / "rules"
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
# The order of points in Vietnamese papers: đ follows d; f, j, w and z are not letters of the alphabet.
ALPHABET = "abcdđeghiklmnopqrstuvxy"


@dataclass(frozen=True)
class Motto:
    text: str
    size: float


@dataclass(frozen=True)
class Layout:
    """How a paper of a system looks; lengths in millimetres, sizes and spacing in points."""

    name: str
    system: str  # party | state
    valid_from: date
    source: str
    margins_mm: dict[str, float]
    font: str
    body_size: float
    line_pt: float
    first_line_mm: float
    after_pt: float
    page_number_size: float
    columns_mm: tuple[float, float]
    superior_size: float
    issuer_size: float
    star: bool
    motto: tuple[Motto, ...]
    motto_rule_mm: float
    number_form: str
    number_size: float
    date_size: float
    type_size: float
    subject_size: float
    subject_end: str  # "-----", or "rule" for a drawn one
    letter_subject: str
    bases_form: str
    bases_italic: bool
    headings: tuple[str, ...]
    end_mark: str
    on_behalf: str
    title_bold: bool
    sign_size: float
    recipients_title: str  # underline | bold-italic
    recipients_title_size: float
    recipients_size: float
    draft_size: float
    valid_to: date | None = None
    issuer_rule_mm: float = 0
    subject_rule_mm: float = 0

    @property
    def text_width_mm(self) -> float:
        return 210 - self.margins_mm["left"] - self.margins_mm["right"]

    def covers(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    def heading(self, level: int, number: int, text: str) -> str:
        """ "I- MỤC ĐÍCH", "2. Yêu cầu" or "đ) Kinh phí": the heading of that level, numbered from 1."""
        form = self.headings[min(level, len(self.headings)) - 1]
        values = {"roman": roman(number), "arabic": str(number), "letter": letter(number)}
        return form.format(text=text, capitals=text.upper(), **values)


def roman(number: int) -> str:
    out = ""
    for value, sign in ROMAN:
        out += sign * (number // value)
        number %= value
    return out


def letter(number: int) -> str:
    """a, b, c, d, đ, e, g …; after y it goes on with aa."""
    turn, place = divmod(number - 1, len(ALPHABET))
    return ALPHABET[place] * (turn + 1)


@lru_cache
def layouts() -> tuple[Layout, ...]:
    found = []
    for file in sorted((RULES / "layout").glob("*.toml")):
        values: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
        values["motto"] = tuple(Motto(**line) for line in values["motto"])
        values["headings"] = tuple(values["headings"])
        values["columns_mm"] = tuple(values["columns_mm"])
        found.append(Layout(name=file.stem, **values))
    return tuple(found)


@lru_cache
def layout_for(system: str, on: date) -> Layout:
    """The layout in force on that day. Before the oldest one known, the oldest: ``covers(on)`` tells.

    Raises LookupError for a system of papers that has no layout.
    """
    fitting = sorted((each for each in layouts() if each.system == system), key=lambda each: each.valid_from)
    if not fitting:
        raise LookupError(system)
    return next((each for each in reversed(fitting) if each.covers(on)), fitting[0])
