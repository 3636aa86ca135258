"""Registering a directive: upload, confirm, nothing lost, nothing twice."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document as Docx

from thongsuot.campaigns.testing import a_document, a_small_city
from thongsuot.library.models import Citation, Document
from thongsuot.papers.models import StoredFile
from thongsuot.papers.writing import Paper, Section, write_docx
from thongsuot.people.testing import a_person


@pytest.fixture
def units(db):
    return a_small_city()


@pytest.fixture
def officer(units, client):
    person = a_person(officer=units["city"])
    client.force_login(person.account)
    return person


def a_directive() -> bytes:
    return write_docx(
        Paper(
            system="party",
            on=date(2023, 3, 30),
            superior="Đảng bộ thử nghiệm",
            issuer="Thành uỷ Thử Nghiệm",
            number="147-KH/TU",
            place="Hà Nội",
            type_name="KẾ HOẠCH",
            subject="về tổ chức sinh hoạt, học tập",
            bases=["Căn cứ Hướng dẫn số 97-HD/BTGTW, ngày 08/3/2023", "Căn cứ Kết luận số 21-KL/TW, ngày 25/10/2021"],
            sections=[Section("Mục đích", ["Theo Hướng dẫn số 97-HD/BTGTW, các tổ chức đảng tổ chức thực hiện."])],
        )
    )


def upload(client, units, content: bytes, name: str = "147.docx"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("campaigns:directive_create"), {"unit": units["city"].pk, "file": file})


CONFIRMED = {
    "number": "147-KH/TU",
    "doc_type": "KH",
    "issued_on": "2023-03-30",
    "issuer": "Thành uỷ Thử Nghiệm",
    "title": "Kế hoạch về tổ chức sinh hoạt, học tập",
    "subject": "về tổ chức sinh hoạt, học tập",
}


def test_what_was_read_is_offered_with_what_it_cites(client, units, officer) -> None:
    known = a_document("21-KL/TW")
    assert client.get(reverse("campaigns:directive_create")).status_code == 200
    response = upload(client, units, a_directive())
    shown = client.get(response.url).content.decode()
    for words in ('value="147-KH/TU"', 'value="2023-03-30"', 'value="Thành uỷ Thử Nghiệm"', "97-HD/BTGTW", known.title):
        assert words in shown
    assert Document.objects.count() == 1, "nothing is registered before it is confirmed"


def test_confirming_makes_the_document_with_resolved_citations_once(client, units, officer) -> None:
    known = a_document("21-KL/TW")
    confirm = upload(client, units, a_directive()).url
    first = client.post(confirm, CONFIRMED)
    again = client.post(confirm, CONFIRMED)
    document = Document.objects.get(number="147-KH/TU")
    assert first.url == again.url == f"{reverse('campaigns:campaign_create')}?directive={document.uid}"
    assert (document.issued_on, document.unit, document.has_text) == (date(2023, 3, 30), units["city"], True)
    targets = set(Citation.objects.filter(document=document).values_list("number", "target_id"))
    assert targets == {("97-HD/BTGTW", None), ("21-KL/TW", known.pk)}
    assert client.get(first.url).status_code == 200


def test_the_same_document_from_another_file_is_not_registered_twice(client, units, officer) -> None:
    client.post(upload(client, units, a_directive()).url, CONFIRMED)
    client.post(upload(client, units, a_directive()).url, CONFIRMED | {"issuer": "THÀNH UỶ THỬ NGHIỆM"})
    assert Document.objects.filter(number="147-KH/TU").count() == 1


def test_a_mistake_keeps_the_file_and_what_was_typed(client, units, officer) -> None:
    confirm = upload(client, units, a_directive()).url
    response = client.post(confirm, CONFIRMED | {"issued_on": "hôm qua", "title": "Tên tôi gõ"})
    assert (response.status_code, "Tên tôi gõ" in response.content.decode()) == (422, True)
    assert (StoredFile.objects.count(), Document.objects.count()) == (1, 0)


def test_a_file_without_a_heading_is_filled_in_by_hand(client, units, officer) -> None:
    out = io.BytesIO()
    plain = Docx()
    plain.add_paragraph("Một văn bản không có phần đầu.")
    plain.save(out)
    response = client.get(upload(client, units, out.getvalue()).url)
    assert response.status_code == 200
    assert 'data-tone="warning"' in response.content.decode()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"%PDF-1.4", b"MZ program"])
def test_other_files_are_refused_with_a_sentence(client, units, officer, content) -> None:
    response = upload(client, units, content)
    assert (response.status_code, StoredFile.objects.count()) == (422, 0)


def test_only_those_who_have_units_below_register_directives(client, units) -> None:
    client.force_login(a_person(head=units["cell_a1"]).account)
    assert client.get(reverse("campaigns:directive_create")).status_code in (403, 422)


def test_a_file_of_another_unit_is_not_there(client, units, officer) -> None:
    confirm = upload(client, units, a_directive()).url
    client.force_login(a_person(officer=units["district"]).account)
    assert client.get(confirm).status_code == 404
