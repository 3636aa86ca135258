"""A page of results: the places, what they can be narrowed by, and what was probably meant."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
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
    """In order; what is not shown is not fetched from the database."""

    def __init__(self, found: Sequence[Found], asked: Asked, reader: Reader) -> None:
        self._found, self._asked, self._reader = found, asked, reader
        self._fetched: dict[tuple[int, int], list[Hit]] = {}

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, at: int) -> Hit: ...
    @overload
    def __getitem__(self, at: slice) -> list[Hit]: ...
    def __getitem__(self, at: int | slice) -> Hit | list[Hit]:
        start, stop, _step = (at if isinstance(at, slice) else slice(at, at + 1)).indices(len(self._found))
        if (start, stop) not in self._fetched:
            self._fetched[start, stop] = hits_of(list(self._found[start:stop]), self._asked, self._reader)
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
    found = _holding(searcher, question, reader, limit, counted.places)
    if not found:
        found = in_order(searcher, question.best(reader), asked, limit)
    meant = suggestion(schema, searcher, asked, reader) if question.is_doubtful else ""
    return Results(Hits(found, asked, reader), counted, meant)


def _holding(searcher: Any, question: Question, reader: Reader, limit: int, places: int) -> list[Found]:
    """Places that hold (most of) the words, of so many that do."""
    asked = question.asked
    if places > _MANY * limit and question.can_be_told():
        # Where so many hold the words, the best of all nearly always do: asking the index for the best alone is quick.
        found = in_order(searcher, question.best(reader), asked, limit + limit // 3, keep=question.is_held_by)[:limit]
        if len(found) == limit:
            return found
    return in_order(searcher, question.best(reader, holding=True), asked, limit)
