"""The public news, as the room of meetings publishes them."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any


def _published() -> ModuleType | None:
    if find_spec("thongsuot.meetings.published") is None:
        return None
    return import_module("thongsuot.meetings.published")


def posts() -> list[Any]:
    """Published and not withdrawn, the newest first."""
    room = _published()
    return list(room.posts()) if room else []


def post(slug: str) -> Any | None:
    room = _published()
    return room.post(slug) if room else None


def picture(slug: str, number: int) -> Any | None:
    """The response that serves the nth photo of an item, where the room of meetings keeps photos."""
    room = _published()
    return room.picture(slug, number) if room and hasattr(room, "picture") else None
