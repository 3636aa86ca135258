"""What results can be narrowed by, with how many places each choice leaves; counted for these readers only."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from thongsuot.library.search.asked import Asked
from thongsuot.library.search.entries import COUNTED
from thongsuot.library.search.matching import Question, Reader
from thongsuot.library.search.topics import Topic

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
    places, numbers = _places(searcher, question.within(reader))
    choices: dict[str, list[Choice]] = {}
    for name in COUNTED:
        found = [Choice(value, number) for value, number in numbers[name].items()]
        choices[name] = sorted(found, key=lambda one: one.value, reverse=True)[:_MOST] if name == "year" else found
    choices["topic"] = [
        Choice(topic.key, number)
        for topic in topics
        if (number := _places(searcher, question.within(replace(reader, passages=topic.passages)))[0])
    ]
    return Counted(places, choices)


def _places(searcher: Any, query: Any) -> tuple[int, dict[str, dict[str, int]]]:
    """How many places fit, and how many of them have each value.

    Nearly every place is one entry of the index, and entries are counted three times as fast as places. A very long
    article has several, and may fit by more than one: what is counted twice of these few is taken off again.
    """
    found = searcher.aggregate(query, _ENTRIES)
    numbers = {name: _numbers(found[name]) for name in COUNTED}
    places = int(found["entries"]["value"])
    for long, number in _numbers(found["long"]).items():
        places -= number - 1
        for name, value in zip(COUNTED, long.split("\t")[1:], strict=True):
            if value in numbers[name]:
                numbers[name][value] -= number - 1
    return places, numbers


def _numbers(counted: Any) -> dict[str, int]:
    return {str(one["key"]): int(one["doc_count"]) for one in counted["buckets"]}


_SIZES = {"kind": _MOST, "issuer": _MOST, "year": 500, "long": 5000}
_ENTRIES: dict[str, Any] = {name: {"terms": {"field": name, "size": size}} for name, size in _SIZES.items()}
# Every entry has a kind.
_ENTRIES["entries"] = {"value_count": {"field": "kind"}}
