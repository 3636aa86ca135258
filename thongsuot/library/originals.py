"""The source as it came, a sheet at a time: a page of the PDF as a picture, else the file's own words."""

import gzip
import json
import tempfile
from pathlib import Path

from django.conf import settings

from thongsuot.library.formats.apart import draw_apart
from thongsuot.library.models import Edition
from thongsuot.papers import files

_LARGEST = 64 * 1024 * 1024


def has_pages(edition: Edition) -> bool:
    """Whether its sheets are pages that can be drawn."""
    return edition.format == "pdf" and edition.source_id is not None


def page_picture(edition: Edition, number: int) -> bytes:
    """WebP of that page, drawn once by a process with limits. Raises CannotRead, papers.files.MissingFile."""
    assert edition.source
    place = Path(settings.DATA) / "proof" / edition.source.sha256 / f"{number}.webp"
    if not place.exists():
        files.read(edition.source)  # says so where the store has lost it
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent) as folder:
            draw_apart(files.place_of(edition.source.sha256), number, Path(folder)).replace(place)
    return place.read_bytes()


def words_on(edition: Edition, sheet: int) -> str:
    """The file's own words on that sheet; empty where none were kept."""
    if not edition.sheets or sheet < 1:
        return ""
    with gzip.open(files.place_of(edition.sheets.sha256)) as packed:
        sheets = json.loads(packed.read(_LARGEST))
    return str(sheets[sheet - 1]) if sheet <= len(sheets) else ""
