import contextlib
import io
import zipfile
from pathlib import Path

import pytest
from docx import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Inches
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from thongsuot.library.formats import docx, md, txt
from thongsuot.library.formats.apart import format_of, read_apart
from thongsuot.library.formats.drafts import CannotRead

BOOK = Path(__file__).resolve().parents[4] / "shared" / "data" / "book"


def a_word_file(path: Path) -> Path:
    word = WordFile()
    word.add_heading("Chương một", 1)
    paragraph = word.add_paragraph("Chữ ")
    paragraph.add_run("đậm").bold = True
    paragraph.add_run(" và *sao*.")
    word.add_heading("Mục nhỏ", 2)
    picture = io.BytesIO()
    Image.new("RGB", (700, 300), "navy").save(picture, "PNG")
    picture.seek(0)
    word.add_picture(picture, width=Inches(2))
    word.add_paragraph("Hình 3. Một hình màu xanh")
    table = word.add_table(rows=2, cols=2)
    for n, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"ô {n}"
    word.add_paragraph("gạch đầu dòng", style="List Bullet")
    word.save(str(path))
    return path


def test_a_word_file_becomes_a_tree_with_plates_tables_and_emphasis(tmp_path):
    reading = docx.read(a_word_file(tmp_path / "a.docx"), tmp_path)
    shown = [(draft.kind, draft.anchor) for draft in reading.drafts]
    assert shown == [
        ("chapter", "c1"),
        ("paragraph", "c1-01"),
        ("section", "c1-s1"),
        ("plate", "hinh-3"),
        ("paragraph", "c1-s1-02"),
        ("paragraph", "c1-s1-03"),
    ]
    texts = [draft.text for draft in reading.drafts]
    assert texts[1] == "Chữ **đậm** và \\*sao\\*."
    assert (reading.drafts[3].label, texts[3]) == ("Hình 3", "Một hình màu xanh")
    assert texts[4].startswith("| ô 0 | ô 1 |\n| --- | --- |")
    assert texts[5] == "- gạch đầu dòng"


def test_pictures_are_drawn_anew_in_several_widths_apart(tmp_path):
    file, folder = a_word_file(tmp_path / "a.docx"), tmp_path / "into"
    folder.mkdir()
    reading = read_apart(file, folder, format_of(file))
    plate = next(draft for draft in reading.drafts if draft.kind == "plate")
    widths = sorted(Image.open(each).width for each in folder.glob("*.webp"))
    assert plate.image == "anh-0001.png"
    assert widths == [480, 700]
    assert not (folder / plate.image).exists()


_M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def _math(inside: str):
    return parse_xml(f"<m:oMath {_M}>{inside}</m:oMath>")


def _of(tag: str, *inside: str) -> str:
    return f"<m:{tag}>{''.join(inside)}</m:{tag}>"


def _letter(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def test_formulae_of_word_are_readable_in_one_line(tmp_path):
    word = WordFile()
    word.add_heading("Trị số ", 1)._p.append(_math(_letter("p")))
    x = _of("sSub", _of("e", _letter("x")), _of("sub", _letter("i")))
    fraction = _of("f", _of("num", x, _letter("+1")), _of("den", _letter("n")))
    word.add_paragraph("Giá trị ")._p.append(_math(_letter("y=") + fraction))
    row = _of("mr", _of("e", _letter("a")), _of("e", _letter("b")))
    brackets = '<m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr>'
    empty = _of("mr", _of("e"))
    word.add_paragraph("Ma trận ")._p.append(_math(_of("d", brackets, _of("e", _of("m", row, row, empty)))))
    word.save(str(tmp_path / "a.docx"))
    heading, *drafts = docx.read(tmp_path / "a.docx", tmp_path).drafts
    assert heading.heading == "Trị số p"
    texts = [draft.text for draft in drafts]
    assert texts == ["Giá trị `y=(x_i+1)/n`", "Ma trận `[a, b; a, b]`"]


def test_code_of_word_is_code_inside_a_sentence_and_by_itself(tmp_path):
    word = WordFile()
    word.styles.add_style("Verbatim Char", WD_STYLE_TYPE.CHARACTER)
    word.styles.add_style("Source Code", WD_STYLE_TYPE.PARAGRAPH)
    word.add_heading("Chương", 1)
    paragraph = word.add_paragraph("Hàm ")
    for words in ("do", "_it"):
        paragraph.add_run(words, style="Verbatim Char")
    paragraph.add_run(" làm.")
    word.add_paragraph("if x:\n    do_it()", style="Source Code")
    word.save(str(tmp_path / "a.docx"))
    texts = [draft.text for draft in docx.read(tmp_path / "a.docx", tmp_path).drafts[1:]]
    assert texts == ["Hàm `do_it` làm.", "```\nif x:\n    do_it()\n```"]


def test_pages_of_word_are_those_it_laid_out_last(tmp_path):
    word = WordFile()
    word.add_heading("Chương", 1)
    word.add_paragraph("Trang một.")
    run = word.add_paragraph().add_run()
    run._r.append(parse_xml(f"<w:lastRenderedPageBreak {nsdecls('w')}/>"))
    run.add_text("Trang hai.")
    word.save(str(tmp_path / "a.docx"))
    pages = [(draft.text, draft.printed_page) for draft in docx.read(tmp_path / "a.docx", tmp_path).drafts[1:]]
    assert pages == [("Trang một.", "1"), ("Trang hai.", "2")]


def test_numbers_that_word_counts_itself_are_written_out(tmp_path):
    word = WordFile()
    word.add_heading("Chương", 1)
    for words in ("một", "hai"):
        word.add_paragraph(words, style="List Number")
    word.save(str(tmp_path / "a.docx"))
    texts = [draft.text for draft in docx.read(tmp_path / "a.docx", tmp_path).drafts[1:]]
    assert texts == ["1\\. một", "2\\. hai"]


def test_markdown_and_text_become_passages(tmp_path):
    (tmp_path / "a.md").write_text("# Một\n\nĐoạn *nghiêng*.\n\n## Hai\n<!-- page: 7 -->\n- a\n- b\n", encoding="utf-8")
    reading = md.read(tmp_path / "a.md", tmp_path)
    assert [(d.kind, d.printed_page) for d in reading.drafts] == [
        ("chapter", ""),
        ("paragraph", ""),
        ("section", ""),
        ("paragraph", "7"),
    ]
    (tmp_path / "a.txt").write_text("Dòng một\ndòng hai\n\nĐoạn sau", encoding="utf-16")
    assert [d.text for d in txt.read(tmp_path / "a.txt", tmp_path).drafts] == ["Dòng một dòng hai", "Đoạn sau"]


def _zip(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


_TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_BODY = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ({"word/document.xml": b"<w"}, "damaged"),
        ({"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "entities"),
        ({"word/document.xml": _BODY % b"", "../../evil": b"x"}, "disordered"),
        ({"word/document.xml": _BODY % b"", "word/vbaProject.bin": b"x"}, "macros"),
        ({"word/document.xml": _BODY % b""}, "empty"),
        ({"word/document.xml": _BODY % (b"<w:p/>" * 3_000_000)}, "bomb"),
    ],
)
def test_hostile_word_files_are_refused(tmp_path, entries, reason):
    file = _zip(tmp_path / "a.docx", {"[Content_Types].xml": _TYPES, **entries})
    with pytest.raises(CannotRead) as refusal:
        read_apart(file, tmp_path, format_of(file))
    assert refusal.value.reason == reason


def test_a_table_of_a_million_cells_is_cut_and_doubted(tmp_path):
    row = b"<w:tr>" + b"<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>" * 100 + b"</w:tr>"
    body = b"<w:p><w:r><w:t>a</w:t></w:r></w:p><w:tbl>" + row * 2000 + b"</w:tbl>"
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("word/document.xml", _BODY % body)
    folder = tmp_path / "into"
    folder.mkdir()
    reading = read_apart(tmp_path / "a.docx", folder, "docx")
    assert [doubt.kind for doubt in reading.doubts] == ["table"]
    assert len(reading.drafts[-1].text) < 100_000


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", b"%PDF-1.7 ...", "other-format"),
        ("a.docx", b"hello", "damaged"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-word"),
        ("a.txt", b"\x00\x01\x02binary\xff", "not-text"),
        ("a.txt", b"", "empty"),
        ("a.docx", b"\x89PNG\r\n\x1a\n...", "picture"),
        ("a.jpg", b"\xff\xd8\xff\xe0...", "picture"),
        ("a.zip", b"PK\x03\x04", "damaged"),
        ("a.xml", b"<?xml version='1.0'?><a/>", "unknown"),
    ],
)
def test_files_that_are_not_what_they_say_are_refused(tmp_path, name, data, reason):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(CannotRead) as refusal:
        format_of(tmp_path / name)
    assert refusal.value.reason == reason


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(["p", "r", "t", "tbl", "tr", "tc", "drawing", "br", "sdt", "pPr", "numPr"]), max_size=30)
)
def test_any_order_of_elements_is_read_or_refused(tmp_path, names):
    inside = b""
    for name in names:
        inside = b"<w:%s>%s</w:%s>" % (name.encode(), inside + b"x", name.encode())
    file = _zip(tmp_path / "a.docx", {"[Content_Types].xml": _TYPES, "word/document.xml": _BODY % inside})
    with contextlib.suppress(CannotRead):
        docx.read(file, tmp_path)


@pytest.mark.skipif(not BOOK.is_dir(), reason="the book is not beside the project")
@pytest.mark.parametrize(("name", "plates"), [("book.docx", 138), ("book.pdf", 137)])
def test_a_long_book_keeps_its_headings_and_pictures(tmp_path, name, plates):
    reading = read_apart(BOOK / name, tmp_path, format_of(BOOK / name))
    kinds = [draft.kind for draft in reading.drafts]
    assert (kinds.count("chapter"), kinds.count("section"), kinds.count("subsection")) == (16, 109, 659)
    assert kinds.count("plate") >= plates
