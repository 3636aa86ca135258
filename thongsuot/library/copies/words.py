"""A passage's Markdown as a small tree, which every form of copy writes down in its own way.

Blocks are p, heading, ul, ol, li, quote, pre, hr, table, tr, th, td; within them stand words and em, strong, code, a,
note (the mark of a footnote), sup and br. ``value`` is the address of a, the key of note, the first number of ol.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.token import Token

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
# What XML 1.0 cannot hold, and what stands for nothing.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0001fffd\U00020000-\U0010fffd]")
# A note's mark as readers of files leave it: [^f3].
_NOTE = re.compile(r"\[\^(\w{1,9})\]", re.ASCII)
_BLOCKS = {
    "paragraph": "p", "heading": "heading", "bullet_list": "ul", "ordered_list": "ol", "list_item": "li",
    "blockquote": "quote", "table": "table", "tr": "tr", "th": "th", "td": "td",
}  # fmt: skip
_SPANS = {"em": "em", "strong": "strong", "link": "a"}


@dataclass(slots=True)
class Node:
    kind: str
    inside: "list[Node | str]" = field(default_factory=list)
    value: str = ""


Nodes: TypeAlias = "Sequence[Node | str]"


def clean(text: str) -> str:
    """Without signs that an XML file may not hold."""
    return _UNFIT.sub("", text)


def blocks(markdown: str) -> list[Node]:
    """The blocks of the text, in their order."""
    root = Node("root")
    open_nodes = [root]
    for token in _markdown.parse(clean(markdown)):
        name, _low, step = token.type.rpartition("_")
        if token.type == "inline":
            open_nodes[-1].inside += _spans(token.children or [])
        elif token.type in ("fence", "code_block"):
            open_nodes[-1].inside.append(Node("pre", [token.content.rstrip("\n")]))
        elif token.type == "hr":
            open_nodes[-1].inside.append(Node("hr"))
        elif kind := _BLOCKS.get(name):
            if step == "open":
                node = Node(kind, value=str(token.attrGet("start") or "") if kind == "ol" else "")
                open_nodes[-1].inside.append(node)
                open_nodes.append(node)
            else:
                open_nodes.pop()
    return [node for node in root.inside if isinstance(node, Node)]


def spans(text: str) -> "list[Node | str]":
    """Words in one line, such as a caption."""
    tokens = _markdown.parseInline(clean(text))
    return _spans(tokens[0].children or []) if tokens else []


def _spans(tokens: Sequence[Token]) -> "list[Node | str]":
    root = Node("root")
    open_nodes = [root]
    for token in tokens:
        here = open_nodes[-1].inside
        name, _low, step = token.type.rpartition("_")
        if token.type == "text":
            here += _with_notes(token.content)
        elif token.type == "code_inline":
            here.append(Node("code", [token.content]))
        elif token.type == "softbreak":
            here.append(" ")
        elif token.type == "hardbreak":
            here.append(Node("br"))
        elif name in _SPANS and step == "open":
            node = Node(_SPANS[name], value=str(token.attrGet("href") or ""))
            here.append(node)
            open_nodes.append(node)
        elif name in _SPANS:
            open_nodes.pop()
        else:
            here.append(token.content)
    return root.inside


def _with_notes(text: str) -> "Iterator[Node | str]":
    for n, part in enumerate(_NOTE.split(text)):
        if n % 2:
            yield Node("note", value=part)
        elif part:
            yield part


def plain(nodes: Nodes) -> str:
    """The words alone, in one line."""
    return " ".join("".join(_said(node) for node in nodes).split())


def _said(node: Node | str) -> str:
    if isinstance(node, str):
        return node
    inside = "".join(_said(each) for each in node.inside)
    return inside if node.kind in ("em", "strong", "code", "a", "note", "sup") else f"{inside} "


def walk(nodes: Nodes) -> Iterator[Node]:
    """Every node of the tree, in the order of the text."""
    for node in nodes:
        if isinstance(node, Node):
            yield node
            yield from walk(node.inside)
