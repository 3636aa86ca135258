"""From ``content/plates.toml`` to the SVG files among the static ones."""

from collections.abc import Iterator
from pathlib import Path

from thongsuot.example import content
from thongsuot.example.drawing.layouts import LAYOUTS, words_of
from thongsuot.example.drawing.sheet import Sheet

FOLDER = Path(content.HERE) / "static" / "example" / "plates"


def drawn() -> Iterator[tuple[str, str]]:
    """File name and SVG of each plate: ``name.svg`` in Vietnamese, ``name-en.svg`` in English."""
    for plate in content.toml("plates.toml")["plate"]:
        for language in ("vi", "en"):
            words = words_of(plate, language)
            sheet = Sheet(words["title"], language)
            LAYOUTS[plate["layout"]](sheet, words)
            sheet.foot(words.get("foot", ""))
            yield f"{plate['name']}{'' if language == 'vi' else '-en'}.svg", sheet.svg()
