"""Laws and directives in PDF: lines of centred heads, wrapped headings, notes at the foot of the page."""

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from statistics import median
from typing import Any

import pypdfium2.raw as raw

from thongsuot.library.formats import drafts as kinds
from thongsuot.library.formats.drafts import Draft, Reading
from thongsuot.library.formats.heads import is_type
from thongsuot.library.formats.pdf_rows import Block, Page, Row, is_bold, is_parted
from thongsuot.library.formats.signs import END, is_capitals
from thongsuot.library.formats.structure import Line, read_lines
from thongsuot.viet.text import nfc

_SMALL, _RAISED = 0.92, 0.8  # of the body's size: notes at the foot; a note's mark
_ENDS = re.compile(r"[.!?:;…”\"»)]\s*$")
_OPENS = re.compile(
    r"^(?:Điều \d+[a-zđ]?\s*(?:[.:]|$)|Chương [IVXLC\d]|Mục \d|\d{1,3}[a-zđ]?\. |[a-zđ]\d?\) |[IVX]+\. |[-–•+] "
    r"|Nơi nhận|Căn cứ |Số\s*:)"
)
_NOTE = re.compile(r"^(\d{1,3})(?:\s+(\S.*))?$")
_ARTICLE_NUMBER = re.compile(r"^Điều \d{1,4}[a-zđ]?\s*\.")
_REFERS = re.compile(r"(?:khoản|điểm|các|và|tại|hoặc|,|\s\d{1,2}|\s[a-zđ])$", re.IGNORECASE)
_CLAUSE_NUMBER = re.compile(r"^\s*\d{1,3}[a-zđ]?\.$")
_MARK = re.compile(r"\s*\[\^(\d{1,3})\]")


@dataclass
class _Note:
    number: str
    page: str
    sheet: int
    left: float = 0.0  # the page's margin
    rows: list[Row] = field(default_factory=list)
    foot: tuple[int, float] = (0, 0.0)  # the page to whose foot it reaches, and where it ends there

    @property
    def text(self) -> str:
        blocks: list[Block] = []
        for n, row in enumerate(self.rows):
            is_indented = row.left > self.left + 15 and not is_parted(self.rows[n - 1], row)
            if n == 0 or is_indented:
                blocks.append(Block([], self.page, self.sheet))
            blocks[-1].rows.append(row)
        return "\n\n".join(block.text for block in blocks)


def read_paper(document: Any, pages: Sequence[Page]) -> Reading:
    """Running heads and page numbers are gone from the pages already."""
    # There may be more lines of notes than of the text: it stands above them.
    rows = [row for page in pages for row in page.rows]
    above = [row for page in pages for row in page.rows if row.bottom > page.height / 2]
    body = median(row.size for row in above or rows)
    notes: list[_Note] = []
    for page in pages:
        _look_closer(document, page)
        _take_marks(page, body)
        _take_notes(page, body, notes)
    reading = read_lines(list(_lines(pages)))
    _put_notes(reading, notes)
    return reading


def _look_closer(document: Any, page: Page) -> None:
    """Which rows are bold throughout, and which digits are marks of notes: letter by letter."""
    source = document[page.number - 1]
    try:
        text = source.get_textpage()
        try:
            for row in page.rows:
                _look_at(text, row)
        finally:
            text.close()
    finally:
        source.close()


def _look_at(text: Any, row: Row) -> None:
    if row.first < 0 or row.last < row.first:
        return
    letters = [(chr(raw.FPDFText_GetUnicode(text, n)), n) for n in range(row.first, row.last + 1)]
    shown = [(letter, n) for letter, n in letters if letter.strip()]
    if not shown:
        return
    bold = sum(is_bold(text, n) for _letter, n in shown)
    begins_bold, row.bold = row.bold, bold > 0.6 * len(shown)
    if begins_bold and not row.bold and (number := _ARTICLE_NUMBER.match(row.text)):
        # Only "Điều 1." is bold: the article has no heading, its text begins in the line.
        row.text = f"{row.text[: number.end()]}\n{row.text[number.end() :].strip()}"
    places = [(letter, n, *_place(text, n)) for letter, n in shown]
    usual, tallest = median(bottom for _letter, _n, bottom, _height in places), max(each[3] for each in places)

    def is_raised(letter: str, _n: int, bottom: float, height: float) -> bool:
        return letter.isdigit() and bottom > usual + 0.25 * tallest and height < _RAISED * tallest

    leading = list(takewhile(lambda each: each[0].isdigit(), places))
    row.raised = len(leading) if len(leading) < len(places) and all(is_raised(*each) for each in leading) else 0
    marks = {each[1] for each in places[len(leading) :] if is_raised(*each)}
    if 0 < len(marks) <= 6:
        parted = "\u00ad" if row.text.endswith("\u00ad") else ""
        row.text = _with_marks(letters, marks) + parted


def _place(text: Any, letter: int) -> tuple[float, float]:
    """Where the letter stands and how tall it is drawn."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text, letter, left, right, bottom, top)
    return bottom.value, top.value - bottom.value


def _with_marks(letters: Sequence[tuple[str, int]], marks: set[int]) -> str:
    """Raised digits become the mark of a note: 3.⁵ becomes 3. [^5]."""
    made: list[str] = []
    run = ""
    for letter, n in [*letters, ("", -1)]:
        if n in marks:
            run += letter
            continue
        if run:
            # The number of a clause keeps its blank, by which it is known.
            made.append(f"{' ' if _CLAUSE_NUMBER.match(''.join(made)) else ''}[^{run}]")
            run = ""
        made.append(letter)
    return " ".join(nfc("".join(made).replace("\ufffe", "").replace("\0", "")).split())


def _take_marks(page: Page, body: float) -> None:
    """A raised number beside a line is the mark of a note; the rest of its line goes on behind it."""
    kept: list[Row] = []
    for row in page.rows:
        last = kept[-1] if kept else None
        beside = last is not None and last.bottom < row.top and row.bottom < last.top and row.left >= last.right - 3
        is_raised = row.size < _RAISED * body
        if last and beside and (number := _number_of(row, body)) and number[1]:
            # The mark and what follows it in one: "đ)" and beside it "⁴⁶ Xuất trình".
            last.text, last.right = f"{last.text} [^{number[0]}] {number[1]}", row.right
            last.bottom = min(last.bottom, row.bottom)
        elif last and beside and row.text.isdigit() and len(row.text) <= 3 and is_raised:
            last.text = f"{last.text}[^{row.text}]"
            last.right = row.right
        elif last and beside and row.left - last.right < 12 and not last.text.isdigit():
            glue = "" if row.text[:1] in ".,;:)”" else " "
            last.text, last.right = f"{last.text}{glue}{row.text}", row.right
        else:
            kept.append(row)
    page.rows = kept


def _number_of(row: Row, body: float) -> tuple[str, str] | None:
    """The number of a note with which the row begins, set as one, and what follows it."""
    if row.raised:
        return row.text[: row.raised], row.text[row.raised :].strip()
    match = _NOTE.match(row.text) if row.size < _RAISED * body else None
    return (match[1], match[2] or "") if match else None


def _take_notes(page: Page, body: float, notes: list[_Note]) -> None:
    """The small rows at the foot of the page, from the first that begins with a number on."""
    start = len(page.rows)
    while start and page.rows[start - 1].size < _SMALL * body:
        start -= 1
    small = page.rows[start:]
    first = next((n for n, row in enumerate(small) if _number_of(row, body)), len(small))
    if small and notes and _note_goes_on(notes[-1], small, page):
        first = 0
    left = min((row.left for row in page.rows), default=0.0)
    for row in small[first:]:
        number, words = _number_of(row, body) or ("", "")
        following = int(notes[-1].number) + 1 if notes else None
        if number and (following is None or int(number) <= following + 1):
            notes.append(_Note(number, page.label, page.number, left))
            if words:
                notes[-1].rows.append(Row(words, row.left, row.right, row.bottom, row.top, row.size, row.bold))
        elif notes:
            notes[-1].rows.append(row)
        if notes:
            notes[-1].foot = (page.number, row.bottom)
    if first < len(small):
        page.rows = page.rows[: start + first]


def _note_goes_on(note: _Note, small: Sequence[Row], page: Page) -> bool:
    """Whether small rows at the foot belong to the last note of the page before."""
    if note.foot[0] != page.number - 1 or END.match(small[0].text):
        return False
    is_open = not _ENDS.search(note.text) or note.text.count("“") > note.text.count("”")
    return is_open or abs(note.foot[1] - small[-1].bottom) < 3


def _lines(pages: Sequence[Page]) -> Iterator[Line]:
    """Rows to paragraphs; a heading over two lines is one line."""
    waiting: Block | None = None
    for page in pages:
        if not page.rows:
            continue
        left, right = min(row.left for row in page.rows), max(row.right for row in page.rows)
        for row in page.rows:
            head, _break, rest = row.text.partition("\n")
            if waiting and _goes_on(waiting.rows[-1], row, left, right):
                waiting.rows.append(row)
                continue
            if waiting:
                yield _line(waiting)
            waiting = None
            if rest:
                yield Line(head, page.label, sheet=page.number)
                row.text = rest
            waiting = Block([row], page.label, page.number)
    if waiting:
        yield _line(waiting)


def _line(block: Block) -> Line:
    row = block.rows[0]
    return Line(block.text, block.page, row.bold, row.size, row.left, block.sheet)


def _goes_on(last: Row, row: Row, left: float, right: float) -> bool:
    if is_parted(last, row):
        return True
    # The first letter alone may be of another size.
    is_odd = abs(last.size - row.size) > 1 and not (abs(row.left - left) < 3 and last.right > right - 3)
    width = right - left
    is_full = last.right > right - 0.15 * width
    if is_odd or last.bold != row.bold or "\n" in row.text:
        return False
    if _OPENS.match(row.text):
        # "…tại khoản 2" and in the next line, from the margin on, "Điều 8." of the same sentence.
        is_reference = _REFERS.search(last.text) and _ARTICLE_NUMBER.match(row.text)
        return bool(is_full and is_reference and row.left < left + 3)
    if row.bottom > last.top:  # over the page: the line before it went on to the margin
        return is_full and last.left < left + 60 and not _ENDS.search(last.text) and row.left < left + 8
    if last.bottom - row.top > row.size * 0.9:
        return False
    if _is_centred(last, left, right) and _is_centred(row, left, right):
        # A type of paper stands alone, and capitals end where small letters begin.
        return not is_type(last.text) and is_capitals(last.text) == is_capitals(row.text)
    is_hanging = is_full and bool(_OPENS.match(last.text)) and not _ENDS.search(last.text)
    is_indented = row.left > left + 8 and row.left > last.left + 8 and not is_hanging
    return not is_indented and not (not is_full and _ENDS.search(last.text))


def _is_centred(row: Row, left: float, right: float) -> bool:
    """Set in from both margins alike."""
    before, after = row.left - left, right - row.right
    return before > 15 and after > 15 and abs(before - after) < 0.12 * (right - left)


def _put_notes(reading: Reading, notes: Sequence[_Note]) -> None:
    """Each note after the passage that bears its mark; in a heading the mark itself would be in the way."""
    waiting = {note.number: note for note in notes if note.rows}
    made: list[Draft] = []
    for draft in reading.drafts:
        made.append(draft)
        found = _MARK.findall(f"{draft.label} {draft.heading} {draft.text}")
        draft.heading = _MARK.sub("", draft.heading)
        for number in found:
            if note := waiting.pop(number, None):
                made.append(_note_draft(note, draft))
    made += [_note_draft(note, None) for note in waiting.values()]
    reading.drafts = made


def _note_draft(note: _Note, draft: Draft | None) -> Draft:
    over = (draft.anchor if draft.kind in kinds.HEADINGS else draft.parent) if draft else ""
    return Draft(
        kinds.FOOTNOTE, f"chu-thich-{note.number}", over, label=note.number, text=note.text, printed_page=note.page,
        sheet=note.sheet,
    )  # fmt: skip
