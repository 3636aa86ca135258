"""What a copy is made of: a work, its chapters, their blocks. Plain values, without the database."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from thongsuot.library.copies.words import Node

# As models.Passage.Kind; "intro" and "source" stand around the passages of a trail.
HEADINGS = ("part", "chapter", "section", "subsection", "article", "annex")
INTRO, SOURCE = "intro", "source"


@dataclass(frozen=True)
class Image:
    """A picture in the store or among the static files; its bytes are our own, drawn anew or part of the project."""

    path: Path
    width: int
    height: int
    is_drawing: bool = False  # SVG


@dataclass
class Block:
    """A passage as it is read."""

    kind: str
    anchor: str
    label: str = ""
    heading: str = ""
    words: list[Node] = field(default_factory=list)
    number: str = ""  # of a clause "2.", of a point "a)", of a footnote "3"
    page: str = ""  # the printed page that begins with this block
    level: int = 0  # of a heading, 1 for the highest; none is left out on the way down
    image: Image | None = None
    alt: str = ""
    address: str = ""  # where a reader finds it in the library

    @property
    def title(self) -> str:
        return ". ".join(part for part in (self.label, self.heading) if part)


@dataclass
class Chapter:
    """What begins on a new page, and is a file of its own in an EPUB."""

    title: str
    blocks: list[Block] = field(default_factory=list)


@dataclass
class Work:
    identifier: str  # urn:uuid:…
    title: str
    language: str
    address: str  # the lasting one
    chapters: list[Chapter] = field(default_factory=list)
    notes: dict[str, Block] = field(default_factory=dict)  # by the key of their mark
    author: str = ""
    number: str = ""
    issuer: str = ""
    subject: str = ""
    issued_on: date | None = None
    made_on: date | None = None
    kind: str = ""  # as models.Document.Kind; "trail"
    kind_label: str = ""
    remark: str = ""  # what a reader must know about this text

    def blocks(self) -> Iterator[Block]:
        for chapter in self.chapters:
            yield from chapter.blocks

    @property
    def pages(self) -> list[str]:
        """Printed pages, in the order in which they begin; each once."""
        return list(dict.fromkeys(block.page for block in self.blocks() if block.page))

    @property
    def images(self) -> list[Image]:
        return list(dict.fromkeys(block.image for block in self.blocks() if block.image))


_NAME = re.compile(r"^[A-Za-zÀ-ỹ_][\w.\-]*$")


class Names:
    """Ids for a file out of anchors, which may be any words: each its own, the same for the same anchor."""

    def __init__(self) -> None:
        self._given: dict[str, str] = {}
        self._taken: set[str] = set()

    def __call__(self, anchor: str) -> str:
        if anchor not in self._given:
            stem = anchor if _NAME.match(anchor) else "x-" + (re.sub(r"[^A-Za-z0-9]+", "-", anchor).strip("-") or "0")
            name, nth = stem, 1
            while name in self._taken:
                nth += 1
                name = f"{stem}-{nth}"
            self._taken.add(name)
            self._given[anchor] = name
        return self._given[anchor]
