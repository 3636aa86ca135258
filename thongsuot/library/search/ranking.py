"""The order of the best: a place that answers more of the question in one sentence stands higher.

The index knows how often each word stands in an article; here its best are read again, with their words in order. The
weights were found on questions of our own (benchmarks/search_quality.py).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import Any

from thongsuot.library.search.asked import Asked
from thongsuot.library.search.matching import BY_BEGINNING
from thongsuot.library.search.nearness import Sought, nearness, sought

# A few words are a name or a topic; more are a question.
_FEW = 6
# So many articles of the index's order are looked at again; fewer for a few words, which it knows to order itself.
LOOKED_AT, LOOKED_AT_OF_FEW = 60, 40
# An article asks for a second entry only where it is very long: so many more are fetched.
_SPARE = 6
_INDEX, _SENTENCE, _PAIRS, _HEADING, _TITLE, _LENGTH = 0.15, 1.0, 0.9, 7.0, 5.0, 1.8
_MEANING = 35.0  # of a text that says "X là …" to who asks what X is
_NAME_FOR_A_QUESTION, _MERE_HEADING = 0.5, 0.8


@dataclass
class Found:
    """An article, a run of paragraphs or a whole document, with the stretch that fits best."""

    piece: str
    key: str
    score: float
    text: str = ""  # folded words, one line for each passage of the stretch
    heading: str = ""  # folded, one line for each
    title: str = ""

    @cached_property
    def words(self) -> list[str]:
        return self.text.split()


def found_in(searcher: Any, address: Any, score: float) -> Found:
    entry = searcher.doc(address)
    return Found(entry["piece"][0], entry["key"][0], score, entry["folded"][0], entry["heading"][0], entry["title"][0])


def in_order(
    searcher: Any, query: Any, asked: Asked, limit: int, keep: Callable[[list[str]], bool] | None = None
) -> list[Found]:
    """The best pieces whose text is to be kept, best first: each once, however many of its stretches fit."""
    looked_at = LOOKED_AT if len(asked.plain) > _FEW else LOOKED_AT_OF_FEW
    best: dict[str, Found] = {}
    for score, address in searcher.search(query, max(limit, looked_at) + _SPARE, count=False).hits:
        one = found_in(searcher, address, score)
        if keep is None or keep(one.words):
            best.setdefault(one.piece, one)
    found = list(best.values())
    again = _Again(searcher, asked)
    for one in found[:looked_at]:
        one.score = again.score(one)
    ordered = sorted(found[:looked_at], key=lambda one: -one.score)
    for one in found[looked_at:]:
        one.score = min(one.score, ordered[-1].score)
    return [*ordered, *found[looked_at:]][:limit]


class _Again:
    """Scores what the index found by its words in order."""

    def __init__(self, searcher: Any, asked: Asked) -> None:
        self._searcher, self._words = searcher, asked.plain
        self._meant = f" {asked.meant} " if asked.meant else ""
        self._worth: dict[str, float] = {}
        self._shares: dict[str, float] = {}
        self._asked: Sought = sought(asked.plain, {word: self._rarity(word) for word in asked.plain})

    def score(self, one: Found) -> float:
        words = one.words
        sentence, pairs = nearness(words, self._asked)
        near = _SENTENCE * sentence + _PAIRS * pairs
        near += _HEADING * self._share(one.heading) - _LENGTH * log(1 + len(words))
        if self._meant:
            near += _MEANING * max(map(self._explained, one.text.split("\n")))
        # The title of a whole document is its heading, and counts once more only for who asks for nothing else.
        if one.key[0] != "d" or self._asked.words.keys() <= set(one.title.split()):
            near += _TITLE * self._share(one.title)
        # What was named stands above whatever merely fits.
        score = one.score + near if one.score >= BY_BEGINNING else _INDEX * one.score + near
        return score * self._kind(one) if score > 0 else score

    def _explained(self, line: str) -> float:
        """How much of what is asked for the line explains, from 0 to 1: "X là …"."""
        term, verb, _rest = line.lstrip("0123456789 ").partition(" la ")
        if not verb or not (self._meant.endswith(f" {term} ") or self._meant.startswith(f" {term} ")):
            return 0.0
        return self._worth_of(term.split()) / self._worth_of(self._meant.split())

    def _worth_of(self, words: Iterable[str]) -> float:
        # What no text holds tells none from another.
        return sum(self._rarity(word) for word in set(words) if self._searcher.doc_freq("folded", word)) or 1.0

    def _kind(self, one: Found) -> float:
        """Names answer few words; who asks a whole question wants what the text says, not what it is called."""
        if one.key[0] == "p" or one.score >= BY_BEGINNING:
            return 1.0
        if len(self._words) > _FEW:
            return _NAME_FOR_A_QUESTION
        return _MERE_HEADING if one.key[0] == "h" else 1.0

    def _share(self, names: str) -> float:
        """How much of a heading or title the question says, from 0 to 1; of several, of that which it says best."""
        if names not in self._shares:
            self._shares[names] = max(map(self._share_of_one, names.split("\n")))
        return self._shares[names]

    def _share_of_one(self, name: str) -> float:
        words = set(name.split())
        whole = sum(map(self._rarity, words))
        return sum(self._rarity(word) for word in words if word in self._asked.words) / whole if whole else 0.0

    def _rarity(self, word: str) -> float:
        if word not in self._worth:
            among, number = self._searcher.num_docs, self._searcher.doc_freq("folded", word)
            self._worth[word] = log(1 + (among - number + 0.5) / (number + 0.5)) if number <= among else 0.0
        return self._worth[word]
