"""Books and papers in PDF with a text layer: lines by their places, headings by the outline or their type."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from thongsuot.library.formats import progress
from thongsuot.library.formats.books import CAPTION, Book
from thongsuot.library.formats.drafts import CannotRead, Reading
from thongsuot.library.formats.markdown import at_start, escaped
from thongsuot.library.formats.pdf_papers import read_paper
from thongsuot.library.formats.pdf_rows import (
    Block,
    Page,
    PlacedPicture,
    Row,
    edges,
    is_apart,
    is_parted,
    place_of,
    rows_on,
)
from thongsuot.library.formats.structure import is_directive, is_law
from thongsuot.viet.text import fold, nfc

MOST_PAGES, MOST_PICTURES = 3000, 2000
_LEAST_PICTURE = 30.0  # points: smaller ones are ornaments
_PIXELS = 1600
_SHOWN = 1100  # pixels, the width of a page beside what was read from it
# Dots that lead to a page number, and how many lines of them make a page of contents.
_LEADERS, _MOST_LEADERS = re.compile(r"(?:\s?\.){6,}\s*[\divxlc]*\s*$"), 4
_ENDS = re.compile(r"[.!?:;…”\"»)]\s*$")
_FOOTNOTE = re.compile(r"^\[?\(?(\d{1,3})\)?\]?[.\s]\s*(\S.*)$")
_OPENS = re.compile(
    r"^(?:Điều \d+[a-zđ]?\s*(?:[.:]|$)|Chương [IVXLC\d]|Mục \d|\d{1,3}[a-zđ]?\. |[a-zđ]\d?\) |[IVX]+\. |[-–•+] )"
)


def read(path: Path, into: Path) -> Reading:
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        locked = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower()
        raise CannotRead("locked" if locked else "damaged") from error
    try:
        if len(document) > MOST_PAGES:
            raise CannotRead("too-many-pages", str(len(document)))
        return _Reader(document, into).reading()
    except pdfium.PdfiumError as error:
        raise CannotRead("damaged") from error
    finally:
        document.close()


def draw_page(path: Path, number: int, into: Path) -> None:
    """The page as a picture for a screen, counted from 1. Raises CannotRead."""
    try:
        document = pdfium.PdfDocument(path)
        page = document[number - 1]
        width, height = page.get_size()
        if not 0 < width < 5000 or not 0 < height < 5000:
            raise CannotRead("too-big")
        page.render(scale=_SHOWN / width).to_pil().convert("RGB").save(into, "WEBP", quality=80, method=2)
    except (pdfium.PdfiumError, IndexError) as error:
        raise CannotRead("damaged") from error


class _Reader:
    def __init__(self, document: Any, into: Path) -> None:
        self.document, self.into = document, into
        self.book = Book()
        self.pages = [self._page(number) for number in progress.along(range(len(document)), 0, 50)]

    def reading(self) -> Reading:
        letters = sum(len(row.text) for page in self.pages for row in page.rows)
        if letters < 20 * len(self.pages):
            raise CannotRead("scan" if any(page.has_image for page in self.pages) else "empty")
        self._drop_contents()
        self.body = median(row.size for page in self.pages for row in page.rows)
        self._number_pages()
        texts = [row.text for page in self.pages for row in page.rows]
        if is_law(texts) or is_directive(texts):
            return read_paper(self.document, self.pages)
        self._pictures()
        return self._book()

    # -- what stands on a page

    def _page(self, number: int) -> Page:
        page = self.document[number]
        try:
            width, height = page.get_size()
            made = Page(number + 1, width, height, self.document.get_page_label(number) or "")
            text_page = page.get_textpage()
            try:
                made.rows = list(rows_on(text_page))
            finally:
                text_page.close()
            made.has_image = any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2))
            return made
        finally:
            page.close()

    def _drop_contents(self) -> None:
        """The printed table of contents is made anew from the headings."""
        for page in self.pages:
            if sum(bool(_LEADERS.search(row.text)) for row in page.rows) >= _MOST_LEADERS:
                page.rows = []

    def _number_pages(self) -> None:
        """Take running heads and feet away; a number in them is the printed page where the file names none."""
        ends: Counter[tuple[str, int]] = Counter()
        for page in self.pages:
            ends.update({place_of(row) for row in edges(page)})
        # Heads change with the chapter: a few times at one place tell enough.
        least = 3 if len(self.pages) > 8 else 2
        offsets: Counter[int] = Counter()
        for n, page in enumerate(self.pages):
            running = _running(page, ends, least)
            for row in running:
                if found := re.search(r"^\W*(\d{1,4})\b|\b(\d{1,4})\W*$", row.text):
                    offsets[int(found[1] or found[2]) - n] += 1
            page.rows = [row for row in page.rows if row not in running]
        labelled = len({page.label for page in self.pages if page.label}) > 1
        common = offsets.most_common(1)
        for n, page in enumerate(self.pages):
            if not labelled:
                is_sure = common and common[0][1] * 2 >= len(self.pages)
                page.label = str(n + common[0][0]) if is_sure and n + common[0][0] > 0 else str(n + 1)

    def _pictures(self) -> None:
        for number, page in enumerate(progress.along(self.pages, 50, 70)):
            has_caption = any(CAPTION.match(row.text) for row in page.rows)
            if page.has_image or has_caption:
                self._draw(number, page)

    def _draw(self, number: int, page: Page) -> None:
        source = self.document[number]
        try:
            found = source.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2)
            places = [_bounds(item) for item in found]
            places = [p for p in places if p[2] - p[0] > _LEAST_PICTURE and p[3] - p[1] > _LEAST_PICTURE]
            places += self._figures(source, page, places)
            for left, bottom, right, top in places:
                if len(self.book.pictures) >= MOST_PICTURES:
                    raise CannotRead("too-many-pictures")
                left, bottom = max(left, 0), max(bottom, 0)
                crop = (left, bottom, max(page.width - right, 0), max(page.height - top, 0))
                scale = min(_PIXELS / max(right - left, top - bottom), 4)
                if right <= left or top <= bottom or page.width > 5000 or page.height > 5000:
                    continue
                name = f"p{number + 1}-{len(page.pictures) + 1}.png"
                source.render(scale=scale, crop=crop).to_pil().save(self.into / name)
                self.book.pictures.append(name)
                page.pictures.append(PlacedPicture(name, bottom, top))
        finally:
            source.close()

    def _figures(self, source: Any, page: Page, places: list[Any]) -> Iterator[Any]:
        """Drawings made of paths: what is drawn between a caption and the text above it."""
        paths: list[Any] | None = None
        for n, row in enumerate(page.rows):
            if not CAPTION.match(row.text) or any(0 <= place[1] - row.top < 60 for place in places):
                continue
            if paths is None:
                paths = [_bounds(item) for item in source.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=2)]
            above = [other.bottom for other in page.rows[:n] if other.bottom > row.top and other.size > self.body * 0.95
                     and other.right - other.left > page.width / 2]  # fmt: skip
            ceiling = min(above, default=page.height - 30)
            drawn = [p for p in paths if p[1] >= row.top - 2 and p[3] <= ceiling + 2]
            if drawn and ceiling - row.top > _LEAST_PICTURE:
                yield (min(p[0] for p in drawn) - 4, row.top, max(p[2] for p in drawn) + 4,
                       min(max(p[3] for p in drawn) + 4, ceiling))  # fmt: skip

    # -- lines to paragraphs

    def _goes_on(self, last: Row, row: Row, left: float, right: float) -> bool:
        if is_parted(last, row):
            return True
        if _OPENS.match(row.text) or CAPTION.match(row.text):
            return False
        # A line may begin with a word of another type (code, a bold word): the one before it went on to the margin.
        is_full = last.right > right - 3 and not _ENDS.search(last.text)
        is_set_out = is_full and abs(row.left - left) < 3 and not (_is_note(row) and row.size < last.size)
        if (abs(last.size - row.size) > 1 or last.bold != row.bold) and not is_set_out:
            return False
        if row.bottom > last.top:  # over the page
            return not _ENDS.search(last.text) and row.left < left + 8
        gap = last.bottom - row.top
        is_indented = row.left > left + 8 and row.left > last.left + 8
        is_short = last.right < right - 0.12 * (right - left)
        return gap < row.size * 0.9 and not is_indented and not (is_short and _ENDS.search(last.text))

    def _code_goes_on(self, block: Block, row: Row, right: float) -> bool:
        """Lines of code stand together; a formula inside a sentence may fill a line of it."""
        last = block.rows[-1]
        gap = last.bottom - row.top
        if block.is_code and row.is_code:
            return row.bottom > last.top or gap < 3 * row.size
        return last.right > right - 3 and -row.size < gap < 0.8 * min(row.size, last.size)

    def _book(self) -> Reading:
        marks = self._outline()
        headed: set[int] = set()  # further lines of a heading, by id
        titles: dict[int, tuple[int, str]] = {}
        for number, level, title in marks:
            rows = self.pages[number].rows if 0 <= number < len(self.pages) else []
            found = _match(rows, title, titles)
            if found:
                titles[id(found[0])] = (level, title)
                headed.update(id(row) for row in found[1:])
            elif rows:
                # The title stands nowhere in these words: the page still opens with it.
                titles.setdefault(-id(rows[0]), (level, title))
        if not marks:
            titles = self._by_size(headed)
        self._fill(titles, headed)
        self.book.about.pages = len(self.pages)
        self.book.about.title = nfc(self.document.get_metadata_value("Title"))[:400]
        self.book.about.author = nfc(self.document.get_metadata_value("Author"))[:200]
        return self.book.reading()

    def _outline(self) -> list[tuple[int, int, str]]:
        marks = []
        for mark in self.document.get_toc(max_depth=6):
            dest = mark.get_dest()
            number = dest.get_index() if dest else None
            title = " ".join(nfc(mark.get_title()).split())
            if number is not None and title:
                marks.append((number, mark.level + 1, title))
            if len(marks) > 20_000:
                raise CannotRead("too-big")
        return marks

    def _by_size(self, headed: set[int]) -> dict[int, tuple[int, str]]:
        large = [row for page in self.pages for row in page.rows if row.size > self.body * 1.12 and len(row.text) < 200]
        sizes = sorted({round(row.size) for row in large}, reverse=True)[:4]
        titles: dict[int, tuple[int, str]] = {}
        last: tuple[int, int, int] | None = None
        for n, page in enumerate(self.pages):
            for place, row in enumerate(page.rows):
                if row.size <= self.body * 1.12 or round(row.size) not in sizes or len(row.text) >= 200:
                    continue
                level = sizes.index(round(row.size)) + 1
                if last and last[:2] == (n, place - 1) and titles[last[2]][0] == level:
                    titles[last[2]] = (level, f"{titles[last[2]][1]} {row.text}".replace("\u00ad ", ""))
                    headed.add(id(row))
                    last = (n, place, last[2])
                else:
                    titles[id(row)] = (level, row.text)
                    last = (n, place, id(row))
        return titles

    def _fill(self, titles: dict[int, tuple[int, str]], headed: set[int]) -> None:
        waiting: Block | None = None
        for page in self.pages:
            left = min((row.left for row in page.rows), default=0.0)
            right = max((row.right for row in page.rows), default=0.0)
            for row in page.rows:
                at_top = titles.get(-id(row))
                title = titles.get(id(row))
                for heading in (at_top, title):
                    if heading:
                        self._end(waiting, page)
                        waiting = None
                        self.book.sheet = page.number
                        self.book.heading(heading[0], heading[1], page.label)
                if title or id(row) in headed:
                    continue
                if waiting and (
                    self._code_goes_on(waiting, row, right)
                    if waiting.is_code or row.is_code
                    else self._goes_on(waiting.rows[-1], row, left, right)
                ):
                    waiting.rows.append(row)
                    continue
                self._end(waiting, page)
                waiting = Block([row], page.label, page.number)
            rest = [picture for picture in page.pictures if not picture.used]
            if rest and waiting and CAPTION.match(waiting.text):
                self._end(waiting, page)
                waiting = None
            for picture in page.pictures:
                if not picture.used:
                    self.book.sheet = page.number
                    self.book.plate(picture.name, page.label)
                    picture.used = True
        self._end(waiting, self.pages[-1])

    def _end(self, block: Block | None, page: Page) -> None:
        if not block:
            return
        text = block.text
        self.book.sheet = block.sheet
        small = block.rows[0].size < self.body * 0.92 and not block.is_code
        if CAPTION.match(text) and len(text) < 600:
            free = [picture for picture in page.pictures if not picture.used]
            if free:
                picture = min(free, key=lambda p: abs(p.bottom - block.rows[0].top))
                picture.used = True
                self.book.plate(picture.name, block.page, caption=text)
                return
        if (
            small
            and (note := _FOOTNOTE.match(text))
            and _is_note(block.rows[0])
            and block.rows[0].top < page.height * 0.4
        ):
            self.book.footnote(note[1], escaped(note[2]), block.page)
            return
        self.book.paragraph(block.markdown if block.is_code else at_start(block.markdown), block.page)


def _running(page: Page, ends: Counter[tuple[str, int]], least: int) -> list[Row]:
    """The lines at the edges that stand on other pages too, and numbers alone, where they stand off from the text.

    Notes end in the same words on page after page: they stand close under the lines before them.
    """
    found: list[Row] = []
    rows = sorted(page.rows, key=lambda row: row.bottom)
    places = {id(row): n for n, row in enumerate(rows)}
    # From the text outward: what stands beyond a running line is one too.
    for row in sorted(edges(page), key=lambda row: abs(row.bottom - page.height / 2)):
        place = places[id(row)]
        inner = place + 1 if row.bottom < page.height / 2 else place - 1
        beside = rows[inner] if 0 <= inner < len(rows) else None
        is_number = row.text.strip(" -–").isdigit()
        if is_number and beside and beside not in found:
            is_number = not (beside.bottom <= row.top <= beside.top + row.size and row.size < 0.8 * beside.size)
        if is_number or (ends[place_of(row)] >= least and (beside in found or is_apart(row, beside))):
            found.append(row)
    return found


def _bounds(item: Any) -> tuple[float, float, float, float]:
    bounds = item.get_bounds() if hasattr(item, "get_bounds") else item.get_pos()
    return tuple(bounds)  # type: ignore[return-value]


def _is_note(row: Row) -> bool:
    """Whether the row begins with a note's number; a number in a typewriter's letters is code in a sentence."""
    return bool(_FOOTNOTE.match(row.text)) and not (row.typed and row.typed[0][0] == 0)


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", fold(text))


def _match(rows: list[Row], title: str, taken: dict[int, tuple[int, str]]) -> list[Row]:
    """The lines that together say the title."""
    wanted = _letters(title)
    for n in range(len(rows)):
        said = ""
        for end in range(n, min(n + 6, len(rows))):
            said += _letters(rows[end].text)
            # A number may stand before the title, in its own line: a line that holds nothing of the title is text.
            before = len(said) - len(wanted)
            if said.endswith(wanted) and (before == 0 or before < min(12, len(_letters(rows[n].text)))):
                if id(rows[n]) not in taken:
                    return rows[n : end + 1]
                break
            if len(said) > len(wanted) + 12:
                break
    return []
