"""How much of a plan's text stands word for word in the plan above: shown to its author first."""

import re
from dataclasses import dataclass

from thongsuot.viet.text import fold

# Five syllables: set phrases of two to four do not count as copying, a copied clause does.
SYLLABLES = 5
_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"[^.;!?\n]*(?:[.;!?\n]+\s*|$)")


def shingles(text: str) -> set[tuple[str, ...]]:
    """Every run of five folded syllables."""
    return set(_runs(text))


def _runs(text: str) -> list[tuple[str, ...]]:
    syllables = _WORD.findall(fold(text))
    return list(zip(*(syllables[start:] for start in range(SYLLABLES)), strict=False))


def likeness(text: str, above: str) -> float:
    """The share of the text's runs of five syllables that stand in the text above, 0 to 1."""
    own = _runs(text)
    if not own:
        return 0.0
    known = shingles(above)
    return sum(run in known for run in own) / len(own)


@dataclass(frozen=True)
class Sentence:
    text: str
    is_copied: bool


def marked(text: str, above: str) -> list[Sentence]:
    """The text cut into sentences; those of which four fifths stand above count as copied.

    Joined again, the pieces give the text back unchanged.
    """
    known = shingles(above)
    found = []
    for piece in filter(None, _SENTENCE.findall(text)):
        runs = _runs(piece)
        found.append(Sentence(piece, bool(runs) and sum(run in known for run in runs) >= 0.8 * len(runs)))
    return found
