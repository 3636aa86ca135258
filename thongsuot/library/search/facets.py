"""What results can be narrowed by, with how many places each choice leaves; counted for these readers only."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from thongsuot.library.search.asked import Asked
from thongsuot.library.search.entries import LONG
from thongsuot.library.search.matching import Occur, Query, Question, Reader, silent
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
    """Two walks through the index for all facets, a short one for each topic. No query to the database."""
    question = Question(schema, searcher, asked)
    places, numbers = _places(schema, searcher, question.within(reader))
    choices: dict[str, list[Choice]] = {}
    for name in COUNTED:
        found = [Choice(value, number) for value, number in numbers[name].items()]
        choices[name] = sorted(found, key=lambda one: one.value, reverse=True)[:_MOST] if name == "year" else found
    choices["topic"] = [
        Choice(topic.key, number)
        for topic in topics
        if (number := _places(schema, searcher, question.within(replace(reader, passages=topic.passages)))[0])
    ]
    return Counted(places, choices)


def _places(schema: Any, searcher: Any, query: Any) -> tuple[int, dict[str, dict[str, int]]]:
    """How many places fit, and how many of them have each value.

    Nearly every place is one entry of the index, and entries are counted three times as fast as places. A very long
    article has several, and may fit by more than one: what is counted twice of these few is taken off again.
    """
    found = searcher.aggregate(query, _ENTRIES)
    numbers = {name: {str(one["key"]): int(one["doc_count"]) for one in found[name]["buckets"]} for name in COUNTED}
    places = int(found["entries"]["value"])
    if searcher.doc_freq("narrow", LONG):
        of_long = (Occur.Must, silent(Query.term_query(schema, "narrow", LONG, "basic")))
        long = searcher.aggregate(Query.boolean_query([(Occur.Must, query), of_long]), _PLACES_OF_LONG)
        places -= int(long["entries"]["value"]) - int(long["places"]["value"])
        for name in COUNTED:
            for one in long[name]["buckets"]:
                if one["key"] in numbers[name]:
                    numbers[name][one["key"]] -= int(one["doc_count"]) - int(one["places"]["value"])
    return places, numbers


_SIZES = {"kind": _MOST, "issuer": _MOST, "year": 500}
_ONE_BY_ONE: dict[str, Any] = {"entries": {"value_count": {"field": "place"}}}
_AS_PLACES: dict[str, Any] = {"places": {"cardinality": {"field": "place"}}}
_ENTRIES = _ONE_BY_ONE | {name: {"terms": {"field": name, "size": size}} for name, size in _SIZES.items()}
_PLACES_OF_LONG = (
    _ONE_BY_ONE | _AS_PLACES | {name: {"terms": {"field": name, "size": 500}, "aggs": _AS_PLACES} for name in _SIZES}
)
