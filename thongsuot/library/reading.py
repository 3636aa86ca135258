"""A text as one reads it: cut into pages at its parts and chapters, rendered, with its references as links."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib.staticfiles import finders
from django.db.models import Q, QuerySet
from django.http import Http404
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from thongsuot.library.models import Citation, Document, Edition, Passage, PictureSize
from thongsuot.library.quoting import cite
from thongsuot.library.rendering import render

Kind = Passage.Kind
_CUTS = (Kind.PART, Kind.CHAPTER, Kind.ANNEX)
_HEADINGS = (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION, Kind.ARTICLE, Kind.ANNEX)
# The page of what stands before the first chapter, or of a text without any.
BEGINNING = "text"


@dataclass
class Entry:
    """A line of the table of contents."""

    anchor: str
    name: str
    url: str
    below: list["Entry"] = field(default_factory=list)


@dataclass(frozen=True)
class ReadingPage:
    anchor: str
    name: str
    url: str
    part: str
    part_anchor: str
    first: int  # positions [first, end)
    end: int | None

    def holds(self, passage: Passage) -> bool:
        return self.first <= passage.position and (self.end is None or passage.position < self.end)


@dataclass
class Piece:
    """A passage on a reading page."""

    passage: Passage
    html: SafeString
    cite: str
    page_begins: str = ""
    picture: str = ""
    sizes: str = ""  # srcset of an imported picture
    number: str = ""
    level: int = 2  # of an article's heading: below the section that it stands in, if it stands in one
    points: list[tuple[str, Passage]] = field(default_factory=list)
    cited_by: list[Citation] = field(default_factory=list)


def _page_url(edition: Edition, anchor: str) -> str:
    return reverse("library:chapter", args=[edition.document.slug, anchor])


def outline(edition: Edition) -> tuple[list[Entry], list[ReadingPage]]:
    """Table of contents and reading pages of the text; one query. Headings without words are no pages."""
    rows = list(
        edition.passages.filter(is_withdrawn=False, kind__in=_HEADINGS)
        .only("position", "kind", "anchor", "label", "heading", "parent_id", "edition_id")
        .order_by("position")
    )
    pages = _pages(edition, rows)
    entries: dict[int, Entry] = {}
    top: list[Entry] = []
    for row in rows:
        page = next((page for page in reversed(pages) if page.holds(row)), None)
        page = page or next((page for page in pages if page.first > row.position), None)
        url = (page.url if page else "") + ("" if page and page.anchor == row.anchor else f"#{row.anchor}")
        entry = Entry(row.anchor, str(row), url)
        entries[row.pk] = entry
        above = entries.get(row.parent_id) if row.parent_id else None
        (above.below if above else top).append(entry)
    return top, pages


def _pages(edition: Edition, headings: Sequence[Passage]) -> list[ReadingPage]:
    cuts = [row for row in headings if row.kind in _CUTS]
    pages = []
    first = cuts[0].position if cuts else None
    if first is None or first > 1:
        name = str(edition.document.title if not cuts else _("Beginning"))
        pages.append(ReadingPage(BEGINNING, name, _page_url(edition, BEGINNING), "", "", 0, first))
    part, part_anchor = "", ""
    for n, row in enumerate(cuts):
        end = cuts[n + 1].position if n + 1 < len(cuts) else None
        if row.kind == Kind.PART:
            part, part_anchor = str(row), row.anchor
            if end == row.position + 1:
                continue  # nothing between the part and its first chapter
        over = (part, part_anchor) if row.kind == Kind.CHAPTER else ("", "")
        pages.append(ReadingPage(row.anchor, str(row), _page_url(edition, row.anchor), *over, row.position, end))
    return pages


def page_called(pages: Sequence[ReadingPage], anchor: str) -> int:
    """Its place in the row of pages; 404 where the text has none of that name."""
    for n, page in enumerate(pages):
        if page.anchor == anchor:
            return n
    raise Http404


def page_of(passage: Passage) -> str:
    """The address at which the passage is read; a part without words of its own opens its first chapter."""
    _entries, pages = outline(passage.edition)
    page = next((page for page in reversed(pages) if page.holds(passage)), None)
    page = page or next((page for page in pages if page.first > passage.position), None)
    return f"{page.url if page else ''}#{passage.anchor}"


def passages_on(edition: Edition, page: ReadingPage) -> QuerySet[Passage]:
    reach = Q(position__gte=page.first) & (Q(position__lt=page.end) if page.end else Q())
    return edition.passages.filter(reach, is_withdrawn=False).exclude(anchor=page.anchor).order_by("position")


def pieces(edition: Edition, passages: Sequence[Passage], seen: QuerySet[Document]) -> list[Piece]:
    """The passages ready to be shown; references lead only to, and come only from, documents that are seen."""
    keys = [passage.pk for passage in passages]
    going: dict[int | None, list[Citation]] = defaultdict(list)
    coming: dict[int | None, list[Citation]] = defaultdict(list)
    references = Citation.objects.filter(Q(passage__in=keys), target__in=seen)
    for citation in references.select_related("target", "target_passage"):
        going[citation.passage_id].append(citation)
    twins = Citation.objects.filter(
        target_passage__in=keys, document__in=seen, passage__edition__language=edition.language
    )
    for citation in twins.exclude(document=edition.document).select_related("document", "passage"):
        if all(other.passage_id != citation.passage_id for other in coming[citation.target_passage_id]):
            coming[citation.target_passage_id].append(citation)
    widths = _picture_widths({passage.image_id for passage in passages if passage.image_id})
    made: list[Piece] = []
    printed = ""
    level = 2
    for passage in passages:
        # Points of an outline without words stand in one line under their clause.
        if passage.kind == Kind.POINT and not passage.text and made:
            made[-1].points.append((item_number(passage), passage))
            made[-1].cited_by += coming[passage.pk]
            continue
        html = render(passage, going[passage.pk])
        picture = picture_url(passage)
        piece = Piece(passage, html, cite(edition, passage), picture=picture, cited_by=coming[passage.pk])
        if sizes := widths.get(passage.image_id or 0):
            piece.sizes, piece.picture = ", ".join(sizes), sizes[-1].partition(" ")[0]
        if passage.kind in (Kind.CLAUSE, Kind.POINT):
            piece.number = item_number(passage)
        elif passage.kind == Kind.FOOTNOTE:
            piece.number = passage.label.lstrip("fe")
        level = _LEVELS.get(passage.kind, level)
        piece.level = level
        if passage.printed_page and passage.printed_page != printed:
            printed = piece.page_begins = passage.printed_page
        made.append(piece)
    return made


# Of the headings that stand in it.
_LEVELS: dict[str, int] = {Kind.SECTION: 3, Kind.SUBSECTION: 4}


def item_number(passage: Passage) -> str:
    """The 2 of dieu-20.khoan-2, the đ of dieu-20.khoan-2.diem-đ."""
    return passage.anchor.rpartition("-")[2]


def _picture_widths(pictures: set[int]) -> dict[int, list[str]]:
    """For each picture its sizes as a browser chooses among them, narrowest first."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = PictureSize.objects.filter(picture__in=pictures).order_by("width")
    for picture, uid, width in rows.values_list("picture_id", "picture__uid", "width") if pictures else ():
        found[picture].append(f"{reverse('library:picture', args=[uid, width])} {width}w")
    return found


def picture_of(passage: Passage) -> str:
    """The plate's picture in its largest size; empty for what shows none."""
    sizes = _picture_widths({passage.image_id}) if passage.image_id else {}
    return sizes[passage.image_id][-1].partition(" ")[0] if sizes and passage.image_id else picture_url(passage)


def picture_url(passage: Passage) -> str:
    """Where the plate's drawing is served; empty where the drawing is not among the static files."""
    if not passage.picture or not finders.find(passage.picture):
        return ""
    return static(passage.picture)


def twin(edition: Edition, anchor: str, language: str) -> str:
    """The same page in the other language, if the document has it."""
    other = edition.document.editions.filter(language=language)
    stands = Q(edition__in=other, anchor=anchor, is_withdrawn=False)
    if not (other.exists() if anchor == BEGINNING else Passage.objects.filter(stands).exists()):
        return ""
    return f"{_page_url(edition, anchor)}?lang={language}"


def in_language(passage: Passage, language: str) -> Passage:
    """The same passage in the reader's language, where the document has it; else the passage itself."""
    if passage.edition.language == language:
        return passage
    same = Passage.objects.filter(
        edition__document=passage.edition.document_id, edition__language=language, anchor=passage.anchor
    ).exclude(is_withdrawn=True)
    return same.select_related("edition__document").first() or passage


def cited_by(document: Document, seen: QuerySet[Document], language: str, most: int = 200) -> list[Citation]:
    """Passages of other documents that name this one, each once, in their order."""
    citations = (
        Citation.objects.filter(target=document, document__in=seen)
        .exclude(document=document)
        .filter(Q(passage=None) | Q(passage__edition__language=language) | ~Q(document__editions__language=language))
        .select_related("document", "passage")
        .order_by("document", "passage__position")
        .distinct()
    )
    once: dict[tuple[int, int | None], Citation] = {}
    for citation in citations[: most * 3]:
        once.setdefault((citation.document_id, citation.passage_id), citation)
    return list(once.values())[:most]
