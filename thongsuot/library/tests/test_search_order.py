"""The same hits in the same order on either database: neither ranks, so these lists hold on both."""

from datetime import date

import pytest

from thongsuot.library.importing import load_outline
from thongsuot.library.search import search
from thongsuot.library.testing import a_document, a_text

pytestmark = pytest.mark.django_db

# Law, its number, and its articles: number, heading, clauses.
LAWS = [
    (
        "Luật Hôn nhân và gia đình",
        "52/2014/QH13",
        [
            (8, "Điều kiện kết hôn", ["Nam từ đủ 20 tuổi trở lên, nữ từ đủ 18 tuổi trở lên.", "Hai bên tự nguyện."]),
            (56, "Ly hôn theo yêu cầu của một bên", ["Vợ hoặc chồng yêu cầu ly hôn thì Tòa án hòa giải trước."]),
            (81, "Trông nom con sau khi ly hôn", ["Con dưới 36 tháng tuổi được giao cho mẹ trực tiếp nuôi."]),
        ],
    ),
    (
        "Luật Trẻ em",
        "102/2016/QH13",
        [
            (1, "Trẻ em", ["Trẻ em là người dưới 16 tuổi."]),
            (24, "Quyền được chăm sóc thay thế", ["Trẻ em mồ côi cả cha và mẹ được chăm sóc thay thế, nhận nuôi."]),
        ],
    ),
    (
        "Luật Hòa giải ở cơ sở",
        "35/2013/QH13",
        [
            (3, "Phạm vi hòa giải", ["Mâu thuẫn giữa vợ và chồng không được ly hôn thì hòa giải ở cơ sở."]),
            (8, "Hòa giải viên", ["Hòa giải viên là công dân thường trú tại cơ sở, tự nguyện, có uy tín."]),
        ],
    ),
]


@pytest.fixture
def laws() -> None:
    for n, (title, number, articles) in enumerate(LAWS):
        law = a_document(title, kind="law", number=number, slug=f"luat-{n}", issued_on=date(2013 + n, 1, 1))
        load_outline(
            law,
            {
                "number": number, "title_vi": title, "title_en": "", "note_vi": "", "note_en": "",
                "chapter": [{"number": "I", "title_vi": "Chung", "title_en": ""}],
                "article": [
                    {
                        "number": article, "chapter": "I", "section": "", "heading_vi": heading, "heading_en": "",
                        "asks_vi": "", "asks_en": "",
                        "clauses": [
                            {"number": at, "points": [], "gist_vi": text, "gist_en": ""}
                            for at, text in enumerate(clauses, start=1)
                        ],
                    }
                    for article, heading, clauses in articles
                ],
            },
        )  # fmt: skip


def found(words: str) -> list[str]:
    hits = search(words, who=["public"], language="vi", limit=3)
    return [
        f"{hit.document.number.split('/')[0]} {hit.passage.label if hit.passage else 'văn bản'}".strip() for hit in hits
    ]


@pytest.mark.parametrize(
    ("words", "order"),
    [
        ("ly hôn", ["52 Điều 81", "52 Điều 56", "35 Điều 3"]),
        ("hoà giải", ["35 Điều 8", "35 văn bản", "35 Điều 3"]),
        ("hoa giai vien", ["35 Điều 8", "35 Điều 3", "35 văn bản"]),
        ("điều 8", ["52 Điều 8", "35 Điều 8", "35 Chương I"]),
        ("Điều 8 luật hòa giải ở cơ sở", ["35 Điều 8", "52 Điều 8", "35 Điều 3"]),
        ("102 2016 qh13", ["102 văn bản", "35 văn bản", "52 văn bản"]),
        ("trẻ em", ["102 Điều 1", "102 văn bản", "102 Điều 24"]),
        ("Con dưới ba tuổi sau khi ly hôn thì ai nuôi?", ["52 Điều 81", "52 Điều 56", "35 Điều 3"]),
        ("bao nhieu tuoi thi duoc ket hon", ["52 Điều 8", "52 Điều 81", "35 Điều 3"]),
        ("“chăm sóc thay thế”", ["102 Điều 24"]),
        ("vợ chồng mâu thuẫn được hòa giải thế nào?", ["35 Điều 3", "35 Điều 8", "52 Điều 56"]),
        ("quyen cua tre em mo coi", ["102 Điều 24", "102 Điều 1", "102 văn bản"]),
        ("luật trẻ em", ["102 văn bản", "102 Điều 1", "102 Điều 24"]),
        ("tự nguyện", ["35 Điều 8", "52 Điều 8"]),
    ],
)
def test_the_order_of_hits_is_the_same_on_either_database(laws, words, order):
    assert found(words) == order


def test_of_laws_whose_names_hold_each_other_the_one_named_comes_first_and_is_quoted_from_its_beginning() -> None:
    for number, title in (("100/2015/QH13", "Bộ luật Hình sự"), ("101/2015/QH13", "Bộ luật Tố tụng hình sự")):
        law = a_document(title, kind="law", number=number, slug=number[:3])
        a_text(law, {"dieu-5": "Hiệu lực", "dieu-5.khoan-1": f"Điều này của {title.lower()} nói về nơi áp dụng."})
    a_document("Bộ luật Hình sự 1999", kind="law", number="15/1999/QH10", slug="cu")
    for asked in ("dieu 5 bo luat hinh su", "Điều 5 Bộ luật Hình sự", "điều 5 bộ luật hình sự năm 2015"):
        first, second = search(asked, who=["public"])[:2]
        assert (first.document.number, second.document.number) == ("100/2015/QH13", "101/2015/QH13"), asked
        assert first.snippet.startswith("Điều này của bộ luật hình sự")


def test_an_article_of_a_heading_alone_is_quoted_from_what_stands_below() -> None:
    a_text(
        a_document("Luật Thử", kind="law", number="1/2020/QH14"),
        {"dieu-7": "Thời hiệu", "dieu-7.khoan-1": "Là hai năm."},
    )
    (hit,) = search("thời hiệu", who=["public"])
    assert hit.snippet == "Là hai năm."
