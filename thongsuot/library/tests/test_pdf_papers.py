"""Papers in PDF: centred heads, headings over two lines, notes at the foot, marks beside the words."""

import contextlib
import re
from collections import Counter
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import typst

from thongsuot.library.formats.apart import format_of, read_apart
from thongsuot.library.formats.pdf_papers import _lines, _take_marks, _take_notes
from thongsuot.library.formats.pdf_rows import Block, Page, Row
from thongsuot.library.formats.structure import Line, read_lines
from thongsuot.viet.text import nfc

GAZETTE = Path("/work/shared/data/gazette")
BODY = 13.0


def row(text: str, left: float, right: float, top: float, *, size: float = BODY, bold: bool = False) -> Row:
    return Row(text, left, right, top - size, top, size, bold)


def a_page(*rows: Row, number: int = 1) -> Page:
    return Page(number, 595, 842, str(number), list(rows))


def texts(*pages: Page) -> list[str]:
    return [line.text for line in _lines(pages)]


FULL = row("một dòng đi hết chiều rộng của trang giấy", 85, 539, 300)


def test_a_wrapped_article_heading_is_one_line():
    page = a_page(
        row("Điều 6. Thu hồi giấy tờ có giá trị do", 120, 538, 690, bold=True),
        row("cơ quan có thẩm quyền cấp", 85, 313, 675, bold=True),
        row("Người nào vi phạm thì bị thu hồi.", 120, 400, 655),
        FULL,
    )
    assert texts(page)[:2] == [
        "Điều 6. Thu hồi giấy tờ có giá trị do cơ quan có thẩm quyền cấp", "Người nào vi phạm thì bị thu hồi.",
    ]  # fmt: skip


def test_where_only_the_number_is_bold_the_article_has_no_heading():
    # As the look at each letter leaves it: the number, then the words.
    page = a_page(
        row("Điều 1.\nBan hành kèm theo Quyết định này Quy chế phối hợp của", 120, 538, 690),
        row("các cơ quan.", 85, 200, 675),
        FULL,
    )
    assert texts(page)[:2] == ["Điều 1.", "Ban hành kèm theo Quyết định này Quy chế phối hợp của các cơ quan."]


def test_centred_lines_of_a_title_go_together_but_its_type_stands_alone():
    page = a_page(
        row("QUYẾT ĐỊNH", 267, 357, 712, bold=True),
        row("Ban hành Quy chế phối hợp trong quản lý", 187, 437, 697, bold=True),
        row("hoạt động trên địa bàn tỉnh", 230, 394, 682, bold=True),
        FULL,
    )
    assert texts(page)[:2] == ["QUYẾT ĐỊNH", "Ban hành Quy chế phối hợp trong quản lý hoạt động trên địa bàn tỉnh"]


def test_a_name_at_the_end_of_a_page_does_not_run_into_the_next():
    first = a_page(FULL, row("Trần Thử Nghiệm", 394, 487, 200, bold=True))
    second = a_page(row("CHỦ TỊCH", 85, 262, 790, bold=True), FULL, number=2)
    assert "Trần Thử Nghiệm" in texts(first, second)


def test_notes_at_the_foot_leave_the_text_and_go_on_over_the_page():
    notes: list = []
    first = a_page(FULL, row("4", 87, 90, 180, size=8), row("Khoản này được sửa đổi theo", 95, 531, 180, size=11))
    second = a_page(FULL, row("quy định của Luật sau.", 64, 200, 120, size=11), number=2)
    for page in (first, second):
        _take_notes(page, BODY, notes)
    assert [(note.number, note.text) for note in notes] == [("4", "Khoản này được sửa đổi theo quy định của Luật sau.")]
    assert first.rows == [FULL]
    assert second.rows == [FULL]


def test_a_note_of_several_paragraphs_goes_on_at_the_foot_of_the_next_page():
    notes: list = []
    first = a_page(
        FULL,
        row("54 Điều 3 quy định như sau:", 87, 300, 180, size=8),
        row("“1. Luật này có hiệu lực.", 87, 300, 160, size=11),
    )
    second = a_page(FULL, row("2. Giấy tờ đã cấp", 87, 539, 180, size=11), row("vẫn dùng.”.", 64, 140, 165, size=11))
    second.number = 2
    for page in (first, second):
        page.rows.insert(0, row("một dòng từ lề của trang", 64, 539, 400))
        _take_notes(page, BODY, notes)
    assert [note.text for note in notes] == [
        "Điều 3 quy định như sau:\n\n“1. Luật này có hiệu lực.\n\n2. Giấy tờ đã cấp vẫn dùng.”."
    ]
    assert second.rows[1:] == [FULL]


def test_whom_a_paper_goes_to_is_no_note_of_the_page_before():
    notes: list = []
    first = a_page(FULL, row("1 Điều này được bổ sung.", 87, 300, 90, size=8))
    second = a_page(FULL, row("Nơi nhận:", 93, 145, 105, size=10), row("- Lưu: VT.", 90, 164, 90, size=10))
    second.number = 2
    for page in (first, second):
        _take_notes(page, BODY, notes)
    assert [note.text for note in notes] == ["Điều này được bổ sung."]
    assert len(second.rows) == 3


def test_an_article_referred_to_at_the_beginning_of_a_line_opens_nothing():
    page = a_page(
        row("1. Người thuộc diện quy định tại các khoản 1 và 2", 120, 538, 690),
        row("Điều 8 của Luật này thì nộp hồ sơ theo khoản 2", 85, 538, 675),
        row("Điều 9.", 85, 130, 660),
        row("Điều 10. Hồ sơ", 120, 250, 640, bold=True),
        FULL,
    )
    assert texts(page)[:2] == [
        "1. Người thuộc diện quy định tại các khoản 1 và 2 Điều 8 của Luật này thì nộp hồ sơ theo khoản 2 Điều 9.",
        "Điều 10. Hồ sơ",
    ]


def test_a_line_whose_first_letter_is_of_another_size_goes_on():
    page = a_page(row("khi có người bị tai nạn,", 85, 539, 690), row("ốm, chết.", 85, 200, 675, size=16), FULL)
    assert texts(page)[0] == "khi có người bị tai nạn, ốm, chết."


def test_small_print_that_is_no_note_stays():
    page = a_page(FULL, row("Nơi nhận:", 93, 145, 180, size=10), row("- Lưu: VT.", 90, 164, 165, size=10))
    _take_notes(page, BODY, [])
    assert len(page.rows) == 3


def test_a_raised_number_beside_a_line_is_the_mark_of_its_note():
    page = a_page(row("giá trị của thị thực", 87, 376, 506), row("4", 376, 381, 508, size=8))
    _take_marks(page, BODY)
    assert [each.text for each in page.rows] == ["giá trị của thị thực[^4]"]


def test_a_mark_that_stands_in_one_with_the_words_after_it():
    page = a_page(row("đ)", 87, 99, 336), row("46 Xuất trình hộ chiếu", 99, 531, 338, size=8))
    _take_marks(page, BODY)
    assert [each.text for each in page.rows] == ["đ) [^46] Xuất trình hộ chiếu"]


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        (["theo Quyết định số 31/2021/QĐ\u00ad", "UBND ngày 29"], "theo Quyết định số 31/2021/QĐ-UBND ngày 29"),
        (["neigh\u00ad", "bours"], "neighbours"),
        (["mạng nơ\u00ad", "ron và ma trận\u00ad", "vector"], "mạng nơ-ron và ma trận-vector"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_stays_before_a_capital(words, joined):
    assert Block([row(each, 0, 9, 9) for each in words], "1", 1).text == joined


def test_what_a_signing_machine_printed_is_no_text():
    stamp = ["Người ký: Cổng thông tin", "Email: a@example.org", "Thời gian ký: 11.12.2023 16:38:18 +07:00"]
    law = ["Điều 1. Một", "Chữ.", "Điều 2. Hai", "Chữ."]
    said = [draft.text or draft.heading for draft in read_lines([Line(text) for text in [*stamp, *law]]).drafts]
    assert said == ["Chữ.", "Chữ."]
    # One line alone may be a sentence of the text.
    assert "Cơ quan" in read_lines([Line(text) for text in ["Cơ quan: chủ trì", *law]]).drafts[0].text


def test_who_certifies_a_consolidated_text_stands_after_its_last_article_and_gives_its_number():
    lines = [
        "LUẬT", "THỬ NGHIỆM", "Điều 1. Một", "Chữ.", "Điều 2. Hai", "1. Chữ.", "2. Quy định chi tiết Luật này./.",
        "VĂN PHÒNG QUỐC HỘI", "Số: 30/VBHN-VPQH", "XÁC THỰC VĂN BẢN HỢP NHẤT", "Hà Nội, ngày 02 tháng 8 năm 2023",
        "CHỦ NHIỆM", "Trần Thử Nghiệm",
    ]  # fmt: skip
    reading = read_lines([Line(text) for text in lines])
    assert (reading.about.number, reading.about.issued_on) == ("30/VBHN-VPQH", "2023-08-02")
    last = next(draft for draft in reading.drafts if draft.anchor == "dieu-2.khoan-2")
    assert last.text == "Quy định chi tiết Luật này./."
    after = reading.drafts[reading.drafts.index(last) + 1 :]
    assert [(draft.kind, draft.anchor, draft.parent, draft.text) for draft in after] == [
        ("paragraph", f"ky-{n:02}", "", text) for n, text in enumerate(lines[7:], start=1)
    ]


def test_who_passed_a_law_and_signed_it_is_no_text_of_its_last_article():
    passed = "Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XIV, kỳ họp thứ 6 thông qua ngày 20."
    lines = ["LUẬT", "THỬ NGHIỆM", "Điều 1. Một", "Chữ.", "Điều 2. Hai", "Chữ."]
    for end in ([passed, "CHỦ TỊCH QUỐC HỘI", "Trần Thử Nghiệm"], ["BỘ TRƯỞNG", "Trần Thử Nghiệm"]):
        drafts = read_lines([Line(text) for text in [*lines, *end]]).drafts
        assert [draft.text for draft in drafts] == ["Chữ.", "Chữ.", *end]


def test_a_plan_too_ends_with_its_last_sign():
    lines = ["KẾ HOẠCH", "I. Mục đích", "1. Một.", "II. Tổ chức thực hiện", "1. Các cơ quan thực hiện./.", "GIÁM ĐỐC"]
    drafts = read_lines([Line(text) for text in lines]).drafts
    assert [(draft.parent, draft.text) for draft in drafts[-2:]] == [
        ("muc-ii", "Các cơ quan thực hiện./."), ("", "GIÁM ĐỐC"),
    ]  # fmt: skip


def test_the_letterhead_over_what_is_attached_is_left_out():
    lines = [
        "QUYẾT ĐỊNH", "Ban hành Quy chế làm việc", "Điều 1. Một", "Chữ.", "Điều 2. Hai", "Chữ.", "Nơi nhận:", "- Lưu.",
        "Trần Thử Nghiệm", "ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "QUY CHẾ", "Làm việc của cơ quan", "Điều 1. Một", "Chữ.",
    ]  # fmt: skip
    drafts = read_lines([Line(text) for text in lines]).drafts
    attached = next(n for n, draft in enumerate(drafts) if draft.kind == "annex")
    assert drafts[attached].heading == "QUY CHẾ Làm việc của cơ quan"
    assert drafts[attached - 1].text == "Trần Thử Nghiệm"


PAPER = """
#set page(paper: "a4", margin: (x: 2.5cm, y: 2.2cm), header: context {
  if counter(page).get().first() > 1 { align(center, counter(page).display()) }
})
#set text(font: "Libertinus Serif", size: 13pt, lang: "vi", hyphenate: false)
#set par(justify: true, first-line-indent: (amount: 1cm, all: true))
#grid(columns: (2fr, 3fr), align: center, [*ỦY BAN NHÂN DÂN*\\ *PHƯỜNG THỬ*\\ Số: 12/2024/QĐ-UBND],
  [*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM*\\ *Độc lập - Tự do - Hạnh phúc*\\ _Phường Thử, ngày 05 tháng 3 năm 2024_])
#align(center)[*QUYẾT ĐỊNH*\\ *Ban hành quy định về việc đọc sách của các cơ quan*]
Căn cứ Luật Thử nghiệm;

#align(center)[*Chương I*\\ *QUY ĐỊNH CHUNG*]
*Điều 1. Trách nhiệm của người đứng đầu cơ quan trong việc đọc sách và bảo quản sách của thư viện*

1. Người đứng đầu cơ quan đọc sách trước mọi người theo khoản 2 Điều này.#footnote[Theo Quyết định số 13/2024/QĐ-UBND.]

#v(9cm)
2. Thư viện bảo quản sách#footnote[LONG].

*Điều 2. Hiệu lực thi hành*

Quyết định này có hiệu lực từ ngày ký./.

#grid(columns: (1fr, 1fr), text(size: 10pt)[Nơi nhận:\\ - Như Điều 2;\\ - Lưu: VT.],
  align(center)[*TM. ỦY BAN NHÂN DÂN*\\ *CHỦ TỊCH*\\ #v(1cm) *Trần Thử Nghiệm*])
"""


def test_a_paper_set_in_type_is_read_as_it_is_printed(tmp_path):
    long = " ".join(f"Cơ quan thứ {n} đọc một chương và nói với người khác." for n in range(1, 40))
    (tmp_path / "a.typ").write_text(PAPER.replace("LONG", long), encoding="utf-8")
    typst.compile(str(tmp_path / "a.typ"), output=str(tmp_path / "a.pdf"))
    reading = read_apart(tmp_path / "a.pdf", tmp_path, "pdf")
    about = reading.about
    assert (about.number, about.issued_on) == ("12/2024/QĐ-UBND", "2024-03-05")
    assert about.title == "Quyết định Ban hành quy định về việc đọc sách của các cơ quan"
    assert [(draft.anchor, draft.heading, draft.text, draft.printed_page) for draft in reading.drafts] == [
        ("dau-01", "", "Căn cứ Luật Thử nghiệm;", "1"),
        ("chuong-i", "QUY ĐỊNH CHUNG", "", "1"),
        (
            "dieu-1",
            "Trách nhiệm của người đứng đầu cơ quan trong việc đọc sách và bảo quản sách của thư viện",
            "",
            "1",
        ),
        (
            "dieu-1.khoan-1",
            "",
            "Người đứng đầu cơ quan đọc sách trước mọi người theo khoản 2 Điều này.[^1]",
            "1",
        ),
        ("chu-thich-1", "", "Theo Quyết định số 13/2024/QĐ-UBND.", "1"),
        ("dieu-1.khoan-2", "", "Thư viện bảo quản sách[^2].", "1"),
        ("chu-thich-2", "", long, "1"),
        ("dieu-2", "Hiệu lực thi hành", "Quyết định này có hiệu lực từ ngày ký./.", "2"),
        ("ky-01", "", "Nơi nhận:", "2"),
        ("ky-02", "", "- Như Điều 2;", "2"),
        ("ky-03", "", "- Lưu: VT.", "2"),
        ("ky-04", "", "TM. ỦY BAN NHÂN DÂN", "2"),
        ("ky-05", "", "CHỦ TỊCH", "2"),
        ("ky-06", "", "Trần Thử Nghiệm", "2"),
    ]
    assert not reading.doubts


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]+", nfc(text)))


@pytest.mark.skipif(not GAZETTE.is_dir(), reason="the gazette is not on this machine")
def test_papers_of_the_gazette_are_read_as_they_are_printed(tmp_path):
    for name, kinds, title in (
        ("2023_1257_1258_30_VBHN_VPQH.pdf", {"chapter": 9, "article": 59, "footnote": 54}, "Luật Nhập cảnh"),
        ("Quy_che_phoi_hop_quan_ly_NNN_Phu_Tho.pdf", {"chapter": 3, "article": 28, "annex": 1}, "Quyết định Ban hành"),
    ):
        folder = tmp_path / name
        folder.mkdir()
        reading = read_apart(GAZETTE / name, folder, format_of(GAZETTE / name))
        found = [draft.kind for draft in reading.drafts]
        assert {kind: found.count(kind) for kind in kinds} == kinds
        assert reading.about.title.startswith(title)
        assert not reading.doubts
        by_anchor = {draft.anchor: draft for draft in reading.drafts}
        said = " ".join(draft.text for draft in reading.drafts)
        assert "CỘNG HÒA XÃ HỘI" not in said
        assert "CÔNG BÁO/Số" not in said
        # What a page ended with is whole: no passage breaks off but two that the decree itself left without a stop.
        open_ends = [
            draft.anchor
            for draft in reading.drafts
            if draft.kind in ("article", "clause", "point", "footnote")
            and draft.text
            and draft.text[-1] not in ".;:”…/"
        ]
        assert len(open_ends) <= 2
        assert not any(
            re.search(r"[^.;:”]\n\n[^“]", draft.text) for draft in reading.drafts if draft.kind != "footnote"
        )
        for draft in reading.drafts:
            if draft.kind in ("article", "clause", "point"):
                assert not re.search(r"VĂN PHÒNG|Nơi nhận|CHỦ TỊCH|CHỦ NHIỆM|Số:", draft.text)
        # No word of the pages is lost but those of running heads, letterheads and the title.
        with contextlib.closing(pdfium.PdfDocument(GAZETTE / name)) as document:
            printed = sum((_words(page.get_textpage().get_text_range()) for page in document), Counter())
            pages = len(document)
        lost = printed - _words(" ".join(f"{draft.label} {draft.heading} {draft.text}" for draft in reading.drafts))
        assert lost.total() < 8 * pages
        if "VBHN" in name:
            assert reading.about.number == "30/VBHN-VPQH"
            assert by_anchor["dieu-55"].text.endswith("trong Luật./.")
            assert "4. Trường hợp" in by_anchor["chu-thich-54"].text
            assert by_anchor["dieu-44.khoan-2.diem-đ"].text.startswith("[^46] Xuất trình")
            assert all(by_anchor[f"chu-thich-{n}"].text[-1] in ".”" for n in range(1, 55))
