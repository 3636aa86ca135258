"""Word documents: headings by style, lists and numbers as Word counts them, pictures, tables, notes, formulae."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from thongsuot.library.formats import markdown, progress
from thongsuot.library.formats.archives import MB, Archive
from thongsuot.library.formats.books import CAPTION, Book
from thongsuot.library.formats.drafts import CannotRead, Reading
from thongsuot.library.formats.formulae import linear
from thongsuot.library.formats.sheets import Sheets
from thongsuot.library.formats.structure import Line, is_directive, is_law, read_lines

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CORE = {"title": "{http://purl.org/dc/elements/1.1/}title", "author": "{http://purl.org/dc/elements/1.1/}creator"}
_HEADING_NAME = re.compile(r"^(?:heading|tiêu đề|đề mục)\s*(\d)$", re.IGNORECASE)
_CAPTION_STYLES = ("caption", "image caption", "figure caption", "chú thích")
_CODE_STYLES = ("verbatim char", "source text", "html code", "html typewriter", "inline code", "code char")
_PICTURES = {".png": ".png", ".jpg": ".jpg", ".jpeg": ".jpg", ".gif": ".gif", ".webp": ".webp", ".bmp": ".bmp"}
_LARGEST_PICTURE = 30 * MB
_MOST_CELLS = 20_000
_SIGNS = {f"{_W}tab": " ", f"{_W}ptab": " ", f"{_W}noBreakHyphen": "-", f"{_W}br": "\n", f"{_W}cr": "\n"}


def read(path: Path, into: Path) -> Reading:
    return _Document(Archive(path), into).reading()


def _parsed(data: bytes) -> Any:
    """XML without entities, outside references or a document type. Raises CannotRead."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise CannotRead("entities")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise CannotRead("damaged", str(error)[:120]) from error


@dataclass
class _Style:
    name: str
    based_on: str
    level: int  # 1 to 9 of a heading; 0 is text
    numbering: tuple[str, int] | None


@dataclass
class _Paragraph:
    text: str  # Markdown
    plain: str
    level: int = 0
    style: str = ""
    marker: str = ""  # "Điều 3.", "a)", "-" as Word shows it
    pictures: list[tuple[str, str]] = field(default_factory=list)  # (name in the folder, alt)
    notes: list[str] = field(default_factory=list)
    page: str = ""
    bold: bool = False
    is_formula: bool = False
    raw: str = ""  # with its blanks, for code


@dataclass
class _Table:
    rows: list[list[_Paragraph]]
    page: str
    is_cut: bool


class _Document:
    def __init__(self, archive: Archive, into: Path) -> None:
        self.archive, self.into = archive, into
        if "[Content_Types].xml" not in archive or "word/document.xml" not in archive:
            raise CannotRead("damaged")
        if b"macroEnabled" in archive.read("[Content_Types].xml", 10 * MB):
            raise CannotRead("macros")
        self.styles = self._styles()
        self.numbers = _Numbers(self._part("word/numbering.xml"))
        self.relations = self._relations()
        self.notes = self._notes()
        self.saved: dict[str, str] = {}
        self.pages = _Pages()
        self.sheets = Sheets()

    def _part(self, name: str) -> Any | None:
        return _parsed(self.archive.read(name)) if name in self.archive else None

    def _styles(self) -> dict[str, _Style]:
        root = self._part("word/styles.xml")
        styles: dict[str, _Style] = {}
        for style in root.iter(f"{_W}style") if root is not None else ():
            name = _val(style.find(f"{_W}name"))
            based = _val(style.find(f"{_W}basedOn"))
            properties = style.find(f"{_W}pPr")
            outline = _val(properties.find(f"{_W}outlineLvl")) if properties is not None else ""
            match = _HEADING_NAME.match(name)
            level = int(match[1]) if match else int(outline) + 1 if outline.isdigit() and int(outline) < 9 else 0
            numbering = _numbering_of(properties)
            styles[style.get(f"{_W}styleId", "")] = _Style(name.lower(), based, level, numbering)
        for style in styles.values():
            over, steps = styles.get(style.based_on), 0
            while over and steps < 12 and not (style.level and style.numbering):
                style.level = style.level or over.level
                style.numbering = style.numbering or over.numbering
                over, steps = styles.get(over.based_on), steps + 1
        return styles

    def _relations(self) -> dict[str, str]:
        root = self._part("word/_rels/document.xml.rels")
        return {
            each.get("Id", ""): posixpath.normpath(posixpath.join("word", each.get("Target", ""))).lstrip("/")
            for each in (root if root is not None else ())
            if isinstance(each.tag, str) and each.get("TargetMode") != "External"
        }

    def _notes(self) -> dict[str, Any]:
        notes = {}
        for part, letter in (("word/footnotes.xml", "f"), ("word/endnotes.xml", "e")):
            root = self._part(part)
            for note in root if root is not None else ():
                if isinstance(note.tag, str) and note.get(f"{_W}type", "normal") == "normal":
                    notes[f"{letter}{note.get(f'{_W}id')}"] = note
        return notes

    # -- the body, a block at a time

    def blocks(self) -> Iterator[_Paragraph | _Table]:
        """Paragraphs and tables as they come; each is let go once it is read: a long book stays small in memory."""
        data = self.archive.read("word/document.xml", 200 * MB)
        if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:65536]:
            raise CannotRead("entities")
        depth, outer = 0, (f"{_W}p", f"{_W}tbl", f"{_W}sdt", f"{_W}sectPr")
        try:
            source = BytesIO(data)
            for event, element in etree.iterparse(
                source, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
            ):
                if element.tag not in outer:
                    continue
                depth += 1 if event == "start" else -1
                if event == "end" and depth == 0:
                    progress.at(60 * source.tell() / len(data))
                    yield from self._block(element)
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            raise CannotRead("damaged", str(error)[:120]) from error

    def _block(self, element: Any) -> Iterator[_Paragraph | _Table]:
        if element.tag == f"{_W}p":
            yield self._paragraph(element)
        elif element.tag == f"{_W}tbl":
            yield self._table(element)
        elif element.tag == f"{_W}sdt" and not _is_contents(element):
            for child in element.iterfind(f"{_W}sdtContent/*"):
                yield from self._block(child)

    def _paragraph(self, element: Any) -> _Paragraph:
        page = self.pages.current
        properties = element.find(f"{_W}pPr")
        style_id = _val(properties.find(f"{_W}pStyle")) if properties is not None else ""
        style = self.styles.get(style_id) or _Style(style_id.lower(), "", 0, None)
        outline = _val(properties.find(f"{_W}outlineLvl")) if properties is not None else ""
        level = int(outline) + 1 if outline.isdigit() and int(outline) < 9 else style.level
        runs = _Runs(self)
        runs.walk(element)
        numbering = _numbering_of(properties) or style.numbering
        marker = self.numbers.marker(numbering) if numbering and runs.plain.strip() else ""
        text, plain = runs.markdown(), " ".join(runs.plain.split())
        if runs.began_on_new_page and not runs.text_before_break:
            page = self.pages.current
        return _Paragraph(
            text,
            plain,
            level,
            style.name,
            marker,
            runs.pictures,
            runs.note_keys,
            page,
            runs.is_bold,
            runs.is_formula,
            runs.plain,
        )

    def _table(self, element: Any) -> _Table:
        page, cells, rows, is_cut = self.pages.current, 0, [], False
        for row in element.iterfind(f"{_W}tr"):
            if cells > _MOST_CELLS:
                is_cut = True
                break
            made = []
            for cell in row.iterfind(f"{_W}tc"):
                parts = [self._paragraph(each) for each in cell.iter(f"{_W}p")]
                cells += 1
                text = " ".join(part.text for part in parts if part.text)
                # Lines of a letterhead are told apart again where the paper turns out to be one.
                plain = "\n".join(f"{part.marker} {part.plain}".strip() for part in parts)
                made.append(_Paragraph(text, plain, pictures=[p for part in parts for p in part.pictures]))
            rows.append(made)
        return _Table(rows, page, is_cut)

    def picture(self, relation: str) -> str:
        """The picture's bytes in the folder, once; empty for what no page can show."""
        target = self.relations.get(relation, "")
        if target in self.saved:
            return self.saved[target]
        ending = _PICTURES.get(posixpath.splitext(target)[1].lower(), "")
        name = ""
        if ending and target in self.archive:
            name = f"anh-{len(self.saved) + 1:04}{ending}"
            (self.into / name).write_bytes(self.archive.read(target, _LARGEST_PICTURE))
        self.saved[target] = name
        return name

    # -- what they make

    def reading(self) -> Reading:
        blocks = list(self.blocks())
        shown = [block for block in blocks if not (isinstance(block, _Paragraph) and block.style.startswith("toc"))]
        texts = [f"{block.marker} {block.plain}".strip() for block in shown if isinstance(block, _Paragraph)]
        if not any(texts) and not any(isinstance(block, _Table) for block in shown):
            raise CannotRead("empty")
        headings = sum(1 for block in shown if isinstance(block, _Paragraph) and 1 <= block.level <= 3)
        if is_law(texts) or (headings < 3 and is_directive(texts)):
            return self._law(shown)
        return self._book(shown)

    def _law(self, blocks: list[_Paragraph | _Table]) -> Reading:
        lines: list[Line] = []
        tables: list[str] = []
        for block in blocks:
            sheet = self._sheet(block)
            if isinstance(block, _Paragraph):
                lines.append(Line(f"{block.marker} {block.plain}".strip(), block.page, block.bold, sheet=sheet))
            elif len(lines) < 12:  # letterheads and the place of the signature are set in tables without lines
                lines += [
                    Line(text, block.page, sheet=sheet)
                    for row in block.rows
                    for cell in row
                    for text in cell.plain.split("\n")
                ]
            else:
                tables.append(markdown.table([[cell.text for cell in row] for row in block.rows]))
                lines.append(Line(f"\ue000{len(tables) - 1}\ue000", block.page, sheet=sheet))
        reading = read_lines(lines)
        reading.sheets = self.sheets.texts()
        for draft in reading.drafts:
            draft.text = re.sub(
                r"\ue000(\d+)\ue000", lambda match: f"\n\n{tables[int(match[1])]}\n\n", draft.text
            ).strip()
        self._describe(reading)
        return reading

    def _book(self, blocks: list[_Paragraph | _Table]) -> Reading:
        book = Book()
        # Some books begin at the second level of headings, since the first is the title's.
        levels = [b.level for b in blocks if isinstance(b, _Paragraph) and b.level]
        top = min(levels, default=1)
        for block in blocks:
            book.sheet = self._sheet(block)
            if isinstance(block, _Table):
                self._add_table(book, block)
            else:
                self._add_paragraph(book, block, top)
        book.pictures = sorted({name for name in self.saved.values() if name})
        reading = book.reading()
        reading.sheets = self.sheets.texts()
        self._describe(reading)
        return reading

    def _sheet(self, block: _Paragraph | _Table) -> int:
        """Where the block's own words stand, as they are in the file."""
        if isinstance(block, _Paragraph):
            style = f"[{block.style}] " if block.level else ""
            picture = "▢ " * len(block.pictures)
            return self.sheets.add(f"{style}{picture}{block.marker} {block.plain}".strip())
        rows = (" | ".join(cell.plain.replace("\n", " ") for cell in row) for row in block.rows[:50])
        return self.sheets.add("\n".join(rows))

    def _add_table(self, book: Book, block: _Table) -> None:
        rows = [[cell.text for cell in row] for row in block.rows]
        if len(rows) == 1 and len(rows[0]) == 1:
            book.paragraph(rows[0][0], block.page)
        else:
            book.paragraph(markdown.table(rows), block.page)
        if block.is_cut or markdown.is_cut(rows):
            book.doubt("table", f"{len(rows)} × {max(map(len, rows), default=0)}")
        for row in block.rows:
            for cell in row:
                for name, alt in cell.pictures:
                    book.plate(name, block.page, alt=alt)

    def _add_paragraph(self, book: Book, block: _Paragraph, top: int) -> None:
        if block.style in ("title", "subtitle") and not book.about.title:
            book.about.title = block.plain
            return
        if block.level and block.plain and not block.pictures:
            book.heading(block.level - top + 1, f"{block.marker} {block.plain}".strip(), block.page)
        elif block.pictures:
            for name, alt in block.pictures:
                book.plate(name, block.page, alt=alt, caption=block.plain if len(block.pictures) == 1 else "")
            if block.plain and len(block.pictures) > 1:
                book.paragraph(block.text, block.page)
        elif block.plain and book.last_is_plate_without_caption and self._is_caption(block):
            book.caption(block.plain)
        elif block.text:
            book.paragraph(self._listed(block), block.page)
        for key in block.notes:
            book.footnote(key, self._note_text(key), block.page)

    def _is_caption(self, block: _Paragraph) -> bool:
        return block.style in _CAPTION_STYLES or bool(CAPTION.match(block.plain))

    @staticmethod
    def _listed(block: _Paragraph) -> str:
        if "code" in block.style or "nguồn" in block.style:
            return markdown.code_block(block.raw)
        if not block.marker:
            return block.text if block.is_formula else markdown.at_start(block.text)
        return f"- {block.text}" if block.marker in "-•" else f"{markdown.at_start(f'{block.marker} ')}{block.text}"

    def _note_text(self, key: str) -> str:
        note = self.notes.get(key)
        if note is None:
            return ""
        parts = []
        for paragraph in note.iter(f"{_W}p"):
            runs = _Runs(self)
            runs.walk(paragraph)
            parts.append(runs.markdown())
        return "\n\n".join(part for part in parts if part)

    def _describe(self, reading: Reading) -> None:
        root = self._part("docProps/core.xml")
        if root is not None:
            for name, tag in _CORE.items():
                value = " ".join((root.findtext(tag) or "").split())
                if value and not getattr(reading.about, name):
                    setattr(reading.about, name, value[:200])
        reading.about.pages = self.pages.count if self.pages.are_known else 0
        if not self.pages.are_known:
            for draft in reading.drafts:
                draft.printed_page = ""


class _Runs:
    """The words of one paragraph with their emphasis, its pictures, notes and formulae."""

    def __init__(self, document: _Document) -> None:
        self.document = document
        self.pieces: list[tuple[str, bool, bool, str]] = []  # (text, bold, italic, "" | "code" | "formula" | "note")
        self.pictures: list[tuple[str, str]] = []
        self.note_keys: list[str] = []
        self.began_on_new_page = False
        self.text_before_break = False
        self.is_formula = False

    @property
    def plain(self) -> str:
        return "".join(text for text, _bold, _italic, kind in self.pieces if kind != "note")

    @property
    def is_bold(self) -> bool:
        words = [(text, bold) for text, bold, _italic, kind in self.pieces if text.strip() and not kind]
        return bool(words) and all(bold for _text, bold in words)

    def markdown(self) -> str:
        made: list[tuple[str, bool, bool, str]] = []
        for text, bold, italic, kind in self.pieces:
            if made and kind in ("", "code") and made[-1][1:] == (bold, italic, kind):
                made[-1] = (made[-1][0] + text, bold, italic, kind)
            else:
                made.append((text, bold, italic, kind))
        words = [_said(*piece) for piece in made]
        return "\n".join(" ".join(line.split()) for line in "".join(words).split("\n")).strip()

    def walk(self, element: Any, depth: int = 0) -> None:
        if depth > 40:
            return
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or tag in (f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_MC}Fallback"):
                continue
            if tag == f"{_W}r":
                self._run(child, depth)
            elif tag in (f"{_M}oMath", f"{_M}oMathPara"):
                self.is_formula = not self.pieces
                self.pieces.append((linear(child), False, False, "formula"))
            else:
                self.walk(child, depth + 1)

    def _run(self, run: Any, depth: int) -> None:
        properties = run.find(f"{_W}rPr")
        bold, italic = _is_on(properties, "b"), _is_on(properties, "i")
        if _is_on(properties, "vanish"):
            return
        style = self.document.styles.get(_val(properties.find(f"{_W}rStyle"))) if properties is not None else None
        kind = "code" if style and style.name in _CODE_STYLES else ""
        for child in run:
            tag = child.tag
            if tag == f"{_W}t":
                self.pieces.append((child.text or "", bold, italic, kind))
            elif tag in _SIGNS and child.get(f"{_W}type") != "page":
                self.pieces.append((_SIGNS[tag], bold, italic, ""))
            elif tag in (f"{_W}br", f"{_W}lastRenderedPageBreak"):
                self._new_page(counted=tag == f"{_W}lastRenderedPageBreak")
            elif tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
                self._note_mark(f"{'f' if tag.endswith('footnoteReference') else 'e'}{child.get(f'{_W}id')}")
            elif tag in (f"{_W}drawing", f"{_W}pict", f"{_W}object", f"{_MC}AlternateContent"):
                self._drawing(child, depth)

    def _note_mark(self, key: str) -> None:
        if key in self.document.notes:
            self.note_keys.append(key)
            self.pieces.append((f"[^{key}]", False, False, "note"))

    def _new_page(self, *, counted: bool) -> None:
        self.document.pages.turn(counted=counted)
        self.began_on_new_page = True
        self.text_before_break = self.text_before_break or bool(self.plain.strip())

    def _drawing(self, element: Any, depth: int) -> None:
        chosen = element.find(f"{_MC}Choice") if element.tag == f"{_MC}AlternateContent" else element
        if chosen is None:
            return
        described = next(chosen.iter(f"{_WP}docPr"), None)
        alt = (described.get("descr") or "") if described is not None else ""
        for picture in [*chosen.iter(f"{_A}blip"), *chosen.iter(f"{_V}imagedata")]:
            relation = picture.get(f"{_R}embed") or picture.get(f"{_R}id") or ""
            self.pictures.append((self.document.picture(relation), " ".join(alt.split())))
        for text in chosen.iter(f"{_W}txbxContent"):
            self.walk(text, depth + 1)


def _said(text: str, bold: bool, italic: bool, kind: str) -> str:
    if kind in ("code", "formula"):
        inner = text.strip()
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        return f"{before}{markdown.code(inner)}{after}" if inner else text
    return text if kind else markdown.styled(text, bold=bold, italic=italic)


class _Pages:
    """Printed pages as Word last laid them out; a page break alone says nothing of the pages between."""

    def __init__(self) -> None:
        self.count, self.are_known, self._broken = 1, False, False

    @property
    def current(self) -> str:
        return str(self.count)

    def turn(self, *, counted: bool) -> None:
        if counted:
            # Word marks the page after a hard break too: the two are one turn.
            self.count += not self._broken
            self.are_known, self._broken = True, False
        else:
            self.count += 1
            self._broken = True


class _Numbers:
    """Numbers that Word makes itself: "Điều 3.", "a)", "II." are nowhere in the text."""

    def __init__(self, root: Any | None) -> None:
        self.levels: dict[tuple[str, int], tuple[str, str, int]] = {}  # (list, level) → (format, text, start)
        self.lists: dict[str, str] = {}
        self.counts: dict[tuple[str, int], int] = {}
        if root is None:
            return
        for abstract in root.iter(f"{_W}abstractNum"):
            for level in abstract.iter(f"{_W}lvl"):
                start = _val(level.find(f"{_W}start"))
                key = (abstract.get(f"{_W}abstractNumId", ""), int(level.get(f"{_W}ilvl", "0")))
                self.levels[key] = (
                    _val(level.find(f"{_W}numFmt")),
                    _val(level.find(f"{_W}lvlText")),
                    int(start) if start.isdigit() else 1,
                )
        for num in root.iter(f"{_W}num"):
            self.lists[num.get(f"{_W}numId", "")] = _val(num.find(f"{_W}abstractNumId"))

    def marker(self, numbering: tuple[str, int]) -> str:
        """What stands before the paragraph; counts it."""
        list_id, level = numbering
        abstract = self.lists.get(list_id, "")
        known = self.levels.get((abstract, level))
        if not known or list_id == "0":
            return ""
        form, text, start = known
        if form in ("bullet", "none", ""):
            return "-" if form == "bullet" else ""
        self.counts[abstract, level] = self.counts.get((abstract, level), start - 1) + 1
        for deeper in range(level + 1, 9):
            self.counts.pop((abstract, deeper), None)
        return re.sub(r"%(\d)", lambda match: self._number(abstract, int(match[1]) - 1), text).strip()

    def _number(self, abstract: str, level: int) -> str:
        form, _text, start = self.levels.get((abstract, level), ("decimal", "", 1))
        number = self.counts.get((abstract, level), start)
        if form in ("upperRoman", "lowerRoman"):
            roman = _roman(number)
            return roman if form == "upperRoman" else roman.lower()
        if form in ("upperLetter", "lowerLetter"):
            letter = "abcdefghijklmnopqrstuvwxyz"[(number - 1) % 26]
            return letter.upper() if form == "upperLetter" else letter
        return f"{number:02}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    made = ""
    for value, letters in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while number >= value:
            made, number = made + letters, number - value
    return made


def _val(element: Any | None) -> str:
    return "" if element is None else str(element.get(f"{_W}val", ""))


def _is_on(properties: Any | None, name: str) -> bool:
    found = properties.find(f"{_W}{name}") if properties is not None else None
    return found is not None and found.get(f"{_W}val", "true") not in ("0", "false", "off")


def _numbering_of(properties: Any | None) -> tuple[str, int] | None:
    number = properties.find(f"{_W}numPr") if properties is not None else None
    if number is None:
        return None
    level = _val(number.find(f"{_W}ilvl"))
    return _val(number.find(f"{_W}numId")), int(level) if level.isdigit() else 0


def _is_contents(element: Any) -> bool:
    gallery = element.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
    return _val(gallery).lower() == "table of contents"
