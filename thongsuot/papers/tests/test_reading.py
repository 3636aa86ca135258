import unicodedata
from datetime import date

import pytest

from thongsuot.papers.files import UnfitFile
from thongsuot.papers.reading import plain_text, read_heading
from thongsuot.papers.testing import a_docx, a_docx_of, a_paper, a_zip, lines_as_docx
from thongsuot.papers.writing import write_docx

HEAD = [
    "THÀNH ỦY HÀ NỘI", "*", "Số 147-KH/TU", "ĐẢNG CỘNG SẢN VIỆT NAM", "Hà Nội, ngày 30 tháng 3 năm 2023", "KẾ HOẠCH",
    "học tập tác phẩm", "-----", "I- MỤC ĐÍCH",
]  # fmt: skip
ODD = [
    [], ["Chỉ là một đoạn văn thường, không có gì khác."], ["x" * 5000], ["KẾ HOẠCH"], ["Số"],
    ["ngày 45 tháng 13 năm 2023"],
]  # fmt: skip


@pytest.mark.parametrize(
    ("system", "on", "number"),
    [
        ("party", date(2023, 3, 30), "147-KH/TU"),
        ("party", date(2026, 7, 1), "05-KH/ĐU"),
        ("state", date(2023, 2, 3), "12/KH-UBND"),
    ],
)
def test_what_was_written_is_read_back(system: str, on: date, number: str) -> None:
    head = read_heading(write_docx(a_paper(system=system, on=on, number=number)))
    assert (head.system, head.number, head.doc_type, head.issued_on, head.place) == (system, number, "KH", on, "Hà Nội")
    assert (head.superior, head.issuer) == ("ĐẢNG BỘ THÀNH PHỐ HÀ NỘI", "THÀNH UỶ HÀ NỘI")
    assert head.subject == "tổ chức đợt sinh hoạt chính trị"
    assert head.missing == []
    assert head.where["number"] == "letterhead"
    assert min(head.confidence.values()) > 0.9


def test_a_state_letter_is_read() -> None:
    letter = a_paper(system="state", number="12/UBND-VX", type_name="", subject="báo cáo kết quả")
    head = read_heading(write_docx(letter))
    assert (head.number, head.doc_type, head.subject) == ("12/UBND-VX", "CV", "báo cáo kết quả")


def test_marks_that_stand_apart_are_read() -> None:
    head = read_heading(lines_as_docx(*(unicodedata.normalize("NFD", line) for line in HEAD)))
    assert (head.number, head.issuer, head.subject) == ("147-KH/TU", "THÀNH ỦY HÀ NỘI", "học tập tác phẩm")
    assert head.issued_on == date(2023, 3, 30)


def test_a_letterhead_in_columns_of_tabs_is_read() -> None:
    head = read_heading(
        lines_as_docx(
            "ĐẢNG BỘ THÀNH PHỐ HÀ NỘI\tĐẢNG CỘNG SẢN VIỆT NAM", "THÀNH ỦY HÀ NỘI", "*",
            "Số 147 - KH / TU\tHÀ NỘI, NGÀY 30 THÁNG 3 NĂM 2023", "KẾ HOẠCH", "học tập",
        )
    )  # fmt: skip
    assert (head.superior, head.issuer) == ("ĐẢNG BỘ THÀNH PHỐ HÀ NỘI", "THÀNH ỦY HÀ NỘI")
    assert (head.number, head.issued_on, head.doc_type) == ("147-KH/TU", date(2023, 3, 30), "KH")


def test_a_paper_whose_number_is_left_blank_still_tells_its_type() -> None:
    head = read_heading(lines_as_docx("THÀNH ỦY", "Số      -KH/TU", "Hà Nội, ngày     tháng 3 năm 2023", "về"))
    assert (head.number, head.doc_type, head.issued_on) == ("", "KH", None)
    assert {"number", "issued_on"} <= set(head.missing)


def test_a_subject_on_two_lines_is_put_together() -> None:
    lines = [
        "CHI BỘ 3",
        "Số 05-NQ/CB",
        "NGHỊ QUYẾT",
        "về phòng, chống tham nhũng",
        "trong quý II",
        "-----",
        "Chi bộ họp.",
    ]
    head = read_heading(lines_as_docx(*lines, bold=True))
    assert (head.doc_type, head.subject) == ("NQ", "về phòng, chống tham nhũng trong quý II")


def test_a_text_box_is_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Số 147-KH/TU</w:t></w:r></w:p></w:txbxContent>"
    body = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t>THÀNH ỦY</w:t></w:r></w:p>"
    )
    assert plain_text(a_docx_of(body)) == ["THÀNH ỦY", "Số 147-KH/TU"]
    assert read_heading(a_docx_of(body)).number == "147-KH/TU"


def test_what_was_struck_out_is_not_read() -> None:
    moved = "<w:moveFrom><w:r><w:t>cũ</w:t></w:r></w:moveFrom>"
    body = f"<w:p>{moved}<w:del><w:r><w:delText>xoá</w:delText></w:r></w:del><w:r><w:t>mới</w:t></w:r></w:p>"
    assert plain_text(a_docx_of(body)) == ["mới"]


@pytest.mark.parametrize("lines", ODD)
def test_a_document_without_a_heading_gives_what_it_has_and_names_the_rest(lines: list[str]) -> None:
    head = read_heading(lines_as_docx(*lines))
    assert "number" in head.missing
    assert "subject" in head.missing


@pytest.mark.parametrize(
    "data",
    [
        b"", b"PK", a_docx()[:400],
        a_zip({"word/document.xml": b"<not closed"}, like=a_docx()),
        a_zip({"word/other.xml": b"<a/>"}),
    ],
)  # fmt: skip
def test_what_is_no_document_is_said_in_a_sentence(data: bytes) -> None:
    with pytest.raises(UnfitFile):
        read_heading(data)


def test_no_file_is_fetched_and_no_entity_swells() -> None:
    swelling = '<!DOCTYPE x [<!ENTITY a "{}"><!ENTITY b "{}">]>'.format("z" * 1000, "&a;" * 1000)
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = f"{swelling}<w:document {names}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
    with pytest.raises(UnfitFile):
        plain_text(a_zip({"word/document.xml": body.encode()}, like=a_docx()))
