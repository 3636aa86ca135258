"""Akoma Ntoso 3.0 of a law or a directive: its identity, its life, its parts with their ids, its references."""

import base64
import re
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from lxml import etree

from thongsuot.library import frbr, rendering
from thongsuot.library.copies import words
from thongsuot.library.copies.gathering import images_of
from thongsuot.library.copies.pictures import MEDIA, made_ready
from thongsuot.library.copies.words import Node, Nodes
from thongsuot.library.formats.akn import AKN, OWN, anchor_of, label_of, number_of
from thongsuot.library.models import Citation, Document, Edition, Passage
from thongsuot.library.reading import item_number
from thongsuot.viet.text import fold

Kind = Passage.Kind
# Element and the short form of its name in an eId (Naming Convention 5.5).
_ELEMENTS = {
    Kind.PART: ("part", "part"), Kind.CHAPTER: ("chapter", "chp"), Kind.SECTION: ("section", "sec"),
    Kind.SUBSECTION: ("subsection", "subsec"), Kind.ARTICLE: ("article", "art"), Kind.CLAUSE: ("clause", "cl"),
    Kind.POINT: ("point", "point"), Kind.PARAGRAPH: ("paragraph", "para"), Kind.PLATE: ("hcontainer", "hcontainer"),
    Kind.FOOTNOTE: ("hcontainer", "hcontainer"), Kind.ANNEX: ("attachment", "att"),
}  # fmt: skip
# Numbered through the whole of a law: the number alone names them.
_WHOLE = (Kind.PART, Kind.CHAPTER, Kind.ARTICLE)
# Pictures in the file: each of them, an attribute that parsers take, and all together.
LARGEST_EMBEDDED, MOST_EMBEDDED = 6_000_000, 30_000_000
_MARK = re.compile(r"\[\^(\w{1,9})\]", re.ASCII)
_TAGS = {"p": "p", "heading": "p", "ul": "ul", "ol": "ol", "li": "li", "table": "table", "tr": "tr", "th": "th",
         "td": "td", "em": "i", "strong": "b", "sup": "sup"}  # fmt: skip


def write(edition: Edition, out: Path, *, site: str, on: date) -> None:
    """The edition as a file that the standard's schema holds valid; ``edition.document`` is at hand."""
    out.write_bytes(_Act(edition, site, on).written())


class _Act:
    def __init__(self, edition: Edition, site: str, on: date) -> None:
        self.edition, self.document, self.site, self.on = edition, edition.document, site, on
        self.passages = list(edition.passages.filter(is_withdrawn=False).order_by("position").select_related("image"))
        self.by_key = {passage.pk: passage for passage in self.passages}
        self.called = {key for passage in self.passages for key in _MARK.findall(passage.text)}
        self.below: dict[int | None, list[Passage]] = defaultdict(list)
        for passage in self.passages:
            self.below[passage.parent_id].append(passage)
        self.notes = {
            passage.anchor.removeprefix("chu-thich-"): passage
            for passage in self.passages
            if passage.kind == Kind.FOOTNOTE
        }
        self.citations: dict[int | None, list[Citation]] = defaultdict(list)
        seen = Q(target__is_public=True) | Q(target=self.document)
        cited = Citation.objects.filter(seen, passage__edition=edition)
        for citation in cited.select_related("target", "target_passage"):
            self.citations[citation.passage_id].append(citation)
        self.eids: dict[int, str] = {}
        self.numbers: dict[int, str] = {}
        self._name_all()
        self.by_anchor = {passage.anchor: self.eids[passage.pk] for passage in self.passages}
        self.images = images_of(self.passages)
        self.embedded = 0  # bytes of pictures that lie in the file
        self.marked: set[str] = set()
        self.note_eids = 0

    # -- names

    def _name_all(self) -> None:
        taken: set[str] = set()
        counts: dict[tuple[str, str], int] = defaultdict(int)
        for passage in self.passages:
            over = self.eids.get(passage.parent_id or 0, "")
            short = _ELEMENTS[Kind(passage.kind)][1]
            number = self._number(passage)
            self.numbers[passage.pk] = number
            if not number:
                counts[over, short] += 1
            name = f"{short}_{_in_eid(number) or counts[over, short]}"
            annex = self._annex(passage)
            whole = f"{annex}__{name}" if annex else name
            full = f"{over}__{name}" if over else name
            found = whole if passage.kind in _WHOLE and whole not in taken else full
            nth = 1
            while found in taken:
                nth += 1
                found = f"{full}_{nth}"
            taken.add(found)
            self.eids[passage.pk] = found

    def _annex(self, passage: Passage) -> str:
        over = self.by_key.get(passage.parent_id or 0)
        while over is not None:
            if over.kind == Kind.ANNEX:
                return self.eids[over.pk]
            over = self.by_key.get(over.parent_id or 0)
        return ""

    def _number(self, passage: Passage) -> str:
        if passage.kind in (Kind.CLAUSE, Kind.POINT):
            return item_number(passage)
        if passage.kind in (Kind.PARAGRAPH, Kind.PLATE, Kind.FOOTNOTE, Kind.ANNEX):
            return ""
        return number_of(passage.kind, passage.label) if passage.label else ""

    # -- the file

    def written(self) -> bytes:
        root = etree.Element(f"{{{AKN}}}akomaNtoso", nsmap={None: AKN, "ts": OWN})
        act = frbr.is_act(self.document)
        main = _add(root, "act" if act else "doc", name=frbr.subtype(self.document), contains=self._contains())
        self._meta(main, "!main", self.document.title)
        preface = _add(_add(main, "preface"), "longTitle")
        line = _add(preface, "p")
        _add(line, "docTitle", text=words.clean(self.document.title))
        if self.document.number:
            line[-1].tail = " "
            _add(line, "docNumber", text=words.clean(self.document.number))
        before, within, after, annexes = self._ordered()
        if before:
            self._loose(_add(main, "preamble"), before)
        body = _add(main, "body" if act else "mainBody")
        for passage in within:
            self._passage(body, passage, "")
        if after:
            self._loose(_add(main, "conclusions"), after)
        if annexes:
            attachments = _add(main, "attachments")
            for passage in annexes:
                self._attachment(attachments, passage)
        return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=False))

    def _contains(self) -> str:
        is_first = frbr.as_of(self.edition) == self.document.issued_on
        return "originalVersion" if is_first else "singleVersion"

    def _ordered(self) -> tuple[list[Passage], list[Passage], list[Passage], list[Passage]]:
        """What stands before the body, in it, after it, and the annexes."""
        tops = [passage for passage in self.below[None] if not self._is_note(passage)]
        annexes = [passage for passage in tops if passage.kind == Kind.ANNEX]
        rest = [passage for passage in tops if passage.kind != Kind.ANNEX]
        is_text = [passage.kind == Kind.PARAGRAPH and not self.below[passage.pk] for passage in rest]
        if all(is_text):
            return [], rest, [], annexes
        first = is_text.index(False)
        last = len(rest) - is_text[::-1].index(False)
        return rest[:first], rest[first:last], rest[last:], annexes

    def _is_note(self, passage: Passage) -> bool:
        """A note whose mark stands in the text is written at its mark."""
        return passage.kind == Kind.FOOTNOTE and passage.anchor.removeprefix("chu-thich-") in self.called

    def _meta(self, parent: Any, component: str, title: str) -> None:
        document = self.document
        meta = _add(parent, "meta")
        identification = _add(meta, "identification", source="#thong-suot")
        work, expression = frbr.work_uri(document), frbr.expression_uri(self.edition)
        issued = (document.issued_on or date(1, 1, 1)).isoformat()
        author = f"#{self._author()}"
        level = _add(identification, "FRBRWork")
        _values(level, ("FRBRthis", f"{work}/{component}"), ("FRBRuri", work))
        _add(level, "FRBRdate", date=issued, name="Generation")
        _add(level, "FRBRauthor", href=author, **{"as": "#author"})
        _values(level, ("FRBRcountry", "vn"), ("FRBRsubtype", frbr.subtype(document)))
        if document.doc_type and component == "!main":
            level[-1].set(f"{{{OWN}}}type", document.doc_type)
        if document.number:
            _values(level, ("FRBRnumber", document.number))
        _values(level, ("FRBRname", title))
        level = _add(identification, "FRBRExpression")
        _values(level, ("FRBRthis", f"{expression}/{component}"), ("FRBRuri", expression))
        _add(level, "FRBRdate", date=(frbr.as_of(self.edition) or date(1, 1, 1)).isoformat(), name="Generation")
        _add(level, "FRBRauthor", href=author, **{"as": "#author"})
        _add(level, "FRBRlanguage", language=frbr.LANGUAGES.get(self.edition.language, self.edition.language))
        level = _add(identification, "FRBRManifestation")
        _values(level, ("FRBRthis", f"{expression}/{component}.xml"), ("FRBRuri", f"{expression}.akn"))
        _add(level, "FRBRdate", date=self.on.isoformat(), name="Generation")
        _add(level, "FRBRauthor", href="#thong-suot", **{"as": "#editor"})
        _values(level, ("FRBRformat", "application/akn+xml"))
        self._life(meta)
        references = _add(meta, "references", source="#thong-suot")
        _add(references, "original", eId="original", href=work, showAs=title or document.title)
        _add(references, "TLCOrganization", eId=self._author(), showAs=document.issuer or document.author or "–",
             href=f"/akn/ontology/organization/vn/{self._author()}")  # fmt: skip
        _add(references, "TLCOrganization", eId="thong-suot", href="/akn/ontology/organization/vn/thong-suot",
             showAs="Thông Suốt")  # fmt: skip
        for name in ("author", "editor"):
            _add(references, "TLCRole", eId=name, href=f"/akn/ontology/role/{name}", showAs=name.capitalize())
        _add(references, "TLCConcept", eId="in-force", href="/akn/ontology/concept/inForce", showAs="In force")
        for element in meta.iter():
            if "eId" in element.attrib and component != "!main":
                del element.attrib["eId"]  # each id stands once in a file

    def _author(self) -> str:
        return slugify(fold(self.document.issuer or self.document.author)) or "author"

    def _life(self, meta: Any) -> None:
        """Made, as this text stands, in force, repealed: of each what the library knows."""
        document = self.document
        day = frbr.as_of(self.edition)
        events = [("ev-made", document.issued_on, "generation")]
        if day and day != document.issued_on:
            events.append(("ev-amended", day, "amendment"))
        events += [("ev-in-force", document.in_force_from, ""), ("ev-repealed", document.in_force_to, "repeal")]
        known = [(name, on, what) for name, on, what in events if on]
        if not known:
            return
        lifecycle = _add(meta, "lifecycle", source="#thong-suot")
        for name, on, what in known:
            event = _add(lifecycle, "eventRef", eId=name, date=on.isoformat(), source="#original")
            if what:
                event.set("type", what)
        if document.in_force_from:
            group = _add(_add(meta, "temporalData", source="#thong-suot"), "temporalGroup", eId="time-in-force")
            interval = _add(group, "timeInterval", start="#ev-in-force", refersTo="#in-force")
            if document.in_force_to:
                interval.set("end", "#ev-repealed")

    def _loose(self, parent: Any, passages: list[Passage]) -> None:
        for passage in passages:
            holder = _add(parent, "container", eId=self.eids[passage.pk], name="paragraph")
            self._own(holder, passage, "", "")
            self._blocks(holder, passage)

    def _attachment(self, parent: Any, passage: Passage) -> None:
        holder = _add(parent, "attachment", eId=self.eids[passage.pk])
        self._own(holder, passage, "", "")
        self._head(holder, passage)
        document = _add(holder, "doc", name="phu-luc")
        self._meta(document, f"!{slugify(fold(passage.anchor)) or 'phu-luc'}", str(passage))
        body = _add(document, "mainBody")
        self._blocks(body, passage, at_least_one=not self.below[passage.pk])
        for child in self._children(passage):
            self._passage(body, child, f"{passage.anchor}.")

    def _passage(self, parent: Any, passage: Passage, scope: str) -> None:
        name = _ELEMENTS[Kind(passage.kind)][0]
        holder = _add(parent, name, eId=self.eids[passage.pk])
        if name == "hcontainer":
            holder.set("name", passage.kind)
        over = self.by_key.get(passage.parent_id or 0)
        number = self.numbers[passage.pk]
        num = (
            f"{number}."
            if passage.kind == Kind.CLAUSE
            else f"{number})"
            if passage.kind == Kind.POINT
            else passage.label
        )
        is_known = bool(number) and passage.kind in (*_WHOLE, Kind.SECTION, Kind.SUBSECTION, Kind.CLAUSE, Kind.POINT)
        above = over.anchor if over else ""
        anchor = anchor_of(passage.kind, number, above, scope) if is_known else ""
        label = (
            label_of(passage.kind, number, num, over.label if over else "", self.edition.language) if is_known else ""
        )
        if not is_known and passage.kind in (*_WHOLE, Kind.SECTION, Kind.SUBSECTION):
            label = passage.label.strip().rstrip(".")
        self._own(holder, passage, anchor, label)
        self._head(holder, passage, num if is_known or passage.kind in _WHOLE else "")
        children = self._children(passage)
        if children:
            if passage.text:
                self._blocks(_add(holder, "intro"), passage)
            for child in children:
                self._passage(holder, child, scope)
        else:
            content = _add(holder, "content")
            if passage.kind == Kind.PLATE:
                self._plate(content, passage)
            self._blocks(content, passage)

    def _children(self, passage: Passage) -> list[Passage]:
        return [child for child in self.below[passage.pk] if not self._is_note(child)]

    def _head(self, holder: Any, passage: Passage, num: str | None = None) -> None:
        num = passage.label if num is None else num
        if num:
            _add(holder, "num", text=words.clean(num))
        if passage.heading:
            _add(holder, "heading", text=words.clean(passage.heading))

    def _own(self, holder: Any, passage: Passage, anchor: str, label: str) -> None:
        """Only what an importing system could not tell from the rest."""
        if anchor != passage.anchor:
            holder.set(f"{{{OWN}}}anchor", words.clean(passage.anchor))
        if label != passage.label and passage.kind != Kind.ANNEX:
            holder.set(f"{{{OWN}}}label", words.clean(passage.label))
        if passage.printed_page:
            holder.set(f"{{{OWN}}}page", words.clean(passage.printed_page))

    def _plate(self, content: Any, passage: Passage) -> None:
        if passage.image:
            _add(_add(content, "p"), "img", src=self._picture(passage), alt=words.clean(passage.alt))

    def _picture(self, passage: Passage) -> str:
        """The picture itself, so that the file is whole by itself; of too many the address in the library."""
        assert passage.image
        if (image := self.images.get(passage.image.pk)) and self.embedded < MOST_EMBEDDED:
            data, ending = made_ready(image)
            if len(data) < LARGEST_EMBEDDED:
                self.embedded += len(data)
                return f"data:{MEDIA[ending]};base64,{base64.b64encode(data).decode()}"
        return f"{self.site}{reverse('library:picture', args=[passage.image.uid, passage.image.width])}"

    # -- words

    def _blocks(self, parent: Any, passage: Passage, *, at_least_one: bool = False) -> None:
        cited = self.citations[passage.pk]
        text = rendering.with_links(passage.text, cited, lambda citation: f"cite:{citation.pk}")
        links = {f"cite:{citation.pk}": self._reference(citation) for citation in cited}
        nodes = words.blocks(text) if text else []
        for node in words.walk(nodes):
            if node.kind == "a":
                node.value = links.get(node.value, node.value)
        for node in nodes:
            self._node(parent, node)
        if at_least_one and not nodes:
            _add(parent, "p")

    def _reference(self, citation: Citation) -> str:
        """Within the law by its own ids, else by the name of the other law that every system knows."""
        target, passage = citation.target, citation.target_passage
        assert target
        if target.pk == self.document.pk:
            found = self.by_anchor.get(passage.anchor if passage else "", "")
            return f"#{found}" if found else frbr.work_uri(self.document)
        if target.kind not in (Document.Kind.LAW, Document.Kind.DECREE, Document.Kind.DIRECTIVE):
            return f"{self.site}{rendering.target_url(citation)}"
        portion = _portion(passage.anchor) if passage else ""
        return frbr.work_uri(target) + (f"/~{portion}" if portion else "")

    def _node(self, parent: Any, node: Node) -> None:
        write = {"note": self._note, "a": self._link, "code": self._code, "pre": self._code, "quote": self._quote}
        if node.kind in write:
            write[node.kind](parent, node)
        elif node.kind == "br":
            _add(parent, "br")
        elif node.kind in _TAGS:
            element = _add(parent, _TAGS[node.kind])
            if node.kind in ("th", "td"):
                element = _add(element, "p")
            elif node.kind == "heading":
                element = _add(element, "b")
            self._inside(element, node.inside)

    def _code(self, parent: Any, node: Node) -> None:
        holder = _add(parent, "p") if node.kind == "pre" else parent
        self._inside(_add(holder, "span", **{"class": "code"}), node.inside)

    def _quote(self, parent: Any, node: Node) -> None:
        self._inside(parent, [each for each in node.inside if isinstance(each, Node)])

    def _link(self, parent: Any, node: Node) -> None:
        if node.value.startswith(("#", "/akn/")):
            self._inside(_add(parent, "ref", href=node.value), node.inside)
        elif re.match(r"^https?://", node.value):
            self._inside(_add(parent, "a", href=node.value), node.inside)
        else:
            self._inside(parent, node.inside)

    def _note(self, parent: Any, node: Node) -> None:
        note = self.notes.get(node.value)
        if note is None or node.value in self.marked:
            _append(_add(parent, "sup"), note.label.lstrip("fe") if note else node.value.lstrip("fe"))
            return
        self.marked.add(node.value)
        holder = _add(parent, "authorialNote", marker=note.label.lstrip("fe") or node.value, placement="bottom",
                      eId=self.eids[note.pk])  # fmt: skip
        holder.set(f"{{{OWN}}}key", node.value)
        self._own(holder, note, f"chu-thich-{node.value}", node.value)
        self._blocks(holder, note, at_least_one=True)

    def _inside(self, parent: Any, nodes: Nodes) -> None:
        for node in nodes:
            if isinstance(node, str):
                _append(parent, node)
            else:
                self._node(parent, node)


def _in_eid(number: str) -> str:
    return re.sub(r"\s+", "-", number.strip())


def _portion(anchor: str) -> str:
    """dieu-20.khoan-2.diem-a as art_20__cl_2__point_a; what has another form is the whole."""
    found = re.fullmatch(r"dieu-(\w+)(?:\.khoan-(\w+))?(?:\.diem-(\w+))?", anchor)
    if not found:
        return ""
    names = zip(("art", "cl", "point"), found.groups(), strict=True)
    return "__".join(f"{name}_{value}" for name, value in names if value)


def _add(parent: Any, tag: str, text: str = "", **attributes: str) -> Any:
    element = etree.SubElement(parent, f"{{{AKN}}}{tag}", attributes)
    if text:
        element.text = text
    return element


def _values(parent: Any, *pairs: tuple[str, str]) -> None:
    for tag, value in pairs:
        _add(parent, tag, value=words.clean(value))


def _append(parent: Any, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
