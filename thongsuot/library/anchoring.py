"""The words that a person marked are found again after the text around them has changed."""

import re
from collections.abc import Iterable
from html import unescape

from django.utils.html import strip_tags

from thongsuot.library.models import Edition, Mark, Passage
from thongsuot.library.rendering import render
from thongsuot.people.models import Person
from thongsuot.viet.text import nfc

Kind = Passage.Kind
_BLANKS = re.compile(r"\s+")
# Shown with their name before their words.
_NAMED = (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION, Kind.ARTICLE, Kind.ANNEX, Kind.PLATE)


def letters(words: str) -> str:
    """Without blanks, of which a page and a file never have the same."""
    return _BLANKS.sub("", nfc(words))


def shown(passage: Passage) -> str:
    """The letters of the passage as its page shows them."""
    name = str(passage) if passage.kind in _NAMED and (passage.label or passage.heading) else ""
    return letters(f"{name} {unescape(strip_tags(render(passage)))}")


def nearest(text: str, quote: str, start: int) -> int | None:
    """Where the quote stands in those letters, as near as may be to where it stood."""
    found = [match.start() for match in re.finditer(f"(?={re.escape(quote)})", text)] if quote else []
    return min(found, key=lambda place: abs(place - start), default=None)


def stands(mark: Mark) -> bool:
    """Whether the marked words are still read in its passage."""
    passage = mark.passage
    return not passage.is_withdrawn and (not mark.quote or letters(mark.quote) in shown(passage))


def follow(edition: Edition, person: Person | None = None) -> int:
    """Marks whose words left their passage go to the nearest passage that has them; returns how many moved.

    Marks whose words are gone stay where they are: their person is told that the text has changed.
    """
    marks = Mark.objects.filter(passage__edition=edition).exclude(quote="").select_related("passage")
    lost = [mark for mark in (marks.filter(person=person) if person else marks) if not stands(mark)]
    texts = _texts(edition) if lost else {}
    moved = []
    for mark in lost:
        quote = letters(mark.quote)
        homes = [passage for passage, text in texts.items() if quote in text]
        if home := min(homes, key=lambda passage: abs(passage.position - mark.passage.position), default=None):
            mark.start = nearest(texts[home], quote, mark.start) or 0
            mark.end = mark.start + len(quote)
            mark.passage = home
            moved.append(mark)
    Mark.objects.bulk_update(moved, ["passage", "start", "end"], batch_size=200)
    return len(moved)


def _texts(edition: Edition) -> dict[Passage, str]:
    passages: Iterable[Passage] = edition.passages.filter(is_withdrawn=False)
    return {passage: shown(passage) for passage in passages}
