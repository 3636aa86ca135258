"""One question to the index: what matches, for whom, with the words marked in the original text."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.safestring import SafeString

from thongsuot.library.models import Document, Passage
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

    @property
    def language(self) -> str:
        return self.passage.edition.language if self.passage else "vi"


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
    return hits_of(in_order(index.schema, searcher, query, asked, limit), asked, reader)


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
        "url": f"/library/passages/{passage.uid}/" if passage else f"/library/{document.slug}/",
    }


def hits_of(found: list[Found], asked: Asked, reader: Reader) -> list[Hit]:
    """In the order found; what the database no longer holds, or no longer shows to these readers, is left out."""
    places = [_Place(one, asked) for one in found]
    keys = {pk for place in places for pk in place.passages}
    passages = (
        Passage.objects.select_related("edition__document")
        .annotate(above=F("parent__heading"))
        .defer("alt", "edition__note", "edition__document__folded")
        .order_by()
        .in_bulk(keys)
    )
    documents = Document.objects.order_by().in_bulk([place.document for place in places if place.document])
    hits = []
    for place in places:
        if place.document:
            hit = _document_hit(documents.get(place.document), asked, place.score)
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
            self.piece, self.best, self.keys, self.passages = 0, 0, list[int](), tuple[int, ...]()
            return
        keys = [int(pk) for pk in found.key[1:].split()]
        wanted = [f" {word} " for word in dict.fromkeys(asked.plain)] + [
            f" {pair.replace('_', ' ')} " for pair in asked.pairs
        ]
        lines = [f" {line} " for line in found.lines]
        counts = [sum(word in line for word in wanted) for line in lines[: len(keys)]]
        self.piece, self.best = int(found.piece), keys[counts.index(max(counts))]
        # Clauses and points have entries of their own in the database: the one asked for may be any of them.
        self.passages = tuple({self.piece, self.best, *(keys if asked.anchor else ())})
        self.keys = keys


def _document_hit(document: Document | None, asked: Asked, score: float) -> Hit | None:
    if document is None:
        return None
    text = document.subject or document.summary
    is_named = bool(document.number) and number_key(document.number) in asked.numbers and not asked.anchor
    return Hit(document, None, mark(document.full_name, asked.essence), snippet(text, asked.essence), score, is_named)


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
    shown_text = shown if named and named.text else best
    is_named = named is not None and _is_of(document, asked)
    return Hit(document, shown, title, snippet(plain_text(shown_text.text), asked.essence), place.score, is_named)


def _is_of(document: Document, asked: Asked) -> bool:
    """Whether the question names this document, by its number or by nothing but words of its title."""
    if document.number and number_key(document.number) in asked.numbers:
        return True
    title = {*folded(document.title), *folded(document.title_en), *folded(document.number)}
    words = [word for word in asked.plain if word not in PLACES and not word.isdigit() and len(word) > 1]
    return len(words) > 1 and set(words) <= title
