"""One's own highlights, notes and places: kept only when asked, found again after changes, seen by nobody else."""

import io
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from docx import Document as DocxDocument

from thongsuot.library import marking
from thongsuot.library.anchoring import follow, stands
from thongsuot.library.importing import load_handbook
from thongsuot.library.models import Mark, ReadingPlace
from thongsuot.library.testing import HANDBOOK, a_handbook
from thongsuot.people.erasing import erase
from thongsuot.people.holding import held_about, reasons
from thongsuot.people.models import Membership
from thongsuot.people.testing import a_person
from thongsuot.units.testing import NOW, a_small_city
from thongsuot.web.errors import Refused

pytestmark = pytest.mark.django_db

QUOTE = "dùng chức vụ, quyền hạn để vụ lợi"


@pytest.fixture
def edition():
    return a_handbook()


@pytest.fixture
def reader(client):
    person = a_person(member_of=a_small_city()["cell_a1"])
    client.force_login(person.account)
    return person


def passage(edition, anchor="p1-c1-s1-01"):
    return edition.passages.get(anchor=anchor)


def a_mark(person, edition, *, quote=QUOTE, note="", **more) -> Mark:
    return marking.put_mark(person, passage(edition), quote=quote, note=note, at=NOW, **more)


def address(name, *args) -> str:
    return reverse(f"library:{name}", args=args)


def body(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def upload(data) -> SimpleUploadedFile:
    return SimpleUploadedFile("notes.json", data if isinstance(data, bytes) else json.dumps(data).encode())


# Marks and the text


def test_a_highlight_stands_where_its_words_are_read_across_bold_and_blanks(reader, edition):
    mark = a_mark(reader, edition, quote="dùng  chức vụ,\nquyền hạn để vụ lợi", start=4)
    assert (mark.quote, stands(mark)) == (QUOTE, True)
    assert mark.end - mark.start == len(QUOTE.replace(" ", ""))


def test_of_two_places_with_the_same_words_the_nearer_one_is_marked(reader, edition):
    passage(edition, "p1-c2-01").__class__.objects.filter(anchor="p1-c2-01").update(text="việc nhỏ, việc lớn, việc nhỏ")
    far = marking.put_mark(reader, passage(edition, "p1-c2-01"), quote="việc nhỏ", start=15, at=NOW)
    assert far.start == len("việcnhỏ,việclớn,")


def test_words_that_do_not_stand_there_are_refused(reader, edition):
    with pytest.raises(Refused):
        a_mark(reader, edition, quote="những chữ không có ở đây")
    with pytest.raises(Refused):
        a_mark(reader, edition, quote="")


def test_a_mark_survives_the_next_import(reader, edition):
    mark = a_mark(reader, edition)
    load_handbook(edition.document, HANDBOOK.replace("Tham nhũng là", "Nói gọn: tham nhũng là"), "vi")
    follow(edition)
    mark.refresh_from_db()
    assert (mark.passage.anchor, stands(mark)) == ("p1-c1-s1-01", True)


def test_a_mark_goes_with_its_words_to_the_passage_that_has_them_now(reader, edition):
    mark = a_mark(reader, edition)
    moved = "Tham nhũng là dùng **chức vụ, quyền hạn** để vụ lợi; xem khoản 2 Điều 20 và Nghị định 59/2019/NĐ-CP."
    text = HANDBOOK.replace(moved, "Câu mới.").replace("Mỗi đơn vị có bốn việc", f"{moved} Mỗi đơn vị có bốn việc")
    load_handbook(edition.document, text, "vi")
    mark.refresh_from_db()
    assert (mark.passage.anchor, stands(mark)) == ("p1-c2-01", True)


def test_a_mark_whose_words_are_gone_stays_and_says_that_the_text_has_changed(client, reader, edition):
    mark = a_mark(reader, edition, note="Vẫn cần nhớ")
    load_handbook(edition.document, HANDBOOK.replace("để vụ lợi", "nhằm trục lợi"), "vi")
    mark.refresh_from_db()
    assert not stands(mark)
    page = body(client.get(address("my_notes")))
    assert "Văn bản đã thay đổi" in page
    assert "Vẫn cần nhớ" in page


# Kept only when asked


def test_nothing_is_kept_with_an_account_until_its_person_asks(client, reader, edition):
    assert client.post(address("place_keep", passage(edition).uid)).json() == {"kept": False}
    assert not ReadingPlace.objects.exists()
    client.post(address("reading_choices"), {"keeps_place": "on"})
    assert client.post(address("place_keep", passage(edition).uid)).json() == {"kept": True}
    page = body(client.get(address("document_detail", edition.document.slug)))
    assert "Đọc tiếp:" in page
    assert address("passage", passage(edition).uid) in page
    assert "Cẩm nang thử" in body(client.get(address("document_list"))).partition('class="facets"')[0]


def test_a_document_has_one_place_the_last(client, reader, edition):
    client.post(address("reading_choices"), {"keeps_place": "on"})
    for anchor in ("p1-c1-s1-01", "p1-c2-01"):
        client.post(address("place_keep", passage(edition, anchor).uid))
    assert [place.passage.anchor for place in reader.reading_places.all()] == ["p1-c2-01"]


def test_who_no_longer_wants_the_place_kept_has_none(client, reader, edition):
    client.post(address("reading_choices"), {"keeps_place": "on", "keeps_marks": "on"})
    client.post(address("place_keep", passage(edition).uid))
    client.post(address("reading_choices"), {"keeps_marks": "on"})
    assert not ReadingPlace.objects.exists()


# On pages, without script


def test_a_note_is_written_changed_and_deleted_without_script(client, reader, edition):
    about = address("passage_about", passage(edition).uid)
    assert address("note_create", passage(edition).uid) in body(client.get(about))
    client.post(address("note_create", passage(edition).uid), {"note": "Hỏi ở buổi sinh hoạt", "next": about})
    assert "Hỏi ở buổi sinh hoạt" in body(client.get(about))
    mark = reader.marks.get()
    client.post(address("note_edit", mark.uid), {"note": "Đã hỏi", "colour": "green"})
    page = body(client.get(address("my_notes")))
    assert "Đã hỏi" in page
    assert 'data-colour="green"' in page
    client.post(address("note_delete", mark.uid))
    assert not Mark.objects.exists()


def test_an_emptied_note_on_a_whole_passage_is_refused_and_stays(client, reader, edition):
    mark = marking.put_mark(reader, passage(edition), note="Nhớ", at=NOW)
    assert client.post(address("note_edit", mark.uid), {"note": " ", "colour": "blue"}).status_code == 422
    mark.refresh_from_db()
    assert (mark.note, mark.colour) == ("Nhớ", "yellow")


def test_notes_are_found_by_their_own_words_with_and_without_marks(client, reader, edition):
    a_mark(reader, edition, note="Nhớ hỏi đồng chí bí thư")
    a_mark(reader, edition, quote="Uỷ quyền miệng")
    page = body(client.get(address("my_notes") + "?q=nho bi thu"))
    assert "đồng chí bí thư" in page
    assert "Uỷ quyền miệng" not in page


def test_the_public_has_a_page_of_notes_that_the_server_knows_nothing_of(client, edition):
    response = client.get(address("my_notes"))
    assert "<device-notes" in body(response)
    assert not response.cookies
    page = body(client.get(address("passage_about", passage(edition).uid)))
    assert "csrfmiddlewaretoken" not in page
    assert address("note_create", passage(edition).uid) not in page


@pytest.mark.parametrize("more", [1, 3])
def test_pages_of_notes_ask_the_database_a_fixed_number_of_times(client, reader, more, django_assert_max_num_queries):
    editions = [a_handbook(title=f"Sách {n}") for n in range(more)]
    for each in editions:
        a_mark(reader, each)
        marking.put_mark(reader, passage(each), note="cả đoạn", at=NOW)
        ReadingPlace.objects.create(person=reader, document=each.document, passage=passage(each), at=NOW)
    client.get("/")
    for place, most in {
        address("my_notes"): 13,
        address("notes_of", editions[0].document.slug): 10,
        address("notes_export", "json"): 9,
        address("passage_about", passage(editions[0]).uid): 20,
        address("document_list"): 16,
        address("document_detail", editions[0].document.slug): 18,
    }.items():
        with django_assert_max_num_queries(most):
            client.get(place)


# Nobody else's


def test_no_office_opens_the_notes_of_another(client, edition):
    units = a_small_city()
    owner = a_person(member_of=units["cell_a1"])
    mark = a_mark(owner, edition, note="RIÊNG TÔI")
    others = [
        a_person(head=units["cell_a1"], member_of=units["cell_a1"]),
        a_person(head=units["district"]),
        a_person(officer=units["city"]),
        a_person(auditor=units["city"]),
    ]
    for other in others:
        client.force_login(other.account)
        assert client.get(address("note_edit", mark.uid)).status_code == 404
        assert client.post(address("note_edit", mark.uid), {"note": "x", "colour": "blue"}).status_code == 404
        assert client.post(address("note_delete", mark.uid)).status_code == 404
        client.post(address("notes_delete"), {"ids": str(mark.uid)})
        for place in (
            address("my_notes"),
            address("notes_of", edition.document.slug),
            address("notes_export", "json"),
            address("passage_about", passage(edition).uid),
            address("search") + "?q=riêng tôi",
            reverse("people:person_detail", args=[owner.uid]),
            reverse("journal:record_list"),
        ):
            assert "RIÊNG TÔI" not in client.get(place).content.decode(), place
    mark.refresh_from_db()
    assert mark.note == "RIÊNG TÔI"


def test_notes_on_a_text_that_its_reader_lost_are_shown_without_its_words(client):
    units = a_small_city()
    secret = a_handbook(title="Sách kín", is_public=False, unit=units["committee_a"])
    person = a_person(member_of=units["cell_a1"])
    a_mark(person, secret, note="Ý của tôi")
    today = timezone.localdate()
    person.memberships.update(valid_from=today - timedelta(days=90), valid_to=today - timedelta(days=1))
    Membership.objects.create(person=person, unit=units["cell_b1"], kind="full", valid_from=today - timedelta(days=1))
    client.force_login(person.account)
    page = body(client.get(address("my_notes")))
    assert "Ý của tôi" in page
    assert "Sách kín" not in page
    assert QUOTE not in page
    assert client.get(address("note_edit", person.marks.get().uid)).content.decode().count(QUOTE) == 0
    assert QUOTE not in json.dumps(held_about(person), ensure_ascii=False)


def test_no_note_leaves_a_line_in_the_audit_trail(client, reader, edition):
    from thongsuot.journal.models import Record

    before = Record.objects.count()
    client.post(address("note_create", passage(edition).uid), {"note": "Của riêng tôi"})
    client.post(address("note_delete", reader.marks.get().uid))
    assert Record.objects.count() == before


# Taken along


def test_what_is_kept_is_part_of_ones_own_data_and_goes_with_the_person(reader, edition):
    marking.choose(reader, keeps_place=True, keeps_marks=True)
    marking.keep_place(reader, passage(edition), at=NOW)
    a_mark(reader, edition, note="Ghi riêng")
    held = held_about(reader)
    assert held["notes"][0]["note"] == "Ghi riêng"
    assert held["reading"]["places"][0]["document"] == "Cẩm nang thử"
    assert any("chỉ mình bạn xem được" in why for _what, why in reasons())
    erase(reader, by=None, on=timezone.localdate(), at=timezone.now(), reason="theo yêu cầu")
    assert not Mark.objects.exists()
    assert not ReadingPlace.objects.exists()


def test_a_file_of_notes_can_be_read_in_again_once(client, reader, edition):
    a_mark(reader, edition, note="Mang theo", colour="pink")
    marking.put_mark(reader, passage(edition, "p1-c2-01"), note="Cả đoạn", at=NOW)
    file = client.get(address("notes_export", "json")).content
    reader.marks.all().delete()
    said = client.post(address("notes_take_in"), {"file": upload(file)}, headers={"accept": "application/json"}).json()
    assert said == {"taken": 2, "known": 0, "homeless": []}
    again = client.post(address("notes_take_in"), {"file": upload(file)}, headers={"accept": "application/json"}).json()
    assert again == {"taken": 0, "known": 2, "homeless": []}
    assert {(mark.note, mark.colour, mark.quote) for mark in reader.marks.all()} == {
        ("Mang theo", "pink", QUOTE), ("Cả đoạn", "yellow", ""),
    }  # fmt: skip


def test_notes_find_their_passage_in_another_installation_by_its_address(client, reader, edition):
    a_mark(reader, edition, note="Nơi khác")
    file = json.loads(client.get(address("notes_export", "json")).content)
    reader.marks.all().delete()
    file["notes"][0] |= {
        "id": "01a21f22-de78-73aa-a2e2-5fe5945cdb07", "passage": "01a21f22-de78-73aa-a2e2-5fe5945cdb08", "start": 999,
    }  # fmt: skip
    client.post(address("notes_take_in"), {"file": upload(file)})
    assert stands(reader.marks.get())
    file["notes"][0] |= {"id": "01a21f22-de78-73aa-a2e2-5fe5945cdb09", "document": "sach-khong-co", "title": "Sách lạ"}
    page = body(client.post(address("notes_take_in"), {"file": upload(file)}, follow=True))
    assert "Sách lạ" in page
    assert reader.marks.count() == 1


def test_a_note_of_another_person_is_neither_taken_nor_told(client, reader, edition):
    other = a_person()
    theirs = a_mark(other, edition, note="Của người khác")
    row = {
        "id": str(theirs.uid), "document": edition.document.slug, "passage": str(passage(edition).uid),
        "quote": QUOTE, "note": "Của tôi", "at": NOW.isoformat(),
    }  # fmt: skip
    client.post(
        address("notes_take_in"), {"file": upload({"format": "thong-suot-notes", "version": 1, "notes": [row]})}
    )
    theirs.refresh_from_db()
    assert (theirs.person, theirs.note) == (other, "Của người khác")
    assert reader.marks.get().uid != theirs.uid


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff\xfe", b"[]", b"null", b'{"format":"thong-suot-notes","version":1,"notes":[{}]}',
        b'{"format":"thong-suot-notes","version":1,"notes":{"a":1}}', b'{"format":"x","version":1,"notes":[]}',
        b'{"format":"thong-suot-notes","version":1,"notes":[{"id":1,"passage":2,"at":3}]}',
        b'{"format":"thong-suot-notes","version":1,"notes":[{"id":"x","passage":"y","at":"z"}]}',
        b"[" * 100_000,
    ],
)  # fmt: skip
def test_a_file_that_is_none_of_ours_is_refused_with_a_sentence(client, reader, data):
    file = SimpleUploadedFile("a.json", data)
    said = client.post(address("notes_take_in"), {"file": file}, headers={"accept": "application/json"})
    assert said.status_code == 422
    assert said.json()["refused"]


def test_notes_can_be_read_as_text_and_as_a_word_file(client, reader, edition):
    a_mark(reader, edition, note="Để nói ở chi bộ")
    text = client.get(address("notes_export", "md")).content.decode()
    assert f"> {QUOTE}\n\nĐể nói ở chi bộ" in text
    assert "tr. 5" in text
    words = [p.text for p in DocxDocument(io.BytesIO(client.get(address("notes_export", "docx")).content)).paragraphs]
    assert {QUOTE, "Để nói ở chi bộ", "Cẩm nang thử"} <= set(words)
    assert client.get(address("notes_export", "exe")).status_code == 404


def test_moving_back_to_the_device_deletes_only_what_went(client, reader, edition):
    gone, stays = a_mark(reader, edition), a_mark(reader, edition, note="Mới viết")
    client.post(address("notes_delete"), {"ids": str(gone.uid)}, headers={"accept": "application/json"})
    assert list(reader.marks.all()) == [stays]
    client.post(address("notes_delete"), {"ids": "vô nghĩa"})
    assert list(reader.marks.all()) == [stays]
