"""PDF: a tagged book with outline, contents, running heads, page numbers, notes and plates, set by Typst.

The words go to the typesetter as data (JSON), never as its code: a text that holds code comes out as text.
"""

import io
import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from PIL import Image as Drawing

from thongsuot.library.copies import front, pictures
from thongsuot.library.copies.typesetting import set_apart
from thongsuot.library.copies.words import Node, Nodes, plain, walk
from thongsuot.library.copies.works import Block, Image, Names, Work

_FORMS = Path(__file__).parent / "forms"
# The first three come with Typst and draw every Vietnamese letter; the others where the machine has them.
FONTS = [
    "Libertinus Serif",
    "New Computer Modern",
    "New Computer Modern Math",
    "Noto Serif",
    "Noto Sans",
    "DejaVu Sans",
]
CODE_FONTS = ["DejaVu Sans Mono", *FONTS]
# Contents longer than this name chapters and their sections only.
_LONG_CONTENTS = 300
_BOOKS = ("book", "handbook", "trail")


def write(work: Work, out: Path, *, told: Callable[[int], None] = lambda _percent: None) -> None:
    """The book as a file. Raises typesetting.CannotSet."""
    with override(work.language), tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files: dict[Image, str] = {}
        for n, image in enumerate(work.images):
            data, ending = pictures.made_ready(image)
            files[image] = f"anh-{n + 1:04}.{ending}"
            (folder / files[image]).write_bytes(data)
            told(5 + 45 * n // len(work.images))
        _forms(folder, _Book(work, files).values())
        told(55)
        set_apart(folder, "book.typ", out)


def cover(work: Work) -> bytes:
    """The cover alone, as a JPEG picture."""
    with override(work.language), tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _forms(folder, _Book(work, {}).about())
        (folder / "only-cover.typ").write_text(
            '#import "cover.typ": cover\n#let work = json("work.json")\n'
            "#set text(lang: work.language, font: work.fonts, size: 16pt)\n"
            "#set page(width: 160mm, height: 230mm)\n#cover(work)\n"
        )
        set_apart(folder, "only-cover.typ", folder / "cover.png")
        out = io.BytesIO()
        with Drawing.open(folder / "cover.png", formats=["PNG"]) as drawn:
            drawn.convert("RGB").save(out, "JPEG", quality=88)
        return out.getvalue()


def _forms(folder: Path, values: dict[str, Any]) -> None:
    for form in _FORMS.glob("*.typ"):
        shutil.copyfile(form, folder / form.name)
    (folder / "work.json").write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")


class _Book:
    """The work as the form reads it."""

    def __init__(self, work: Work, files: dict[Image, str]) -> None:
        self.work, self.files = work, files
        self.name = Names()
        self.noted: set[str] = set()
        self.targets = {
            node.value[1:]
            for node in walk([node for block in (*work.blocks(), *work.notes.values()) for node in block.words])
            if node.kind == "a" and node.value.startswith("#")
        }
        self.standing = {block.anchor for block in work.blocks()}

    def about(self) -> dict[str, Any]:
        work = self.work
        is_book = work.kind in _BOOKS
        made = datetime.combine(work.made_on, datetime.min.time(), UTC) if work.made_on else datetime.now(UTC)
        return {
            "title": work.title,
            "language": work.language,
            "authors": [name for name in (work.author or work.issuer,) if name],
            "byline": work.author or work.issuer,
            "subject": work.subject or work.title,
            "keywords": [word for word in (work.number, work.kind_label) if word],
            "kind_label": work.kind_label if not work.number else f"{work.kind_label} {work.number}",
            "fonts": FONTS,
            "code_fonts": CODE_FONTS,
            "paper": "a5" if is_book else "a4",
            "size": 10 if is_book else 11.5,
            "address": work.address,
            "timestamp": int(made.timestamp()),
        }

    def values(self) -> dict[str, Any]:
        work = self.work
        levels = [block.level for block in work.blocks() if block.level]
        return self.about() | {
            "running": work.number or work.title,
            # Steps of a trail follow one another; chapters begin on a new page.
            "breaks": work.kind != "trail",
            "depth": 3 if sum(level <= 3 for level in levels) <= _LONG_CONTENTS else 2,
            "words": {"contents": _("Contents")},
            "front": front.lines(work),
            "about": front.about(work),
            "chapters": [
                {
                    "title": "" if chapter.blocks[0].level else chapter.title,
                    "running": chapter.title,
                    "blocks": [self.block(block) for block in chapter.blocks],
                }
                for chapter in work.chapters
            ],
        }

    def block(self, block: Block) -> dict[str, Any]:
        words = self.nodes(block.words)
        if block.number and block.kind != "footnote":
            number = {"k": "strong", "c": [block.number]}
            if words and isinstance(words[0], dict) and words[0]["k"] == "p":
                words[0]["c"] = [number, " ", *words[0]["c"]]
            else:
                words = [{"k": "p", "c": [number]}, *words]
        if block.kind == "plate":
            words = [each for node in words for each in (node["c"] if node["k"] == "p" else [node])]
        file = self.files.get(block.image, "") if block.image else ""
        return {
            "kind": "heading" if block.level else block.kind,
            "level": block.level,
            "part": block.kind == "part",
            "title": block.title or "…",
            "label": block.label,
            "number": block.number,
            "page": block.page,
            "target": self.name(f"to {block.anchor}") if block.anchor in self.targets else "",
            "words": words,
            "file": file,
            # Pixels of a screen: a small picture is not drawn larger than it is.
            "width": block.image.width * 0.6 if block.image and block.image.width else 0,
            "alt": block.alt or plain(block.words) or block.label or _("Picture"),
        }

    def nodes(self, nodes: Nodes) -> list[Any]:
        return [node if isinstance(node, str) else self.node(node) for node in nodes]

    def node(self, node: Node) -> dict[str, Any]:
        if node.kind in ("code", "pre"):
            return {"k": node.kind, "v": "".join(each for each in node.inside if isinstance(each, str))}
        if node.kind == "a":
            return self.link(node)
        if node.kind == "note":
            return self.note(node)
        if node.kind == "table":
            return self.table(node)
        made: dict[str, Any] = {"k": node.kind, "c": self.nodes(node.inside)}
        if node.kind == "ol":
            made["v"] = int(node.value) if node.value.isdigit() else 1
        return made

    def link(self, node: Node) -> dict[str, Any]:
        inside = self.nodes(node.inside)
        if node.value.startswith("#"):
            stands = node.value[1:] in self.standing
            return (
                {"k": "in", "v": self.name(f"to {node.value[1:]}"), "c": inside}
                if stands
                else {"k": "span", "c": inside}
            )
        return {"k": "a", "v": node.value, "c": inside} if node.value else {"k": "span", "c": inside}

    def note(self, node: Node) -> dict[str, Any]:
        key = self.name(f"note {node.value}")
        if node.value in self.noted:
            return {"k": "note", "v": key}
        self.noted.add(node.value)
        note = self.work.notes[node.value]
        number = int(note.number) if note.number.isdigit() and len(note.number) < 6 else None
        return {"k": "note", "v": key, "number": number, "c": self.nodes(note.words)}

    def table(self, node: Node) -> dict[str, Any]:
        """Cells in one row after the other; a row that is short is filled up."""
        rows = [[cell for cell in row.inside if isinstance(cell, Node)] for row in _inside(node)]
        columns = max((len(row) for row in rows), default=1)
        is_head = bool(rows) and any(cell.kind == "th" for cell in rows[0])
        head = [self.nodes(cell.inside) for cell in rows[0]] if is_head and plain(rows[0]) else []
        cells = [
            self.nodes(row[n].inside) if n < len(row) else []
            for row in (rows[1:] if is_head else rows)
            for n in range(columns)
        ]
        return {"k": "table", "v": columns, "head": head, "c": cells}


def _inside(nodes: Node) -> Sequence[Node]:
    return [node for node in nodes.inside if isinstance(node, Node)]
