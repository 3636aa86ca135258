"""References that lead nowhere: the librarian's list, what she says of them, and that it holds."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from thongsuot.journal.models import Record
from thongsuot.library import naming
from thongsuot.library.importing import load_handbook
from thongsuot.library.models import Alias, Citation, Document, Relation
from thongsuot.library.testing import HANDBOOK, LAW, a_document, a_handbook, a_law, a_relation, a_text
from thongsuot.people.rights import NotAllowed
from thongsuot.people.testing import a_person
from thongsuot.units.testing import NOW, a_small_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def librarian():
    return a_person(officer=a_small_city()["city"])


def a_paper(text, number="5/2020/NĐ-CP"):
    document = a_document("Nghị định", kind=Document.Kind.DECREE, number=number, issued_on=date(2020, 1, 1))
    a_text(document, {"dieu-1": "Phạm vi", "dieu-1.khoan-1": text})
    return document


def listed(client, **query):
    response = client.get(reverse("library:citations"), query)
    assert response.status_code == 200
    return response.content.decode()


def test_what_leads_nowhere_is_listed_by_what_it_names_with_its_words(client, librarian):
    a_paper("Theo Kế hoạch số 147-KH/TU và Kế hoạch số 147-KH/TU của Thành uỷ.")
    a_paper("Thực hiện Luật Giữ gìn sông ngòi.", "6/2020/NĐ-CP")
    client.force_login(librarian.account)
    missing = listed(client)
    assert missing.count("<mark>147-KH/TU</mark>") == 2
    assert "Giữ gìn sông ngòi" not in missing
    assert "<mark>Luật Giữ gìn sông ngòi</mark>" in listed(client, kind="name")


def test_a_passage_that_the_law_does_not_have_is_listed_apart(client, librarian):
    a_law()
    a_paper("Theo Điều 77 Luật số 36/2018/QH14.")
    client.force_login(librarian.account)
    assert "Điều 77" in listed(client, kind="place")


def test_what_the_librarian_says_holds_for_all_places_and_for_texts_that_come_later(client, librarian):
    first = a_paper("Thực hiện Luật Giữ gìn sông ngòi.")
    law = a_document("Luật về sông", kind=Document.Kind.LAW, number="9/2019/QH14")
    client.force_login(librarian.account)
    name = Citation.objects.get(document=first, name__gt="").name
    client.post(
        reverse("library:citation_settle"), {"number": "", "name": name, "act": "document", "document": law.slug}
    )
    later = a_paper("Điều 2 Luật Giữ gìn sông ngòi.", "6/2020/NĐ-CP")
    assert set(Citation.objects.filter(name=name).values_list("target", flat=True)) == {law.pk}
    assert Citation.objects.get(document=later, anchor="dieu-2").target == law
    assert Record.objects.filter(verb=naming.REFERENCE_SETTLED, by=librarian).exists()


def test_no_reference_is_listed_no_more_and_can_be_opened_again(client, librarian):
    a_paper("Theo hồ sơ 12/AB-CD của cơ quan.")
    client.force_login(librarian.account)
    assert "12/AB-CD" in listed(client)
    client.post(reverse("library:citation_settle"), {"number": "12/AB-CD", "name": "", "act": "none"})
    assert "12/AB-CD" not in listed(client)
    a_paper("Lại là 12/AB-CD.", "6/2020/NĐ-CP")
    assert "12/AB-CD" not in listed(client)
    client.post(reverse("library:alias_undo", args=[Alias.objects.get().uid]))
    assert "12/AB-CD" in listed(client)


def test_a_record_added_on_the_spot_is_what_the_places_lead_to(client, librarian):
    paper = a_paper("Theo Kế hoạch số 147-KH/TU.")
    client.force_login(librarian.account)
    words = {"number": "147-KH/TU", "name": "", "act": "record", "title": "Kế hoạch", "kind": "directive",
             "issuer": "Thành uỷ", "issued_on": "2019-03-30"}  # fmt: skip
    client.post(reverse("library:citation_settle"), words)
    record = Document.objects.get(number="147-KH/TU")
    assert (record.has_text, record.issued_on, record.system) == (False, date(2019, 3, 30), "party")
    assert Citation.objects.get(document=paper, number="147-KH/TU").target == record
    again = client.post(reverse("library:citation_settle"), words, follow=True).content.decode()
    assert Document.objects.filter(number="147-KH/TU").count() == 1
    assert "147-KH/TU" in again


def test_only_who_keeps_the_whole_library_settles(client):
    city = a_small_city()
    ward = a_person(officer=city["district"])
    a_paper("Theo Kế hoạch số 147-KH/TU.")
    with pytest.raises(NotAllowed):
        naming.say_what_it_is("147-KH/TU", "", None, by=ward, at=NOW)
    client.force_login(ward.account)
    assert client.get(reverse("library:citations")).status_code == 404
    client.post(reverse("library:citation_settle"), {"number": "147-KH/TU", "act": "none"})
    assert not Alias.objects.exists()


def test_a_confirmed_change_can_be_opened_again(client, librarian):
    relation = a_relation("2/2022/NĐ-CP", "1/2019/NĐ-CP")
    client.force_login(librarian.account)
    address = reverse("library:relation_settle", args=[relation.uid])
    for state in ("confirmed", "proposed", "refused", "nonsense"):
        client.post(address, {"state": state})
    relation.refresh_from_db()
    assert (relation.state, relation.by) == (Relation.State.REFUSED, librarian)
    assert Record.objects.filter(subject_uid=relation.uid).count() == 3


def test_party_papers_of_another_term_do_not_answer_to_a_dated_number():
    old = a_document("Cũ", number="12-KH/TU", issued_on=date(2016, 1, 1), system="party")
    paper = a_paper("Kế hoạch số 12-KH/TU ngày 01/01/2016 và Kế hoạch 12-KH/TU, ngày 5-3-2019.")
    dated = dict(Citation.objects.filter(document=paper, number="12-KH/TU").values_list("dated", "target"))
    assert dated == {date(2016, 1, 1): old.pk, date(2019, 3, 5): None}


def test_everyone_sees_who_cites_a_document_page_by_page_and_within_one(client):
    law = a_law()
    text = "Theo khoản 2 Điều 20 Luật số 36/2018/QH14."
    papers = [a_document(f"Nghị định {n}", kind="decree", number=f"{n}/2020/NĐ-CP") for n in range(1, 4)]
    for paper in papers:
        a_text(paper, {"dieu-1": "Phạm vi", **{f"dieu-1.khoan-{n}": text for n in range(1, 21)}})
    address = reverse("library:cited_by", args=[law.slug])
    first = client.get(address).content.decode()
    assert first.count("<mark>") == 40
    assert client.get(address, {"page": 2}).content.decode().count("<mark>") == 20
    within = client.get(address, {"in": papers[0].slug}).content.decode()
    assert within.count("<mark>") == 20
    hidden = a_document("Mật", kind="decree", number="9/2020/NĐ-CP", is_public=False, unit=a_small_city()["city"])
    a_text(hidden, {"dieu-1": "Phạm vi", "dieu-1.khoan-1": text})
    assert "Mật" not in client.get(address).content.decode()


def test_a_place_is_counted_once_though_its_text_stands_in_two_languages(client):
    law, edition = a_law(), a_handbook()
    english = HANDBOOK.replace("khoản 2 Điều 20", "Article 20 clause 2").replace("khoản 1 Điều 4", "Article 4 clause 1")
    load_handbook(edition.document, english, "en")
    address = reverse("library:cited_by", args=[law.slug])
    shown = {
        language: client.get(address, headers={"accept-language": language}).content.decode()
        for language in ("vi", "en")
    }
    assert shown["vi"].count("<mark>") == shown["en"].count("<mark>") == 2
    assert LAW["title_en"] in shown["en"]


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


def test_the_lists_ask_as_often_for_three_as_for_one(client, librarian):
    law = a_law()
    client.force_login(librarian.account)
    a_paper("Theo Điều 20 Luật số 36/2018/QH14 và Kế hoạch số 1-KH/TU.")
    addresses = [
        reverse("library:citations"),
        reverse("library:cited_by", args=[law.slug]),
        f"{reverse('library:citation_settle')}?number=1-KH/TU",
        reverse("library:document_detail", args=[law.slug]),
    ]
    once = [queries(client, address) for address in addresses]
    for n in range(2, 5):
        a_paper(f"Theo Điều 20 Luật số 36/2018/QH14, Kế hoạch 1-KH/TU và {n}-KH/TU, {n}0-KH/TU.", f"{n}/2021/NĐ-CP")
    assert [queries(client, address) for address in addresses] == once


def test_a_handbook_still_leads_to_its_law():
    law, edition = a_law(), a_handbook()
    clause = Citation.objects.filter(passage__edition=edition, anchor="dieu-20.khoan-2").first()
    assert clause.target == law
