"""Where things stand in a text: its reading pages, the sheets that long ones come in, its table of contents."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Length
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from thongsuot.library.editions import day_of
from thongsuot.library.models import Edition, Passage

Kind = Passage.Kind
CUTS = (Kind.PART, Kind.CHAPTER, Kind.ANNEX)
HEADINGS = (*CUTS, Kind.SECTION, Kind.SUBSECTION, Kind.ARTICLE)
# The page of what stands before the first chapter, or of a text without any.
BEGINNING = "text"
# A sheet is cut at the first heading after so many letters, anywhere after so many more; a phone draws it in a second.
SHEET, LONGEST_SHEET = 26_000, 36_000
# What the markup of a passage weighs beside its letters.
_FRAME = 120
# Of a work with more headings than this, the contents show parts, chapters and sections only.
MOST_HEADINGS = 1200
# Letters that people read aloud in their head in a minute: some 220 Vietnamese syllables.
LETTERS_A_MINUTE = 1000


@dataclass
class Entry:
    """A line of the table of contents."""

    anchor: str
    name: str
    url: str
    below: list["Entry"] = field(default_factory=list)
    is_here: bool = False


@dataclass(frozen=True)
class ReadingPage:
    anchor: str
    name: str
    url: str
    part: str
    part_anchor: str
    first: int  # positions [first, end)
    end: int | None

    def holds(self, passage: "Passage | Row") -> bool:
        return self.first <= passage.position and (self.end is None or passage.position < self.end)


@dataclass(frozen=True)
class Sheet:
    """A stretch of a reading page that is sent at once."""

    number: int
    first: int
    end: int | None
    letters: int


class Row(NamedTuple):
    """A passage without its words: of a long chapter there are thousands."""

    pk: int
    position: int
    kind: str
    anchor: str
    label: str
    heading: str
    parent_id: int | None
    letters: int

    def __str__(self) -> str:
        return ". ".join(part for part in (self.label, self.heading) if part)


@dataclass
class Chapter:
    """A reading page with what lies on it: asked for once, answered in one query."""

    edition: Edition
    page: ReadingPage

    @cached_property
    def rows(self) -> list[Row]:
        rows = passages_on(self.edition, self.page).select_related(None).annotate(letters=Length("text"))
        return [Row(*row) for row in rows.values_list(*Row._fields)]

    @cached_property
    def sheets(self) -> list[Sheet]:
        sheets: list[Sheet] = []
        first, letters, weight = self.page.first, 0, 0
        for n, row in enumerate(self.rows):
            is_cut = (weight > SHEET and _opens(row, self.rows[n - 1])) or weight > LONGEST_SHEET
            if n and is_cut and row.kind != Kind.FOOTNOTE:
                sheets.append(Sheet(len(sheets) + 1, first, row.position, letters))
                first, letters, weight = row.position, 0, 0
            letters += row.letters
            weight += row.letters + _FRAME
        sheets.append(Sheet(len(sheets) + 1, first, self.page.end, letters))
        return sheets

    @property
    def letters(self) -> int:
        return sum(sheet.letters for sheet in self.sheets)

    def sheet_called(self, number: str) -> Sheet:
        """The nearest that there is."""
        wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
        return self.sheets[min(max(wanted, 1), len(self.sheets)) - 1]

    def url_of(self, position: int) -> str:
        sheet = next((sheet for sheet in reversed(self.sheets) if sheet.first <= position), self.sheets[0])
        return self.url(sheet)

    def url(self, sheet: Sheet) -> str:
        return self.page.url + (f"?page={sheet.number}" if sheet.number > 1 else "")

    def entries(self, here: Sheet) -> list[Entry]:
        """Its headings; of a very long chapter those of this sheet and the sections of the others."""
        rows = [row for row in self.rows if row.kind in HEADINGS]
        if len(rows) > 150:
            on = [row.kind == Kind.SECTION or here.first <= row.position < (here.end or 10**9) for row in rows]
            rows = [row for row, is_on in zip(rows, on, strict=True) if is_on]

        def url(row: Row | Passage) -> str:
            is_on = here.first <= row.position and (here.end is None or row.position < here.end)
            return f"{'' if is_on else self.url_of(row.position)}#{row.anchor}"

        return _tree(rows, url)


def whole(chapter: Chapter) -> Sheet:
    """All of a chapter at once, as it is printed."""
    return Sheet(0, chapter.page.first, chapter.page.end, chapter.letters)


def _opens(row: Row, before: Row) -> bool:
    """Whether something begins here that is not its own heading's first words."""
    return row.kind in (Kind.SECTION, Kind.SUBSECTION, Kind.ARTICLE) and before.kind not in HEADINGS


def _tree(rows: Sequence[Row | Passage], url: Callable[[Row | Passage], str]) -> list[Entry]:
    entries: dict[int, Entry] = {}
    top: list[Entry] = []
    for row in rows:
        entry = entries[row.pk] = Entry(row.anchor, str(row), url(row))
        above = entries.get(row.parent_id) if row.parent_id else None
        (above.below if above else top).append(entry)
    return top


def page_url(edition: Edition, anchor: str) -> str:
    """Of a text that does not hold today, the day stands in the address."""
    if day := day_of(edition):
        return reverse("library:chapter_on", args=[edition.document.slug, day.isoformat(), anchor])
    return reverse("library:chapter", args=[edition.document.slug, anchor])


def reading_pages(edition: Edition) -> list[ReadingPage]:
    """One query, of parts, chapters and annexes alone."""
    return _pages(edition, list(_headings(edition, CUTS)))


def _headings(edition: Edition, kinds: Sequence[str]) -> QuerySet[Passage]:
    rows = edition.passages.filter(is_withdrawn=False, kind__in=kinds).order_by("position")
    return rows.only("position", "kind", "anchor", "label", "heading", "parent_id", "edition_id")


def outline(edition: Edition) -> tuple[list[Entry], list[ReadingPage]]:
    """Table of contents and reading pages of the whole text. Headings without words are no pages."""
    rows = list(_headings(edition, HEADINGS)[: MOST_HEADINGS + 1])
    if len(rows) > MOST_HEADINGS:
        rows = list(_headings(edition, (*CUTS, Kind.SECTION))[: MOST_HEADINGS * 3])
    pages = _pages(edition, [row for row in rows if row.kind in CUTS])
    begins = [page.first for page in pages]

    def url(row: Row | Passage) -> str:
        if row.kind not in CUTS:
            return page_url(edition, row.anchor)  # leads on to the sheet that it stands on
        page = pages[max(bisect_right(begins, row.position) - 1, 0)] if pages else None
        if page and not page.holds(row):
            page = next((each for each in pages if each.first > row.position), page)
        return (page.url if page else "") + ("" if page and page.anchor == row.anchor else f"#{row.anchor}")

    return _tree(rows, url), pages


def chapters(pages: Sequence[ReadingPage], here: ReadingPage, below: list[Entry]) -> list[Entry]:
    """The contents beside a text: parts with their chapters, the one that is open with its own headings."""
    top: list[Entry] = []
    part = ""
    for page in pages:
        entry = Entry(page.anchor, page.name, page.url, is_here=page == here)
        if entry.is_here:
            entry.below = below
        if page.part_anchor and page.part_anchor != part:
            part = page.part_anchor
            if not (top and top[-1].anchor == part):
                top.append(Entry(part, page.part, f"{page.url}#{part}"))
        (top[-1].below if page.part_anchor and top else top).append(entry)
    return top


def _pages(edition: Edition, cuts: Sequence[Passage]) -> list[ReadingPage]:
    pages = []
    first = cuts[0].position if cuts else None
    if first is None or first > 1:
        name = str(edition.document.title if not cuts else _("Beginning"))
        pages.append(ReadingPage(BEGINNING, name, page_url(edition, BEGINNING), "", "", 0, first))
    part, part_anchor = "", ""
    for n, row in enumerate(cuts):
        end = cuts[n + 1].position if n + 1 < len(cuts) else None
        if row.kind == Kind.PART:
            part, part_anchor = str(row), row.anchor
            if end == row.position + 1:
                continue  # nothing between the part and its first chapter
        over = (part, part_anchor) if row.kind == Kind.CHAPTER else ("", "")
        pages.append(ReadingPage(row.anchor, str(row), page_url(edition, row.anchor), *over, row.position, end))
    return pages


def page_called(pages: Sequence[ReadingPage], anchor: str) -> int:
    """Its place in the row of pages; 404 where the text has none of that name."""
    for n, page in enumerate(pages):
        if page.anchor == anchor:
            return n
    raise Http404


def page_of(passage: Passage, fragment: str = "") -> str:
    """The address at which the passage is read; a part without words of its own opens its first chapter."""
    pages = reading_pages(passage.edition)
    page = next((page for page in reversed(pages) if page.holds(passage)), None)
    fragment = fragment or passage.anchor
    if page is None:
        page = next((page for page in pages if page.first > passage.position), None)
        return f"{page.url if page else ''}#{fragment}"
    return f"{Chapter(passage.edition, page).url_of(passage.position)}#{fragment}"


def passages_on(edition: Edition, stretch: ReadingPage | Sheet) -> QuerySet[Passage]:
    reach = Q(position__gte=stretch.first) & (Q(position__lt=stretch.end) if stretch.end else Q())
    rows = edition.passages.filter(reach, is_withdrawn=False).order_by("position")
    # The chapter's own heading is the title of its page.
    return rows.exclude(kind__in=CUTS).select_related("image")


def last_position(edition: Edition) -> int:
    found = edition.passages.filter(is_withdrawn=False).aggregate(last=Max("position"))["last"]
    return max(found or 0, 1)


def minutes(letters: int) -> int:
    """How long it takes to read so much, at least one."""
    return max(round(letters / LETTERS_A_MINUTE), 1)
