"""One question to the index: what matches, for whom, with the words marked in the original text."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import F
from django.utils.safestring import SafeString

from thongsuot.library.models import Document, Edition, Passage
from thongsuot.library.search import asked as questions
from thongsuot.library.search import index as derived
from thongsuot.library.search.asked import Asked
from thongsuot.library.search.matching import PLACES, Question, Reader
from thongsuot.library.search.ranking import Found, in_order
from thongsuot.library.search.snippets import mark, snippet
from thongsuot.library.search.words import folded, number_key, plain_text


@dataclass(frozen=True)
class Hit:
    """A passage or a whole document (``passage`` is None), with its words marked."""

    document: Document
    passage: Passage | None
    title: SafeString
    snippet: SafeString
    score: float = 0.0
    # Asked for by its number, or by article and law: not merely a place that holds the words.
    is_named: bool = False
    # In which a whole document is named here.
    named_in: str = "vi"

    @property
    def language(self) -> str:
        return self.passage.edition.language if self.passage else self.named_in

    @property
    def url(self) -> str:
        # Written out: asking the address book for each hit of a page would cost more than finding them.
        return f"/library/passages/{self.passage.uid}/" if self.passage else f"/library/{self.document.slug}/"


def search(words: str, *, who: Collection[str], limit: int = 20, language: str = "") -> list[Hit]:
    """The best matches among what these groups may see (``access.groups_of``), best first.

    Marks may be left out, tones stand where either school puts them, numbers come in any spelling. Four queries.
    """
    asked = questions.read(words)
    reader = Reader(who, language)
    if not asked or not who:
        return []
    index = derived.opened()
    searcher = index.searcher()
    query = Question(index.schema, searcher, asked).best(reader)
    return hits_of(in_order(searcher, query, asked, limit), asked, reader)


def plain(hit: Hit) -> dict[str, Any]:
    """The hit as values, for the command line and the interface for programs. One article is one hit."""
    passage, document = hit.passage, hit.document
    return {
        "id": str(passage.uid if passage else document.uid),
        "document_number": document.number,
        "document_title": document.title,
        "article": passage.label if passage else "",
        "printed_page": passage.printed_page if passage else "",
        "score": round(hit.score, 3),
        "snippet": hit.snippet,
        "url": hit.url,
    }


def hits_of(found: list[Found], asked: Asked, reader: Reader) -> list[Hit]:
    """In the order found; what the database no longer holds, or no longer shows to these readers, is left out."""
    places = [_Place(one, asked) for one in found]
    keys = {pk for place in places for pk in place.passages}
    passages = Passage.objects.annotate(above=F("parent__heading")).defer("alt").order_by().in_bulk(keys)
    # Many places lie in one text: it is fetched once, not beside each of them.
    editions = Edition.objects.select_related("document").in_bulk({passage.edition_id for passage in passages.values()})
    for passage in list(passages.values()):
        if edition := editions.get(passage.edition_id):
            passage.edition = edition
        else:
            del passages[passage.pk]
    whole = [place.document for place in places if place.document]
    documents = Document.objects.order_by().in_bulk(whole) if whole else {}
    hits = []
    for place in places:
        if place.document:
            hit = _document_hit(documents.get(place.document), asked, place.score, reader.language)
        else:
            hit = _passage_hit(passages, asked, place)
        if hit and derived.group_of(hit.document) in reader.who:
            hits.append(hit)
    return hits


class _Place:
    """Which passages of a stretch are worth fetching."""

    def __init__(self, found: Found, asked: Asked) -> None:
        self.score = found.score
        self.document = int(found.key[1:]) if found.key[0] == "d" else 0
        if self.document:
            self.piece, self.best, self.below, self.keys, self.passages = 0, 0, 0, list[int](), tuple[int, ...]()
            return
        keys = [int(pk) for pk in found.key[1:].split()]
        words, pairs = set(asked.plain), set(pairwise(asked.plain))
        lines = [line.split() for line in found.text.split("\n")]
        counts = [
            len(words.intersection(line)) + len(pairs.intersection(pairwise(line))) for line in lines[: len(keys)]
        ]
        ranked = [keys[at] for at in sorted(range(len(counts)), key=lambda at: -counts[at])]
        self.piece, self.best = int(found.piece), ranked[0]
        # An article's own line may be a heading and no more: what is quoted of it then stands below.
        self.below = next((pk for pk in ranked if pk != self.piece), self.best)
        # Clauses and points have entries of their own in the database: the one asked for may be any of them.
        self.passages = tuple({self.piece, self.best, self.below, *(keys if asked.anchor else ())})
        self.keys = keys


def _document_hit(document: Document | None, asked: Asked, score: float, language: str) -> Hit | None:
    if document is None:
        return None
    is_english = language == "en" and bool(document.title_en)
    text = (document.subject_en or document.summary_en) if is_english else (document.subject or document.summary)
    is_named = bool(document.number) and number_key(document.number) in asked.numbers and not asked.anchor
    name = mark(document.named_in(language), asked.essence)
    in_words = snippet(text, asked.essence)
    return Hit(document, None, name, in_words, score, is_named, "en" if is_english else "vi")


def _passage_hit(passages: dict[int, Any], asked: Asked, place: _Place) -> Hit | None:
    """Leads to the place asked for, else to the article, else to the passage that holds most of the words."""
    stretch = [passages[pk] for pk in place.keys if pk in passages and not passages[pk].is_withdrawn]
    piece = passages.get(place.piece)
    best = next((passage for passage in stretch if passage.pk == place.best), None) or next(iter(stretch), None)
    if best is None:
        return None
    named = next((passage for passage in stretch if asked.anchor and passage.anchor == asked.anchor), None)
    in_article = piece is not None and piece.kind == Passage.Kind.ARTICLE and not piece.is_withdrawn
    shown = named or (piece if in_article and piece else best)
    names = [part for part in (shown.label, shown.heading) if part]
    if shown.above and not shown.heading:
        names.append(shown.above)
    document = shown.edition.document
    title = mark(" · ".join(names) or document.title, asked.essence)
    # Of a place asked for by its number the beginning is quoted, else what holds most of the words.
    candidates = (
        stretch[stretch.index(named) :] if named else [best, *(one for one in stretch if one.pk == place.below)]
    )
    quoted = next((one.text for one in candidates if one.text), "")
    is_named = named is not None and _is_of(document, asked)
    shown_words = snippet(plain_text(quoted), "" if named else asked.essence)
    return Hit(document, shown, title, shown_words, place.score, is_named)


def _is_of(document: Document, asked: Asked) -> bool:
    """Whether the question names this document, by its number or by nothing but words of its title."""
    if document.number and number_key(document.number) in asked.numbers:
        return True
    title = {*folded(document.title), *folded(document.title_en), *folded(document.number)}
    words = [word for word in asked.plain if word not in PLACES and not word.isdigit() and len(word) > 1]
    return len(words) > 1 and set(words) <= title
