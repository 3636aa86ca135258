"""A work out of what the library holds: a whole edition, or the steps of a trail."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from django.contrib.staticfiles import finders
from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from thongsuot.library import quoting, reading, rendering
from thongsuot.library.copies import words
from thongsuot.library.copies.words import Node
from thongsuot.library.copies.works import HEADINGS, INTRO, SOURCE, Block, Chapter, Image, Work
from thongsuot.library.models import Citation, Edition, Passage, PictureSize
from thongsuot.papers.files import place_of

Kind = Passage.Kind
# Pictures wider than this say no more on a page or on a reader's screen.
WIDEST = 1000
_CUTS = (Kind.PART, Kind.CHAPTER, Kind.ANNEX)
_RANKS = {kind: rank for rank, kind in enumerate(HEADINGS)}
_ADDRESS = re.compile(r"^https?://[\w.-]+(?::\d{1,5})?(?:[/?#][\w\-./?%&=+~#:,;@!$'()*]*)?$", re.ASCII)
# What a step of a trail that names a heading brings along at the most.
MOST_BELOW = 600


@dataclass(frozen=True)
class Step:
    """A step of a trail, as plain values: a passage, a line that says why it is read, and where a row of them ends."""

    passage: UUID
    introduction: str = ""
    last: UUID | None = None


def of_edition(edition: Edition, *, site: str, on: date) -> Work:
    """The whole text. ``site`` is the address before every path, without a slash at its end."""
    passages = list(edition.passages.filter(is_withdrawn=False).order_by("position").select_related("image"))
    gathering = _Gathering(edition, passages, site)
    document = edition.document
    is_english = edition.language == "en"
    work = Work(
        identifier=f"urn:uuid:{edition.uid}",
        title=(document.title_en if is_english else "") or document.title,
        language=edition.language,
        address=f"{site}{reverse('library:document_detail', args=[document.slug])}",
        author=document.author,
        number=document.number,
        issuer=document.issuer,
        subject=capfirst((document.subject_en if is_english else "") or document.subject),
        issued_on=document.issued_on,
        made_on=on,
        kind=document.kind,
        kind_label=capfirst(str(document.get_kind_display())),
        remark=edition.note,
    )
    for block in gathering.blocks(passages):
        if block.kind == Kind.FOOTNOTE and block.anchor.removeprefix("chu-thich-") in gathering.marks:
            work.notes[block.anchor.removeprefix("chu-thich-")] = block
            continue
        if block.kind in _CUTS or not work.chapters:
            work.chapters.append(Chapter(block.title if block.kind in _CUTS else _("Beginning")))
        work.chapters[-1].blocks.append(block)
    _let_go_of_lost_marks(work)
    if len(work.chapters) == 1 and not any(block.kind in _CUTS for block in work.chapters[0].blocks):
        work.chapters[0].title = work.title
    return work


def of_trail(
    uid: UUID, title: str, steps: Sequence[Step], *, language: str, introduction: str, address: str, site: str, on: date
) -> Work:
    """A book of the trail's passages in their order, each with its introduction and its source.

    Passages are taken in that language where the library has them; one that stands no longer is left out.
    """
    named = {uid for step in steps for uid in (step.passage, step.last) if uid}
    found = Passage.objects.filter(uid__in=named, is_withdrawn=False)
    by_uid = {passage.uid: passage for passage in found.select_related("edition__document", "image", "parent")}
    # One trail in two languages is two books.
    work = Work(
        identifier=f"urn:uuid:{uuid5(uid, language)}", title=title, language=language, address=address,
        subject=introduction, made_on=on, kind="trail", kind_label=_("Trail of passages"),
    )  # fmt: skip
    for number, step in enumerate(steps, start=1):
        if passage := by_uid.get(step.passage):
            passage = reading.in_language(passage, language)
            last = by_uid.get(step.last) if step.last else None
            chapter = _step(passage, last, number, step.introduction, site)
            work.notes |= {key: note for key, note in chapter[1].items() if key not in work.notes}
            work.chapters.append(chapter[0])
    _let_go_of_lost_marks(work)
    return work


def _step(
    passage: Passage, last: Passage | None, number: int, introduction: str, site: str
) -> tuple[Chapter, dict[str, Block]]:
    edition = passage.edition
    passages = [passage, *(_row(passage, last) if last else _below(passage))]
    gathering = _Gathering(edition, passages, site)
    read = list(gathering.blocks(passages))
    title = str(passage) if passage.kind in _RANKS or passage.label else _cited(passage).rstrip(".")
    # Two steps may hold the same passage: anchors are told apart by their step.
    prefix = f"s{number}."
    head = Block("section", f"{prefix}dau", heading=title, level=1)
    blocks = [head]
    if introduction:
        blocks.append(Block(INTRO, f"{prefix}loi-dan", words=[Node("p", [words.clean(introduction)])]))
    marks = {}
    for block in read:
        key = block.anchor.removeprefix("chu-thich-")
        if block.kind == Kind.FOOTNOTE and key in gathering.marks:
            marks[f"{prefix}{key}"] = block
            continue
        block.anchor = f"{prefix}{block.anchor}"
        block.page = ""  # pages of several books in one list would name nothing
        block.level += 1 if block.level else 0
        blocks.append(block)
    if blocks[-len(read) :] and read[0].kind in _RANKS and read[0].title == title:
        blocks.remove(read[0])
        head.address = read[0].address
        if read[0].words:
            blocks.insert(2 if introduction else 1, Block("paragraph", f"{prefix}van", words=read[0].words))
    for node in words.walk([node for block in (*blocks, *marks.values()) for node in block.words]):
        if node.kind == "note":
            node.value = f"{prefix}{node.value}"
        elif node.kind == "a" and node.value.startswith("#"):
            node.value = f"#{prefix}{node.value[1:]}"
    address = f"{site}{reverse('library:passage', args=[passage.uid])}"
    source: list[Node | str] = [Node("a", [_cited(passage)], address)]
    blocks.append(Block(SOURCE, f"{prefix}nguon", words=[Node("p", source)]))
    return Chapter(title, blocks), marks


def _cited(passage: Passage) -> str:
    within = str(passage.parent) if passage.parent and not passage.label else ""
    return words.clean(quoting.cite(passage.edition, passage, within))


def _row(passage: Passage, last: Passage) -> list[Passage]:
    """What stands between the two and under the last, in the text that the first is read in."""
    edition = passage.edition
    end = edition.passages.filter(anchor=last.anchor, is_withdrawn=False).first()
    if end is None or end.position < passage.position:
        return []
    between = edition.passages.filter(position__gt=passage.position, position__lte=end.position, is_withdrawn=False)
    row = list(between.order_by("position").select_related("image")[:MOST_BELOW])
    return [*row, *_below(end)]


def _below(passage: Passage) -> list[Passage]:
    """What stands under a heading or an article, in the order of the text."""
    if passage.kind not in _RANKS and passage.kind != Kind.CLAUSE:
        return []
    following = passage.edition.passages.filter(position__gt=passage.position, is_withdrawn=False)
    within, found = {passage.pk}, []
    for each in following.order_by("position").select_related("image")[:MOST_BELOW]:
        if each.parent_id not in within:
            if each.kind in _RANKS:
                break
            continue
        within.add(each.pk)
        found.append(each)
    return found


class _Gathering:
    """Blocks of one edition, with pictures, notes and links looked up for all of them at once."""

    def __init__(self, edition: Edition, passages: Sequence[Passage], site: str) -> None:
        self.edition, self.site = edition, site
        self.anchors = {passage.anchor for passage in passages}
        self.images = images_of(passages)
        self.citations: dict[int | None, list[Citation]] = defaultdict(list)
        # A copy goes from hand to hand: it leads only to what everyone may see, and into itself.
        seen = Q(target__is_public=True) | Q(target=edition.document)
        cited = Citation.objects.filter(seen, passage__edition=edition)
        for citation in cited.select_related("target", "target_passage"):
            self.citations[citation.passage_id].append(citation)
        self.marks: set[str] = set()
        self.path: list[tuple[int, int]] = []  # (rank, level) of the headings that are open
        self.page = ""

    def blocks(self, passages: Iterable[Passage]) -> Iterator[Block]:
        made: list[Block] = []
        letters: list[str] = []
        for passage in passages:
            # Points of an outline without words stand in one line under their clause.
            if passage.kind == Kind.POINT and not passage.text and made:
                if not letters:
                    made[-1].words.append(Node("p", [""]))
                letters.append(reading.item_number(passage))
                made[-1].words[-1].inside = [f"{_('points')} {', '.join(letters)}"]
                continue
            letters = []
            made.append(self.block(passage))
        for block in made:
            self.marks |= {node.value for node in words.walk(block.words) if node.kind == "note"}
        yield from made

    def block(self, passage: Passage) -> Block:
        text = rendering.with_links(passage.text, self.citations[passage.pk], self._address)
        block = Block(
            passage.kind,
            passage.anchor,
            label=words.clean(passage.label),
            heading=words.clean(passage.heading),
            words=words.blocks(text) if text else [],
            image=self._image(passage),
            alt=words.clean(passage.alt),
            address=f"{self.site}{reverse('library:passage', args=[passage.uid])}",
        )
        if passage.kind in (Kind.CLAUSE, Kind.POINT):
            block.number = reading.item_number(passage) + ("." if passage.kind == Kind.CLAUSE else ")")
        elif passage.kind == Kind.FOOTNOTE:
            block.number = passage.label.lstrip("fe")
        elif passage.kind in _RANKS:
            block.level = self._level(_RANKS[passage.kind])
        if passage.printed_page and passage.printed_page != self.page:
            self.page = block.page = words.clean(passage.printed_page)
        self._mend_links(block.words)
        return block

    def _level(self, rank: int) -> int:
        while self.path and self.path[-1][0] >= rank:
            self.path.pop()
        level = self.path[-1][1] + 1 if self.path else 1
        self.path.append((rank, level))
        return level

    def _address(self, citation: Citation) -> str:
        """Into the copy itself, where it holds what is cited; else the lasting address."""
        passage = citation.target_passage
        if passage and citation.target_id == self.edition.document_id and passage.anchor in self.anchors:
            return f"#{passage.anchor}"
        if not citation.target_id or (not passage and citation.target_id == self.edition.document_id):
            return ""  # "this Law" leads to itself
        return f"{self.site}{rendering.target_url(citation)}"

    def _mend_links(self, nodes: Sequence[Node]) -> None:
        """Links that lead nowhere from a file become words."""
        for node in words.walk(nodes):
            if node.kind == "a":
                node.value = self._kept(node.value)

    def _kept(self, address: str) -> str:
        if address.startswith("#"):
            return address if address[1:] in self.anchors else ""
        if address.startswith("/") and not address.startswith("//"):
            address = f"{self.site}{address}"
        return address if is_address(address) else ""

    def _image(self, passage: Passage) -> Image | None:
        if passage.image_id:
            return self.images.get(passage.image_id)
        found = finders.find(passage.picture) if passage.picture else None
        return Image(Path(str(found)), 0, 0, is_drawing=True) if found and str(found).endswith(".svg") else None


def is_address(address: str) -> bool:
    """Of a page on the web, in signs that every reader of files takes for one."""
    try:
        return bool(_ADDRESS.match(address)) and bool(urlsplit(address).hostname)
    except ValueError:
        return False


def images_of(passages: Iterable[Passage]) -> dict[int, Image]:
    """Of each picture the largest size that is not too wide, else the smallest."""
    keys = {passage.image_id for passage in passages if passage.image_id}
    chosen: dict[int, PictureSize] = {}
    for size in PictureSize.objects.filter(picture__in=keys).select_related("file").order_by("width") if keys else ():
        if size.picture_id not in chosen or size.width <= WIDEST:
            chosen[size.picture_id] = size
    return {key: Image(place_of(size.file.sha256), size.width, size.height) for key, size in chosen.items()}


def _let_go_of_lost_marks(work: Work) -> None:
    """A mark whose note is not in the work stays as its number."""
    for node in words.walk([node for block in (*work.blocks(), *work.notes.values()) for node in block.words]):
        if node.kind == "note" and node.value not in work.notes:
            node.kind, node.inside = "sup", [node.value.rpartition(".")[2].lstrip("fe")]
