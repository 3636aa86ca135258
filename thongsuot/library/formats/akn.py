"""Akoma Ntoso 3.0: acts and documents by their elements, our own and those of other systems.

What the standard has no place for stands in attributes of our own name space, and only where it does not follow from
the rest: the anchor of a passage, its label, the page of the printed edition.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml

from thongsuot.library.formats import drafts as kinds
from thongsuot.library.formats import markdown
from thongsuot.library.formats.archives import MB
from thongsuot.library.formats.drafts import About, CannotRead, Draft, DraftDoubt, Reading
from thongsuot.library.formats.html import Embedded
from thongsuot.viet.text import fold, nfc

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "urn:thong-suot:akn"
LARGEST_FILE = 60 * MB
_KINDS = {
    "part": kinds.PART, "book": kinds.PART, "tome": kinds.PART, "title": kinds.PART, "division": kinds.PART,
    "chapter": kinds.CHAPTER, "subpart": kinds.CHAPTER, "section": kinds.SECTION, "subchapter": kinds.SECTION,
    "subtitle": kinds.SECTION, "subdivision": kinds.SECTION, "subsection": kinds.SUBSECTION,
    "article": kinds.ARTICLE, "rule": kinds.ARTICLE, "clause": kinds.CLAUSE, "paragraph": kinds.CLAUSE,
    "subrule": kinds.CLAUSE, "point": kinds.POINT, "subparagraph": kinds.POINT, "subclause": kinds.POINT,
    "indent": kinds.POINT, "alinea": kinds.PARAGRAPH, "proviso": kinds.PARAGRAPH, "transitional": kinds.PARAGRAPH,
    "level": kinds.PARAGRAPH, "list": kinds.PARAGRAPH, "sublist": kinds.PARAGRAPH, "hcontainer": kinds.PARAGRAPH,
}  # fmt: skip
_WORDS = {"vi": {kinds.CLAUSE: "khoản", kinds.POINT: "điểm"}, "en": {kinds.CLAUSE: "clause", kinds.POINT: "point"}}
_LANGUAGES = {"vie": "vi", "eng": "en", "vi": "vi", "en": "en"}
_DOC_KINDS = {"luat": "law", "bo-luat": "law", "phap-lenh": "law", "nghi-dinh": "decree"}
_HOLDERS = (
    "container", "tblock", "div", "blockContainer", "content", "intro", "wrapUp", "longTitle", "formula", "recitals",
    "recital", "citations", "citation", "preambleContainer",
)  # fmt: skip
_LINES = ("p", "block", "crossHeading", "listIntroduction", "listWrapUp", "docTitle", "num", "heading")
_MOST_DRAFTS = 60_000
_plain = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def number_of(kind: str, num: str) -> str:
    """ "Chương II" has the number II, "2." 2, "a)" a, "Phần thứ nhất" thứ nhất."""
    bare = num.strip().strip(".):(").strip()
    if kind in (kinds.CLAUSE, kinds.POINT):
        return bare
    return bare.partition(" ")[2].strip() or bare


def anchor_of(kind: str, number: str, over: str, scope: str) -> str:
    """The anchor that a passage of a law has by its place; ``scope`` is "phu-luc-i." within an annex."""
    name = re.sub(r"\s+", "", number.lower())
    if kind == kinds.PART:
        return f"{scope}phan-{re.sub(r'[^a-z0-9]+', '-', fold(number)).strip('-')}"
    if kind in (kinds.CHAPTER, kinds.ARTICLE):
        return f"{scope}{'chuong' if kind == kinds.CHAPTER else 'dieu'}-{name}"
    if kind in (kinds.SECTION, kinds.SUBSECTION):
        word = "muc" if kind == kinds.SECTION else "tieu-muc"
        return f"{over}-{word}-{name}" if over else f"{scope}{word}-{name}"
    return f"{over}.{'khoan' if kind == kinds.CLAUSE else 'diem'}-{name}" if over else ""


def label_of(kind: str, number: str, num: str, over: str, language: str) -> str:
    """As the passage is called: "Điều 20 khoản 2"; headings by their own words."""
    if kind in (kinds.CLAUSE, kinds.POINT):
        word = _WORDS.get(language, _WORDS["en"])[kind]
        return f"{over} {word} {number}".strip()
    return num.strip().rstrip(".").strip()


def read(path: Path, into: Path) -> Reading:
    data = path.read_bytes()
    if len(data) > LARGEST_FILE:
        raise CannotRead("too-big", f"{LARGEST_FILE // MB} MB")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise CannotRead("entities")
    try:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise CannotRead("damaged", str(error)[:120]) from error
    if _name(root) != "akomaNtoso":
        raise CannotRead("unknown")
    document = next((child for child in root if isinstance(child.tag, str)), None)
    if document is None:
        raise CannotRead("empty")
    reader = _Reader(_about(document), embedded=Embedded(into))
    reader.document(document)
    if not reader.reading.drafts:
        raise CannotRead("empty")
    return reader.reading


def _about(document: Any) -> About:
    said: dict[str, str] = {}
    for each in document.iterfind(f"{{{AKN}}}meta/{{{AKN}}}identification/*/*"):
        level = _name(each.getparent())
        said.setdefault(
            f"{level}.{_name(each)}",
            each.get("value") or each.get("date") or each.get("language") or each.get("href") or "",
        )
    titles = {_name(each): _text(each) for each in document.iter(f"{{{AKN}}}docTitle", f"{{{AKN}}}docNumber")}
    author = said.get("FRBRWork.FRBRauthor", "").lstrip("#")
    people = {each.get("eId"): each.get("showAs", "") for each in document.iter(f"{{{AKN}}}TLCOrganization")}
    day = said.get("FRBRWork.FRBRdate", "")[:10]
    return About(
        kind=_DOC_KINDS.get(said.get("FRBRWork.FRBRsubtype", ""), "law" if _name(document) == "act" else "directive"),
        number=nfc(said.get("FRBRWork.FRBRnumber", "") or titles.get("docNumber", "")),
        doc_type=nfc(next((each.get(f"{{{OWN}}}type", "") for each in document.iter(f"{{{AKN}}}FRBRsubtype")), "")),
        issuer=nfc(people.get(author, "")),
        issued_on=day if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) else "",
        title=nfc(titles.get("docTitle", "") or said.get("FRBRWork.FRBRname", "")),
        language=_LANGUAGES.get(said.get("FRBRExpression.FRBRlanguage", ""), "vi"),
    )


@dataclass
class _Reader:
    about: About
    embedded: Embedded | None = None
    reading: Reading = field(default_factory=Reading)
    taken: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)
    scope: str = ""
    notes: list[tuple[str, Any]] = field(default_factory=list)
    images: list[Any] = field(default_factory=list)  # in the words of the passage that is being read

    def __post_init__(self) -> None:
        self.reading.about = self.about

    def document(self, document: Any) -> None:
        for part in document:
            name = _name(part)
            if name in ("preamble", "conclusions"):
                self.loose(part)
            elif name in ("body", "mainBody"):
                self.inside(part, None)
            elif name == "attachments":
                for attachment in part:
                    self.annex(attachment)

    def loose(self, part: Any) -> None:
        """Words around the body: each container a passage, of another's file each block."""
        for child in part:
            self.add(kinds.PARAGRAPH, child, None, "", text=self.blocks([child]))

    def annex(self, attachment: Any) -> None:
        num, heading = _child_text(attachment, "num"), _child_text(attachment, "heading")
        main = next(attachment.iter(f"{{{AKN}}}mainBody", f"{{{AKN}}}body"), None)
        blocks = [child for child in (main if main is not None else ()) if _name(child) not in _KINDS]
        anchor = f"phu-luc-{number_of('', num).lower()}" if num else "phu-luc"
        draft = self.add(kinds.ANNEX, attachment, None, anchor, label=num, heading=heading, text=self.blocks(blocks))
        self.scope = f"{draft.anchor}."
        if main is not None:
            self.inside(main, draft)
        self.scope = ""

    def inside(self, element: Any, over: Draft | None) -> None:
        for child in element:
            if _name(child) in _KINDS:
                self.container(child, over)
            elif _name(child) in ("wrapUp", "crossHeading", "tblock", "block", "p") and _name(element) not in (
                "mainBody",
            ):
                self.add(kinds.PARAGRAPH, child, over, "", text=self.blocks([child]))

    def container(self, element: Any, over: Draft | None) -> None:
        name = _name(element)
        num, heading = _child_text(element, "num"), _child_text(element, "heading")
        kind = self.kind(element, num, over)
        words = [child for child in element if _name(child) in ("intro", "content")]
        text = self.blocks([block for holder in words for block in holder])
        if name in ("list", "sublist") and not num:
            # A list is not a passage: its beginning belongs to what holds it.
            if text and over is not None:
                over.text = f"{over.text}\n\n{text}".strip()
                self.take_pictures(over, over)
            self.inside(element, over)
            return
        number = number_of(kind, num) if num else ""
        above = over.anchor if over is not None else ""
        anchor = anchor_of(kind, number, above, self.scope) if number else ""
        label = label_of(kind, number, num, over.label if over is not None else "", self.about.language) if num else ""
        draft = self.add(kind, element, over, anchor, label=label, heading=heading, text=text)
        self.inside(element, draft)

    def kind(self, element: Any, num: str, over: Draft | None) -> str:
        name = _name(element)
        if name == "hcontainer" and element.get("name") in (kinds.PLATE, kinds.FOOTNOTE):
            return str(element.get("name"))
        kind = _KINDS[name]
        if kind in (kinds.CLAUSE, kinds.POINT) and (not num or over is None):
            return kinds.PARAGRAPH
        # A paragraph below a clause is a point, whatever its system calls it.
        return kinds.POINT if kind == kinds.CLAUSE and over is not None and over.kind == kinds.CLAUSE else kind

    def add(self, kind: str, element: Any, over: Draft | None, anchor: str, **words: str) -> Draft:
        if len(self.reading.drafts) >= _MOST_DRAFTS:
            raise CannotRead("too-big")
        own = element.get(f"{{{OWN}}}anchor", "")
        parent = over.anchor if over is not None else ""
        if not (own or anchor):
            stem = f"{parent or 'dau'}-"
            self.counts[stem] = self.counts.get(stem, 0) + 1
            anchor = f"{stem}{self.counts[stem]:02}"
        label = element.get(f"{{{OWN}}}label")
        draft = Draft(
            kind, self.free(own or anchor), parent, heading=words.get("heading", "")[:400], text=words.get("text", ""),
            label=nfc(label if label is not None else words.get("label", ""))[:120],
            printed_page=element.get(f"{{{OWN}}}page", "")[:12],
        )  # fmt: skip
        self.reading.drafts.append(draft)
        self.take_pictures(draft, over)
        self.write_notes(over)
        return draft

    def take_pictures(self, draft: Draft, over: Draft | None) -> None:
        """Those that lie in the file; one that lies elsewhere is not fetched, and a person is told of it."""
        waiting, self.images = self.images, []
        for image in waiting:
            source, alt = image.get("src", ""), nfc(image.get("alt", ""))
            name = self.embedded.fetch(source) if self.embedded else ""
            if draft.kind == kinds.PLATE and not draft.image:
                draft.image, draft.alt = name, alt
            elif name:
                self.add(kinds.PLATE, image, over, "")
                self.reading.drafts[-1].image, self.reading.drafts[-1].alt = name, alt
            if name:
                self.reading.pictures.append(name)
            else:
                self.reading.doubts.append(DraftDoubt("picture", draft.anchor, (source or alt)[:300]))

    def write_notes(self, over: Draft | None) -> None:
        waiting, self.notes = self.notes, []
        for key, note in waiting:
            self.add(kinds.FOOTNOTE, note, over, f"chu-thich-{key}", label=key, text=self.blocks(list(note)))

    def free(self, anchor: str) -> str:
        name, nth = nfc(anchor)[:80], 1
        while name in self.taken:
            nth += 1
            name = f"{anchor[:75]}-{nth}"
        self.taken.add(name)
        return name

    # -- words

    def blocks(self, elements: list[Any]) -> str:
        """Their Markdown, block by block; what stands in hierarchy within them is passed over."""
        made = [text for element in elements for text in self.block(element)]
        return "\n\n".join(text for text in made if text.strip())

    def block(self, element: Any) -> list[str]:
        name = _name(element)
        if name in ("ul", "ol", "blockList"):
            return [self.list(element, ordered=name == "ol")]
        if name == "table":
            return [markdown.table([[self.cell(cell) for cell in row] for row in element.iter(f"{{{AKN}}}tr")])]
        if name in _HOLDERS:
            return [text for child in element for text in self.block(child)]
        return [self.line(element)] if name in _LINES else []

    def cell(self, element: Any) -> str:
        return " ".join((self.blocks(list(element)) or self.line(element)).split())

    def list(self, element: Any, *, ordered: bool) -> str:
        lines = []
        for n, item in enumerate((child for child in element if _name(child) in ("li", "item")), start=1):
            inner = [child for child in item if _name(child) in ("p", "ul", "ol", "blockList")]
            text = self.blocks(inner) if inner else self.line(item)
            mark = f"{n}." if ordered else f"- {_child_text(item, 'num')}".strip()
            lines.append(f"{mark} " + text.replace("\n", "\n" + " " * (len(mark) + 1)))
        return "\n".join(lines)

    def line(self, element: Any) -> str:
        """A paragraph: its words as they are, or with their signs escaped where Markdown would read more into them."""
        bare = self.inline(element, lambda text: text).strip(" ")
        if _reads_as(bare, _text(element)):
            return bare
        return markdown.at_start(self.inline(element, markdown.escaped).strip(" "))

    def inline(self, element: Any, said: Any) -> str:
        words = said(_one_line(element.text or ""))
        for child in element:
            words += self.span(child, said) if isinstance(child.tag, str) else ""
            words += said(_one_line(child.tail or ""))
        return str(words)

    def span(self, child: Any, said: Any) -> str:
        name = _name(child)
        if name in ("authorialNote", "note"):
            return self.note(child)
        if name == "br":
            return "  \n"
        if name == "img":
            if not any(child is known for known in self.images):
                self.images.append(child)
            return ""
        inner = self.inline(child, said)
        if name in ("b", "i") and inner.strip():
            stars = "**" if name == "b" else "*"
            lead, trail = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
            return f"{lead}{stars}{inner.strip()}{stars}{trail}"
        if name == "span" and child.get("class") == "code":
            return markdown.code(_text(child))
        href = child.get("href", "")
        if name == "a" and re.match(r"^https?://[^\s()<>]+$", href):
            return f"[{inner}]({href})"
        return inner

    def note(self, element: Any) -> str:
        key = re.sub(r"\W", "", element.get(f"{{{OWN}}}key") or element.get("marker") or "", flags=re.ASCII)[:8]
        key = key or str(len(self.taken))
        if key not in {known for known, _note in self.notes}:
            self.notes.append((key, element))
        return f"[^{key}]"


def _reads_as(text: str, expected: str) -> bool:
    """Whether Markdown reads a paragraph of just these words; stars that we set are no words."""
    if "*" not in text and "`" not in text and "[" not in text:
        return bool(_plain.render(text) == f"<p>{escapeHtml(text)}</p>\n")
    html = _plain.render(text)
    return html.startswith("<p>") and re.sub(r"<[^>]+>", "", html).strip("\n") == escapeHtml(expected)


def _name(element: Any) -> str:
    if not isinstance(element.tag, str):
        return ""
    return str(element.tag).rpartition("}")[2]


def _text(element: Any) -> str:
    return _one_line("".join(element.itertext())).strip(" ")


def _child_text(element: Any, name: str) -> str:
    found = element.find(f"{{{AKN}}}{name}")
    return "" if found is None else _text(found)


def _one_line(text: str) -> str:
    # Only what XML counts as blanks: a space that binds two words stays one.
    return nfc(re.sub(r"[ \t\r\n]+", " ", text))
