"""Papers out: DOCX in the official layout of its date, XLSX for those who count on."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import xlsxwriter
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from thongsuot.papers.layouts import Layout, layout_for
from thongsuot.viet.calendar import in_words

FONT = "Times New Roman"
ROMAN = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass
class Table:
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths_mm: Sequence[float] = ()


@dataclass
class Section:
    """A numbered part: a heading and what stands under it (paragraphs and tables, in order)."""

    heading: str
    body: list[str | Table] = field(default_factory=list)


@dataclass
class Signature:
    authority: str = ""  # T/M BAN THƯỜNG VỤ
    title: str = ""  # BÍ THƯ
    name: str = ""


@dataclass
class Paper:
    system: str  # party | state
    on: date
    superior: str
    issuer: str
    number: str
    place: str
    type_name: str  # KẾ HOẠCH, BÁO CÁO, BIÊN BẢN
    subject: str
    opening: list[str] = field(default_factory=list)
    bases: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    draft: str = ""  # "Dự thảo lần 1"
    note: str = ""  # e.g. that names and figures are made up


def write_docx(paper: Paper) -> bytes:
    """The paper in the layout in force on its date. The same paper gives the same bytes."""
    layout = layout_for(paper.system, paper.on)
    document = Document()
    _set_up(document, paper, layout)
    _letterhead(document, paper, layout)
    _title(document, paper, layout)
    for n, base in enumerate(paper.bases):
        end = "" if base.rstrip().endswith((";", ".")) else ("." if n == len(paper.bases) - 1 else ";")
        text = base + end if layout.system == "state" else f"- {base}{end}"
        _body(document, text, layout, italic=layout.bases_italic)
    for text in paper.opening:
        _body(document, text, layout)
    last = len(paper.sections)
    for n, section in enumerate(paper.sections, start=1):
        heading = layout.heading_form.format(roman=ROMAN[n] if n < len(ROMAN) else n, text=section.heading.upper())
        _heading(document, heading, layout)
        for m, part in enumerate(section.body):
            if isinstance(part, Table):
                _table(document, part, layout)
            else:
                closing = n == last and m == len(section.body) - 1
                _body(document, part.rstrip(" .") + layout.end_mark if closing else part, layout)
    _closing(document, paper, layout)
    if paper.note:
        note = _body(document, paper.note, layout, italic=True)
        note.paragraph_format.space_before = Pt(12)
    return _with_fixed_dates(document)


def _set_up(document: Any, paper: Paper, layout: Layout) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(layout.margins_mm["top"]), Mm(layout.margins_mm["bottom"])
    section.left_margin, section.right_margin = Mm(layout.margins_mm["left"]), Mm(layout.margins_mm["right"])
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(layout.body_size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.rPr.append(language)
    header = section.header.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = header.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)
    properties = document.core_properties
    properties.title = f"{paper.type_name} {paper.number} {paper.subject}".strip()[:250]
    properties.author, properties.language, properties.comments = paper.issuer, "vi-VN", ""
    properties.created = properties.modified = datetime(paper.on.year, paper.on.month, paper.on.day)  # noqa: DTZ001


def _line(cell: Any, text: str, size: float, *, bold: bool = False, italic: bool = False, first: bool = False) -> Any:
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def _rule(container: Any, indent_mm: float) -> None:
    """A thin line of its own, shorter than its column by the indents."""
    paragraph = container.add_paragraph()
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm(indent_mm)
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(4)
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)


def _letterhead(document: Any, paper: Paper, layout: Layout) -> None:
    table = document.add_table(rows=2, cols=2)
    table.autofit = False
    for row in table.rows:
        for cell, width in zip(row.cells, (Mm(68), Mm(102)), strict=True):
            cell.width = width
    left, right = table.rows[0].cells
    party = layout.system == "party"
    size = 14 if party else 13
    _line(left, paper.superior.upper(), size, first=True)
    _line(left, paper.issuer.upper(), size, bold=True)
    if layout.star:
        _line(left, "*", size)
    else:
        _rule(left, 22)
    _line(right, layout.motto[0], layout.motto_size, bold=True, first=True)
    if len(layout.motto) > 1:
        _line(right, layout.motto[1], layout.motto_size, bold=True)
        _rule(right, 18)
    else:
        _rule(right, 7)
    left, right = table.rows[1].cells
    _line(left, layout.number_form.format(number=paper.number or "      "), size, first=True)
    _line(right, f"{paper.place}, {in_words(paper.on)}", 14 if party else 13, italic=True, first=True)
    if paper.draft:
        _line(left, paper.draft, 12, italic=True)


def _title(document: Any, paper: Paper, layout: Layout) -> None:
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(18), Pt(0)
    run = title.add_run(paper.type_name.upper())
    run.bold, run.font.size = True, Pt(layout.type_size)
    subject = document.add_paragraph()
    subject.alignment = WD_ALIGN_PARAGRAPH.CENTER
    subject.paragraph_format.space_after = Pt(0)
    run = subject.add_run(paper.subject)
    run.bold, run.font.size = True, Pt(layout.subject_size)
    if layout.system == "party":
        mark = document.add_paragraph()
        mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
        mark.paragraph_format.space_after = Pt(10)
        mark.add_run("-----")
    else:
        _rule(document, 60)
        document.add_paragraph().paragraph_format.space_after = Pt(2)


def _body(document: Any, text: str, layout: Layout, *, italic: bool = False) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    form = paragraph.paragraph_format
    form.first_line_indent, form.space_after = Mm(layout.first_line_mm), Pt(6)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(layout.line_pt)
    paragraph.add_run(text).italic = italic
    return paragraph


def _heading(document: Any, text: str, layout: Layout) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Mm(layout.first_line_mm)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(6)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(text).bold = True


def _table(document: Any, table: Table, layout: Layout) -> None:
    made = document.add_table(rows=1, cols=len(table.head))
    made.style = "Table Grid"
    for cell, text in zip(made.rows[0].cells, table.head, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
        cell.paragraphs[0].runs[0].font.size = Pt(12)
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    made.rows[0]._tr.get_or_add_trPr().append(repeat)
    for row in table.rows:
        cells = made.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.paragraphs[0].add_run(str(text)).font.size = Pt(12)
    if table.widths_mm:
        made.autofit = False
        for row in made.rows:
            for cell, width in zip(row.cells, table.widths_mm, strict=True):
                cell.width = Mm(width)
    document.add_paragraph().paragraph_format.space_after = Pt(4)


def _closing(document: Any, paper: Paper, layout: Layout) -> None:
    if not paper.recipients and not paper.signatures:
        return
    spacer = document.add_paragraph()
    spacer.paragraph_format.space_after = Pt(6)
    table = document.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    if len(paper.signatures) == 2 and not paper.recipients:
        _sign(left, paper.signatures[0], layout)
        _sign(right, paper.signatures[1], layout)
        return
    if paper.recipients:
        run = left.paragraphs[0].add_run("Nơi nhận:")
        run.font.size = Pt(layout.recipients_title_size)
        run.underline = layout.recipients_title == "underline"
        run.bold = run.italic = layout.recipients_title == "bold-italic"
        for n, recipient in enumerate(paper.recipients):
            end = "." if n == len(paper.recipients) - 1 else ","
            line = left.add_paragraph()
            line.paragraph_format.space_after = Pt(0)
            line.add_run(f"- {recipient.rstrip('.,;')}{end}").font.size = Pt(layout.recipients_size)
    if paper.signatures:
        _sign(right, paper.signatures[-1], layout)


def _sign(cell: Any, signature: Signature, layout: Layout) -> None:
    lines = [(signature.authority, True), (signature.title, layout.title_bold or layout.system == "state")]
    first = True
    for text, bold in lines:
        if text:
            _line(cell, text.upper(), 14, bold=bold, first=first)
            first = False
    for _blank in range(4):
        _line(cell, "", 14)
    _line(cell, signature.name, 14, bold=True)


def _with_fixed_dates(document: Any) -> bytes:
    """Zip entries all carry the same time, so that equal papers are equal bytes."""
    raw = io.BytesIO()
    document.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=(2020, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()


@dataclass
class Sheet:
    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Any]]
    widths: Sequence[int] = ()


def write_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook; texts are written as texts, so that no cell becomes a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
    dates = book.add_format({"num_format": "dd/mm/yyyy"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name[:31])
        page.freeze_panes(1, 0)
        for column, width in enumerate(sheet.widths):
            page.set_column(column, column, width)
        for column, text in enumerate(sheet.head):
            page.write_string(0, column, str(text), bold)
        for line, row in enumerate(sheet.rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, bool) or value is None:
                    page.write_string(line, column, "" if value is None else ("x" if value else ""))
                elif isinstance(value, (int, float)):
                    page.write_number(line, column, value)
                elif isinstance(value, date):
                    page.write_datetime(line, column, datetime(value.year, value.month, value.day), dates)  # noqa: DTZ001
                else:
                    page.write_string(line, column, str(value))
    book.close()
    return out.getvalue()
