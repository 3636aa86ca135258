"""Texts come into the library: the handbook from Markdown, a law as an outline of its articles.

Loading again over an older text keeps the identity of every passage whose anchor stays, so that
whatever cites it goes on pointing to the right place.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from thongsuot.library import citing
from thongsuot.library.formats.drafts import Draft
from thongsuot.library.models import Document, Edition, Passage
from thongsuot.library.search import index
from thongsuot.library.settling import settle
from thongsuot.viet.text import nfc

Kind = Passage.Kind

_MARK = re.compile(r"^\s*<!--\s*(?P<word>id|page|law)\s*:\s*(?P<value>.*?)\s*-->\s*$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"^(?P<level>#{1,3})\s+(?P<text>.+?)\s*#*$")
_PLATE = re.compile(
    r"^!\[(?P<caption>.*?)\]\(\s*(?P<path>\S+?)(?:\s+\"(?P<alt>(?:[^\"\\]|\\.)*)\")?\s*\)\s*$", re.DOTALL
)
_PLATE_LABEL = re.compile(r"^((?:Hình|Ảnh|Figure|Fig\.|Plate)\s*\d+)\s*[.:–-]?\s*(.*)$", re.DOTALL)
_LEVELS = {1: Kind.PART, 2: Kind.CHAPTER, 3: Kind.SECTION}
_WORDS = {"vi": ("Chương", "đoạn"), "en": ("Chapter", "paragraph")}
_NUMBERED = re.compile(r"^(?:(?:Chương|Chapter)\s+)?([0-9]{1,3}|[IVXLC]{1,7})[.:]\s+")


@transaction.atomic
def load_handbook(
    document: Document, markdown: str, language: str = "vi", *, plates: str = "example/", law: str = ""
) -> Edition:
    """Make, or bring up to date, the document's text in that language.

    ``# part``, ``## chapter``, ``### section``; blocks follow ``<!-- id: x -->``; ``<!-- page: n -->``
    marks where a printed page begins; ``plates`` is what pictures' paths are under among the static files.
    ``law`` is the number of the law that a bare "Điều 20" means (else the law named most often).
    """
    markdown = nfc(markdown).replace("\r\n", "\n")
    edition = _edition(document, language, markdown)
    edition.is_outline, edition.note = False, ""
    drafts = list(_Reader(markdown, language, plates).drafts())
    edition.pages = max((int(d.printed_page) for d in drafts if d.printed_page.isdigit()), default=None)
    edition.save()
    settle(edition, drafts)
    citing.cite(edition, law=law or _law_mark(markdown))
    _finish(document)
    return edition


@transaction.atomic
def load_outline(document: Document, outline: Mapping[str, Any]) -> Edition:
    """Chapters, sections, articles, clauses and points in our own words; one edition a language.

    Returns the Vietnamese edition. A full text loaded later over it keeps the passages' identity.
    """
    editions = {}
    for language in ("vi", "en"):
        if language == "en" and not outline.get("title_en"):
            continue
        drafts = list(_outline_drafts(outline, language))
        edition = _edition(document, language, "\n".join(f"{d.anchor} {d.heading} {d.text}" for d in drafts))
        edition.is_outline, edition.note = True, nfc(str(outline.get(f"note_{language}", "")))
        edition.save()
        settle(edition, drafts)
        citing.cite(edition, law=document.number)
        editions[language] = edition
    _finish(document)
    return editions["vi"]


def _edition(document: Document, language: str, text: str) -> Edition:
    edition = document.editions.filter(language=language).order_by("-valid_from", "pk").first()
    edition = edition or Edition(document=document, language=language, valid_from=document.issued_on)
    edition.sha256 = hashlib.sha256(text.encode()).hexdigest()
    return edition


def _finish(document: Document) -> None:
    document.has_text = True
    document.save()
    citing.resolve_waiting([document])
    index.changed(document.pk)


def _law_mark(markdown: str) -> str:
    marks = (_MARK.match(line) for line in markdown.splitlines())
    return next((mark["value"] for mark in marks if mark and mark["word"] == "law"), "")


@dataclass
class _Reader:
    """Walks through the handbook's lines and says one draft after the other."""

    markdown: str
    language: str
    plates: str
    page: str = ""
    open: dict[int, str] = field(default_factory=dict)  # level → anchor of the heading that is open
    count: dict[int, int] = field(default_factory=lambda: {1: 0, 2: 0, 3: 0})
    place: str = ""  # what the open chapter is called in a label
    paragraphs: int = 0

    def drafts(self) -> Iterator[Draft]:
        given = ""
        for words, value in self._pieces():
            if words == "page":
                self.page = value
            elif words == "id":
                given = value
            elif heading := _HEADING.match(value):
                yield self._heading(len(heading["level"]), heading["text"], given)
                given = ""
            else:
                yield self._block(value, given)
                given = ""

    def _pieces(self) -> Iterator[tuple[str, str]]:
        """("id", …), ("page", …) and ("text", block); a block with an id reaches to the next mark or heading."""
        block: list[str] = []
        named = False
        for line in [*_without_front_matter(self.markdown), None]:
            mark = _MARK.match(line) if line is not None else None
            ends = line is None or mark or _HEADING.match(line) or (not line.strip() and not named)
            if ends and (text := _COMMENT.sub("", "\n".join(block)).strip()):
                yield "text", text
                named = False
            if ends:
                block = []
            if mark and mark["word"] != "law":
                yield mark["word"], mark["value"]
                named = named or mark["word"] == "id"
            elif line is not None and _HEADING.match(line):
                yield "text", line
                named = False
            elif line is not None and not mark:
                block.append(line)

    def _heading(self, level: int, text: str, given: str) -> Draft:
        self.count[level] += 1
        for deeper in range(level + 1, 4):
            self.count[deeper] = 0
            self.open.pop(deeper, None)
        if level < 3:
            numbered = _NUMBERED.match(text)
            chapter = _WORDS.get(self.language, _WORDS["en"])[0]
            self.place = f"{chapter} {numbered[1]}" if numbered and level == 2 else _plain(text)[:80]
            self.paragraphs = 0
        letters = zip("pcs", (1, 2, 3), strict=True)
        anchor = given or "-".join(f"{letter}{self.count[n]}" for letter, n in letters if n <= level and self.count[n])
        parent = self._parent(below=level)
        self.open[level] = anchor
        return Draft(_LEVELS[level], anchor, parent, heading=_plain(text), printed_page=self.page)

    def _block(self, text: str, given: str) -> Draft:
        parent = self._parent(below=4)
        if plate := _PLATE.match(text):
            return self._plate(plate, given or f"{parent or 'dau'}-{plate['path'].rpartition('/')[2]}"[:80], parent)
        self.paragraphs += 1
        anchor = given or f"{parent or 'dau'}-{self.paragraphs:02}"
        word = _WORDS.get(self.language, _WORDS["en"])[1]
        label = f"{self.place}, {word} {self.paragraphs}" if self.place else ""
        return Draft(Kind.PARAGRAPH, anchor, parent, label=label, text=text, printed_page=self.page)

    def _plate(self, plate: re.Match[str], anchor: str, parent: str) -> Draft:
        caption = " ".join(plate["caption"].split())
        named = _PLATE_LABEL.match(caption)
        return Draft(
            Kind.PLATE,
            anchor,
            parent,
            label=named[1] if named else "",
            text=named[2] if named else caption,
            printed_page=self.page,
            picture=f"{self.plates}{plate['path']}",
            alt=(plate["alt"] or "").replace('\\"', '"'),
        )

    def _parent(self, *, below: int) -> str:
        return next((self.open[n] for n in range(below - 1, 0, -1) if n in self.open), "")


def _without_front_matter(markdown: str) -> list[str]:
    lines = markdown.lstrip("\ufeff").split("\n")
    if lines and lines[0].strip() == "---":
        end = next((n for n, line in enumerate(lines[1:], start=1) if line.strip() == "---"), 0)
        return lines[end + 1 :]
    return lines


def _plain(heading: str) -> str:
    return re.sub(r"[*_`]", "", heading)


def _outline_drafts(outline: Mapping[str, Any], language: str) -> Iterator[Draft]:
    """In the order of the text: a chapter, its sections, their articles."""
    words = {
        "vi": ("Chương", "Mục", "Điều", "khoản", "điểm"),
        "en": ("Chapter", "Section", "Article", "clause", "point"),
    }[language]
    articles = list(outline.get("article", ()))
    written: set[int] = set()

    def of(chapter: str, section: str) -> Iterator[Draft]:
        parent = "-".join(part for part in (f"chuong-{chapter}".lower(), f"muc-{section}") if part[-1] != "-")
        for position, article in enumerate(articles):
            place = (str(article.get("chapter", "")), str(article.get("section", "")))
            if place == (chapter, section) and position not in written:
                written.add(position)
                yield from _article(article, parent, language, words)

    for chapter in outline.get("chapter", ()):
        number = str(chapter["number"])
        anchor = f"chuong-{number}".lower()
        yield Draft(Kind.CHAPTER, anchor, label=f"{words[0]} {number}", heading=_said(chapter, "title", language))
        yield from of(number, "")
        for section in chapter.get("section", ()):
            label = f"{words[1]} {section['number']}"
            below = f"{anchor}-muc-{section['number']}"
            yield Draft(Kind.SECTION, below, anchor, label=label, heading=_said(section, "title", language))
            yield from of(number, str(section["number"]))
    for position, article in enumerate(articles):
        if position not in written:
            yield from _article(article, "", language, words)


def _article(article: Mapping[str, Any], parent: str, language: str, words: Sequence[str]) -> Iterator[Draft]:
    anchor = f"dieu-{article['number']}".lower()
    label = f"{words[2]} {article['number']}"
    heading, asks = _said(article, "heading", language), _said(article, "asks", language)
    yield Draft(Kind.ARTICLE, anchor, parent, label=label, heading=heading, text=asks)
    for clause in article.get("clauses", ()):
        below = f"{anchor}.khoan-{clause['number']}"
        clause_label = f"{label} {words[3]} {clause['number']}"
        yield Draft(Kind.CLAUSE, below, anchor, label=clause_label, text=_said(clause, "gist", language))
        for point in clause.get("points", ()):
            letter, text = (
                (point["letter"], _said(point, "gist", language)) if isinstance(point, Mapping) else (point, "")
            )
            yield Draft(
                Kind.POINT, f"{below}.diem-{letter}", below, label=f"{clause_label} {words[4]} {letter}", text=text
            )


def _said(piece: Mapping[str, Any], name: str, language: str) -> str:
    return str(piece.get(f"{name}_{language}") or piece.get(f"{name}_vi") or piece.get(name) or "")
