"""The list of abbreviations is the librarian's."""

import pytest
from django.urls import reverse

from thongsuot.journal.models import Record
from thongsuot.library import wording
from thongsuot.library.models import Abbreviation
from thongsuot.library.search import search
from thongsuot.library.testing import a_handbook
from thongsuot.people.testing import a_person
from thongsuot.units.testing import NOW, a_small_city
from thongsuot.web.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    return a_small_city()


@pytest.fixture
def librarian(units):
    return a_person(officer=units["city"])


def signed_in(client, person):
    client.force_login(person.account)
    return client


def test_only_a_librarian_opens_and_changes_the_list(client, units, librarian):
    word = Abbreviation.objects.create(short="CB", full="cán bộ")
    addresses = [
        reverse("library:word_list"), reverse("library:word_import"), reverse("library:word_edit", args=[word.pk]),
    ]  # fmt: skip
    signed_in(client, a_person(officer=units["district"]))
    for url in addresses:
        assert client.get(url).status_code == client.post(url, {"short": "XX", "full": "xin"}).status_code == 404
    assert client.post(reverse("library:word_remove", args=[word.pk])).status_code == 404
    signed_in(client, librarian)
    assert all(client.get(url).status_code == 200 for url in addresses)


def test_a_word_is_added_changed_and_removed_with_a_line_in_the_journal(client, librarian):
    a_handbook()
    signed_in(client, librarian)
    assert search("QCCV", who=["public"]) == []
    client.post(reverse("library:word_list"), {"short": " QCCV ", "full": "gây  khó khăn"})
    assert search("qccv", who=["public"])
    word = Abbreviation.objects.get(short="QCCV")
    assert word.full == "gây khó khăn"
    client.post(reverse("library:word_edit", args=[word.pk]), {"short": "QCCV", "full": "công khai"})
    client.post(reverse("library:word_remove", args=[word.pk]))
    assert not Abbreviation.objects.filter(short="QCCV").exists()
    verbs = list(
        Record.objects.filter(subject_kind="library.Abbreviation").order_by("pk").values_list("verb", flat=True)
    )
    assert len(verbs) == len(set(verbs)) == 3
    assert all(record.by == librarian and record.unit for record in Record.objects.filter(verb__in=verbs))


def test_what_the_list_says_already_is_refused_with_a_sentence(client, librarian):
    signed_in(client, librarian)
    Abbreviation.objects.get_or_create(short="PCTN", full="phòng, chống tham nhũng")
    page = client.post(reverse("library:word_list"), {"short": "pctn", "full": "phòng, chống tham nhũng"})
    assert page.status_code == 422
    assert page.context["form"].non_field_errors()


@pytest.mark.parametrize("between", [" = ", "\t", "; ", ": ", ","])
def test_a_list_is_imported_line_by_line_and_once(librarian, between):
    line = f"ABC{between}bảng chữ cái"
    assert wording.import_words(f"\ufeff{line}\n\n", by=librarian, at=NOW) == 1
    assert wording.import_words(line, by=librarian, at=NOW) == 0
    assert Abbreviation.objects.get(short="ABC").full == "bảng chữ cái"


def test_a_list_with_a_line_that_is_not_understood_is_refused_whole(client, librarian):
    with pytest.raises(Refused, match="2"):
        wording.import_words("ABC = bảng chữ cái\nkhông có dấu bằng", by=librarian, at=NOW)
    assert not Abbreviation.objects.filter(short="ABC").exists()
    signed_in(client, librarian)
    page = client.post(reverse("library:word_import"), {"words": "không có gì"})
    assert page.context["form"].errors["words"]


def test_an_everyday_word_of_several_syllables_finds_what_the_law_calls_it(librarian):
    a_handbook()
    wording.add_word("làm khó dễ", "gây khó khăn, phiền hà", by=librarian, at=NOW)
    assert search("lam kho de", who=["public"])[0].passage.anchor == "p1-c1-s2-01"
    assert search("kho de", who=["public"])[:1] != search("lam kho de", who=["public"])[:1]
