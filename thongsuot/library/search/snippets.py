"""The place in a text where the words stand, with the words marked and the marks of Vietnamese kept."""

import re
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from thongsuot.library.search.words import syllables
from thongsuot.viet.text import fold, nfc, one_tone_placement

_SYLLABLE = re.compile(r"\w+")
LENGTH = 240
# Words of one letter are marked only beside another: "a", "b" of points stand everywhere.
_SHORT = 2


def _places(text: str, asked: str) -> list[tuple[int, int, str]]:
    """Where the words stand. Folding keeps offsets, so that most words are told apart without looking at marks."""
    exact, free = _wanted(asked)
    found, loose = [], []
    for match in _SYLLABLE.finditer(fold(text)):
        word = match[0]
        if word not in free and word not in exact:
            continue
        place = match.start(), match.end(), word
        loose.append(place)
        if word in free or one_tone_placement(text[match.start() : match.end()].lower()) == exact[word]:
            found.append(place)
    # The text writes it with other marks: still show where.
    found = found or loose
    lone = {plain for _start, _end, plain in found}
    return [place for place in found if len(place[2]) >= _SHORT or place[2].isdigit() or lone == {place[2]}]


@lru_cache(64)
def _wanted(asked: str) -> tuple[dict[str, str], set[str]]:
    """Typed with marks, a word matches exactly; without, whatever marks the text has."""
    typed = syllables(asked)
    return {fold(word): word for word in typed if not word.isascii()}, {word for word in typed if word.isascii()}


def mark(text: str, asked: str) -> SafeString:
    """The whole text, escaped, with the words marked."""
    text = nfc(text)
    return _marked(text, 0, len(text), _places(text, asked))


def snippet(text: str, asked: str, length: int = LENGTH) -> SafeString:
    """The stretch of about ``length`` letters that holds most different words."""
    text = nfc(text)
    places = _places(text, asked)
    start = _best_start(places, length) if places else 0
    start = max(0, start - 50)
    if start:
        start = text.rfind(" ", 0, start) + 1
    end = min(len(text), start + length)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + 1)
    inside = _marked(text, start, end, places)
    return mark_safe(("… " if start else "") + inside + (" …" if end < len(text) else ""))  # noqa: S308 escaped above


def _best_start(places: list[tuple[int, int, str]], length: int) -> int:
    def worth(first: int) -> tuple[int, int]:
        inside = [plain for start, end, plain in places[first:] if end <= places[first][0] + length - 60]
        return len(set(inside)), len(inside)

    return places[max(range(len(places)), key=worth)][0]


def _marked(text: str, start: int, end: int, places: list[tuple[int, int, str]]) -> SafeString:
    pieces: list[str] = []
    at = start
    for first, last, _plain in places:
        if first < at or last > end:
            continue
        between = text[at:first]
        # Neighbours become one mark: "tham nhũng", not "tham" "nhũng".
        if pieces and pieces[-1] == "</mark>" and between == " ":
            pieces[-1] = " "
        else:
            pieces += [escape(between), "<mark>"]
        pieces += [escape(text[first:last]), "</mark>"]
        at = last
    pieces.append(escape(text[at:end]))
    return mark_safe("".join(pieces))  # noqa: S308 every piece of text was escaped
