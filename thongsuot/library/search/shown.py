"""Folded words as a text writes them: the index knows no marks, the text does."""

import re
from typing import Any

from thongsuot.library.models import Document, Passage
from thongsuot.library.search.words import plain_text
from thongsuot.viet.text import fold, nfc

_WORD = re.compile(r"\w+")


def as_written(searcher: Any, query: Any, words: list[str]) -> str:
    """The words as the best place of ``query`` writes them, side by side where they stand so there; "" if nowhere."""
    hits = searcher.search(query, 1, count=False).hits
    if not hits:
        return ""
    key = searcher.doc(hits[0][1])["key"][0]
    return written_in(_text(key), words)


def written_in(text: str, words: list[str]) -> str:
    """``words`` as ``text`` writes them: together where they stand together, else each where it first stands."""
    text = nfc(text)
    # Folding keeps offsets.
    found = [(text[match.start() : match.end()], match.group()) for match in _WORD.finditer(fold(text))]
    plain = [word for _shown, word in found]
    for at in range(len(plain) - len(words) + 1):
        if plain[at : at + len(words)] == words:
            return " ".join(_lower(shown) for shown, _word in found[at : at + len(words)])
    shown = []
    at = 0
    while at < len(words):
        # The longest run of the words that the text has side by side.
        run = next(
            (
                found[start : start + length]
                for length in range(len(words) - at, 0, -1)
                for start in range(len(plain) - length + 1)
                if plain[start : start + length] == words[at : at + length]
            ),
            None,
        )
        if run is None:
            return ""
        shown += [_lower(word) for word, _plain in run]
        at += len(run)
    return " ".join(shown)


def _lower(word: str) -> str:
    return word if word.isupper() and len(word) > 1 and len(word) <= 4 else word.lower()


def _text(key: str) -> str:
    if key[0] == "d":
        document = Document.objects.filter(pk=int(key[1:])).first()
        return f"{document.full_name}. {document.subject}. {document.summary}" if document else ""
    stretch = Passage.objects.filter(pk__in=[int(pk) for pk in key[1:].split()]).order_by("position")
    return ". ".join(
        f"{label} {heading} {plain_text(text)} {alt}"
        for label, heading, text, alt in stretch.values_list("label", "heading", "text", "alt")
    )
