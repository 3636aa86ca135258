"""Keepers correct what a document is said to be, and take out what came in by mistake."""

from datetime import date

import pytest
from django.urls import reverse

from thongsuot.journal.models import Record
from thongsuot.library import describing
from thongsuot.library.models import Citation, Document, Mark
from thongsuot.library.search import search
from thongsuot.library.testing import a_document, a_text
from thongsuot.people.testing import a_person
from thongsuot.units.testing import NOW, a_small_city
from thongsuot.web.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def librarian():
    return a_person(officer=a_small_city()["city"])


@pytest.fixture
def law():
    document = a_document("Luật gõ nhầm tên", kind="law", number="1/2020/QH14", issued_on=date(2020, 6, 17))
    a_text(document, {"dieu-1": "Phạm vi", "dieu-1.khoan-1": "Luật này nói về việc thử."})
    return document


def sent(document, **changes):
    facts = {"title": document.title, "kind": document.kind, "number": document.number, "issued_on": "17/06/2020"}
    return facts | changes


def test_what_was_wrong_is_mended_noted_and_found(client, librarian, law):
    client.force_login(librarian.account)
    address = reverse("library:document_edit", args=[law.slug])
    assert "Luật gõ nhầm tên" in client.get(address).content.decode()
    answer = client.post(address, sent(law, title="Luật  Phòng ngừa", number="1 / 2020 / QH14", is_public="on"))
    assert answer.status_code == 302
    law.refresh_from_db()
    assert (law.title, law.number, law.system, law.is_public) == ("Luật Phòng ngừa", "1/2020/QH14", "state", True)
    record = Record.objects.get(verb="described anew")
    assert record.changes["title"] == ["Luật gõ nhầm tên", "Luật Phòng ngừa"]
    assert search("phòng ngừa", who=["public"])[0].document == law
    assert client.post(address, sent(law, is_public="on")).status_code == 302
    assert Record.objects.filter(verb="described anew").count() == 1, "what is as it was is not noted"


def test_what_is_closed_to_the_public_is_no_longer_read_or_found(client, librarian, law):
    describing.describe(law, {"is_public": False}, by=librarian, at=NOW)
    assert client.get(reverse("library:document_detail", args=[law.slug])).status_code == 404
    assert not search("gõ nhầm tên", who=["public"])


def test_references_follow_the_number(librarian, law):
    citing_it = a_document("Nghị định", kind="decree", number="2/2021/NĐ-CP", issued_on=date(2021, 1, 1))
    a_text(citing_it, {"dieu-1": "Căn cứ", "dieu-1.khoan-1": "Theo Điều 1 Luật số 9/2020/QH14."})
    waiting = Citation.objects.get(document=citing_it, anchor="dieu-1")
    assert waiting.target is None
    describing.describe(law, {"number": "9/2020/QH14"}, by=librarian, at=NOW)
    waiting.refresh_from_db()
    assert waiting.target == law
    describing.describe(law, {"number": "8/2020/QH14"}, by=librarian, at=NOW)
    waiting.refresh_from_db()
    assert waiting.target is None


def test_bad_facts_are_refused_with_a_reason_and_stay_typed(client, librarian, law):
    a_document("Luật khác", kind="law", number="3/2020/QH14", issued_on=date(2020, 6, 17))
    client.force_login(librarian.account)
    address = reverse("library:document_edit", args=[law.slug])
    answer = client.post(address, sent(law, title="Tên mới", number="3/2020/QH14"))
    assert answer.status_code == 422
    assert "Luật khác" in answer.content.decode()
    assert "Tên mới" in answer.content.decode()
    days = {"in_force_from": "01/01/2021", "in_force_to": "01/01/2020"}
    assert client.post(address, sent(law, **days)).status_code == 422
    assert client.post(address, sent(law, title="")).status_code == 422
    law.refresh_from_db()
    assert law.number == "1/2020/QH14"


def test_only_keepers_describe_and_take_out(client, librarian, law):
    client.force_login(a_person().account)
    for name in ("document_edit", "document_remove"):
        assert client.post(reverse(f"library:{name}", args=[law.slug]), sent(law, title="X")).status_code == 404
    assert Document.objects.get(pk=law.pk).title == "Luật gõ nhầm tên"


def test_what_nothing_rests_on_goes_with_its_texts(client, librarian, law):
    client.force_login(librarian.account)
    assert client.post(reverse("library:document_remove", args=[law.slug])).status_code == 302
    assert not Document.objects.filter(pk=law.pk).exists()
    assert not search("gõ nhầm tên", who=["public"])
    assert Record.objects.filter(verb="taken out of the library").exists()


def test_what_people_work_with_stays(librarian, law):
    passage = law.editions.get().passages.get(anchor="dieu-1.khoan-1")
    Mark.objects.create(person=librarian, passage=passage, end=3, quote="Luật", at=NOW)
    with pytest.raises(Refused, match=r".+"):
        describing.take_out(law, by=librarian, at=NOW)
    assert Document.objects.filter(pk=law.pk).exists()
