"""The pages of an EPUB: a work's blocks as XHTML."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from thongsuot.library.copies.words import Node, Nodes, plain
from thongsuot.library.copies.works import INTRO, SOURCE, Block

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
_TYPE = f"{{{OPS}}}type"
_TAGS = {"p": "p", "ul": "ul", "ol": "ol", "li": "li", "quote": "blockquote", "table": "table", "tr": "tr",
         "th": "th", "td": "td", "em": "em", "strong": "strong", "code": "code", "sup": "sup"}  # fmt: skip
# Articles and below are set smaller than chapters by their class; a page has no more than six levels of headings.
_LOWEST = 6


def document(title: str, language: str, *, kind: str = "") -> tuple[Any, Any]:
    """(root, body) of an empty page."""
    root = etree.Element(f"{{{XHTML}}}html", nsmap={None: XHTML, "epub": OPS})
    root.set("lang", language)
    root.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    head = add(root, "head")
    add(head, "title", text=title)
    add(head, "link", rel="stylesheet", type="text/css", href="style.css")
    body = add(root, "body")
    if kind:
        body.set(_TYPE, kind)
    return root, body


def add(parent: Any, tag: str, text: str = "", **attributes: str) -> Any:
    element = etree.SubElement(parent, f"{{{XHTML}}}{tag}")
    for name, value in attributes.items():
        element.set({"class_": "class", "type_": _TYPE}.get(name, name.replace("_", "-")), value)
    if text:
        element.text = text
    return element


def written(root: Any) -> bytes:
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>"))


@dataclass
class Page:
    """Writes blocks into one page. ``link`` gives an anchor's address as seen from this page, "" if there is none."""

    body: Any
    name: Callable[[str], str]
    link: Callable[[str], str]
    picture: Callable[[Any], str]
    notes: dict[str, Block]
    words_for_page: Callable[[str], str]
    back: str = ""  # what a link from a note to its mark is called
    marked: list[str] = field(default_factory=list)  # keys of notes, in the order of their marks

    def block(self, block: Block) -> None:
        if block.level:
            self._heading(block)
        elif block.kind == "plate":
            self._plate(block)
        else:
            self._text(block)

    def page_break(self, parent: Any, page: str) -> None:
        if page:
            add(parent, "span", id=self.name(f"page {page}"), class_="page-break", role="doc-pagebreak",
                type_="pagebreak", aria_label=self.words_for_page(page))  # fmt: skip

    def _heading(self, block: Block) -> None:
        self.page_break(self.body, block.page)
        heading = add(self.body, f"h{min(block.level, _LOWEST)}", id=self.name(block.anchor), class_=block.kind)
        if block.label and block.heading and block.kind in ("part", "chapter", "annex"):
            add(heading, "span", text=block.label, class_="label")
            heading[-1].tail = " "
            add(heading, "span", text=block.heading)
        else:
            heading.text = block.title or "…"
        self._nodes(self.body, block.words)

    def _plate(self, block: Block) -> None:
        figure = add(self.body, "figure", id=self.name(block.anchor))
        self.page_break(figure, block.page)
        if block.image:
            add(figure, "img", src=self.picture(block.image), alt=block.alt or plain(block.words) or block.label)
        elif block.alt:
            add(figure, "p", text=block.alt, class_="missing")
        if block.label or block.words or not len(figure):
            caption = add(figure, "figcaption")
            if block.label:
                add(caption, "strong", text=f"{block.label}.")
                caption[-1].tail = " "
            for node in block.words:
                self._inside(caption, node.inside if node.kind == "p" else [node])

    def _text(self, block: Block) -> None:
        holder = add(self.body, "div", id=self.name(block.anchor), class_=block.kind)
        self.page_break(holder, block.page)
        if block.kind in (INTRO, SOURCE) or not block.number:
            self._nodes(holder, block.words)
            return
        first, rest = (
            (block.words[0], block.words[1:]) if block.words and block.words[0].kind == "p" else (None, block.words)
        )
        line = add(holder, "p")
        add(line, "span", text=block.number, class_="number")
        line[-1].tail = " "
        if first:
            self._inside(line, first.inside)
        self._nodes(holder, rest)

    def write_notes(self) -> None:
        """The notes of this page, which readers show beside their mark."""
        for n, key in enumerate(self.marked):
            note = self.notes[key]
            aside = add(self.body, "aside", id=self.name(f"note {key}"), role="doc-footnote", type_="footnote")
            nodes = note.words or [Node("p")]
            first = add(aside, "p")
            add(first, "a", text=note.number or str(n + 1), href=f"#{self.name(f'mark {key}')}", role="doc-backlink",
                aria_label=f"{self.back} {note.number}".strip())  # fmt: skip
            first[-1].tail = " "
            if nodes[0].kind == "p":
                self._inside(first, nodes[0].inside)
                nodes = nodes[1:]
            self._nodes(aside, nodes)

    def _nodes(self, parent: Any, nodes: Sequence[Node]) -> None:
        for node in nodes:
            self._node(parent, node)

    def _inside(self, parent: Any, nodes: Nodes) -> None:
        for node in nodes:
            if isinstance(node, str):
                _append(parent, node)
            else:
                self._node(parent, node)

    def _node(self, parent: Any, node: Node) -> None:
        if node.kind in ("br", "hr"):
            add(parent, node.kind)
        elif node.kind == "note":
            self._mark(parent, node)
        elif node.kind == "pre":
            self._inside(add(add(parent, "pre"), "code"), node.inside)
        elif node.kind == "heading":
            self._inside(add(add(parent, "p", class_="heading"), "strong"), node.inside)
        elif node.kind == "a":
            href = self.link(node.value[1:]) if node.value.startswith("#") else node.value
            self._inside(add(parent, "a", href=href) if href else add(parent, "span"), node.inside)
        elif node.kind == "table":
            self._table(parent, node)
        else:
            element = add(parent, _TAGS[node.kind])
            if node.kind == "ol" and node.value not in ("", "1"):
                element.set("start", node.value)
            self._inside(element, node.inside)

    def _table(self, parent: Any, node: Node) -> None:
        table = add(add(parent, "div", class_="table"), "table")
        rows = [row for row in node.inside if isinstance(row, Node)]
        is_head = bool(rows) and any(isinstance(cell, Node) and cell.kind == "th" for cell in rows[0].inside)
        if is_head and plain(rows[0].inside):
            row = add(add(table, "thead"), "tr")
            for cell in rows[0].inside:
                if isinstance(cell, Node):
                    self._inside(add(row, "th", scope="col"), cell.inside)
        body = rows[1:] if is_head else rows
        if body:
            self._inside(add(table, "tbody"), body)
        elif not len(table):
            add(add(add(table, "tbody"), "tr"), "td")

    def _mark(self, parent: Any, node: Node) -> None:
        note = self.notes[node.value]
        is_first = node.value not in self.marked
        if is_first:
            self.marked.append(node.value)
        number = note.number or str(self.marked.index(node.value) + 1)
        mark = add(add(parent, "sup"), "a", text=number, href=f"#{self.name(f'note {node.value}')}",
                   role="doc-noteref", type_="noteref")  # fmt: skip
        if is_first:
            mark.set("id", self.name(f"mark {node.value}"))


def _append(parent: Any, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
