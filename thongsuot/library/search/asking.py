"""One question to the index: what matches, for whom, with the words marked in the original text."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import tantivy
from django.utils.safestring import SafeString

from thongsuot.library.models import Document, Passage
from thongsuot.library.search import index as derived
from thongsuot.library.search.snippets import mark, snippet
from thongsuot.library.search.words import article_anchor, folded, number_key, number_keys, pairs, plain_text, syllables

Occur, Query = tantivy.Occur, tantivy.Query
# What was asked for by its number or article stands above whatever merely contains the words.
_BY_NUMBER, _BY_ARTICLE, _BY_BEGINNING, _BY_LAW = 1000.0, 500.0, 300.0, 3.0
MOST_WORDS = 24


@dataclass(frozen=True)
class Hit:
    """A passage or a whole document (``passage`` is None), with its words marked."""

    document: Document
    passage: Passage | None
    title: SafeString
    snippet: SafeString
    score: float = 0.0

    @property
    def language(self) -> str:
        return self.passage.edition.language if self.passage else "vi"


def search(words: str, *, who: Collection[str], limit: int = 20, language: str = "") -> list[Hit]:
    """The best matches among what these groups may see (``access.groups_of``), best first.

    Marks may be left out, tones stand where either school puts them, numbers come in any spelling.
    """
    asked = " ".join(words.split()[:MOST_WORDS])
    if not folded(asked) or not who:
        return []
    index = derived.opened()
    query = _query(index.schema, asked, who, language)
    searcher = index.searcher()
    found = searcher.search(query, limit, count=False).hits
    return _hits([(searcher.doc(address)["key"][0], score) for score, address in found], asked)


def _query(schema: Any, asked: str, who: Collection[str], language: str) -> Any:
    def any_of(field: str, terms: Collection[str]) -> Any:
        return Query.const_score_query(Query.term_set_query(schema, field, list(terms)), 0.0)

    must = [(Occur.Must, _matching(schema, asked)), (Occur.Must, any_of("acl", who))]
    if language:
        must.append((Occur.Must, any_of("language", [language])))
    return Query.boolean_query(must)


def _matching(schema: Any, asked: str) -> Any:
    plain = folded(asked)
    typed = syllables(asked)
    # Typed without any mark, the exact forms would only favour foreign words.
    exact = typed if typed != plain else []
    wanted = [
        *((Occur.Should, Query.term_query(schema, "exact", term, "freq")) for term in exact),
        *((Occur.Should, Query.term_query(schema, "folded", term, "freq")) for term in plain),
        *((Occur.Should, Query.term_query(schema, "pair", term, "freq")) for term in pairs(plain)),
        *((Occur.Should, Query.term_query(schema, "heading", term, "freq")) for term in plain),
    ]

    def first(field: str, term: str, score: float) -> None:
        exactly = Query.term_query(schema, field, term, "basic")
        wanted.append((Occur.Should, Query.const_score_query(exactly, score)))

    for key in number_keys(asked):
        first("number", key, _BY_NUMBER)
    if anchor := article_anchor(asked):
        first("anchor", anchor, _BY_ARTICLE)
        first("kind", Document.Kind.LAW.value, _BY_LAW)  # the law's Điều 20 before that of its decrees
    key = number_key(asked.removeprefix("số ").removeprefix("so "))
    if key[:1].isdigit() and len(key) >= 2:
        beginning = Query.regex_query(schema, "number", f"{key}[a-z0-9]*")
        wanted.append((Occur.Should, Query.const_score_query(beginning, _BY_BEGINNING)))
    return Query.boolean_query(wanted)


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


def _hits(found: list[tuple[str, float]], asked: str) -> list[Hit]:
    """In the index's order; what the database no longer holds is left out."""
    keys = [key for key, _score in found]
    passages = Passage.objects.select_related("edition__document", "parent", "parent__parent").in_bulk(
        [int(key[1:]) for key in keys if key[0] == "p"]
    )
    documents = Document.objects.in_bulk([int(key[1:]) for key in keys if key[0] == "d"])
    hits = []
    for key, score in found:
        pk = int(key[1:])
        if key[0] == "p" and (passage := passages.get(pk)) and not passage.is_withdrawn:
            hits.append(_passage_hit(passage, asked, score))
        elif key[0] == "d" and (document := documents.get(pk)):
            text = document.subject or document.summary
            hits.append(Hit(document, None, mark(document.full_name, asked), snippet(text, asked), score))
    return hits


def _passage_hit(passage: Passage, asked: str, score: float) -> Hit:
    above = passage.parent
    names = [part for part in (passage.label, passage.heading) if part]
    if above and above.heading and not passage.heading:
        names.append(above.heading)
    title = mark(" · ".join(names) or passage.edition.document.title, asked)
    return Hit(passage.edition.document, passage, title, snippet(plain_text(passage.text), asked), score)
