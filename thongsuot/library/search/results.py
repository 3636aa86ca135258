"""A page of results: the places, what they can be narrowed by, and what was probably meant."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, overload

from thongsuot.library.search import asked as questions
from thongsuot.library.search import facets
from thongsuot.library.search import index as derived
from thongsuot.library.search.asked import Asked
from thongsuot.library.search.asking import Hit, hits_of
from thongsuot.library.search.facets import Counted
from thongsuot.library.search.matching import Question, Reader
from thongsuot.library.search.ranking import Found, in_order
from thongsuot.library.search.spelling import suggestion
from thongsuot.library.search.topics import Topic

_MANY = 3


class Hits(Sequence[Hit]):
    """In order; what is not shown is neither found nor fetched from the database."""

    def __init__(self, find: Callable[[int], list[Found]], number: int, asked: Asked, reader: Reader) -> None:
        """``find`` answers the first so many of ``number``."""
        self._find, self._number, self._asked, self._reader = find, number, asked, reader
        self._fetched: dict[tuple[int, int], list[Hit]] = {}

    def __len__(self) -> int:
        return self._number

    @overload
    def __getitem__(self, at: int) -> Hit: ...
    @overload
    def __getitem__(self, at: slice) -> list[Hit]: ...
    def __getitem__(self, at: int | slice) -> Hit | list[Hit]:
        start, stop, _step = (at if isinstance(at, slice) else slice(at, at + 1)).indices(self._number)
        if (start, stop) not in self._fetched:
            self._fetched[start, stop] = hits_of(self._find(stop)[start:stop], self._asked, self._reader)
        shown = self._fetched[start, stop]
        return shown if isinstance(at, slice) else shown[0]

    def __iter__(self) -> Iterator[Hit]:
        return iter(self[: len(self)])


@dataclass(frozen=True)
class Results:
    hits: Sequence[Hit]
    counted: Counted
    meant: str = ""


def named_among(shown: Sequence[Hit]) -> Hit | None:
    """What was asked for by its number, or by article and law: the reader most likely wants to go there."""
    return shown[0] if shown and shown[0].is_named else None


def look(words: str, reader: Reader, *, limit: int, topics: Collection[Topic] = (), topic: str = "") -> Results:
    """Places that hold (most of) the words; where none does, the nearest. ``topic`` is the key of the one picked."""
    asked = questions.read(words)
    if not asked or not reader.who:
        return Results([], Counted(0, {}))
    picked = next((one for one in topics if one.key == topic), None)
    if picked:
        reader = replace(reader, passages=picked.passages)
    index = derived.opened()
    schema, searcher = index.schema, index.searcher()
    question = Question(schema, searcher, asked)
    counted = facets.count(schema, searcher, asked, reader, [picked] if picked else topics)
    if counted.places:
        hits = Hits(
            partial(_holding, searcher, question, reader, counted.places), min(limit, counted.places), asked, reader
        )
    else:
        nearest = in_order(searcher, question.best(reader), asked, limit)
        hits = Hits(lambda number: nearest[:number], len(nearest), asked, reader)
    meant = suggestion(schema, searcher, asked, reader) if question.is_doubtful else ""
    return Results(hits, counted, meant)


def _holding(searcher: Any, question: Question, reader: Reader, places: int, number: int) -> list[Found]:
    """The first so many of the places that hold (most of) the words."""
    asked = question.asked
    if places > _MANY * number and question.can_be_told():
        # Where so many hold the words, the best of all nearly always do: asking the index for the best alone is quick.
        quick = number + number // 3
        found = in_order(searcher, question.best(reader), asked, quick, keep=question.is_held_by)[:number]
        if len(found) == number:
            return found
    return in_order(searcher, question.best(reader, holding=True), asked, number)
