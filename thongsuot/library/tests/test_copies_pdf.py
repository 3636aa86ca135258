"""The PDF: tagged, with an outline, readable as text, and deaf to code in what it shows."""

import ctypes
import unicodedata
from datetime import date
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thongsuot.library.copies import gathering, pdf, words
from thongsuot.library.copies.typesetting import CannotSet, set_apart
from thongsuot.library.copies.works import Block, Chapter, Work
from thongsuot.library.testing import a_handbook
from thongsuot.library.tests.test_copies import DAY, SITE, a_noted_book, a_work_saying

BASES, TONES = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY", ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"]
LETTERS = [unicodedata.normalize("NFC", base + tone) for base in BASES for tone in TONES] + ["đ", "Đ", "₫"]


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


@pytest.mark.django_db
def test_a_book_is_tagged_has_an_outline_and_says_title_language_and_standard(tmp_path):
    pdf.write(gathering.of_edition(a_handbook(), site=SITE, on=DAY), tmp_path / "a.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    assert raw.FPDFCatalog_IsTagged(document.raw)
    assert document.get_metadata_value("Title") == "Cẩm nang thử"
    titles = [mark.get_title() for mark in document.get_toc()]
    assert titles[:2] == ["Phần một. Gọi đúng tên", "Ba dấu hiệu của tham nhũng"]
    said = (tmp_path / "a.pdf").read_bytes()
    assert b"/Lang" in said
    assert b"pdfuaid" in said
    for element in ("H1", "P", "TOC"):
        assert element in roles(document), element


def roles(document: pypdfium2.PdfDocument) -> set[str]:
    """Names of the structure's elements on all pages."""
    found = set()

    def walk(element) -> None:
        size = raw.FPDF_StructElement_GetType(element, None, 0)
        name = ctypes.create_string_buffer(size)
        raw.FPDF_StructElement_GetType(element, name, size)
        found.add(name.raw.decode("utf-16-le").rstrip("\0"))
        for n in range(raw.FPDF_StructElement_CountChildren(element)):
            if child := raw.FPDF_StructElement_GetChildAtIndex(element, n):
                walk(child)

    for page in document:
        tree = raw.FPDF_StructTree_GetForPage(page.raw)
        for n in range(raw.FPDF_StructTree_CountChildren(tree)):
            walk(raw.FPDF_StructTree_GetChildAtIndex(tree, n))
        raw.FPDF_StructTree_Close(tree)
    return found


def test_every_vietnamese_letter_is_drawn_and_comes_back_composed(tmp_path):
    pdf.write(a_work_saying(" ".join(LETTERS)), tmp_path / "a.pdf")
    text = text_of(tmp_path / "a.pdf")
    assert text == unicodedata.normalize("NFC", text)
    assert not [letter for letter in LETTERS if letter not in text]


@pytest.mark.django_db
def test_notes_stand_at_the_foot_and_tables_and_formulae_come_out_as_words(tmp_path):
    pdf.write(gathering.of_edition(a_noted_book(tmp_path), site=SITE, on=DAY), tmp_path / "a.pdf")
    text = text_of(tmp_path / "a.pdf")
    assert "Nói thêm." in text
    assert "x_i^2" in text
    assert "Cột" in text


CODE = [
    "#panic(1)", "#import \"@preview/x:1.0.0\"", "$ x / 0 $", "#read(\"/etc/passwd\")", "<a> @b", "#{ while true {} }",
    "\\u{41}", "// *", "= Đề mục", "/* bỏ */", "\"; #eval(\"1\"); \"",
]  # fmt: skip


def test_code_of_the_typesetter_is_shown_and_not_run(tmp_path):
    texts = [text.replace("*", "\\*").replace("`", "\\`") for text in CODE]
    blocks = [Block("paragraph", str(n), words=[words.Node("p", [text])]) for n, text in enumerate(CODE)]
    blocks += [Block("section", f"h{n}", heading=text, level=1) for n, text in enumerate(CODE)]
    blocks += [Block("plate", f"p{n}", label=text, alt=text) for n, text in enumerate(texts)]
    pdf.write(
        Work("urn:uuid:0", CODE[0], "vi", SITE, chapters=[Chapter("Một", blocks)], made_on=DAY), tmp_path / "a.pdf"
    )
    text = text_of(tmp_path / "a.pdf")
    for code in CODE:
        assert code in text, code


@given(st.lists(st.text(max_size=80), min_size=1, max_size=12))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_text_holds_a_book_comes_of_it(tmp_path, texts):
    blocks = [Block("paragraph", str(n), words=words.blocks(text)) for n, text in enumerate(texts)]
    work = Work("urn:uuid:0", "Thử", "vi", SITE, chapters=[Chapter("Một", blocks)], made_on=DAY)
    pdf.write(work, tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")


def test_a_form_that_breaks_says_so(tmp_path):
    (tmp_path / "work.json").write_text('{"timestamp": 0}')
    (tmp_path / "bad.typ").write_text("#panic(1)")
    with pytest.raises(CannotSet, match="panic"):
        set_apart(tmp_path, "bad.typ", tmp_path / "a.pdf")


def test_a_book_is_dated_by_the_day_on_which_it_was_made(tmp_path):
    pdf.write(a_work_saying("Một"), tmp_path / "a.pdf")
    made = pypdfium2.PdfDocument(tmp_path / "a.pdf").get_metadata_value("CreationDate")
    assert made.startswith(f"D:{date(2026, 11, 27):%Y%m%d}")
