"""A page of results: the places, what they can be narrowed by, and what was probably meant."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from thongsuot.library.search import asked as questions
from thongsuot.library.search import facets
from thongsuot.library.search import index as derived
from thongsuot.library.search.asking import Hit, hits_of
from thongsuot.library.search.facets import Counted
from thongsuot.library.search.matching import Question, Reader
from thongsuot.library.search.ranking import in_order
from thongsuot.library.search.spelling import suggestion
from thongsuot.library.search.topics import Topic


@dataclass(frozen=True)
class Results:
    hits: list[Hit]
    counted: Counted
    meant: str = ""

    @property
    def named(self) -> Hit | None:
        """What was asked for by its number, or by article and law: the reader most likely wants to go there."""
        return self.hits[0] if self.hits and self.hits[0].is_named else None


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
    found = in_order(schema, searcher, question.best(reader, holding=True), asked, limit)
    counted = facets.count(schema, searcher, asked, reader, [picked] if picked else topics)
    if not found:
        found = in_order(schema, searcher, question.best(reader), asked, limit)
    meant = suggestion(schema, searcher, asked, reader) if question.is_doubtful else ""
    return Results(hits_of(found, asked, reader), counted, meant)
