"""Named gaps: a lower room's page leaves one, the rooms above fill it."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

Filler = Callable[[Any, HttpRequest], str | None]

_fillers: dict[str, list[Filler]] = defaultdict(list)


def fill(name: str, filler: Filler) -> None:
    """Called once in AppConfig.ready(). ``filler(subject, request)`` returns rendered HTML or None."""
    if filler not in _fillers[name]:
        _fillers[name].append(filler)


def render_slot(name: str, subject: Any, request: HttpRequest) -> SafeString:
    parts = (filler(subject, request) for filler in _fillers[name])
    # Fillers return the output of templates, already escaped.
    return mark_safe("".join(part for part in parts if part))  # noqa: S308


def known() -> set[str]:
    return {name for name, fillers in _fillers.items() if fillers}
