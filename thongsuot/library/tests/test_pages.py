"""The pages of the library: document_list, document_detail, chapter, passage, search."""

import re

import pytest
from django.urls import reverse

from thongsuot.library.importing import load_handbook
from thongsuot.library.testing import HANDBOOK, HANDBOOK_EN, a_document, a_handbook, a_law
from thongsuot.people.testing import a_person
from thongsuot.units.testing import a_small_city

pytestmark = pytest.mark.django_db


def body(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def chapter(edition, anchor="p1-c1") -> str:
    return reverse("library:chapter", args=[edition.document.slug, anchor])


def addresses() -> list[str]:
    law, edition = a_law(), a_handbook()
    load_handbook(edition.document, HANDBOOK_EN, "en")
    return [
        reverse("library:document_list"),
        reverse("library:document_detail", args=[edition.document.slug]),
        reverse("library:document_detail", args=[law.slug]),
        chapter(edition),
        reverse("library:chapter", args=[law.slug, "chuong-ii"]),
        reverse("library:search") + "?q=dieu+20",
    ]


def test_anyone_reads_without_a_cookie(client):
    for address in addresses():
        response = client.get(address)
        assert response.status_code == 200, address
        assert not response.cookies, address
        assert not client.cookies, address


def test_scripts_come_from_this_place_alone_and_the_text_stands_without_them(client):
    for address in addresses():
        page = body(client.get(address))
        assert not re.findall(r"<script(?! src=\"/static/library/)", page), address
        assert " style=" not in page, address
        assert " onclick=" not in page, address


def test_a_chapter_shows_its_text_its_printed_pages_its_plate_and_its_neighbours(client):
    edition = a_handbook()
    page = body(client.get(chapter(edition)))
    assert "<strong>chức vụ, quyền hạn</strong>" in page
    assert "<li>Uỷ quyền miệng</li>" in page
    assert page.count("printed-page") == 2
    assert "Ba vòng tròn giao nhau" in page
    assert "<strong>Hình 1.</strong> Ba dấu hiệu" in page
    assert chapter(edition, "p1-c2") in page
    assert 'id="p1-c1-s1-02"' in page


def test_an_article_stands_one_heading_below_its_chapter_or_its_section(client):
    law = a_law()
    in_a_chapter = body(client.get(reverse("library:chapter", args=[law.slug, "chuong-i"])))
    in_a_section = body(client.get(reverse("library:chapter", args=[law.slug, "chuong-ii"])))
    assert "<h2>Điều 4. Trách nhiệm của đơn vị</h2>" in in_a_chapter
    assert "<h3>Điều 20. Quy tắc ứng xử</h3>" in in_a_section


def test_references_in_a_text_are_links_and_the_article_says_who_names_it(client):
    law, edition = a_law(), a_handbook()
    clause = law.editions.get(language="vi").passages.get(anchor="dieu-20.khoan-2")
    address = reverse("library:passage", args=[clause.uid])
    assert f'<a href="{address}">khoản 2 Điều 20</a>' in body(client.get(chapter(edition)))
    naming = edition.passages.get(anchor="p1-c1-s1-01")
    page = body(client.get(reverse("library:chapter", args=[law.slug, "chuong-ii"])))
    assert reverse("library:passage", args=[naming.uid]) in page
    # Which document it is, and where in it: a paragraph without a name is called by what stands above it.
    assert "Cẩm nang thử –" in page.replace("</span>", "")
    assert "Đề cương của dự án, không phải văn bản luật." in page


def test_a_text_without_chapters_stands_once_under_its_name_for_scripts(client):
    edition = load_handbook(a_document("Chỉ thị thử"), "<!-- id: mot -->\nMột đoạn văn.\n", "vi")
    page = body(client.get(chapter(edition, "text")))
    assert "Một đoạn văn." in page
    assert page.count('id="text"') == 1


def test_a_lasting_address_leads_to_the_place_in_the_readers_language(client):
    edition = a_handbook()
    load_handbook(edition.document, HANDBOOK_EN, "en")
    address = reverse("library:passage", args=[edition.passages.get(anchor="p1-c1-s1-02").uid])
    assert client.get(address).url == chapter(edition) + "#p1-c1-s1-02"
    english = client.get(address, headers={"accept-language": "en"})
    assert "Officials act in the open" in body(client.get(english.url, headers={"accept-language": "en"}))


def test_a_part_without_words_of_its_own_opens_its_first_chapter(client):
    edition = a_handbook()
    address = reverse("library:passage", args=[edition.passages.get(anchor="p1").uid])
    assert client.get(address).url == chapter(edition) + "#p1"
    assert 'id="p1"' in body(client.get(chapter(edition)))


def test_the_language_of_the_text_can_be_chosen_and_has_its_twin(client):
    edition = a_handbook()
    load_handbook(edition.document, HANDBOOK_EN, "en")
    assert chapter(edition) + "?lang=en" in body(client.get(chapter(edition)))
    page = body(client.get(chapter(edition) + "?lang=en"))
    assert "using <strong>office</strong>" in page
    assert chapter(edition) + "?lang=vi" in page


def test_a_withdrawn_passage_still_answers(client):
    edition = a_handbook()
    passage = edition.passages.get(anchor="p1-c2-01")
    load_handbook(edition.document, HANDBOOK.replace("<!-- id: p1-c2-01 -->", "<!-- id: new -->"), "vi")
    assert "Mỗi đơn vị có bốn việc" in body(client.get(reverse("library:passage", args=[passage.uid])))


def test_html_of_a_text_is_shown_not_run(client):
    edition = a_handbook(
        HANDBOOK.replace("Nhũng nhiễu là", "<script>alert(1)</script> [x](javascript:alert(1)) Nhũng nhiễu là")
    )
    page = body(client.get(chapter(edition)))
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_a_document_of_a_unit_is_there_for_those_below_and_for_no_one_else(client):
    units = a_small_city()
    edition = a_handbook(is_public=False, unit=units["committee_a"])
    places = [
        reverse("library:document_detail", args=[edition.document.slug]),
        chapter(edition),
        reverse("library:passage", args=[edition.passages.get(anchor="p1-c1").uid]),
    ]
    assert [client.get(place).status_code for place in places] == [404, 404, 404]
    client.force_login(a_person(member_of=units["cell_b1"]).account)
    assert [client.get(place).status_code for place in places] == [404, 404, 404]
    client.force_login(a_person(member_of=units["cell_a1"]).account)
    assert [client.get(place).status_code for place in places] == [200, 200, 302]


def test_a_public_text_does_not_name_documents_that_the_reader_may_not_see(client):
    units = a_small_city()
    a_document("Kế hoạch kín", number="147-KH/TU", is_public=False, unit=units["city"])
    edition = a_handbook()
    assert "Kế hoạch kín" not in body(client.get(chapter(edition)))
    secret = a_handbook(title="Sách kín", is_public=False, unit=units["city"])
    law = a_law()
    assert secret.document.title not in body(client.get(reverse("library:document_detail", args=[law.slug])))


@pytest.mark.parametrize("more", [1, 3])
def test_pages_ask_the_database_a_fixed_number_of_times(client, django_assert_max_num_queries, more):
    law = a_law()
    text = HANDBOOK + "".join(f"<!-- id: extra-{n} -->\nĐiều 20 và Điều 4.\n\n" for n in range(more))
    edition = a_handbook(text)
    for n in range(more):
        a_document(f"Thêm {n}")
    client.get(reverse("library:search") + "?q=phien+ha")
    for address, most in {
        reverse("library:document_list"): 9,
        reverse("library:document_detail", args=[law.slug]): 10,
        chapter(edition): 12,
        chapter(edition, "p1-c2"): 12,
        reverse("library:search") + "?q=dieu": 8,
    }.items():
        with django_assert_max_num_queries(most):
            client.get(address)


def test_the_list_can_be_narrowed_to_a_kind(client):
    a_law(), a_handbook()
    page = body(client.get(reverse("library:document_list") + "?kind=law"))
    assert "Luật Phòng, chống tham nhũng" in page
    assert "Cẩm nang thử" not in page


def test_unknown_pages_are_not_there(client):
    edition = a_handbook()
    assert client.get(chapter(edition, "nirgends")).status_code == 404
    record = a_document()
    assert client.get(reverse("library:chapter", args=[record.slug, "text"])).status_code == 404
    assert client.get(reverse("library:document_detail", args=["nirgends"])).status_code == 404
