"""How near to one another the words of a question stand in a text: in one sentence, and in the order asked.

The index counts how often a text holds each word, wherever; a long article holds many of them by chance.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

# About one sentence of a law, in words.
SENTENCE = 30
# Two words of the question up to so far from each other are looked for together, up to so far apart in the text.
_REACH, _APART = 3, 4
# A pair is worth less for each word between its two in the question, and where the text has them otherwise apart: much
# less where the question is one name or one compound.
_EACH_BETWEEN, _OTHERWISE_APART = 0.6, 0.9
_FEW, _OTHERWISE_APART_OF_FEW = 3, 0.3


@dataclass(frozen=True)
class Sought:
    """Words and pairs of a question, with what each is worth."""

    words: Mapping[str, float]
    pairs: Mapping[tuple[str, str], tuple[float, int]]  # worth, and how far apart they are in the question
    otherwise: float  # what is left of the worth where the text has them otherwise apart


def sought(words: Sequence[str], worth: Mapping[str, float]) -> Sought:
    pairs: dict[tuple[str, str], tuple[float, int]] = {}
    for distance in range(_REACH, 0, -1):
        for pair in zip(words, words[distance:], strict=False):
            both = (worth[pair[0]] + worth[pair[1]]) / 2
            pairs[pair] = both * _EACH_BETWEEN ** (distance - 1), distance
    return Sought(worth, pairs, _OTHERWISE_APART if len(words) > _FEW else _OTHERWISE_APART_OF_FEW)


def nearness(text: Sequence[str], asked: Sought) -> tuple[float, float]:
    """What the best sentence holds of the words, and what the text holds of the pairs."""
    if len(asked.words) == 1:  # one word is near to nothing
        return sum(worth for word, worth in asked.words.items() if word in text), 0.0
    # Every word of sixty articles passes here: compress and map walk through them several times as fast as a loop.
    places = list(compress(enumerate(text), map(asked.words.__contains__, text)))
    return _best_sentence(places, asked), _pairs(places, asked)


def _best_sentence(places: Sequence[tuple[int, str]], asked: Sought) -> float:
    held: dict[str, int] = defaultdict(int)
    worth = best = 0.0
    first = 0
    for at, word in places:
        if not held[word]:
            worth += asked.words[word]
        held[word] += 1
        while places[first][0] < at - SENTENCE:
            gone = places[first][1]
            held[gone] -= 1
            if not held[gone]:
                worth -= asked.words[gone]
            first += 1
        best = max(best, worth)
    return best


def _pairs(places: Sequence[tuple[int, str]], asked: Sought) -> float:
    found: dict[tuple[str, str], float] = {}
    for n, (at, word) in enumerate(places):
        for before in range(n - 1, -1, -1):
            apart = at - places[before][0]
            if apart > _APART:
                break
            pair = places[before][1], word
            if pair in asked.pairs:
                worth, distance = asked.pairs[pair]
                found[pair] = max(found.get(pair, 0.0), worth if apart == distance else worth * asked.otherwise)
    return sum(found.values())
