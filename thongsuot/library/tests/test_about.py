"""The page of one passage and how passages are cited."""

from datetime import date

import pytest
from django.urls import reverse

from thongsuot.library.models import Document
from thongsuot.library.quoting import cite, in_quotation_marks, named
from thongsuot.library.testing import a_document, a_handbook, a_law
from thongsuot.people.testing import a_person
from thongsuot.units.testing import a_small_city

pytestmark = pytest.mark.django_db


def about(passage) -> str:
    return reverse("library:passage_about", args=[passage.uid])


def body(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def of_the_law(anchor: str, language: str = "vi"):
    edition = Document.objects.get(number="36/2018/QH14").editions.get(language=language)
    return edition.passages.get(anchor=anchor)


def test_a_point_of_a_law_is_cited_from_the_smallest_to_the_law_with_number_and_day():
    a_law()
    point = of_the_law("dieu-20.khoan-2.diem-a")
    said = "điểm a khoản 2 Điều 20 Luật Phòng, chống tham nhũng số 36/2018/QH14 ngày 20/11/2018"
    assert cite(point.edition, point) == said
    english = of_the_law("dieu-20.khoan-2", "en")
    said = "clause 2, Article 20, Law on Anti-Corruption No. 36/2018/QH14 of 20/11/2018"
    assert cite(english.edition, english) == said


def test_a_party_document_has_a_comma_before_its_day_and_a_decree_has_none():
    plan = a_document(
        "Kế hoạch tổ chức đợt sinh hoạt",
        number="147-KH/TU",
        system="party",
        issuer="Thành uỷ Hà Nội",
        issued_on=date(2023, 3, 30),
    )
    assert named(plan) == "Kế hoạch số 147-KH/TU, ngày 30/3/2023 của Thành uỷ Hà Nội tổ chức đợt sinh hoạt"
    decree = a_document(
        "Nghị định về công tác văn thư",
        number="30/2020/NĐ-CP",
        system="state",
        issuer="Chính phủ",
        issued_on=date(2020, 3, 5),
    )
    assert named(decree) == "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư"


def test_a_passage_of_a_book_is_cited_with_author_and_printed_page():
    edition = a_handbook(author="Tổ biên tập")
    passage = edition.passages.get(anchor="p1-c1-s1-02")
    assert cite(edition, passage) == "Tổ biên tập: Cẩm nang thử, Ba dấu hiệu của tham nhũng, đoạn 2, tr. 6"


def test_quotation_marks_inside_a_quotation_become_single_ones():
    assert in_quotation_marks('nói "không" và “có”') == "“nói ‘không’ và ‘có’”"


def test_the_page_of_a_passage_holds_the_quotation_ready_to_copy_with_the_lasting_address(client):
    edition = a_handbook()
    passage = edition.passages.get(anchor="p1-c1-s1-02")
    page = body(client.get(about(passage)))
    lasting = "http://testserver" + reverse("library:passage", args=[passage.uid])
    assert (
        "“Cán bộ phải công khai, minh bạch theo Kế hoạch số 147-KH/TU; xem Hình 1.” "
        f"(Cẩm nang thử, Ba dấu hiệu của tham nhũng, đoạn 2, tr. 6). {lasting}"
    ) in page


def test_an_article_is_quoted_whole_and_says_what_it_cites_and_what_cites_it(client):
    a_law()
    edition = a_handbook()
    page = body(client.get(about(of_the_law("dieu-20"))))
    assert "Nêu chuẩn mực." in page
    assert "Việc không được làm." in page
    naming = edition.passages.get(anchor="p1-c1-s1-01")
    assert reverse("library:passage", args=[naming.uid]) in page
    page = body(client.get(about(naming)))
    assert reverse("library:passage", args=[of_the_law("dieu-20.khoan-2").uid]) in page


def test_each_passage_of_a_chapter_leads_to_its_page(client):
    edition = a_handbook()
    page = body(client.get(reverse("library:chapter", args=[edition.document.slug, "p1-c1"])))
    assert about(edition.passages.get(anchor="p1-c1-s1-01")) in page


def test_a_passage_of_a_closed_document_is_hidden_and_names_nothing_that_is_closed(client):
    units = a_small_city()
    law = a_law()
    closed = a_handbook(title="Sách kín", is_public=False, unit=units["committee_a"])
    passage = closed.passages.get(anchor="p1-c1-s1-01")
    assert client.get(about(passage)).status_code == 404
    assert "Sách kín" not in body(client.get(about(of_the_law("dieu-20"))))
    client.force_login(a_person(member_of=units["cell_a1"]).account)
    assert law.title in body(client.get(about(passage)))


@pytest.mark.parametrize("more", [1, 3])
def test_the_page_of_a_passage_asks_the_database_a_fixed_number_of_times(client, django_assert_max_num_queries, more):
    a_law()
    for _n in range(more):
        a_handbook()
    with django_assert_max_num_queries(8):
        client.get(about(of_the_law("dieu-20")))
