"""The query: what must hold, what counts, and for whom. Who may see what is filtered inside it."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from math import ceil
from typing import Any

import tantivy

from thongsuot.library.models import Document
from thongsuot.library.search.asked import Asked
from thongsuot.library.search.entries import CLOSED, ONE_LANGUAGE
from thongsuot.library.search.words import number_key, pairs
from thongsuot.viet.text import fold

Occur, Query = tantivy.Occur, tantivy.Query
# What was asked for by its number or article stands above whatever merely contains the words.
BY_NUMBER, BY_ARTICLE, BY_BEGINNING, BY_NAME, BY_WORD_LAW, BY_LAW, BY_TITLE = (
    1000.0,
    500.0,
    300.0,
    100.0,
    40.0,
    20.0,
    8.0,
)
PLACES = frozenset({"dieu", "khoan", "diem", "cua", "tai", "article", "clause", "point", "so", "nam"})
# "luật 36/2018", "nghị định số 59": what may stand before a number that is typed in part.
_BEFORE_A_NUMBER = re.compile(
    r"^\s*(?:(?:(?:bo )?luat|phap lenh|nghi (?:dinh|quyet)|thong tu|quyet dinh|quy (?:dinh|che)|chi thi|ket luan"
    r"|ke hoach|huong dan|cong van|thong bao|bao cao|law|decree|plan|directive)\s+)?(?:(?:so|no)\.?\s+)?(?=\d)"
)
# A word that stands so seldom may be mistyped.
SELDOM = 3
# Letters from which on a word is half typed, or mistyped, rather than another word: syllables are short.
_HALF_TYPED, _MISTYPED, _LONGEST = 3, 6, 20
# Found on questions of our own (benchmarks/search_quality.py); names of laws in a question lead to that law.
_WEIGHTS = {"exact": 0.5, "folded": 1.0, "pair": 1.0, "heading": 0.5, "title": 0.6}
# "Giải thích từ ngữ": the heading under which laws say what words mean.
_EXPLAINS, _EXPLAINING = ("giai", "thich", "tu", "ngu"), 1.5
# A word with so many others beside it may be missing.
_ALL_OF, _MOST_OF = 2, 6


@dataclass(frozen=True)
class Reader:
    """For whom and in what is searched: groups (``access.groups_of``), language, what was picked from the facets."""

    who: Collection[str]
    language: str = ""
    kind: str = ""
    issuer: str = ""
    year: str = ""
    document: int | None = None
    passages: Collection[int] | None = None

    def limits(self, schema: Any, searcher: Any) -> list[tuple[Any, Any]]:
        """What every hit must fulfil. Where the index holds nothing closed, asking would only cost time."""
        must: dict[str, list[str]] = {}
        if searcher.doc_freq("narrow", CLOSED):
            must["acl"] = list(self.who)
        if self.language and searcher.doc_freq("narrow", ONE_LANGUAGE):
            must["language"] = [self.language]
        for name in ("kind", "issuer", "year"):
            if value := getattr(self, name):
                must[name] = [value]
        if self.document is not None:
            must["document"] = [str(self.document)]
        if self.passages is not None:
            must["passage"] = [str(pk) for pk in self.passages]
        return [(Occur.Must, silent(Query.term_set_query(schema, name, values))) for name, values in must.items()]


@dataclass
class Question:
    """Builds the parts of one query."""

    schema: Any
    searcher: Any
    asked: Asked
    unknown: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.unknown = [term for term in dict.fromkeys(self.asked.plain) if not self.searcher.doc_freq("folded", term)]

    @property
    def is_doubtful(self) -> bool:
        """Whether a word may be mistyped: none, or hardly any text holds it."""
        return any(self.searcher.doc_freq("folded", term) <= SELDOM for term in self.asked.plain)

    def best(self, reader: Reader, *, holding: bool = False) -> Any:
        """Everything that counts, scored; with ``holding`` only places that hold (most of) the words."""
        wanted = [*self._words(), *self._nearly(), *self.named()]
        limits = [*reader.limits(self.schema, self.searcher), *self._phrases()]
        if holding:
            limits.append((Occur.Must, silent(self.held())))
        # A query of plain terms alone skips whole blocks of the index; any limit ends that.
        return Query.boolean_query([(Occur.Must, Query.boolean_query(wanted)), *limits] if limits else wanted)

    def within(self, reader: Reader) -> Any:
        """The same places, unscored, for counting."""
        limits = [*reader.limits(self.schema, self.searcher), *self._phrases()]
        return Query.boolean_query([(Occur.Must, self.held()), *limits])

    def held(self) -> Any:
        """Whatever holds all of few words, most of more, or what was named."""
        known = [term for term in dict.fromkeys(self.asked.plain) if term not in self.unknown]
        terms = [(Occur.Should, self._term("folded", term, "basic")) for term in known]
        terms += [(Occur.Should, query) for _occur, query in self._nearly()]
        needed = _needed(len(terms))
        words = Query.boolean_query(terms, minimum_number_should_match=needed) if terms else Query.empty_query()
        return Query.boolean_query([(Occur.Should, words), *self.named()])

    def can_be_told(self) -> bool:
        """Whether a text alone shows if it holds the question: nothing is half typed or named."""
        return not self.unknown and not self.named()

    def is_held_by(self, text: Iterable[str]) -> bool:
        """The same as ``held`` for the folded words of an entry."""
        words = set(self.asked.plain)
        return len(words.intersection(text)) >= _needed(len(words))

    def _term(self, name: str, term: str, option: str = "freq") -> Any:
        return Query.term_query(self.schema, name, term, option)

    def _words(self) -> list[tuple[Any, Any]]:
        terms = {
            "exact": self.asked.marked,
            "folded": self.asked.plain,
            "pair": self.asked.pairs,
            "heading": self.asked.plain,
            "title": self.asked.plain,
        }
        wanted = [(name, term, weight) for name, weight in _WEIGHTS.items() for term in terms[name]]
        if self.asked.meant:
            wanted += [("heading", term, _EXPLAINING) for term in _EXPLAINS]
        return [(Occur.Should, Query.boost_query(self._term(name, term), weight)) for name, term, weight in wanted]

    def _phrases(self) -> list[tuple[Any, Any]]:
        found = []
        for words in self.asked.phrases:
            name, terms = ("pair", pairs(words)) if len(words) > 1 else ("folded", words)
            found += [(Occur.Must, self._term(name, term)) for term in terms]
        return found

    def _nearly(self) -> list[tuple[Any, Any]]:
        """A word that no text holds is half typed or mistyped."""
        found = []
        for term in self.unknown:
            if not (_HALF_TYPED <= len(term) <= _LONGEST and term.isalnum()):
                continue
            nearly = [Query.regex_query(self.schema, "folded", f"{re.escape(term)}[a-z0-9]*")]
            if len(term) >= _MISTYPED:
                nearly.append(
                    Query.fuzzy_term_query(self.schema, "folded", term, distance=1, transposition_cost_one=True)
                )
            found.append((Occur.Should, Query.boolean_query([(Occur.Should, one) for one in nearly])))
        return found

    def named(self) -> list[tuple[Any, Any]]:
        """What the question calls by its number or article."""
        asked = self.asked
        wanted = [first for key in asked.numbers for first in self._first("number", key, BY_NUMBER)]
        if asked.anchor:
            wanted += self._article()
        key = number_key(_BEFORE_A_NUMBER.sub("", fold(asked.text)))
        if key[:1].isdigit() and len(key) >= 2:
            beginning = Query.regex_query(self.schema, "number", f"{key}[a-z0-9]*")
            wanted.append((Occur.Should, Query.const_score_query(beginning, BY_BEGINNING)))
        return wanted

    def _article(self) -> list[tuple[Any, Any]]:
        plain = self.asked.plain
        wanted = self._first("anchor", self.asked.anchor, BY_ARTICLE)
        if not wanted:
            return []
        if "nghi dinh" not in " ".join(plain):
            wanted += self._first("kind", Document.Kind.LAW.value, BY_LAW)  # the law's before that of its decrees
        if "luat" in plain:
            wanted += self._first("kind", Document.Kind.LAW.value, BY_WORD_LAW)
        for key in self.asked.numbers:
            wanted += self._first("within", key, BY_NUMBER)  # "Điều 30 36/2018/QH14": before the whole document
        # Of laws whose names hold each other, "Bộ luật Hình sự" and "Bộ luật Tố tụng hình sự", the one that was named.
        wanted += next(filter(None, (self._first("within", key, BY_NAME) for key in self.asked.named)), [])
        # "Điều 30 luật phòng, chống tham nhũng": of all thirtieth articles that of the document named.
        wanted += [
            (Occur.Should, Query.boost_query(self._term("title", term), BY_TITLE))
            for term in plain
            if not term.isdigit() and term not in PLACES
        ]
        return wanted

    def _first(self, name: str, term: str, score: float) -> list[tuple[Any, Any]]:
        if not self.searcher.doc_freq(name, term):
            return []
        return [(Occur.Should, Query.const_score_query(self._term(name, term, "basic"), score))]


def _needed(number: int) -> int:
    if number <= _ALL_OF:
        return number
    return number - 1 if number <= _MOST_OF else ceil(number * 0.6)


def silent(query: Any) -> Any:
    """A condition that adds nothing to the score."""
    return Query.const_score_query(query, 0.0)
