"""Did you mean: words that no text holds, read as what stood on the keyboard, in the marks of a text one may read.

Marks left out or put on another letter are no mistake: the search does not mind them. What is suggested is read from a
passage that these readers may see, so that a word of a closed document is never shown.
"""

import re
from collections.abc import Iterator
from itertools import pairwise, product
from typing import Any

from thongsuot.library.search.asked import Asked
from thongsuot.library.search.matching import SELDOM, Occur, Query, Reader
from thongsuot.library.search.shown import as_written

_LETTERS = "abcdeghiklmnopqrstuvxy"
_MOST_READINGS, _MOST_WORDS = 4, 12
_TELEX = (("aa", "a"), ("ee", "e"), ("oo", "o"), ("dd", "d"), ("w", ""))


def suggestion(schema: Any, searcher: Any, asked: Asked, reader: Reader) -> str:
    """The question as it was probably meant, or "". Reads one passage where there is something to suggest."""
    words = list(asked.plain)
    if not words or len(words) > _MOST_WORDS or asked.numbers or asked.anchor:
        return ""
    doubtful = [at for at, word in enumerate(words) if _is_doubtful(searcher, words, at)]
    if not doubtful or len(doubtful) > 3:
        return ""
    readings = [_readings(searcher, word) if at in doubtful else [word] for at, word in enumerate(words)]
    if not all(readings):
        return ""
    ranked = sorted(product(*readings), key=lambda one: -_closeness(searcher, one))
    for meant in ranked[:3]:
        if list(meant) != words and (shown := _seen(schema, searcher, list(meant), reader)):
            return shown
    return ""


def _is_doubtful(searcher: Any, words: list[str], at: int) -> bool:
    word = words[at]
    if not word.isalnum() or word.isdigit() or len(word) < 2:
        return False
    if not (number := searcher.doc_freq("folded", word)):
        return True
    # What stands seldom, and never beside its neighbours here, may be mistyped too.
    if number > SELDOM or len(words) == 1:
        return False
    beside = [f"{words[at - 1]}_{word}"] if at else []
    beside += [f"{word}_{words[at + 1]}"] if at + 1 < len(words) else []
    return not any(searcher.doc_freq("pair", pair) for pair in beside)


def _readings(searcher: Any, word: str) -> list[str]:
    """What the fingers may have meant, likeliest first: marks typed as letters, then one slip."""
    telex = [reading for reading in _without_telex(word) if searcher.doc_freq("folded", reading)]
    if telex:
        return telex[:_MOST_READINGS]
    slips = {slip: searcher.doc_freq("folded", slip) for slip in set(_slips(word))}
    known = sorted((slip for slip, number in slips.items() if number), key=lambda slip: -slips[slip])
    return known[: _MOST_READINGS * 2]


def _without_telex(word: str) -> Iterator[str]:
    """phongf, ddieeuf, nhuwngx and nhung4 as they would read with their marks."""
    plain = re.sub(r"\d+$", "", word)
    for ending in (r"[sfrxj]$", r""):
        bare = re.sub(ending, "", plain)
        for keys, letter in _TELEX:
            bare = bare.replace(keys, letter)
        if bare != word:
            yield bare


def _slips(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in _LETTERS)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        yield from (before + letter + after for letter in _LETTERS)


def _closeness(searcher: Any, words: tuple[str, ...]) -> float:
    """How usual the words are side by side; how usual they are at all counts little."""
    pairs = sum(searcher.doc_freq("pair", f"{a}_{b}") ** 0.5 for a, b in pairwise(words))
    return pairs + min(searcher.doc_freq("folded", word) for word in words) * 1e-6


def _seen(schema: Any, searcher: Any, words: list[str], reader: Reader) -> str:
    """The words with their marks, out of a text of these readers that holds all of them; else ""."""
    must = [(Occur.Must, Query.term_query(schema, "folded", word, "freq")) for word in dict.fromkeys(words)]
    beside = [(Occur.Should, Query.term_query(schema, "pair", f"{a}_{b}", "freq")) for a, b in pairwise(words)]
    query = Query.boolean_query([*must, *beside, *reader.limits(schema, searcher)])
    return as_written(searcher, query, words)
