"""Imports and the proof desk in the browser: what keepers see and do, at a constant number of queries."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from thongsuot.library import mending, taking_in
from thongsuot.library.models import Citation, Import, Mend
from thongsuot.library.testing import PDF_PAGE, a_document, a_small_pdf, an_import, an_imported_text
from thongsuot.people.testing import a_person
from thongsuot.units.testing import NOW, a_small_city

pytestmark = pytest.mark.django_db
BOOK = "# Một\n\nĐoạn thứ nhất nói về công khai.\n\nĐoạn thứ hai nói về minh bạch tài sản.\n"


@pytest.fixture
def units():
    return a_small_city()


@pytest.fixture
def city(units):
    return units["city"]


@pytest.fixture
def keeper(client, city):
    """The city's officer, signed in."""
    person = a_person(officer=city)
    client.force_login(person.account)
    return person


def send(client, unit, data: bytes | str = BOOK, name: str = "sach.md", **more):
    file = SimpleUploadedFile(name, data if isinstance(data, bytes) else data.encode())
    return client.post(reverse("library:import_create"), {"file": file, "unit": unit.pk, "language": "vi", **more})


def test_a_file_sent_by_the_page_is_read_by_the_queue_and_told_at_the_end(client, keeper, city):
    with_task = DBTaskResult.objects.count()
    response = send(client, city, title="Sách thử")
    order = Import.objects.get()
    assert response.url == reverse("library:import_detail", args=[order.uid])
    assert (order.unit, order.by, order.state) == (city, keeper, "waiting")
    assert DBTaskResult.objects.count() >= with_task
    taking_in.carry_out(order)
    page = client.get(response.url).content.decode()
    assert "Sách thử" in page
    order.refresh_from_db()
    assert reverse("library:proof", args=[order.edition.uid]) in page


def test_the_file_stands_in_front_and_the_rest_opens_where_it_is_needed(client, keeper, city):
    def is_open(page: str) -> bool:
        return '<details class="more-choices" open' in page

    address = reverse("library:import_create")
    assert not is_open(client.get(address).content.decode())
    assert is_open(client.get(address, {"into": "36/2018/QH14"}).content.decode())
    assert is_open(send(client, city, into="không có văn bản này").content.decode())
    assert is_open(send(client, city, data=b"", title="Tên đã gõ").content.decode())
    assert not is_open(send(client, city, data=b"").content.decode())


def test_several_files_are_several_imports(client, keeper, city):
    files = [SimpleUploadedFile(f"{n}.txt", f"Đoạn {n}.".encode()) for n in range(3)]
    response = client.post(reverse("library:import_create"), {"file": files, "unit": city.pk, "language": "vi"})
    assert response.url == reverse("library:import_list")
    assert Import.objects.count() == 3


@pytest.mark.parametrize(
    ("data", "name", "word"),
    [
        (b"", "a.docx", "không có chữ"),
        (b"hello", "a.docx", "hỏng"),
        (b"%PDF-1.7 x", "a.docx", "không đúng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "Word"),
        (b"MZ\x90\x00\x00\xff", "a.txt", "UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_in_a_sentence_and_not_kept(client, keeper, city, data, name, word):
    response = send(client, city, data, name, title="Tên đã gõ")
    page = response.content.decode()
    assert response.status_code == 422
    assert word in page
    assert "Tên đã gõ" in page
    assert not Import.objects.exists()


def test_only_who_keeps_texts_for_a_unit_sends_them_there(client, units):
    client.force_login(a_person(officer=units["district"]).account)
    assert send(client, units["city"]).status_code == 422
    assert send(client, units["district"]).status_code == 302
    stranger = reverse("library:import_detail", args=[an_import(units["city"]).uid])
    assert client.get(stranger).status_code == 404


def test_the_page_refreshes_itself_only_while_something_moves(client, keeper, city):
    order = an_import(city)
    address = reverse("library:import_detail", args=[order.uid])
    assert 'hx-trigger="every 2s"' in client.get(address).content.decode()
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    client.post(reverse("library:import_cancel", args=[order.uid]))
    assert "every 2s" not in client.get(address).content.decode()


def test_what_is_like_another_is_asked_about_on_its_page(client, keeper, city):
    a_document("Sách thử", kind="book", unit=city)
    send(client, city, title="Sách thử")
    order = Import.objects.get()
    taking_in.carry_out(order)
    address = reverse("library:import_detail", args=[order.uid])
    assert 'name="answer" value="newer"' in client.get(address).content.decode()
    client.post(reverse("library:import_answer", args=[order.uid]), {"answer": "nonsense"})
    order.refresh_from_db()
    assert order.state == "asking"
    client.post(reverse("library:import_answer", args=[order.uid]), {"answer": "own"})
    order.refresh_from_db()
    assert (order.state, order.answer) == ("waiting", "own")


def test_the_end_shows_the_difference_and_who_cites_what_is_gone(client, keeper, city):
    send(client, city, title="Sách thử")
    first = Import.objects.get()
    taking_in.carry_out(first)
    first.refresh_from_db()
    gone = first.edition.passages.get(text__startswith="Đoạn thứ hai")
    citing = a_document("Báo cáo năm", is_public=True)
    Citation.objects.create(document=citing, matched="đoạn hai", target=first.document, target_passage=gone)
    newer = BOOK.replace("công khai.", "dân chủ.").replace("Đoạn thứ hai nói về minh bạch tài sản.", "")
    send(client, city, newer, into=first.document.slug)
    order = Import.objects.order_by("-pk")[0]
    taking_in.carry_out(order)
    page = client.get(reverse("library:import_detail", args=[order.uid])).content.decode()
    assert "<del>công khai" in page
    assert "<ins>dân chủ" in page
    assert "Báo cáo năm" in page
    listed = client.get(reverse("library:import_detail", args=[order.uid]), {"show": "gone"}).content.decode()
    assert "<del>Đoạn thứ hai" in listed


def test_the_list_says_of_each_file_that_was_not_taken_why(client, keeper, city):
    send(client, city, "<!DOCTYPE html [<!ENTITY a 'b'>]><html>&a;</html>", name="a.html")
    order = Import.objects.get()
    taking_in.carry_out(order)
    order.refresh_from_db()
    assert order.why_not
    assert order.why_not[:60] in client.get(reverse("library:import_list")).content.decode()


@pytest.mark.parametrize("words", ["36/2018/QH14", "luật 36/2018/qh14", "luat-pctn", "Luật Phòng, chống tham nhũng"])
def test_an_older_text_is_named_by_number_title_or_address(client, keeper, city, words):
    law = a_document("Luật Phòng, chống tham nhũng", number="36/2018/QH14", slug="luat-pctn", unit=city)
    send(client, city, into=words)
    assert Import.objects.get().into == law


def test_lists_of_imports_cost_the_same_however_long(client, keeper, city, django_assert_max_num_queries):
    for number in (1, 3):
        while Import.objects.count() < number:
            an_import(city)
        with django_assert_max_num_queries(16):
            client.get(reverse("library:import_list"))


@pytest.mark.parametrize("tab", ["doubts", "text", "mends"])
def test_the_desk_costs_the_same_however_much_is_on_it(client, keeper, city, tab, django_assert_max_num_queries):
    for number in (1, 3):
        edition = an_imported_text(city, doubts=number)
        if tab == "mends":
            for passage in list(edition.passages.all())[:number]:
                mending.mend(passage, "kind", {"kind": "subsection"}, by=keeper, at=NOW)
        with django_assert_max_num_queries(22):
            assert client.get(reverse("library:proof", args=[edition.uid]), {"tab": tab}).status_code == 200


def test_doubts_come_first_and_go_when_they_were_found_right(client, keeper, city):
    edition = an_imported_text(city)
    desk = reverse("library:proof", args=[edition.uid])
    page = client.get(desk).content.decode()
    assert "Đoạn thứ nhất" in page
    passage = edition.passages.get(anchor="dau-01")
    client.post(
        reverse("library:proof_passage", args=[passage.uid]), {"verb": "right", "doubt": "run-in", "to": "doubts"}
    )
    assert not mending.open_doubts(edition).exists()
    # Nothing is left: the desk opens at the text.
    assert "Đoạn thứ nhất" in client.get(desk).content.decode()


def test_the_page_of_the_source_stands_beside_what_was_read(client, keeper, city):
    edition = an_imported_text(city)
    page = client.get(reverse("library:proof", args=[edition.uid]), {"sheet": "2"}).content.decode()
    picture = reverse("library:proof_page", args=[edition.uid, 2])
    assert picture in page
    assert "Đoạn thứ ba" in page
    assert "Đoạn thứ nhất" not in page
    answer = client.get(picture)
    assert (answer.status_code, answer["Content-Type"], answer.content[:4]) == (200, "image/webp", b"RIFF")
    assert client.get(reverse("library:proof_page", args=[edition.uid, 9])).status_code == 404


def test_a_source_without_pages_shows_its_own_words(client, keeper, city):
    send(client, city, BOOK.replace("công khai", "**công khai**"), title="Sách thử")
    order = Import.objects.get()
    taking_in.carry_out(order)
    order.refresh_from_db()
    page = client.get(reverse("library:proof", args=[order.edition.uid]), {"tab": "text"}).content.decode()
    assert "Đoạn thứ nhất nói về **công khai**." in page


def test_a_passage_is_mended_on_its_page(client, keeper, city):
    edition = an_imported_text(city)
    passage = edition.passages.get(anchor="dau-02")
    address = reverse("library:proof_passage", args=[passage.uid])
    assert client.get(address).status_code == 200
    response = client.post(address, {"verb": "write", "label": "", "text": "Đã sửa.", "printed_page": "7"})
    assert response.url.endswith("#dau-02")
    passage.refresh_from_db()
    assert (passage.text, passage.printed_page) == ("Đã sửa.", "7")
    mend = Mend.objects.get()
    client.post(reverse("library:mend_undo", args=[mend.uid]))
    passage.refresh_from_db()
    assert (passage.text, passage.printed_page) == ("Đoạn thứ hai nói về minh bạch.", "6")


@pytest.mark.parametrize(
    "sent",
    [
        {"verb": "write", "text": " "},
        {"verb": "split", "words": "không có", "first": "section", "second": "paragraph"},
        {"verb": "split", "first": "section", "second": "paragraph"},
        {"verb": "kind", "kind": "nonsense"},
    ],
)
def test_what_cannot_be_done_is_said_on_the_page(client, keeper, city, sent):
    passage = an_imported_text(city).passages.get(anchor="dau-02")
    response = client.post(reverse("library:proof_passage", args=[passage.uid]), sent)
    assert response.status_code == 422
    assert not Mend.objects.exists()


def test_keepers_find_the_way_from_the_library_and_readers_do_not(client, keeper, city):
    edition = an_imported_text(city, is_public=True)
    document = reverse("library:document_detail", args=[edition.document.slug])
    desk = reverse("library:proof", args=[edition.uid])
    assert desk in client.get(document).content.decode()
    assert reverse("library:import_list") in client.get(reverse("library:document_list")).content.decode()
    client.logout()
    assert desk not in client.get(document).content.decode()
    assert client.get(desk).status_code == 302


def test_a_pdf_sent_by_the_page_comes_in(client, keeper, city):
    send(client, city, a_small_pdf(PDF_PAGE, PDF_PAGE), "sach.pdf", title="Sách PDF")
    order = Import.objects.get()
    taking_in.carry_out(order)
    order.refresh_from_db()
    assert (order.state, order.edition.format, set(order.edition.passages.values_list("sheet", flat=True))) == (
        "done", "pdf", {1, 2},
    )  # fmt: skip
