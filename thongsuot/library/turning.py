"""Going on in a text: what lies before and after, how far one is, and which documents a printed chapter names."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from thongsuot.library.contents import Chapter, ReadingPage, Sheet, last_position
from thongsuot.library.models import Edition
from thongsuot.library.quoting import form_of, named, place_of
from thongsuot.library.reading import Piece


@dataclass(frozen=True)
class Turn:
    url: str
    name: str
    label: str


@dataclass(frozen=True)
class Turns:
    before: Turn | None
    after: Turn | None


def turns(pages: Sequence[ReadingPage], number: int, chapter: Chapter, sheet: Sheet) -> Turns:
    """The sheet before and after; at the ends of a chapter the neighbouring chapter."""
    count = len(chapter.sheets)
    before = after = None
    if sheet.number > 1:
        before = Turn(chapter.url(chapter.sheets[sheet.number - 2]), chapter.page.name, _("Previous sheet"))
    elif number:
        before = Turn(pages[number - 1].url, pages[number - 1].name, _("Previous chapter"))
    if 0 < sheet.number < count:
        after = Turn(chapter.url(chapter.sheets[sheet.number]), chapter.page.name, _("Next sheet"))
    elif number + 1 < len(pages):
        after = Turn(pages[number + 1].url, pages[number + 1].name, _("Next chapter"))
    return Turns(before, after)


@dataclass(frozen=True)
class Progress:
    """How far through the work a sheet reaches; nobody keeps who read it."""

    begins: int  # per cent
    ends: int
    page: str  # of the printed edition
    pages: int


def progress(edition: Edition, sheet: Sheet, pieces: Sequence[Piece]) -> Progress:
    last = last_position(edition)
    page = next((piece.page_begins for piece in pieces if piece.page_begins), "")
    end = last if sheet.end is None else sheet.end
    pages = edition.pages or 0
    # The printed edition is the measure where there is one: who holds the book sees the same share.
    begun = 100 * int(page) / pages if pages and page.isdigit() else 100 * max(sheet.first - 1, 0) / last
    return Progress(min(round(begun), 100), min(round(100 * end / last), 100), page, pages)


@dataclass(frozen=True)
class Source:
    """What a chapter cites, as it is written under a printed text."""

    words: str
    cited: str


def sources(pieces: Sequence[Piece], edition: Edition) -> list[Source]:
    """Each place of other documents once, in the order of the text."""
    language = edition.language
    once: dict[tuple[int | None, int | None], Source] = {}
    for piece in pieces:
        for citation in piece.cites:
            key = (citation.target_id, citation.target_passage_id)
            if key in once or citation.target is None or citation.target_id == edition.document_id:
                continue
            cited = named(citation.target, language)
            if passage := citation.target_passage:
                passage.edition = Edition(document=citation.target, language=language)
                cited = form_of(passage.edition).of(place_of(passage, language))
            once[key] = Source(citation.matched, cited)
    return list(once.values())
