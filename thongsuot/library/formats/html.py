"""HTML: headings, paragraphs, lists, tables, figures and notes; scripts and whatever else would run are left out."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from thongsuot.library.formats import markdown
from thongsuot.library.formats.books import CAPTION, Book
from thongsuot.library.formats.drafts import CannotRead, Reading
from thongsuot.library.formats.sheets import Sheets
from thongsuot.library.formats.structure import Line, is_directive, is_law, read_lines
from thongsuot.library.formats.txt import decoded

_SILENT = frozenset(
    re.findall(
        r"\w+",
        """script style nav head noscript template iframe object embed form input button select svg audio video
        canvas""",
    )
)
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """p div section article main header footer aside blockquote ul ol li dl dt dd table figure pre hr body h1 h2 h3
        h4 h5 h6 center address details summary""",
    )
)
_ENDINGS = {"png": ".png", "jpeg": ".jpg", "jpg": ".jpg", "gif": ".gif", "webp": ".webp"}
_DATA = re.compile(r"^data:image/(png|jpe?g|gif|webp);base64,(.+)$", re.DOTALL | re.IGNORECASE)
_MOST_CELLS = 20_000

# Given an address and a name to write under, the picture's file in the folder, or "" where there is none to be had.
Fetch = Callable[[str], str]


def read(path: Path, into: Path) -> Reading:
    root = parsed(path.read_bytes())
    walk = Walk(Book(), Embedded(into).fetch)
    walk.body(root)
    walk.book.pictures = walk.pictures
    title = " ".join("".join(root.xpath("//title[1]//text()")).split())
    return finished(walk, title)


def finished(walk: "Walk", title: str) -> Reading:
    """A law by its numbers where the text is one, else the book."""
    if not walk.lines:
        raise CannotRead("empty")
    if is_law(walk.lines) or (not walk.has_headings and is_directive(walk.lines)):
        lines = zip(walk.lines, walk.placed, strict=True)
        reading = read_lines([Line(line, sheet=sheet) for line, sheet in lines])
        reading.sheets = walk.sheets.texts()
        return reading
    reading = walk.book.reading()
    reading.sheets = walk.sheets.texts()
    reading.about.title = reading.about.title or title[:400]
    return reading


def parsed(data: bytes, encoding: str = "") -> Any:
    """The root of the page. Nothing is fetched and no entity of its own is expanded."""
    if b"<!ENTITY" in data[:65536]:
        raise CannotRead("entities")
    declared = re.search(rb"""charset\s*=\s*["']?([\w-]+)""", data[:2048])
    if not encoding and not declared:
        # An encoding that nobody declares is read as text files are.
        data, encoding = decoded(data).encode(), "utf-8"
    try:
        said = encoding or (declared[1].decode("ascii") if declared else "")
        parser = lxml_html.HTMLParser(encoding=said or None)
        root = lxml_html.document_fromstring(data, parser=parser)
    except (LookupError, ValueError, etree.ParserError, etree.XMLSyntaxError) as error:
        raise CannotRead("damaged", str(error)[:120]) from error
    return root


class Embedded:
    """Pictures inside the page; those elsewhere are not fetched."""

    def __init__(self, into: Path) -> None:
        self.into, self.count = into, 0

    def fetch(self, address: str) -> str:
        match = _DATA.match(address)
        if not match:
            return ""
        try:
            data = base64.b64decode(match[2], validate=False)
        except (binascii.Error, ValueError):
            return ""
        self.count += 1
        name = f"anh-{self.count:04}{_ENDINGS[match[1].lower()]}"
        (self.into / name).write_bytes(data)
        return name


@dataclass
class Walk:
    """Goes through a page and gives its blocks to the book. ``pages`` names the printed page that begins at an id."""

    book: Book
    fetch: Fetch
    page: str = ""
    pages: Mapping[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    has_headings: bool = False
    _inline: list[str] = field(default_factory=list)
    _plain: list[str] = field(default_factory=list)
    _lists: list[list[int]] = field(default_factory=list)
    _mark: str = ""
    sheets: Sheets = field(default_factory=Sheets)
    placed: list[int] = field(default_factory=list)  # the sheet of each of ``lines``

    def _said(self, line: str) -> None:
        """A line as it stands in the page; what the book gets next stands on its sheet."""
        self.lines.append(line)
        self.book.sheet = self.sheets.add(line)
        self.placed.append(self.book.sheet)

    def body(self, root: Any) -> None:
        body = root.find(".//body")
        self._children(root if body is None else body)
        self._end_paragraph()

    def _children(self, element: Any) -> None:
        self._text(element.text)
        for child in element:
            self._element(child)
            self._text(child.tail)

    def _element(self, element: Any) -> None:
        tag = element.tag.lower() if isinstance(element.tag, str) else ""
        tag = tag.rpartition("}")[2].rpartition(":")[2]
        self._turn_page(element)
        if not tag or tag in _SILENT:
            return
        kind = f"{element.get('epub:type', '')} {element.get('role', '')}"
        if "footnote" in kind or "endnote" in kind.split():
            self._footnote(element)
        elif tag in _BLOCKS:
            self._end_paragraph()
            self._block(tag, element)
            self._end_paragraph()
        elif tag == "img":
            self._picture(element, "")
        elif tag == "br":
            self._inline.append("\n")
            self._plain.append(" ")
        elif tag == "math":
            words = element.get("alttext") or " ".join("".join(element.itertext()).split())
            self._inline.append(markdown.code(words))
            self._plain.append(words)
        elif "noteref" in kind:
            number = re.sub(r"\W", "", "".join(element.itertext()))
            self._inline.append(f"[^{number}]")
        else:
            self._styled(tag, element)

    def _block(self, tag: str, element: Any) -> None:
        if tag[0] == "h" and tag[1:].isdigit():
            self._heading(int(tag[1:]), element)
        elif tag in ("ul", "ol"):
            self._lists.append([0 if tag == "ol" else -1])
            self._children(element)
            self._lists.pop()
        elif tag == "li":
            self._item(element)
        elif tag == "table":
            self._table(element)
        elif tag == "figure":
            self._figure(element)
        elif tag == "pre":
            text = "".join(element.itertext())
            if text.strip():
                self._said(" ".join(text.split()))
                self.book.paragraph(markdown.code_block(text), self.page)
        else:
            self._children(element)

    def _heading(self, level: int, element: Any) -> None:
        text = " ".join("".join(element.itertext()).split())
        if text:
            self.has_headings = True
            self._said(text)
            self.book.heading(level, text, self.page)

    def _item(self, element: Any) -> None:
        counter = self._lists[-1] if self._lists else [-1]
        if counter[0] >= 0:
            counter[0] += 1
        self._mark = f"{counter[0]}\\. " if counter[0] > 0 else "- "
        self._children(element)
        self._end_paragraph()
        self._mark = ""

    def _table(self, element: Any) -> None:
        rows, cells = [], 0
        for row in element.iter("tr"):
            made = [markdown.escaped(" ".join("".join(c.itertext()).split())) for c in row if c.tag in ("td", "th")]
            cells += len(made)
            rows.append(made)
            if cells > _MOST_CELLS:
                break
        if cells:
            for row in rows[:50]:
                self._said(" ".join(row))
            self.book.paragraph(markdown.table(rows), self.page)
            if markdown.is_cut(rows) or cells > _MOST_CELLS:
                self.book.doubt("table", f"{len(rows)}")
        for picture in element.iter("img"):
            self._picture(picture, "")

    def _figure(self, element: Any) -> None:
        captions = element.findall(".//figcaption")
        caption = " ".join(" ".join("".join(each.itertext()).split()) for each in captions)
        pictures = list(element.iter("img"))
        for n, picture in enumerate(pictures):
            self._picture(picture, caption if n == 0 else "")
        if not pictures:
            self._children(element)

    def _picture(self, element: Any, caption: str) -> None:
        self._end_paragraph()
        name = self.fetch(element.get("src") or "")
        if name and name not in self.pictures:
            self.pictures.append(name)
        self.book.plate(name, self.page, alt=" ".join((element.get("alt") or "").split()), caption=caption)

    def _footnote(self, element: Any) -> None:
        text = " ".join("".join(element.itertext()).split())
        number = re.match(r"\W*(\d{1,4}|\*+)\W*", text)
        words = text[number.end() :] if number else text
        self.book.footnote(number[1] if number else "", markdown.escaped(words), self.page)

    def _styled(self, tag: str, element: Any) -> None:
        before, plain = self._inline, self._plain
        self._inline, self._plain = [], []
        self._children(element)
        inside, said = "".join(self._inline), "".join(self._plain)
        self._inline, self._plain = before, plain
        stars = "**" if tag in ("b", "strong") else "*" if tag in ("i", "em", "cite") else ""
        if tag in ("code", "kbd", "tt", "samp") and said.strip():
            inside = markdown.code(said)
        elif stars and inside.strip() and "\n" not in inside and "*" not in inside:
            lead, trail = inside[: len(inside) - len(inside.lstrip())], inside[len(inside.rstrip()) :]
            inside = f"{lead}{stars}{inside.strip()}{stars}{trail}"
        elif tag == "sup" and said.strip() and not inside.startswith("[^"):
            inside = f"^{inside}"
        self._inline.append(inside)
        self._plain.append(said)

    def _text(self, text: str | None) -> None:
        if text:
            text = re.sub(r"\s+", " ", text)
            self._inline.append(markdown.escaped(text))
            self._plain.append(text)

    def _end_paragraph(self) -> None:
        words = "\n".join(" ".join(line.split()) for line in "".join(self._inline).split("\n")).strip()
        plain = " ".join("".join(self._plain).split())
        self._inline, self._plain = [], []
        if not words:
            return
        self._said(plain)
        if self.book.last_is_plate_without_caption and CAPTION.match(plain):
            self.book.caption(plain)
        else:
            self.book.paragraph(self._mark + words if self._mark else markdown.at_start(words), self.page)
            self._mark = ""

    def _turn_page(self, element: Any) -> None:
        kind = f"{element.get('epub:type', '')} {element.get('role', '')}"
        if "pagebreak" in kind:
            name = element.get("title") or element.get("aria-label") or "".join(element.itertext())
            number = re.search(r"[\dIVXLCivxlc]+", name or element.get("id") or "")
            self.page = number[0][:12] if number else self.page
        elif (mark := element.get("id")) and mark in self.pages:
            self.page = self.pages[mark][:12]
