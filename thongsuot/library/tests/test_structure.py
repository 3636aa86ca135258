from collections import Counter
from pathlib import Path

import pytest

from thongsuot.library.formats.structure import Line, is_directive, is_law, read_lines

LAWS = Path(__file__).resolve().parents[4] / "shared" / "data" / "laws"

LAW = """LUẬT
THỬ NGHIỆM, MINH HỌA
Số: 1/2020/QH14   Ngày 02/03/2020   Quốc hội
Phần nhất
QUY ĐỊNH CHUNG
Chương I
PHẠM VI
Điều 1. Phạm vi điều chỉnh
Luật này quy định việc thử.
Mục 1. NGUYÊN TẮC
Điều 2. Nguyên tắc
1. Trung thực, bao gồm:
a) Không thêm;
b) Không bớt;
đ) Không giấu.
Đoạn thuộc điểm cuối.
2. Hiệu quả.Điều 3. Giải thích
1. Từ ngữ.
4. Nhảy số.
Điều 4. Hiệu lực
“Điều 9. Điều được trích dẫn
1. Không phải khoản của Điều 4.”
Phụ lục I
MẪU BIỂU
Điều 1. Mẫu
"""

PLAN = """THÀNH ỦY THỬ
Số 12-KH/TU
KẾ HOẠCH
học tập một cuốn sách
I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Nâng cao nhận thức.
2. Yêu cầu
a) Thiết thực;
b) Không hình thức.
II- TỔ CHỨC THỰC HIỆN
1. Các chi bộ tổ chức sinh hoạt.
Nơi nhận:
- Các chi bộ.
"""


def read(text: str):
    return read_lines(Line(line) for line in text.split("\n"))


def test_a_law_becomes_parts_chapters_articles_clauses_and_points():
    reading = read(LAW)
    anchors = [draft.anchor for draft in reading.drafts]
    assert anchors[:6] == ["phan-nhat", "chuong-i", "dieu-1", "chuong-i-muc-1", "dieu-2", "dieu-2.khoan-1"]
    assert "dieu-2.khoan-1.diem-đ" in anchors
    by_anchor = {draft.anchor: draft for draft in reading.drafts}
    assert by_anchor["dieu-2.khoan-1.diem-đ"].label == "Điều 2 khoản 1 điểm đ"
    assert by_anchor["dieu-2.khoan-1.diem-đ"].text.endswith("Đoạn thuộc điểm cuối.")
    assert by_anchor["chuong-i"].heading == "PHẠM VI"
    assert by_anchor["chuong-i-muc-1"].heading == "NGUYÊN TẮC"


def test_the_head_says_what_the_law_is():
    about = read(LAW).about
    assert (about.number, about.kind, about.issued_on, about.title) == (
        "1/2020/QH14",
        "law",
        "2020-03-02",
        "Luật Thử nghiệm, minh họa",
    )


def test_a_paragraph_of_the_head_that_tells_a_date_stays():
    told = "Luật này được Quốc hội thông qua ngày 16 tháng 6 năm 2014 và có hiệu lực từ đầu năm sau, trừ vài điều."
    texts = [draft.text for draft in read(LAW.replace("Phần nhất", f"{told}\nPhần nhất")).drafts]
    assert texts[0] == told


def test_a_heading_run_into_a_line_is_an_article_with_a_doubt():
    reading = read(LAW)
    by_anchor = {draft.anchor: draft for draft in reading.drafts}
    assert by_anchor["dieu-3"].heading == "Giải thích"
    assert by_anchor["dieu-2.khoan-2"].text == "Hiệu quả."
    assert ("run-in", "dieu-3") in {(doubt.kind, doubt.anchor) for doubt in reading.doubts}


def test_a_title_stands_in_the_line_of_its_heading_or_below_it():
    text = "Chương I NHỮNG QUY ĐỊNH\nCHUNG\nMục 2. Hai\nTiểu mục 1\nBA\nĐiều 1. A\nĐiều 2. B\nChương II của Luật này."
    headings = [(draft.label, draft.heading) for draft in read(text).drafts if draft.kind != "article"]
    assert headings == [("Chương I", "NHỮNG QUY ĐỊNH CHUNG"), ("Mục 2", "Hai"), ("Tiểu mục 1", "BA")]


def test_a_jump_in_the_numbers_is_a_doubt_and_a_quoted_article_is_text():
    reading = read(LAW)
    assert ("number", "dieu-3.khoan-4") in {(doubt.kind, doubt.anchor) for doubt in reading.doubts}
    anchors = {draft.anchor for draft in reading.drafts}
    assert "dieu-9" not in anchors
    assert "dieu-4.khoan-1" not in anchors


def test_articles_of_an_annex_are_its_own():
    anchors = [draft.anchor for draft in read(LAW).drafts]
    assert anchors[-2:] == ["phu-luc-i", "phu-luc-i.dieu-1"]


def test_a_plan_becomes_sections_items_and_points():
    assert is_directive(PLAN.split("\n"))
    assert not is_law(PLAN.split("\n"))
    reading = read(PLAN)
    anchors = [draft.anchor for draft in reading.drafts]
    assert anchors[:2] == ["muc-i", "muc-i.khoan-1"]
    assert "muc-i.khoan-2.diem-b" in anchors
    assert "muc-ii.khoan-1" in anchors
    assert (reading.about.number, reading.about.title) == ("12-KH/TU", "Kế hoạch học tập một cuốn sách")


def test_anything_else_is_paragraphs():
    reading = read("Một câu.\nHai câu.")
    assert [draft.kind for draft in reading.drafts] == ["paragraph", "paragraph"]


@pytest.mark.skipif(not LAWS.is_dir(), reason="the laws are not beside the project")
@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("36_2018_QH14", {"article": 96, "clause": 279, "point": 163, "chapter": 10}),
        ("101_2015_QH13", {"article": 517}),
        ("100_2015_QH13", {"article": 427}),
        ("59_2019_NĐ-CP", {"article": 89}),
        ("02_2011_QH13", {"article": 70}),
        ("10_2022_QH15", {"article": 91}),
    ],
)
def test_every_article_of_the_laws_is_found(name, counts):
    reading = read((LAWS / f"{name}.txt").read_text(encoding="utf-8"))
    found = Counter(draft.kind for draft in reading.drafts)
    assert {kind: found[kind] for kind in counts} == counts
