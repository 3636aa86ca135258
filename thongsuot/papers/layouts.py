"""Which official layout was in force for a system of papers on a day: dated data, not code."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

RULES = Path(__file__).parent / "rules" / "layout"


@dataclass(frozen=True)
class Layout:
    """Lengths in millimetres, sizes in points."""

    name: str
    system: str
    valid_from: date
    source: str
    margins_mm: dict[str, float]
    body_size: float
    line_pt: float
    first_line_mm: float
    motto: tuple[str, ...]
    motto_size: float
    number_form: str
    type_size: float
    subject_size: float
    subject_prefix: str
    heading_form: str
    end_mark: str
    star: bool
    bases_italic: bool
    recipients_size: float
    recipients_title_size: float
    recipients_title: str
    title_bold: bool
    valid_to: date | None = None


@lru_cache
def layouts() -> tuple[Layout, ...]:
    found = []
    for file in sorted(RULES.glob("*.toml")):
        values: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
        values["motto"] = tuple(values["motto"])
        found.append(Layout(name=file.stem, **values))
    return tuple(found)


def layout_for(system: str, on: date) -> Layout:
    """The layout in force on that day; before the oldest one known, the oldest."""
    fitting = sorted((x for x in layouts() if x.system == system), key=lambda x: x.valid_from)
    if not fitting:
        raise LookupError(system)
    in_force = [x for x in fitting if x.valid_from <= on and (x.valid_to is None or on < x.valid_to)]
    return in_force[-1] if in_force else fitting[0]
