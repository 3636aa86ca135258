"""Topics that narrow results: rooms above the library say which there are, and which passages they hold."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Topic:
    key: str
    title: str
    passages: frozenset[int]


Source = Callable[[Any, date], Sequence[Topic]]
_sources: list[Source] = []


def add_source(source: Source) -> None:
    """Called once in AppConfig.ready(). ``source(person, on)`` answers the topics that the person may see."""
    if source not in _sources:
        _sources.append(source)


def topics_for(person: Any, on: date) -> list[Topic]:
    return [topic for source in _sources for topic in source(person, on)]
