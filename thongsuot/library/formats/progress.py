"""How far a reader is, said to whoever started it."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Each = TypeVar("Each")
_tell: Callable[[int], None] | None = None
_said = -1


def listen(tell: Callable[[int], None] | None) -> None:
    """``tell`` hears per cent, each number once; without it nobody is told."""
    global _tell, _said
    _tell, _said = tell, -1


def at(percent: float) -> None:
    global _said
    if _tell and int(percent) > _said:
        _said = int(percent)
        _tell(_said)


def along(things: Sequence[Each], start: int, end: int) -> Iterator[Each]:
    """The things one after the other, told as the way from ``start`` to ``end`` per cent."""
    for n, each in enumerate(things):
        at(start + (end - start) * n / len(things))
        yield each
