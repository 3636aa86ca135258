"""What every page knows about the site it stands on."""

import tomllib
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from thongsuot.web import navigation

THEMES = ("light", "dark")


def site(request: HttpRequest) -> dict[str, Any]:
    theme = request.COOKIES.get("theme", "")
    return {
        "site_name": "Thông Suốt",
        "example": settings.EXAMPLE and SimpleLazyObject(shows_example),
        "theme": theme if theme in THEMES else "",
        "navigation": SimpleLazyObject(lambda: navigation.items(request)),
        "person": getattr(request, "person", None),
        "version": version(),
    }


@cache
def version() -> str:
    """The version of the product, as its project file says."""
    project = settings.ROOT / "pyproject.toml"
    return str(tomllib.loads(project.read_text())["project"]["version"]) if project.exists() else ""


# Whether the example's data stands in this installation; the room of the example answers.
_example_answers: list[Any] = []


def shows_example() -> bool:
    return any(answer() for answer in _example_answers)


def ask_example(answer: Any) -> None:
    _example_answers[:] = [answer]
