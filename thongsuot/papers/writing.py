"""Papers out: DOCX in the official layout in force on its date. Workbooks stand in workbooks.py."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from thongsuot.papers.layouts import Layout, layout_for, letter
from thongsuot.papers.workbooks import XLSX, Sheet, write_xlsx
from thongsuot.viet.calendar import in_words
from thongsuot.viet.text import nfc

__all__ = [
    "DOCX", "XLSX", "Paper", "Points", "Section", "Sheet", "Signature", "Table", "write_docx", "write_xlsx",
]  # fmt: skip

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGUAGE = "vi-VN"
TABLE_SIZE = Pt(12)
# Columns that hold a number of order or a short mark stand in the middle.
NARROW_MM = 16
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass
class Table:
    """A table whose first row repeats on each page. Without widths the columns share the page evenly."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths_mm: Sequence[float] = ()


@dataclass
class Points:
    """Dash points, or points by letter: a), b), c), d), đ), e), g)…"""

    items: Sequence[str]
    lettered: bool = False


@dataclass
class Section:
    """A numbered part: a heading and what stands under it, in order. Without a heading it takes no number."""

    heading: str
    body: Sequence[str | Table | Points] = field(default_factory=list)
    level: int = 1  # 1 "I- …", 2 "1. …", 3 "a) …"


@dataclass
class Signature:
    authority: str = ""  # T/M BAN THƯỜNG VỤ
    title: str = ""  # BÍ THƯ
    name: str = ""


@dataclass
class Paper:
    """What a paper says; how it looks follows from its system and date."""

    system: str  # party | state
    on: date
    superior: str
    issuer: str
    number: str
    place: str
    type_name: str  # Kế hoạch, Báo cáo, Biên bản; empty for a letter (công văn)
    subject: str
    opening: list[str] = field(default_factory=list)
    bases: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    addressed_to: list[str] = field(default_factory=list)  # Kính gửi
    draft: str = ""  # "Dự thảo lần 1"
    note: str = ""  # at the foot of each page, e.g. that names and figures are made up


def write_docx(paper: Paper) -> bytes:
    """The paper in the layout in force on its date. The same paper gives the same bytes."""
    layout = layout_for(paper.system, paper.on)
    document = Document()
    _set_up(document, paper, layout)
    _letterhead(document, paper, layout)
    _title(document, paper, layout)
    if paper.addressed_to:
        _addressed(document, paper, layout)
    for n, base in enumerate(paper.bases, start=1):
        end = "." if n == len(paper.bases) else ";"
        text = layout.bases_form.format(text=base.strip().rstrip(" .;,").removeprefix("- ")) + end
        _body(document, text, layout, italic=layout.bases_italic)
    for line in (line for each in paper.opening for line in _written_out(each)):
        _body(document, str(line), layout)
    _sections(document, paper, layout)
    _closing(document, paper, layout)
    return _with_fixed_dates(document)


# The page


def _set_up(document: Any, paper: Paper, layout: Layout) -> None:
    section = document.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(layout.margins_mm["top"]), Mm(layout.margins_mm["bottom"])
    section.left_margin, section.right_margin = Mm(layout.margins_mm["left"]), Mm(layout.margins_mm["right"])
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    _styles(document, layout)
    page = section.header.paragraphs[0]
    page.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _page_number(page, layout)
    if paper.note:
        for footer in (section.footer, section.first_page_footer):
            line = footer.paragraphs[0]
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _run(line, paper.note, 10, italic=True)
    properties = document.core_properties
    properties.title = _fit(" ".join(f"{paper.type_name} {paper.number} {paper.subject}".split()))[:250]
    properties.subject, properties.author = _fit(paper.subject)[:250], _fit(paper.issuer)[:250]
    properties.last_modified_by, properties.language = _fit(paper.issuer)[:250], LANGUAGE
    properties.comments, properties.keywords, properties.revision = _fit(paper.note)[:250], "", 1
    properties.created = properties.modified = datetime.combine(paper.on, time(), tzinfo=UTC)


def _styles(document: Any, layout: Layout) -> None:
    styles = document.styles
    # The template's theme fonts and English would win over the style's own in Word: none is left.
    for fonts in styles.element.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        _name_font(fonts, layout.font)
    for language in styles.element.iter(qn("w:lang")):
        for part in ("val", "eastAsia"):
            language.set(qn(f"w:{part}"), LANGUAGE)
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), LANGUAGE)
    normal = styles["Normal"]
    normal.font.size = Pt(layout.body_size)
    _name_font(normal.element.get_or_add_rPr().get_or_add_rFonts(), layout.font)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    for level in (1, 2, 3):
        style = styles[f"Heading {level}"]
        _name_font(style.element.get_or_add_rPr().get_or_add_rFonts(), layout.font)
        style.font.size, style.font.bold, style.font.italic = Pt(layout.body_size), level < 3, level == 3
        for color in style.element.rPr.findall(qn("w:color")):
            style.element.rPr.remove(color)
        form = style.paragraph_format
        form.space_before = form.space_after = Pt(layout.after_pt)
        form.first_line_indent, form.keep_with_next = Mm(layout.first_line_mm), True


def _name_font(fonts: Any, name: str) -> None:
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)


def _page_number(paragraph: Paragraph, layout: Layout) -> None:
    run = paragraph.add_run()
    run.font.size = Pt(layout.page_number_size)
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("shown", "2"), ("end", "")):
        if kind == "shown":
            mark = OxmlElement("w:t")
            mark.text = text
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


# Lines


def _fit(text: str) -> str:
    """NFC, and without the signs that XML cannot hold."""
    return _UNWRITABLE.sub("", nfc(str(text)))


def _run(paragraph: Paragraph, text: str, size: float = 0, *, bold: bool = False, italic: bool = False) -> Any:
    run = paragraph.add_run(_fit(text))
    run.bold, run.italic = bold or None, italic or None
    if size:
        run.font.size = Pt(size)
    return run


def _line(cell: Any, text: str, size: float, *, bold: bool = False, italic: bool = False) -> Paragraph:
    """A centred line; the empty paragraph that every cell begins with is used first."""
    fresh = len(cell.paragraphs) == 1 and not cell.paragraphs[0].runs
    paragraph: Paragraph = cell.paragraphs[0] if fresh else cell.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, text, size, bold=bold, italic=italic)
    return paragraph


def _rule(container: Any, length_mm: float, width_mm: float) -> None:
    """A drawn line in the middle of ``width_mm``: the upper border of a paragraph of no height."""
    paragraph = container.add_paragraph()
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    # First of all: the schema wants borders before spacing and indents, which are added in their places.
    paragraph._p.get_or_add_pPr().append(borders)
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm((width_mm - length_mm) / 2)
    form.space_before = Pt(4)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(4)


def _two_columns(document: Any, rows: int, widths_mm: Sequence[float]) -> Any:
    """A table without borders or cell margins: how official papers set two columns side by side."""
    table = document.add_table(rows=rows, cols=2)
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is None:
        table._tbl.tblPr.append(margins)
    else:
        look.addprevious(margins)
    _set_widths(table, widths_mm)
    return table


def _set_widths(table: Any, widths_mm: Sequence[float]) -> None:
    # Word reads the cells' widths, LibreOffice the grid's: both are set.
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        _mark_row(row, "w:cantSplit")
        for cell, width in zip(row.cells, widths_mm, strict=True):
            cell.width = Mm(width)


def _mark_row(row: Any, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


# The parts of a paper, from the top


def _letterhead(document: Any, paper: Paper, layout: Layout) -> None:
    table = _two_columns(document, 2, layout.columns_mm)
    left, right = table.rows[0].cells
    if paper.superior:
        _line(left, paper.superior.upper(), layout.superior_size)
    _line(left, paper.issuer.upper(), layout.issuer_size, bold=True)
    if layout.star:
        _line(left, "*", layout.issuer_size)
    if layout.issuer_rule_mm:
        _rule(left, layout.issuer_rule_mm, layout.columns_mm[0])
    for motto in layout.motto:
        _line(right, motto.text, motto.size, bold=True)
    _rule(right, layout.motto_rule_mm, layout.columns_mm[1])
    left, right = table.rows[1].cells
    number = layout.number_form.format(number=paper.number or "        ")
    _line(left, number, layout.number_size).paragraph_format.space_before = Pt(4)
    dated = f"{paper.place}, {in_words(paper.on)}".removeprefix(", ")
    _line(right, dated, layout.date_size, italic=True).paragraph_format.space_before = Pt(4)
    if not paper.type_name:
        subject = layout.letter_subject.format(text=paper.subject)
        _line(left, subject, 12, italic=layout.system == "party").paragraph_format.space_before = Pt(6)
    if paper.draft:
        _line(left, paper.draft, layout.draft_size, italic=True)


def _title(document: Any, paper: Paper, layout: Layout) -> None:
    if not paper.type_name:
        document.add_paragraph()
        return
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_before = Pt(18)
    title.paragraph_format.keep_with_next = True
    _run(title, paper.type_name.upper(), layout.type_size, bold=True)
    subject = document.add_paragraph()
    subject.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(subject, " ".join(paper.subject.split()), layout.subject_size, bold=True)
    if layout.subject_end == "rule":
        _rule(document, layout.subject_rule_mm, layout.text_width_mm)
    else:
        mark = document.add_paragraph()
        mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(mark, layout.subject_end, layout.subject_size)
    document.paragraphs[-1].paragraph_format.space_after = Pt(10)


def _addressed(document: Any, paper: Paper, layout: Layout) -> None:
    one = len(paper.addressed_to) == 1
    line = document.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER if one else WD_ALIGN_PARAGRAPH.LEFT
    line.paragraph_format.space_after = Pt(layout.after_pt)
    if not one:
        line.paragraph_format.left_indent = Mm(30)
    italic = layout.system == "party"
    _run(line, f"Kính gửi: {paper.addressed_to[0] if one else ''}".strip(), italic=italic)
    for name in [] if one else paper.addressed_to:
        each = document.add_paragraph()
        each.paragraph_format.left_indent = Mm(45)
        _run(each, f"- {name}")
    document.paragraphs[-1].paragraph_format.space_after = Pt(12)


def _sections(document: Any, paper: Paper, layout: Layout) -> None:
    counts = [0, 0, 0]
    parts: list[str | Table] = []
    for n, section in enumerate(paper.sections):
        if section.heading:
            level = min(max(section.level, 1), 3)
            counts[level - 1] += 1
            counts[level:] = [0] * (3 - level)
            paragraph = document.add_paragraph(style=f"Heading {level}")
            _run(paragraph, layout.heading(level, counts[level - 1], section.heading))
        parts = [each for part in section.body for each in _written_out(part)]
        for m, each in enumerate(parts):
            if isinstance(each, Table):
                _table(document, each, layout)
                continue
            is_last = n == len(paper.sections) - 1 and m == len(parts) - 1
            text = each.rstrip(" .;,/") + layout.end_mark if is_last else each
            # The last lines stay with the signature, as words do with their table: nobody signs an empty page.
            stays = is_last or isinstance(parts[(m + 1) % len(parts)], Table)
            _body(document, text, layout).paragraph_format.keep_with_next = stays or None


def _written_out(part: str | Table | Points) -> list[str | Table]:
    if isinstance(part, Points):
        marks = [f"{letter(n)})" if part.lettered else "-" for n in range(1, len(part.items) + 1)]
        return [f"{mark} {item}" for mark, item in zip(marks, part.items, strict=True)]
    if isinstance(part, Table):
        return [part]
    return [line for line in (each.strip() for each in part.split("\n")) if line]


def _body(document: Any, text: str, layout: Layout, *, italic: bool = False) -> Paragraph:
    paragraph: Paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    form = paragraph.paragraph_format
    form.first_line_indent, form.space_after = Mm(layout.first_line_mm), Pt(layout.after_pt)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(layout.line_pt)
    _run(paragraph, text, italic=italic)
    return paragraph


def _table(document: Any, table: Table, layout: Layout) -> None:
    columns = len(table.head)
    widths = list(table.widths_mm) or [layout.text_width_mm / columns] * columns
    # Never wider than the text: a table keeps its proportions on a narrower page.
    scale = min(1.0, layout.text_width_mm / sum(widths))
    widths = [width * scale for width in widths]
    made = document.add_table(rows=1 + len(table.rows), cols=columns)
    made.style, made.autofit, made.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
    _narrow_cell_margins(made)
    _set_widths(made, widths)
    _mark_row(made.rows[0], "w:tblHeader")
    grid = [table.head, *table.rows]
    for n, (made_row, row) in enumerate(zip(made.rows, grid, strict=True)):
        for cell, text, width in zip(made_row.cells, [*row, *[""] * columns], widths, strict=False):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            if n == 0 or width <= NARROW_MM:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _run(paragraph, str(text), TABLE_SIZE.pt, bold=n == 0)
    document.add_paragraph().paragraph_format.line_spacing = Pt(8)


def _narrow_cell_margins(table: Any) -> None:
    """Seven columns on an upright page: a date must stay on one line."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        each = OxmlElement(f"w:{side}")
        each.set(qn("w:w"), "60")
        each.set(qn("w:type"), "dxa")
        margins.append(each)
    table._tbl.tblPr.append(margins)


def _closing(document: Any, paper: Paper, layout: Layout) -> None:
    if not paper.recipients and not paper.signatures:
        return
    spacer = document.add_paragraph()
    spacer.paragraph_format.keep_with_next = True
    spacer.paragraph_format.line_spacing = Pt(8)
    half = layout.text_width_mm / 2
    if len(paper.signatures) > 1:
        for at in range(0, len(paper.signatures), 2):
            table = _two_columns(document, 1, (half, half))
            for cell, signature in zip(table.rows[0].cells, paper.signatures[at : at + 2], strict=False):
                _sign(cell, signature, layout)
        if not paper.recipients:
            return
        document.add_paragraph().paragraph_format.line_spacing = Pt(8)
    table = _two_columns(document, 1, (half - 8, half + 8))
    left, right = table.rows[0].cells
    if paper.recipients:
        _recipients(left, paper.recipients, layout)
    if len(paper.signatures) == 1:
        _sign(right, paper.signatures[0], layout)


def _recipients(cell: Any, recipients: Sequence[str], layout: Layout) -> None:
    underlined = layout.recipients_title == "underline"
    title = cell.paragraphs[0]
    run = _run(title, "Nơi nhận", layout.recipients_title_size, bold=not underlined, italic=not underlined)
    run.underline = underlined or None
    colon = _run(title, ":", layout.recipients_title_size, bold=not underlined, italic=not underlined)
    colon.underline = underlined or None
    for n, recipient in enumerate(recipients, start=1):
        # The State ends its lines with ";", the Party with ",".
        end = "." if n == len(recipients) else "," if layout.system == "party" else ";"
        _run(cell.add_paragraph(), f"- {recipient.strip().rstrip('.,;')}{end}", layout.recipients_size)


def _sign(cell: Any, signature: Signature, layout: Layout) -> None:
    party = layout.system == "party"
    lines = []
    if signature.authority:
        lines.append(_line(cell, signature.authority.upper(), layout.sign_size, bold=True))
    if signature.title:
        lines.append(_line(cell, signature.title.upper(), layout.sign_size, bold=layout.title_bold or not party))
    lines += [_line(cell, "\u00a0", layout.sign_size) for _blank in range(4)]
    lines.append(_line(cell, signature.name, layout.sign_size, bold=True))
    for line in lines:
        line.paragraph_format.keep_with_next = line is not lines[-1] or None


def _with_fixed_dates(document: Any) -> bytes:
    """Zip entries all carry the same time, so that equal papers are equal bytes."""
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=(2020, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()
