"""As one types: documents by number and title, articles by number and heading, and how a begun phrase goes on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from thongsuot.library.models import Document, Passage
from thongsuot.library.search import asked as questions
from thongsuot.library.search import index as derived
from thongsuot.library.search.asked import Asked
from thongsuot.library.search.asking import Hit, hits_of
from thongsuot.library.search.matching import Occur, Query, Question, Reader, silent
from thongsuot.library.search.ranking import Found, found_in
from thongsuot.library.search.shown import as_written

MOST = 8
_PHRASES, _LONGEST = 2, 80


@dataclass(frozen=True)
class Suggestion:
    """A place to go (``document`` or ``passage``) or words to search for."""

    text: str
    note: str = ""
    document: Document | None = None
    passage: Passage | None = None


def suggest(typed: str, reader: Reader) -> list[Suggestion]:
    """At most eight, what was named first. Six queries at most."""
    asked = questions.read(typed[:_LONGEST])
    if len("".join(asked.plain)) < 2 or not reader.who:
        return []
    index = derived.opened()
    schema, searcher = index.schema, index.searcher()
    limits = reader.limits(schema, searcher)
    places = _places(schema, searcher, asked, reader, limits)
    phrases = _phrases(schema, searcher, asked, limits)
    shown = [_named(hit, reader.language) for hit in hits_of(places, asked, reader)]
    return [*shown[:3], *(Suggestion(phrase) for phrase in phrases), *shown[3:]][:MOST]


def _named(hit: Hit, language: str) -> Suggestion:
    document, passage = hit.document, hit.passage
    name = document.named_in(language)
    if passage is None:
        return Suggestion(name, str(document.get_kind_display()), document)
    return Suggestion(str(passage) or document.title, name, document, passage)


def _places(schema: Any, searcher: Any, asked: Asked, reader: Reader, limits: list[Any]) -> list[Found]:
    """Documents and articles that the typed words begin to name."""
    question = Question(schema, searcher, asked)
    *whole, last = asked.plain

    def of(name: str) -> Any:
        # The last word may be half typed.
        parts = [Query.term_query(schema, name, word, "freq") for word in dict.fromkeys(whole)]
        parts.append(Query.regex_query(schema, name, f"{re.escape(last)}[a-z0-9]*"))
        return Query.boolean_query([(Occur.Must, part) for part in parts])

    headings = Query.boolean_query([(Occur.Must, of("heading")), *limits])
    found = _found(searcher, headings, 8)
    if named := question.named():
        by_name = Query.boolean_query([(Occur.Must, Query.boolean_query(named)), *limits])
        found = [*_found(searcher, by_name, 4), *found]
    whole_documents = (Occur.Must, silent(Query.regex_query(schema, "key", "d[0-9]+")))
    titles = Query.boolean_query([(Occur.Must, of("title")), whole_documents, *limits])
    return _once([*found[:4], *_found(searcher, titles, 3), *found[4:]])


def _found(searcher: Any, query: Any, limit: int) -> list[Found]:
    return [found_in(searcher, address, score) for score, address in searcher.search(query, limit, count=False).hits]


def _once(found: Iterable[Found]) -> list[Found]:
    return list({one.piece: one for one in reversed(list(found))}.values())[::-1]


def _phrases(schema: Any, searcher: Any, asked: Asked, limits: list[Any]) -> list[str]:
    """How the last word goes on, after the one before it, in texts of these readers."""
    *before, last = asked.plain
    if not before or asked.numbers or asked.anchor:
        return []
    goes_on = searcher.terms_with_prefix("pair", f"{before[-1]}_{last}", limit=60)
    usual = sorted(goes_on, key=lambda one: -one[1])
    phrases: dict[str, None] = {}
    for pair, _number in usual[: _PHRASES + 1]:
        words = [*before, pair.split("_", 1)[1]]
        if len(words) > 6:
            words = words[-6:]
        together = [(Occur.Must, Query.term_query(schema, "pair", pair, "freq"))]
        together += [(Occur.Should, Query.term_query(schema, "pair", f"{a}_{b}", "freq")) for a, b in pairwise(words)]
        together += [(Occur.Must, Query.term_query(schema, "folded", word, "freq")) for word in dict.fromkeys(words)]
        if written := as_written(searcher, Query.boolean_query([*together, *limits]), words):
            phrases.setdefault(written)
    return [phrase for phrase in phrases if phrase != asked.text.lower()][:_PHRASES]
