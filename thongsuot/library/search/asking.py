"""One question to the index: what matches, for whom, with the words marked in the original text."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import tantivy
from django.utils.safestring import SafeString

from thongsuot.library.models import Abbreviation, Document, Passage
from thongsuot.library.search import index as derived
from thongsuot.library.search.snippets import mark, matches, snippet
from thongsuot.library.search.words import article_anchor, folded, number_key, number_keys, pairs, plain_text, syllables
from thongsuot.viet.text import fold

Occur, Query = tantivy.Occur, tantivy.Query
# What was asked for by its number or article stands above whatever merely contains the words.
_BY_NUMBER, _BY_ARTICLE, _BY_BEGINNING, _BY_WORD_LAW, _BY_LAW, _BY_TITLE = 1000.0, 500.0, 300.0, 40.0, 20.0, 8.0
_PLACES = frozenset({"dieu", "khoan", "diem", "cua", "tai", "article", "clause", "point", "so", "nam"})
# Letters from which on a word is half typed, or mistyped, rather than another word: syllables are short.
_HALF_TYPED, _MISTYPED, _LONGEST = 3, 6, 20
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
    searcher = index.searcher()
    query = _query(index.schema, searcher, asked, who, language)
    # Several stretches of one article are one hit: more are fetched than are shown.
    found = searcher.search(query, limit * 2 + 10, count=False).hits
    once: dict[str, tuple[str, float]] = {}
    for score, address in found:
        entry = searcher.doc(address)
        key = entry["key"][0]
        once.setdefault(entry["piece"][0] if entry["piece"] else key, (key, score))
    return _hits([(piece, key, score) for piece, (key, score) in list(once.items())[:limit]], asked)


def _written_out(asked: str) -> str:
    """Abbreviations followed by what they stand for: "PCTN" finds phòng, chống tham nhũng."""
    words = asked.split()
    if not any(word.isalpha() and len(word) >= 2 for word in words):
        return asked
    wanted = {fold(word) for word in words}
    full = {fold(one.short): one.full for one in Abbreviation.objects.all() if fold(one.short) in wanted}
    return " ".join(f"{word} {full[fold(word)]}" if fold(word) in full else word for word in words)


def _query(schema: Any, searcher: Any, asked: str, who: Collection[str], language: str) -> Any:
    def any_of(field: str, terms: Collection[str]) -> Any:
        return Query.const_score_query(Query.term_set_query(schema, field, list(terms)), 0.0)

    must = [(Occur.Must, _matching(schema, searcher, _written_out(asked))), (Occur.Must, any_of("acl", who))]
    must += [(Occur.Must, phrase) for phrase in _phrases(schema, asked)]
    if language:
        must.append((Occur.Must, any_of("language", [language])))
    return Query.boolean_query(must)


_QUOTED = re.compile(r"[\"“«]([^\"”»]{2,200})[\"”»]")


def _phrases(schema: Any, asked: str) -> list[Any]:
    """What stands in quotation marks must stand in the text, word after word."""
    found = []
    for quoted in _QUOTED.finditer(asked):
        plain = folded(quoted[1])
        field, terms = ("pair", pairs(plain)) if len(plain) > 1 else ("folded", plain)
        found += [Query.term_query(schema, field, term, "freq") for term in terms]
    return found


def _nearly(schema: Any, term: str) -> Any:
    """A word that no text holds is half typed or mistyped."""
    beginning = Query.regex_query(schema, "folded", f"{re.escape(term)}[a-z0-9]*")
    if len(term) < _MISTYPED:
        return beginning
    alike = Query.fuzzy_term_query(schema, "folded", term, distance=1, transposition_cost_one=True)
    return Query.boolean_query([(Occur.Should, beginning), (Occur.Should, alike)])


def _matching(schema: Any, searcher: Any, asked: str) -> Any:
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

    unknown = [
        term
        for term in dict.fromkeys(plain)
        if _HALF_TYPED <= len(term) <= _LONGEST and term.isalnum() and not searcher.doc_freq("folded", term)
    ]
    wanted += [(Occur.Should, _nearly(schema, term)) for term in unknown]

    def first(field: str, term: str, score: float) -> None:
        exactly = Query.term_query(schema, field, term, "basic")
        wanted.append((Occur.Should, Query.const_score_query(exactly, score)))

    for key in number_keys(asked):
        first("number", key, _BY_NUMBER)
    if anchor := article_anchor(asked):
        first("anchor", anchor, _BY_ARTICLE)
        if "nghi dinh" not in " ".join(plain):
            first("kind", Document.Kind.LAW.value, _BY_LAW)  # the law's Điều 20 before that of its decrees
        if "luat" in plain:
            first("kind", Document.Kind.LAW.value, _BY_WORD_LAW)
        for key in number_keys(asked):
            first("within", key, _BY_NUMBER)  # "Điều 30 36/2018/QH14": the article before the whole document
        # "Điều 30 luật phòng, chống tham nhũng": of all thirtieth articles that of the document named.
        named = [term for term in plain if not term.isdigit() and term not in _PLACES]
        for term in named:
            by_title = Query.boost_query(Query.term_query(schema, "title", term, "freq"), _BY_TITLE)
            wanted.append((Occur.Should, by_title))
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


def _hits(found: list[tuple[str, str, float]], asked: str) -> list[Hit]:
    """In the index's order; what the database no longer holds is left out."""
    keys = {int(pk) for _piece, key, _score in found if key[0] == "p" for pk in key[1:].split()}
    keys |= {int(piece) for piece, key, _score in found if key[0] == "p"}
    passages = Passage.objects.select_related("edition__document", "parent", "parent__parent").in_bulk(keys)
    documents = Document.objects.in_bulk([int(key[1:]) for _piece, key, _score in found if key[0] == "d"])
    anchor = article_anchor(asked)
    hits = []
    for piece, key, score in found:
        if key[0] == "d":
            if document := documents.get(int(key[1:])):
                text = document.subject or document.summary
                hits.append(Hit(document, None, mark(document.full_name, asked), snippet(text, asked), score))
            continue
        stretch = [passages[int(pk)] for pk in key[1:].split() if int(pk) in passages]
        stretch = [passage for passage in stretch if not passage.is_withdrawn]
        if stretch:
            hits.append(_passage_hit(passages.get(int(piece)), stretch, asked, anchor, score))
    return hits


def _passage_hit(piece: Passage | None, stretch: list[Passage], asked: str, anchor: str, score: float) -> Hit:
    """Leads to the place asked for, else to the article, else to the passage that holds most of the words."""
    best = max(stretch, key=lambda passage: matches(f"{passage.heading} {plain_text(passage.text)}", asked))
    named = next((passage for passage in stretch if anchor and passage.anchor == anchor), None)
    in_article = piece is not None and piece.kind == Passage.Kind.ARTICLE and not piece.is_withdrawn
    shown = named or (piece if in_article and piece else best)
    above = shown.parent
    names = [part for part in (shown.label, shown.heading) if part]
    if above and above.heading and not shown.heading:
        names.append(above.heading)
    title = mark(" · ".join(names) or shown.edition.document.title, asked)
    shown_text = shown if named and named.text else best
    return Hit(shown.edition.document, shown, title, snippet(plain_text(shown_text.text), asked), score)
