"""The tree of a book, from its headings and blocks in their order: parts, chapters, sections, plates, footnotes."""

import re
from dataclasses import dataclass, field

from thongsuot.library.formats import drafts as kinds
from thongsuot.library.formats.drafts import About, Draft, DraftDoubt, Reading

_PART = re.compile(r"^(?:Phần|Part)\s+(?:thứ\s+)?\S+", re.IGNORECASE)
CAPTION = re.compile(
    r"^((?:Hình|Ảnh|Sơ đồ|Biểu đồ|Bản đồ|Figure|Fig\.|Plate|Photo)\s*(?:số\s*)?"
    r"(\d{1,4}(?:[.\-–]\d{1,3})*[a-z]?))\s*[.:–-]*\s*(.*)$",
    re.IGNORECASE | re.DOTALL,
)
_LETTERS = ("p", "c", "s", "u")
_KINDS = (kinds.PART, kinds.CHAPTER, kinds.SECTION, kinds.SUBSECTION)
_LONGEST_HEADING = 400


@dataclass
class _Block:
    kind: str
    text: str = ""
    page: str = ""
    level: int = 0
    image: str = ""
    alt: str = ""
    number: str = ""
    caption: str = ""
    sheet: int = 0


@dataclass
class Book:
    """Takes headings and blocks in reading order; ``reading`` gives the tree."""

    about: About = field(default_factory=About)
    pictures: list[str] = field(default_factory=list)
    sheet: int = 0  # of the source, on which the next blocks stand
    _blocks: list[_Block] = field(default_factory=list)
    _doubts: list[tuple[int, str, str]] = field(default_factory=list)

    def heading(self, level: int, text: str, page: str = "") -> None:
        """``level`` 1 is the highest of the source."""
        text = " ".join(text.split())
        if text:
            self._add(_Block("heading", text[:_LONGEST_HEADING], page, level=level))

    def paragraph(self, text: str, page: str = "") -> None:
        """``text`` is Markdown."""
        if text.strip():
            self._add(_Block("paragraph", text.strip(), page))

    def plate(self, image: str, page: str = "", *, alt: str = "", caption: str = "") -> None:
        """``caption`` is plain text, with its label ("Hình 3. …") if it has one."""
        self._add(_Block("plate", page=page, image=image, alt=alt, caption=" ".join(caption.split())))

    def footnote(self, number: str, text: str, page: str = "") -> None:
        if text.strip():
            self._add(_Block("footnote", text.strip(), page, number=number))

    def _add(self, block: _Block) -> None:
        block.sheet = self.sheet
        self._blocks.append(block)

    def doubt(self, kind: str, detail: str = "") -> None:
        """About the block given last."""
        self._doubts.append((len(self._blocks) - 1, kind, detail[:300]))

    @property
    def last_is_plate_without_caption(self) -> bool:
        return bool(self._blocks) and self._blocks[-1].kind == "plate" and not self._blocks[-1].caption

    def caption(self, text: str) -> None:
        """The caption of the plate given last."""
        self._blocks[-1].caption = " ".join(text.split())

    def reading(self) -> Reading:
        reading = Reading(self.about, pictures=self.pictures)
        tree = _Tree(reading, self._first_kind())
        anchors = [tree.add(block) for block in self._blocks]
        for place, kind, detail in self._doubts:
            if 0 <= place < len(anchors):
                reading.doubts.append(DraftDoubt(kind, anchors[place], detail))
        return reading

    def _first_kind(self) -> int:
        """Whether the highest headings are parts (0) or chapters (1)."""
        tops = [block.text for block in self._blocks if block.kind == "heading" and block.level == 1]
        named = sum(bool(_PART.match(text)) for text in tops)
        return 0 if named and named * 2 >= len(tops) else 1


@dataclass
class _Tree:
    reading: Reading
    first: int
    open: dict[int, Draft] = field(default_factory=dict)
    counts: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    blocks: int = 0
    taken: set[str] = field(default_factory=set)
    pages: list[int] = field(default_factory=list)

    def add(self, block: _Block) -> str:
        draft = getattr(self, f"_{block.kind}")(block)
        draft.printed_page, draft.sheet = block.page, block.sheet
        self.reading.drafts.append(draft)
        return str(draft.anchor)

    def _heading(self, block: _Block) -> Draft:
        level = min(block.level - 1 + self.first, 3)
        self.counts[level] += 1
        for deeper in range(level, 4):
            self.open.pop(deeper, None)
            if deeper > level:
                self.counts[deeper] = 0
        stem = "-".join(f"{_LETTERS[n]}{self.counts[n]}" for n in range(level + 1) if self.counts[n])
        draft = Draft(_KINDS[level], self._free(stem), self._parent(), heading=block.text)
        self.open[level] = draft
        self.blocks = 0
        return draft

    def _paragraph(self, block: _Block) -> Draft:
        self.blocks += 1
        parent = self._parent()
        return Draft(kinds.PARAGRAPH, self._free(f"{parent or 'dau'}-{self.blocks:02}"), parent, text=block.text)

    def _plate(self, block: _Block) -> Draft:
        self.blocks += 1
        parent = self._parent()
        named = CAPTION.match(block.caption)
        label, words, anchor = "", block.caption, f"{parent or 'dau'}-anh-{self.blocks:02}"
        if named:
            label, words = " ".join(named[1].split()), named[3]
            anchor = f"hinh-{re.sub(r'[^0-9a-z]', '-', named[2].lower())}"
        draft = Draft(
            kinds.PLATE, self._free(anchor), parent, label=label[:120], text=words, image=block.image, alt=block.alt
        )
        if not block.caption:
            self.reading.doubts.append(DraftDoubt("caption", draft.anchor, block.alt[:200]))
        if not block.image:
            self.reading.doubts.append(DraftDoubt("picture", draft.anchor, block.caption[:200]))
        return draft

    def _footnote(self, block: _Block) -> Draft:
        anchor = self._free(f"chu-thich-{block.number or self.blocks}")
        return Draft(kinds.FOOTNOTE, anchor, self._parent(), label=block.number, text=block.text)

    def _parent(self) -> str:
        return next((self.open[n].anchor for n in (3, 2, 1, 0) if n in self.open), "")

    def _free(self, stem: str) -> str:
        name, nth = stem[:80], 1
        while name in self.taken:
            nth += 1
            name = f"{stem[:75]}-{nth}"
        self.taken.add(name)
        return name
