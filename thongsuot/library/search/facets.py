"""What results can be narrowed by, with how many places each choice leaves; counted for these readers only."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import tantivy

from thongsuot.library.search.asked import Asked
from thongsuot.library.search.matching import Question, Reader
from thongsuot.library.search.topics import Topic

COUNTED = ("kind", "issuer", "year")
# As many choices as one looks over.
_MOST = 8


@dataclass(frozen=True)
class Choice:
    value: str
    number: int


@dataclass(frozen=True)
class Counted:
    places: int
    choices: Mapping[str, Sequence[Choice]]


def count(schema: Any, searcher: Any, asked: Asked, reader: Reader, topics: Collection[Topic] = ()) -> Counted:
    """One walk through the index for all facets, a short one for each topic. No query to the database."""
    question = Question(schema, searcher, asked)
    asked_for = {
        name: {"terms": {"field": name, "size": 500 if name == "year" else _MOST}} | _PLACES for name in COUNTED
    }
    result = searcher.aggregate(question.within(reader), {**_PLACES["aggs"], **asked_for})
    choices: dict[str, list[Choice]] = {}
    for name in COUNTED:
        found = [Choice(str(one["key"]), int(one["places"]["value"])) for one in result[name]["buckets"]]
        choices[name] = sorted(found, key=lambda one: one.value, reverse=True)[:_MOST] if name == "year" else found
    choices["topic"] = [
        Choice(topic.key, number)
        for topic in topics
        if (number := _places(searcher, question.within(replace(reader, passages=topic.passages))))
    ]
    return Counted(int(result["places"]["value"]), choices)


# An article that fits by several of its stretches is one place.
_PLACES: dict[str, Any] = {"aggs": {"places": {"cardinality": {"field": "place"}}}}


def _places(searcher: Any, query: tantivy.Query) -> int:
    return int(searcher.aggregate(query, _PLACES["aggs"])["places"]["value"])
