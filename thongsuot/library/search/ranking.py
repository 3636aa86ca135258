"""The order of the best: a place that holds more of the question, word beside word, stands higher.

The index weighs each stretch of a text for itself; here the stretches of an article are seen together. The weights were
found on questions of our own (benchmarks/search_quality.py).
"""

from dataclasses import dataclass, field
from math import log
from typing import Any

import tantivy

from thongsuot.library.search.asked import Asked
from thongsuot.library.search.matching import BY_BEGINNING

# So many articles of the index's order are looked at again.
LOOKED_AT = 40
_WORD, _PAIR, _THREE = 0.3, 0.3, 0.2
# Two or three words are most often one name or one compound: together they are worth more than often.
_FEW, _PAIR_OF_FEW = 3, 1.0
_NAME, _NAME_FOR_A_QUESTION, _HEADING = 6, 0.5, 0.8


@dataclass
class Found:
    """An article, a run of paragraphs or a whole document, with the stretch that fits best."""

    piece: str
    key: str
    score: float
    lines: list[str] = field(default_factory=list)  # folded words of each passage of the stretch


def in_order(schema: Any, searcher: Any, query: Any, asked: Asked, limit: int) -> list[Found]:
    """The best pieces, best first: each once, however many of its stretches fit."""
    # Several stretches of one article are one hit: more are fetched than are shown.
    hits = searcher.search(query, max(limit, LOOKED_AT) * 2, count=False).hits
    best: dict[str, Found] = {}
    for score, address in hits:
        entry = searcher.doc(address)
        piece = entry["piece"][0]
        if piece not in best:
            best[piece] = Found(piece, entry["key"][0], score, entry["folded"][0].split("\n"))
    found = list(best.values())
    seen = found[:LOOKED_AT]
    texts = _whole(schema, searcher, [one.piece for one in seen])
    weights = _weights(searcher, asked)
    for one in seen:
        one.score += sum(weight for words, weight in weights if words in texts[one.piece])
        one.score *= _share(one, asked)
    return [*sorted(seen, key=lambda one: -one.score), *found[LOOKED_AT:]][:limit]


def _share(one: Found, asked: Asked) -> float:
    """Names answer few words; who asks a whole question wants what the text says, not what it is called."""
    if one.key[0] == "p" or one.score >= BY_BEGINNING:
        return 1.0
    if len(asked.plain) > _NAME:
        return _NAME_FOR_A_QUESTION
    return _HEADING if one.key[0] == "h" else 1.0


def _whole(schema: Any, searcher: Any, pieces: list[str]) -> dict[str, str]:
    """Folded words of all stretches of each piece."""
    every = tantivy.Query.term_set_query(schema, "piece", pieces)
    texts: dict[str, list[str]] = {piece: [""] for piece in pieces}
    for _score, address in searcher.search(every, 400, count=False).hits:
        entry = searcher.doc(address)
        texts[entry["piece"][0]].append(entry["folded"][0].replace("\n", " "))
    return {piece: " ".join([*parts, ""]) for piece, parts in texts.items()}


def _weights(searcher: Any, asked: Asked) -> list[tuple[str, float]]:
    """Words, pairs and threes of the question as they would stand in a text, and what finding each is worth."""
    among = searcher.num_docs

    def rarity(name: str, term: str) -> float:
        number: int = searcher.doc_freq(name, term)
        return log(1 + (among - number + 0.5) / (number + 0.5)) if number <= among else 0.0

    plain = asked.plain
    # Words that stand together count even where the library is so small that nothing in it is rare.
    pairs = {pair: 1 + rarity("pair", pair) for pair in asked.pairs}
    pair_weight = _PAIR if len(plain) > _FEW else _PAIR_OF_FEW
    threes = dict.fromkeys(zip(plain, plain[1:], plain[2:], strict=False))
    return [
        *((f" {word} ", _WORD * rarity("folded", word)) for word in dict.fromkeys(plain)),
        *((f" {pair.replace('_', ' ')} ", pair_weight * weight) for pair, weight in pairs.items()),
        *((f" {a} {b} {c} ", _THREE * (pairs[f"{a}_{b}"] + pairs[f"{b}_{c}"]) / 2) for a, b, c in threes),
    ]
