"""What a device must fetch to keep a public work: its pages and pictures, how large they are, and in which version."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse

from thongsuot.library.carrying import title_of
from thongsuot.library.contents import LONGEST_SHEET, ReadingPage, reading_pages
from thongsuot.library.models import Edition, PictureSize

# A page without its text, and what stands around each passage; a test compares the sum with real pages.
FRAME, AROUND = 35_500, 400
_FIELDS = ("uid", "position", "anchor", "heading", "label", "text", "printed_page", "picture", "image_id", "alt")


def listing(edition: Edition) -> dict[str, Any]:
    """Plain JSON. ``bytes`` of pages are an estimate, of pictures exact; ``version`` changes with the text."""
    pages = reading_pages(edition)
    rows = _rows_by_page(edition, pages)
    sizes = _picture_sizes(edition)
    listed = [_page(page, rows[page.anchor], sizes) for page in pages]
    return {
        "document": edition.document.slug,
        "title": title_of(edition),
        "language": edition.language,
        "version": _digest(page["version"] for page in listed),
        "pages": listed,
    }


def _rows_by_page(edition: Edition, pages: list[ReadingPage]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    waiting = list(pages)
    here = None
    for row in edition.passages.filter(is_withdrawn=False).order_by("position").values(*_FIELDS):
        while waiting and waiting[0].first <= row["position"]:
            here = waiting.pop(0)
        if here and (here.end is None or row["position"] < here.end):
            found[here.anchor].append(row)
    return found


def _page(page: ReadingPage, rows: list[dict[str, Any]], sizes: dict[int, list[list[Any]]]) -> dict[str, Any]:
    words = sum(len(f"{row['heading']}{row['label']}{row['text']}{row['alt']}".encode()) for row in rows)
    pictures = [sizes[row["image_id"]] for row in rows if row["image_id"] in sizes]
    pictures += [drawing for row in rows if row["picture"] and (drawing := _drawing(row["picture"]))]
    return {
        "url": page.url,
        "name": page.name,
        "bytes": FRAME * (1 + words // LONGEST_SHEET) + words + AROUND * len(rows),
        "version": _digest(repr(sorted(row.items())) for row in rows),
        "pictures": pictures,
    }


def _picture_sizes(edition: Edition) -> dict[int, list[list[Any]]]:
    """For each picture [address, width, bytes] of its sizes, narrowest first."""
    found: dict[int, list[list[Any]]] = defaultdict(list)
    rows = PictureSize.objects.filter(picture__edition=edition).order_by("width")
    for key, uid, width, size in rows.values_list("picture_id", "picture__uid", "width", "file__size"):
        found[key].append([reverse("library:picture", args=[uid, width]), width, size])
    return found


def _drawing(name: str) -> list[list[Any]]:
    """A drawing among the static files has one size."""
    path = finders.find(name)
    return [[static(name), 0, Path(str(path)).stat().st_size]] if path else []


def _digest(pieces: Iterable[str]) -> str:
    made = hashlib.sha256()
    for piece in pieces:
        made.update(piece.encode())
    return made.hexdigest()[:16]
