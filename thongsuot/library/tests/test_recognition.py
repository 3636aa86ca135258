"""What the recogniser of citations promises: the forms of lists, ranges and names; whose article is meant; its manners
with any text."""

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thongsuot.library.attributing import ARTICLE, NAME, PART, Meant, Standing, find_mentions
from thongsuot.library.laws import register
from thongsuot.library.names import KnownNames, find_names
from thongsuot.library.numbers import find_numbers, find_short_numbers
from thongsuot.library.references import find_references

NAMES = KnownNames(name for _number, name, _day in register())


def places(text, **standing):
    """[(anchor, number or name of its document, or "own")]."""
    standing = {"within": "dieu-9.khoan-3", "names": NAMES, **standing}
    found = [one for one in find_mentions(text, Standing(**standing)) if one.kind in (ARTICLE, PART)]
    return [(one.anchor, "own" if one.meant.is_own else one.meant.number or one.meant.name) for one in found]


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("các khoản 1, 2 và 3 Điều 5", ["dieu-5.khoan-1", "dieu-5.khoan-2", "dieu-5.khoan-3"]),
        ("điểm a, b và c khoản 1 Điều 8", [f"dieu-8.khoan-1.diem-{x}" for x in "abc"]),
        ("khoản 3, khoản 4 khoản 5 Điều 33", ["dieu-33.khoan-3", "dieu-33.khoan-4", "dieu-33.khoan-5"]),
        ("khoản 1, 4 Điều 2, điểm a khoản 3 Điều 4", ["dieu-2.khoan-1", "dieu-2.khoan-4", "dieu-4.khoan-3.diem-a"]),
        ("khoản 2, khoản 3 và điểm a khoản 4 Điều 7", ["dieu-7.khoan-2", "dieu-7.khoan-3", "dieu-7.khoan-4.diem-a"]),
        ("điểm đ khoản 2 các điều 214 và 215", ["dieu-214.khoan-2.diem-đ", "dieu-215.khoan-2.diem-đ"]),
        ("điểm a, điểm d (nếu có thay đổi) và điểm đ khoản 1 Điều 5", [f"dieu-5.khoan-1.diem-{x}" for x in "adđ"]),
        ("khoản 1 Điều 249; hoặc khoản 1 Điều 250", ["dieu-249.khoan-1", "dieu-250.khoan-1"]),
        ("điểm a) khoản 1 Điều 3", ["dieu-3.khoan-1.diem-a"]),
        ("khoản 2a Điều 217a", ["dieu-217a.khoan-2a"]),
        ("điểm b khoản 2 mục II Thông tư", ["muc-ii.khoan-2.diem-b"]),
        ("Điều 11. Xử lý vi phạm", []),
        ("theo thang điểm 10; khoản 5 triệu đồng; tại Điều 39.5.NĐ.11", []),
        ("Điều này cho thấy. Khoản này được dùng để trả nợ.", []),
        ("Chính phủ quy định chi tiết Điều này", ["dieu-này"]),
        ("quy định tại điểm a khoản này", ["dieu-này.khoan-này.diem-a"]),
    ],
)  # fmt: skip
def test_each_place_of_a_list_is_found_with_what_stands_above_it(text, anchors):
    assert [one.anchor for one in find_references(text)] == anchors


def test_a_range_means_also_the_articles_between_its_ends():
    first, last = find_references("từ Điều 5 đến Điều 9")
    assert (first.article, last.article, list(last.between())) == ("5", "9", ["6", "7", "8"])
    one, two = find_references("Điều 5 và Điều 9")
    assert list(two.between()) == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("khoản 1 và khoản 2 Điều 3 Nghị định này", [("dieu-3.khoan-1", "own"), ("dieu-3.khoan-2", "own")]),
        ("Điều 5, 6 và 7 của Luật này", [("dieu-5", "own"), ("dieu-6", "own"), ("dieu-7", "own")]),
        ("điểm a khoản này và khoản 1 Điều này", [("dieu-9.khoan-3.diem-a", "own"), ("dieu-9.khoan-1", "own")]),
        ("Chương II Luật này", [("chuong-ii", "own")]),
        ("Mục 2 Chương IX của Bộ luật Hình sự", [("chuong-ix-muc-2", "hinh su")]),
        ("Điều 39 Luật Quản lý thuế và Điều 15, Điều 16 Thông tư này",
         [("dieu-39", "quan ly thue"), ("dieu-15", "own"), ("dieu-16", "own")]),
        ("khoản 3 Điều 74 và khoản 3, khoản 4 Điều 75 Luật Thủy sản",
         [("dieu-74.khoan-3", "thuy san"), ("dieu-75.khoan-3", "thuy san"), ("dieu-75.khoan-4", "thuy san")]),
        ("Điều 234 về tội hủy hoại rừng, Điều 244 về tội săn bắt của Bộ luật Hình sự",
         [("dieu-234", "hinh su"), ("dieu-244", "hinh su")]),
        ("Điều 12 Nghị định số 45/2010/NĐ-CP", [("dieu-12", "45/2010/NĐ-CP")]),
        ("Điều 4 Quy chế làm việc ban hành kèm theo Quyết định số 12/2020/QĐ-TTg", [("dieu-4", "12/2020/QĐ-TTg")]),
        ("(Điều 81, Nghị định 59/2019/NĐ-CP)", [("dieu-81", "59/2019/NĐ-CP")]),
        ("Nghị định 59/2019/NĐ-CP, Điều 26, Luật Thủy sản", [("dieu-26", "59/2019/NĐ-CP")]),
        ("theo Điều 20 và Nghị định số 59/2019/NĐ-CP", [("dieu-20", "own")]),
        ("Mục 1.4 Khoản 1 Điều 10 - Quy định 296-QĐ/TW", [("dieu-10.khoan-1", "296-QĐ/TW")]),
        ("Chương II\nNHỮNG QUY ĐỊNH CHUNG", []),
    ],
)  # fmt: skip
def test_the_document_of_a_place_is_the_one_that_the_words_name(text, meant):
    assert places(text) == meant


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("theo Luật hôn nhân và gia đình và Luật dược", [("Luật hôn nhân và gia đình", None), ("Luật dược", None)]),
        ("Luật Phòng, chống tham nhũng năm 2018 quy định", [("Luật Phòng, chống tham nhũng", 2018)]),
        ("Luật Đất đai ngày 29 tháng 11 năm 2013", [("Luật Đất đai", 2013)]),
        ("Luật sửa đổi, bổ sung một số điều của Luật Thủy sản và Luật Thú y được ban hành",
         [("Luật sửa đổi, bổ sung một số điều của Luật Thủy sản và Luật Thú y", None)]),
        ("Luật Giữ gìn sông ngòi thì phải", [("Luật Giữ gìn sông ngòi", None)]),
        ("điểm b khoản 1 Điều 4 BLTTHS năm 2015", [("Bộ luật Tố tụng hình sự", 2015)]),
        ("Luật PCTN và Luật Luật sư", [("Luật PCTN", None), ("Luật Luật sư", None)]),
        ("Luật sư có quyền hỏi; pháp luật quy định; Luật được xác định; Luật các nước", []),
        ("Luật Quản lý thuếvà Điều 25", [("Luật Quản lý thuế", None)]),
    ],
)  # fmt: skip
def test_a_name_ends_where_the_laws_name_ends(text, names):
    assert [(one.name, one.year) for one in find_names(text, NAMES)] == names


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Nghị định số 204/2004/NĐ-CPngày 14/12/2004", ["204/2004/NĐ-CP"]),
        ("Nghị định số 105/2014/NĐ- CP; 62/2020/TT - BTC", ["105/2014/NĐ-CP", "62/2020/TT-BTC"]),
        (
            "Pháp lệnh số 02/2020/UBTVQH14; Luật 18-L/CTN; 21-LCT/HDNN8",
            ["02/2020/UBTVQH14", "18-L/CTN", "21-LCT/HĐNN8"],
        ),
        ("01/2017/TTLT-BCA-BQP-BTC-BNN&PTNT-VKSNDTC", ["01/2017/TTLT-BCA-BQP-BTC-BNN&PTNT-VKSNDTC"]),
        ("Nghị định số 26-CP và 56/CP", ["26-CP", "56/CP"]),
        ("Nghị quyết của Chính phủ số 01-NQ/CP", ["01/NQ-CP"]),
        ("theo Mẫu số 01/CK-NSNN, 02/CK-NSNN; theomẫu 01-1/TB-TĐT; QCVN 01:2018/BYT", []),
        ("xem ?keyword=87/2001/TT-BTC&area=2", []),
    ],
)
def test_numbers_are_found_as_real_texts_write_them_and_forms_are_not(text, numbers):
    assert [one.normalised for one in find_numbers(text)] == numbers


def test_the_date_behind_a_number_is_read_with_it():
    (one,) = find_numbers("342-QĐ/TW, ngày 28-12-2010")
    assert one.dated == date(2010, 12, 28)
    (two,) = find_numbers("57-NQ/TW ngày 22 tháng 12 năm 2024")
    assert two.dated == date(2024, 12, 22)
    assert find_numbers("57-NQ/TW ngày 31/2/2024")[0].dated is None


def test_short_forms_of_numbers_are_told_apart_from_counts():
    found = [(one.number, one.normalised) for one in find_short_numbers("NĐ 85/2025; Nghị định 59; Nghị định 3 chương")]
    assert found == [("85/2025", "85/2025/NĐ-CP"), ("59", "")]


_WORDS = st.sampled_from(
    [
        "Điều", "khoản", "điểm", "các", "và", "đến", "này", "1", "2a", "đ", "a)", ",", ";", "(", ")", ".", "\n", "Luật",
        "Phòng, chống tham nhũng", "Nghị định", "số", "59/2019/NĐ-CP", "sửa đổi, bổ sung một số điều của", "147-KH/TU",
        "năm 2018", "Chương II", "mục", "của", "-", "Ð", "e\u0301", "ngày 1/2/2020", "Bộ luật", "Mẫu", "kèm theo", "về",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(_WORDS, max_size=40).map(" ".join) | st.text(max_size=200))
def test_whatever_the_text_mentions_lie_in_it_and_give_back_its_words(text):
    mentions = find_mentions(text, Standing(within="dieu-1.khoan-2", names=NAMES))
    assert all(0 <= one.start < one.end <= len(text) for one in mentions)
    references = find_references(text)
    assert all(a.end <= b.start for a, b in pairwise(references))
    for one in find_numbers(text):
        assert text[one.start : one.end] == one.matched


@pytest.mark.parametrize(
    "piece",
    [
        "điểm a khoản 1 Điều 2, ", "Điều 1 ", "khoản ", "Luật Phòng, chống ", "1-", "59/2019/NĐ-CP ", "(",
        "Điều 5 về a ",
        "Luật sửa đổi, bổ sung một số điều của Luật ", "Nghị định 59 ", "Mẫu số 01/CK-NSNN, ", "các điều 1, 2, ", "số1",
        "Chương I ",
    ],
)  # fmt: skip
def test_time_grows_with_the_length_of_the_text_only(piece):
    def seconds(times):
        text = piece * times
        begun = time.perf_counter()
        find_mentions(text, Standing(within="dieu-1", names=NAMES, bare=Meant()))
        return time.perf_counter() - begun

    seconds(20)
    few, many = max(seconds(500) for _n in range(3)), min(seconds(4000) for _n in range(2))
    # Eight times the text: what is quadratic takes sixty-four times as long.
    assert many < few * 24 + 0.25


def test_a_law_that_is_named_is_known_by_its_kind_of_mention():
    kinds = {one.kind for one in find_mentions("Luật Thủy sản", Standing(names=NAMES))}
    assert kinds == {NAME}
