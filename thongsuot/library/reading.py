"""A text as one reads it: its passages rendered, with their references, pictures, notes and printed pages."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib.staticfiles import finders
from django.db.models import F, Q, QuerySet
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString

from thongsuot.library.contents import BEGINNING, HEADINGS, Row, page_url
from thongsuot.library.formats.drafts import CLOSING
from thongsuot.library.models import Citation, Document, Edition, Passage, PictureSize
from thongsuot.library.quoting import place_of
from thongsuot.library.rendering import render

Kind = Passage.Kind
# Of the passages that name one, so many stand beside it; the page of the passage holds all.
NAMED_AT_ONCE = 3
# Of a much cited law, as many as could ever be shown on a page.
_MOST_COMING = 1000


@dataclass
class Piece:
    """A passage on a reading page."""

    passage: Passage
    html: SafeString
    place: str  # in a citation, between what stands before and after it in that of the whole text
    page_begins: str = ""
    picture: str = ""
    sizes: str = ""  # srcset of an imported picture
    number: str = ""
    level: int = 2  # of an article's heading: below the section that it stands in, if it stands in one
    called: bool = False  # a note whose mark stands on this page
    points: list[tuple[str, Passage]] = field(default_factory=list)
    cites: list[Citation] = field(default_factory=list)
    cited_by: list[Citation] = field(default_factory=list)

    @property
    def is_closing(self) -> bool:
        """Who signed the paper, and whom it goes to."""
        return self.passage.anchor.startswith(CLOSING)

    @property
    def more_cited_by(self) -> int:
        return max(len(self.cited_by) - NAMED_AT_ONCE, 0)


def pieces(
    edition: Edition, passages: Sequence[Passage], seen: QuerySet[Document], *, within: str = "", level: int = 2
) -> list[Piece]:
    """The passages ready to be shown; references lead only to, and come only from, documents that are seen.

    ``within`` and ``level`` are the heading that is open before the first of them, and that of an article there.
    """
    going, coming = _going(passages, seen), _coming(edition, passages, seen)
    widths = picture_widths({passage.image_id for passage in passages if passage.image_id})
    called: set[str] = set()
    made: list[Piece] = []
    printed = ""
    for passage in passages:
        # Points of an outline without words stand in one line under their clause.
        if passage.kind == Kind.POINT and not passage.text and made:
            made[-1].points.append((item_number(passage), passage))
            made[-1].cited_by += coming[passage.pk]
            continue
        if passage.kind in HEADINGS:
            within = str(passage)
        html = render(passage, going[passage.pk], called)
        place = place_of(passage, edition.language, within)
        piece = Piece(passage, html, place, cites=going[passage.pk], cited_by=coming[passage.pk])
        piece.picture = picture_url(passage)
        if sizes := widths.get(passage.image_id or 0):
            piece.sizes, piece.picture = ", ".join(sizes), sizes[-1].partition(" ")[0]
        if passage.kind in (Kind.CLAUSE, Kind.POINT):
            piece.number = item_number(passage)
        elif passage.kind == Kind.FOOTNOTE:
            piece.number = passage.label.lstrip("fe")
        level = LEVELS.get(passage.kind, level)
        piece.level = level
        if passage.printed_page and passage.printed_page != printed:
            printed = piece.page_begins = passage.printed_page
        made.append(piece)
    made += _notes_from_elsewhere(edition, called - {passage.anchor for passage in passages})
    for piece in made:
        piece.called = piece.passage.anchor in called
    return made


def _going(passages: Sequence[Passage], seen: QuerySet[Document]) -> dict[int | None, list[Citation]]:
    found: dict[int | None, list[Citation]] = defaultdict(list)
    references = Citation.objects.filter(passage__in=[passage.pk for passage in passages], target__in=seen)
    for citation in references.select_related("target", "target_passage").defer("target_passage__text"):
        found[citation.passage_id].append(citation)
    return found


def _coming(
    edition: Edition, passages: Sequence[Passage], seen: QuerySet[Document]
) -> dict[int | None, list[Citation]]:
    found: dict[int | None, list[Citation]] = defaultdict(list)
    citations = Citation.objects.filter(
        target_passage__in=[passage.pk for passage in passages],
        document__in=seen,
        passage__edition__language=edition.language,
    )
    citations = citations.exclude(document=edition.document).select_related("document", "passage")
    # A paragraph has no name of its own: it is called by the heading above it.
    citations = citations.annotate(above=F("passage__parent__heading"))
    for citation in citations.defer("passage__text")[:_MOST_COMING]:
        if all(other.passage_id != citation.passage_id for other in found[citation.target_passage_id]):
            found[citation.target_passage_id].append(citation)
    for citations_of_one in found.values():
        # The document is named once before its places.
        citations_of_one.sort(key=lambda one: (one.document_id, one.passage.position if one.passage else 0))
    return found


def _notes_from_elsewhere(edition: Edition, anchors: set[str]) -> list[Piece]:
    """Notes that are called here and stand at the end of a long chapter, on another sheet."""
    if not anchors:
        return []
    notes = edition.passages.filter(kind=Kind.FOOTNOTE, anchor__in=anchors, is_withdrawn=False).order_by("position")
    return [Piece(note, render(note), "", number=note.label.lstrip("fe")) for note in notes]


def before(rows: Sequence[Row], position: int) -> tuple[str, int]:
    """The heading that is open where a sheet begins, and the level of an article's heading there."""
    within, level = "", 2
    for row in rows:
        if row.position >= position:
            break
        if row.kind in HEADINGS:
            within = str(row)
        level = LEVELS.get(row.kind, level)
    return within, level


# Of the headings that stand in it.
LEVELS: dict[str, int] = {Kind.SECTION: 3, Kind.SUBSECTION: 4}


def item_number(passage: Passage) -> str:
    """The 2 of dieu-20.khoan-2, the đ of dieu-20.khoan-2.diem-đ."""
    return passage.anchor.rpartition("-")[2]


def picture_widths(pictures: set[int]) -> dict[int, list[str]]:
    """For each picture its sizes as a browser chooses among them, narrowest first."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = PictureSize.objects.filter(picture__in=pictures).order_by("width")
    for picture, uid, width in rows.values_list("picture_id", "picture__uid", "width") if pictures else ():
        found[picture].append(f"{reverse('library:picture', args=[uid, width])} {width}w")
    return found


@dataclass(frozen=True)
class Plate:
    """A picture in the gallery."""

    passage: Passage
    picture: str  # in its largest size
    thumbnail: str


def plates(passages: Sequence[Passage]) -> list[Plate]:
    widths = picture_widths({passage.image_id for passage in passages if passage.image_id})
    found = []
    for passage in passages:
        sizes = [size.partition(" ")[0] for size in widths.get(passage.image_id or 0, ())]
        picture = sizes[-1] if sizes else picture_url(passage)
        found.append(Plate(passage, picture, sizes[0] if sizes else picture))
    return found


def picture_of(passage: Passage) -> str:
    """The plate's picture in its largest size; empty for what shows none."""
    sizes = picture_widths({passage.image_id}) if passage.image_id else {}
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
    return f"{page_url(edition, anchor)}?lang={language}"


def in_language(passage: Passage, language: str) -> Passage:
    """The same passage in the reader's language, where the document has it; else the passage itself."""
    if passage.edition.language == language:
        return passage
    same = Passage.objects.filter(
        edition__document=passage.edition.document_id, edition__language=language, anchor=passage.anchor
    ).exclude(is_withdrawn=True)
    return same.select_related("edition__document").first() or passage
