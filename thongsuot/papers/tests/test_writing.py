import io
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from thongsuot.papers.reading import plain_text
from thongsuot.papers.testing import a_paper
from thongsuot.papers.writing import Points, Section, Signature, Table, write_docx

SYSTEMS = [("party", date(2023, 3, 30)), ("party", date(2026, 7, 1)), ("state", date(2023, 3, 30))]


@pytest.mark.parametrize(("system", "on"), SYSTEMS)
def test_the_same_paper_gives_the_same_bytes(system: str, on: date) -> None:
    paper = a_paper(system=system, on=on)
    assert write_docx(paper) == write_docx(replace(paper))


def test_a_party_paper_has_its_star_and_marks_and_a_state_paper_its_own() -> None:
    party = plain_text(write_docx(a_paper()))
    state = plain_text(write_docx(a_paper(system="state", number="12/KH-UBND")))
    assert {"ĐẢNG CỘNG SẢN VIỆT NAM", "*", "Số 147-KH/TU", "-----", "I- MỤC ĐÍCH"} <= set(party)
    assert "Các cấp uỷ thực hiện." in party
    assert {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 12/KH-UBND"} <= set(state)
    assert "Các cấp uỷ thực hiện./." in state
    assert "*" not in state
    assert "Hà Nội, ngày 30 tháng 3 năm 2023" in state


@pytest.mark.parametrize(("system", "on"), SYSTEMS)
def test_the_page_is_that_of_the_rule(system: str, on: date) -> None:
    document = Document(io.BytesIO(write_docx(a_paper(system=system, on=on))))
    section = document.sections[0]
    sides = (section.page_width, section.top_margin, section.left_margin, section.right_margin)
    assert [round(side / Mm(1)) for side in sides] == [210, 20, 30, 15]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header.paragraphs[0]._p.xml
    assert "PAGE" not in section.first_page_header._element.xml


def test_word_finds_times_new_roman_and_vietnamese_everywhere() -> None:
    document = Document(io.BytesIO(write_docx(a_paper())))
    fonts = list(document.styles.element.iter(qn("w:rFonts")))
    assert all(each.get(qn("w:eastAsia")) == "Times New Roman" and not each.get(qn("w:asciiTheme")) for each in fonts)
    assert {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))} == {"vi-VN"}
    assert document.core_properties.title == "Kế hoạch 147-KH/TU tổ chức đợt sinh hoạt chính trị"
    assert document.core_properties.author == "Thành uỷ Hà Nội"


def test_headings_and_points_number_themselves() -> None:
    sections = [
        Section("Nội dung", [Points(["một", "hai", "ba", "bốn", "năm"], lettered=True)]),
        Section("Tổ chức"), Section("Cấp uỷ", ["Làm."], level=2), Section("Chi bộ", ["Làm."], level=2),
        Section("Kết thúc"), Section("Thời gian", ["Hết."], level=2),
    ]  # fmt: skip
    text = plain_text(write_docx(a_paper(sections=sections)))
    assert {"đ) năm", "II- TỔ CHỨC", "2. Chi bộ", "III- KẾT THÚC", "1. Thời gian"} <= set(text)


def test_a_long_table_repeats_its_head_and_keeps_within_the_page() -> None:
    table = Table(["TT", "Việc", "Hạn"], [[str(n), "Đọc"] for n in range(80)], (20, 300, 40))
    document = Document(io.BytesIO(write_docx(a_paper(sections=[Section("Lịch", [table])]))))
    made = document.tables[1]
    assert "w:tblHeader" in made.rows[0]._tr.xml
    assert sum(column.width for column in made.columns) <= Mm(165.5)
    assert made.rows[80].cells[2].text == ""


def test_minutes_are_signed_by_two() -> None:
    signatures = [Signature("", "Người ghi biên bản", "Trần Thị Thử"), Signature("", "Chủ trì", "Lê Văn Mẫu")]
    text = plain_text(write_docx(a_paper(type_name="Biên bản", signatures=signatures, recipients=[])))
    assert text.index("NGƯỜI GHI BIÊN BẢN") < text.index("CHỦ TRÌ")


def test_signs_that_xml_cannot_hold_do_not_break_a_paper() -> None:
    text = plain_text(write_docx(a_paper(subject="học tập\x00\x0b \ud800=1+1", opening=["a\nb"])))
    assert "học tập =1+1" in text
    assert {"a", "b"} <= set(text)


def test_a_made_up_paper_says_so_on_every_page() -> None:
    section = Document(io.BytesIO(write_docx(a_paper(note="Bản minh hoạ")))).sections[0]
    assert section.footer.paragraphs[0].text == section.first_page_footer.paragraphs[0].text == "Bản minh hoạ"


def test_an_almost_empty_paper_is_still_a_paper() -> None:
    bare = a_paper(superior="", number="", subject="", sections=[], bases=[], recipients=[], signatures=[], place="")
    assert "KẾ HOẠCH" in plain_text(write_docx(bare))
