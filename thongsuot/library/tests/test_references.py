import json
import unicodedata
from itertools import pairwise

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from thongsuot.library.cited import cited_in_text
from thongsuot.library.names import find_names
from thongsuot.library.references import find_references
from thongsuot.library.testing import a_document, a_law


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("theo khoản 1, 2 và 3 Điều 5", ["dieu-5.khoan-1", "dieu-5.khoan-2", "dieu-5.khoan-3"]),
        ("điểm a và điểm b khoản 2 Điều 4", ["dieu-4.khoan-2.diem-a", "dieu-4.khoan-2.diem-b"]),
        ("các điểm a, đ và e khoản 1 Điều 9", [f"dieu-9.khoan-1.diem-{letter}" for letter in "ađe"]),
        ("các điều 5, 6 và 7", ["dieu-5", "dieu-6", "dieu-7"]),
        ("từ Điều 12 đến Điều 15", ["dieu-12", "dieu-15"]),
        ("Điều 3, khoản 2; Điều 2 khoản 1 điểm a", ["dieu-3.khoan-2", "dieu-2.khoan-1.diem-a"]),
        ("điểm a khoản 1, điểm b khoản 2 Điều 5", ["dieu-5.khoan-1.diem-a", "dieu-5.khoan-2.diem-b"]),
        ("khoản 1 và khoản 3 Điều 7; khoản 2 Điều 8", ["dieu-7.khoan-1", "dieu-7.khoan-3", "dieu-8.khoan-2"]),
        ("Điều 20, khoản 3 Điều 21", ["dieu-20", "dieu-21.khoan-3"]),
        ("quy định tại khoản 1 Điều này", ["dieu-này.khoan-1"]),
        ("quy định tạiđiểm c khoản 2 Điều 26 vàĐiều 27", ["dieu-26.khoan-2.diem-c", "dieu-27"]),
        ("Điều này cho thấy", []),
        ("tỷ lệ khoản 2/3 và 24/7", []),
    ],
)
def test_each_place_of_a_list_is_a_reference_of_its_own(text, anchors):
    assert [one.anchor for one in find_references(text)] == anchors


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("theo Luật Phòng, chống tham nhũng và", [("Luật Phòng, chống tham nhũng", None)]),
        ("Luật Phòng, chống tham nhũng năm 2018 quy định", [("Luật Phòng, chống tham nhũng", 2018)]),
        ("Bộ luật Hình sự được áp dụng", [("Bộ luật Hình sự", None)]),
        ("Luật Tiếp cận thông tin, Luật Tố cáo", [("Luật Tiếp cận thông tin", None), ("Luật Tố cáo", None)]),
        ("luật sư và Luật này", [("", None)]),
        ("Luật số 36/2018/QH14", []),
    ],
)
def test_laws_are_known_by_their_names(text, named):
    assert [(one.name, one.year) for one in find_names(text)] == named


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="Điềukhoảnđiểm abc0123456789,;.và/ \n", max_size=80))
def test_references_lie_in_the_text_in_order_and_never_over_each_other(text):
    found = find_references(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.django_db
def test_what_a_file_cites_is_listed_with_its_place_in_the_library(tmp_path, capsys):
    law = a_law()
    file = tmp_path / "bai.txt"
    text = "Theo khoản 2 Điều 20 Luật Phòng, chống tham nhũng và Kế hoạch số 147-KH/TU, ngày 30/3/2023."
    file.write_text(text, encoding="utf-8")
    call_command("citations", str(file), "--json")
    found = {one["kind"]: one for one in json.loads(capsys.readouterr().out)}
    clause = law.editions.get(language="vi").passages.get(anchor="dieu-20.khoan-2")
    assert found["article"]["resolved"] == str(clause.uid)
    assert (found["article"]["number"], found["article"]["article"], found["article"]["clause"]) == (
        "36/2018/QH14",
        "20",
        "2",
    )
    assert found["name"]["resolved"] == str(law.uid)
    assert (found["number"]["number"], found["number"]["resolved"]) == ("147-KH/TU", None)
    assert all(text[one["start"] : one["end"]] == one["matched"] for one in found.values())


@pytest.mark.django_db
def test_offsets_count_the_letters_of_the_composed_text_also_where_marks_stand_apart():
    text = unicodedata.normalize("NFD", "Uỷ ban, khoản 1 Điều 5")
    (one,) = cited_in_text(text)
    assert unicodedata.normalize("NFC", text)[one.start : one.end] == one.matched == "khoản 1 Điều 5"


@pytest.mark.django_db
def test_a_law_knows_what_its_own_words_mean():
    text = "LUẬT\nTHỬ\nSố: 7/2020/QH14\nĐiều 1. Một\n1. Theo khoản 2 Điều này và Điều 3 Luật này.\nĐiều 2. Hai\nChữ."
    found = [(one.number, one.article, one.clause) for one in cited_in_text(text) if one.kind == "article"]
    assert found == [("7/2020/QH14", "1", "2"), ("7/2020/QH14", "3", None)]


@pytest.mark.django_db
def test_of_party_papers_with_one_number_the_one_that_stood_on_the_day_is_meant():
    from datetime import date

    old = a_document("Cũ", number="12-KH/TU", issued_on=date(2016, 1, 1))
    a_document("Mới", number="12-KH/TU", issued_on=date(2021, 1, 1))
    text = "KẾ HOẠCH\nthử\nSố 5-KH/QU\nHà Nội, ngày 3 tháng 4 năm 2018\nThực hiện Kế hoạch số 12-KH/TU."
    found = [one for one in cited_in_text(text) if one.number == "12-KH/TU"]
    assert [one.resolved for one in found] == [str(old.uid)]
