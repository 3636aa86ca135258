"""The main navigation: each room adds its own entry."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise


def everyone(person: Any) -> bool:
    return person is not None


@dataclass(frozen=True)
class Item:
    key: str
    label: str | Promise
    url_name: str
    icon: str
    order: int
    who: Callable[[Any], bool]


_items: dict[str, Item] = {}


def add(
    key: str,
    label: str | Promise,
    url_name: str,
    *,
    icon: str = "folder",
    order: int = 50,
    who: Callable[[Any], bool] = everyone,
) -> None:
    """Called once in AppConfig.ready(). ``who`` decides for whom the entry shows; others may still open the page."""
    _items[key] = Item(key, label, url_name, icon, order, who)


def items(request: HttpRequest) -> list[dict[str, Any]]:
    person = getattr(request, "person", None)
    found = []
    for item in sorted(_items.values(), key=lambda each: each.order):
        if not item.who(person):
            continue
        try:
            url = reverse(item.url_name)
        except NoReverseMatch:
            continue
        found.append({"label": item.label, "url": url, "icon": item.icon, "is_current": request.path.startswith(url)})
    return found
