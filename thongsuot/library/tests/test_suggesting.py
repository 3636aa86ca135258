"""What is suggested while one types."""

import pytest
from django.urls import reverse

from thongsuot.library.access import groups_of
from thongsuot.library.search import Reader, suggest
from thongsuot.library.testing import HANDBOOK, a_document, a_handbook, a_law
from thongsuot.people.testing import a_person
from thongsuot.units.testing import TODAY, a_small_city

pytestmark = pytest.mark.django_db
EVERYONE = Reader(who=["public"], language="vi")


def texts(typed: str, reader: Reader = EVERYONE) -> list[str]:
    return [one.text for one in suggest(typed, reader)]


def test_documents_are_suggested_by_number_and_title_half_typed():
    a_law()
    a_document("Kế hoạch kiểm tra", number="147-KH/TU", kind="directive")
    assert texts("147 k")[0] == "147-KH/TU – Kế hoạch kiểm tra"
    assert texts("ke hoach ki")[0] == "147-KH/TU – Kế hoạch kiểm tra"
    assert "36/2018/QH14 – Luật Phòng, chống tham nhũng" in texts("luật phò")


def test_articles_are_suggested_by_number_and_by_heading():
    a_law()
    assert texts("điều 20 luật phòng chống tham nhũng")[0] == "Điều 20. Quy tắc ứng xử"
    assert "Điều 20. Quy tắc ứng xử" in texts("quy tac ung")


def test_a_begun_phrase_goes_on_as_texts_write_it():
    a_handbook()
    assert "gây khó khăn" in texts("gây khó kh")
    assert "gây khó khăn" in texts("gay kho kh")


def test_short_odd_and_empty_beginnings_suggest_nothing():
    a_handbook()
    for typed in ("", "a", " ", "!!", "\x00", "zzzz qqqq"):
        assert texts(typed) == []


def test_nothing_of_a_closed_document_is_suggested():
    units = a_small_city()
    secret = HANDBOOK.replace("phiền hà", "khải huyền").replace("Bốn việc của đơn vị", "Khải thị bí truyền")
    a_handbook(secret, is_public=False, unit=units["committee_a"], title="Khải hoàn ca", number="99-KH/ĐU")
    below = Reader(who=groups_of(a_person(member_of=units["cell_a1"]), TODAY))
    beside = Reader(who=groups_of(a_person(member_of=units["cell_b1"]), TODAY))
    for typed in ("khải huy", "khai thi bi", "khải hoàn", "99-kh"):
        assert texts(typed, below), typed
        assert texts(typed, beside) == texts(typed) == [], typed


def test_the_address_answers_places_and_phrases_as_json(client):
    a_law()
    answer = client.get(reverse("library:suggest"), {"q": "quy tắc ứ"}).json()
    article = next(one for one in answer["suggestions"] if one["text"] == "Điều 20. Quy tắc ứng xử")
    assert article["url"].startswith("/library/passages/")
    assert client.get(reverse("library:suggest")).json() == {"suggestions": []}


def test_suggesting_asks_the_database_a_bounded_number_of_times(client, django_assert_max_num_queries):
    a_law()
    a_handbook()
    client.get(reverse("library:suggest"), {"q": "tham nh"})
    with django_assert_max_num_queries(10):
        client.get(reverse("library:suggest"), {"q": "tham nh"})
