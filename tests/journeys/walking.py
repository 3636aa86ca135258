"""A walk along every link that somebody is shown, a few pages of each kind, and what stands on the pages."""

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NamedTuple

from tests.journeys.visitor import Visitor

KEYS = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|(?<=/)\d+(?=/|$)"
    r"|(?<=/library/)(?!search/|passages/)[^/]+(?=/)|(?<=/library/\*/)[^/]+(?=/)|(?<=/news/)[^/]+(?=/)"
)
SILENT = {"script", "style", "svg", "title", "option", "textarea"}
EMPTY = {"input", "link", "meta", "img", "br", "hr", "path", "circle", "rect", "line"}
LABELS = {"label", "button", "th", "dt", "legend", "summary", "nav", "caption"}


def kind_of(path: str) -> str:
    """The address with * for what names one object."""
    return KEYS.sub("*", KEYS.sub("*", path.partition("?")[0]))


@dataclass
class Sheet(HTMLParser):
    """One page, read without a browser."""

    path: str
    source: str
    links: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)  # what names a field, a column, a button or a place
    parts: set[str] = field(default_factory=set)  # what it is built of, without its words
    _open: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.links += [path for name in ("href", "src", "hx-get") if (path := given.get(name) or "").startswith("/")]
        looks = [
            f"{name}={given[name]}" for name in ("class", "type", "role", "data-tone", "data-kind") if name in given
        ]
        above = self._open[-1][0] if self._open else ""
        self.parts.add(f"{above}>{tag} {' '.join(looks)} {' '.join(sorted(given))}")
        if tag not in EMPTY:
            self._open.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        tags = {tag for tag, _given in self._open}
        # A text in another language says so; the button that changes the language does too.
        if not words or tags & SILENT or any("lang" in given for tag, given in self._open if tag != "html"):
            return
        self.texts.append(words)
        if tags & LABELS and not any(given.get("scope") == "row" for _tag, given in self._open):
            self.labels.append(words)


class Walk(NamedTuple):
    sheets: list[Sheet]
    dead: list[str]  # links that lead nowhere


def walk(visitor: Visitor, *, of_each_kind: int, language: str = "vi") -> Walk:
    """From the front page and from one's work; files are fetched too, and not read."""
    sheets: list[Sheet] = []
    dead: list[str] = []
    waiting, met, kinds = deque([("/", ""), ("/work/", "")]), set(), Counter[str]()
    while waiting:
        path, found_on = waiting.popleft()
        if path in met or kinds[kind_of(path)] >= of_each_kind or path.startswith(("/static/", "/account/logout")):
            continue
        met.add(path)
        kinds[kind_of(path)] += 1
        answer = visitor.context.request.get(visitor.address + path, headers={"Accept-Language": language})
        if answer.status >= 400:
            dead.append(f"{answer.status} {path} from {found_on}")
        if "html" in answer.headers.get("content-type", ""):
            sheets.append(Sheet(path, answer.text()))
            waiting += [(link.partition("#")[0], path) for link in sheets[-1].links]
    return Walk(sheets, dead)
