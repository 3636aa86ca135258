"""The page of results: facets, what was meant, where to go straight, one work; for these readers only."""

from datetime import date

import pytest
from django.urls import reverse

from thongsuot.library.access import groups_of
from thongsuot.library.importing import load_handbook, load_outline
from thongsuot.library.models import Document, Passage
from thongsuot.library.search import Reader, look, named_among, search
from thongsuot.library.search import results as results_module
from thongsuot.library.search import topics as topic_sources
from thongsuot.library.testing import HANDBOOK, LAW, a_document, a_handbook, a_law
from thongsuot.people.testing import a_person
from thongsuot.units.testing import TODAY, a_small_city

pytestmark = pytest.mark.django_db
EVERYONE = Reader(who=["public"])


def looked(words: str, reader: Reader = EVERYONE, **how):
    return look(words, reader, limit=50, **how)


def choices(results, name: str) -> dict[str, int]:
    return {one.value: one.number for one in results.counted.choices[name]}


def three_texts() -> None:
    for n, (kind, issuer, year) in enumerate(
        [("law", "Quốc hội", 2018), ("law", "Quốc hội", 2020), ("decree", "Chính phủ", 2020)]
    ):
        document = a_document(
            f"Văn bản {n}", kind=kind, issuer=issuer, issued_on=date(year, 1, 2), number=f"{n}/{year}/X"
        )
        load_handbook(document, "# Phần một\n## Chương\n### Mục\nQuy chế khoán kinh phí công vụ.\n", "vi")


def test_facets_count_places_and_narrow_together():
    three_texts()
    results = looked("khoán kinh phí")
    assert choices(results, "kind") == {"law": 2, "decree": 1}
    assert choices(results, "issuer") == {"Quốc hội": 2, "Chính phủ": 1}
    assert choices(results, "year") == {"2020": 2, "2018": 1}
    assert results.counted.places == len(results.hits) == 3
    narrowed = looked("khoán kinh phí", Reader(who=["public"], kind="law", year="2020"))
    assert [hit.document.title for hit in narrowed.hits] == ["Văn bản 1"]
    assert choices(narrowed, "issuer") == {"Quốc hội": 1}


def test_a_very_long_article_is_one_place_however_many_of_its_clauses_fit():
    law = a_document("Luật dài", kind="law", issuer="Quốc hội", issued_on=date(2018, 1, 2), number="1/2018/QH14")
    words = "Quy chế khoán kinh phí công vụ. " * 100
    clauses = [{"number": n, "points": [], "gist_vi": words, "gist_en": ""} for n in range(1, 9)]
    load_outline(law, LAW | {"article": [LAW["article"][0] | {"clauses": clauses}]})
    three_texts()
    results = looked("khoán kinh phí", Reader(who=["public"], language="vi"))
    assert results.counted.places == len(results.hits) == 4
    assert choices(results, "issuer") == {"Quốc hội": 3, "Chính phủ": 1}


def test_what_many_places_hold_is_found_as_where_few_do(monkeypatch):
    three_texts()
    a_handbook("# Phần\n## Chương\n### Mục\nKinh phí, kinh phí.\n")
    slowly = [hit.document.title for hit in looked("quy chế khoán kinh phí").hits]
    monkeypatch.setattr(results_module, "_MANY", 0)
    quickly = [hit.document.title for hit in looked("quy chế khoán kinh phí").hits]
    assert slowly == quickly
    assert sorted(slowly) == ["Văn bản 0", "Văn bản 1", "Văn bản 2"]


def test_a_topic_narrows_to_the_passages_of_its_trail(monkeypatch):
    a_handbook()
    passage = Passage.objects.get(anchor="p1-c1-s2-01")
    topic = topic_sources.Topic("t", "Nội dung một", frozenset([passage.pk]))
    monkeypatch.setattr(topic_sources, "_sources", [lambda person, on: [topic]])
    results = looked("nhũng nhiễu phiền hà", topics=[topic])
    assert choices(results, "topic") == {"t": 1}
    narrowed = looked("phiền hà", topics=[topic], topic="t")
    assert [hit.passage for hit in narrowed.hits] == [passage]


def test_a_word_with_a_slip_is_read_as_it_was_meant_with_its_marks():
    a_handbook()
    for typed in ("phienf hà", "phiền haf", "phieenf haf", "phiefn ha", "phienn hà"):
        assert looked(typed).meant == "phiền hà", typed
    assert looked("gay kho khna phien ha").meant == "gây khó khăn phiền hà"
    for right in ("phiền hà", "phien ha", "PHIỀN HÀ", "uỷ quyền", "ủy quyền", "147 kh tu", "điều 20"):
        assert looked(right).meant == "", right


def test_words_that_none_has_together_find_the_nearest():
    a_handbook()
    assert looked("phiền hà quasar pulsar").hits[0].passage.anchor == "p1-c1-s2-01"
    assert list(looked("quasar pulsar").hits) == []


def test_compound_words_stand_above_scattered_syllables():
    scattered = "# Phần\n## Chương\n### Mục\nPhiền anh về Hà Nội, hà tất gì phiền nữa, hà phiền.\n"
    load_handbook(a_document("Rải rác"), scattered, "vi")
    together = "# Phần\n## Chương\n### Mục\nChớ gây phiền hà cho người dân khi họ đến cơ quan làm việc.\n"
    load_handbook(a_document("Liền nhau"), together, "vi")
    assert [hit.document.title for hit in looked("phiền hà").hits] == ["Liền nhau", "Rải rác"]


def test_what_is_named_is_offered_to_go_straight_to():
    a_law()
    a_handbook()
    named = named_among(looked("Điều 20 luật phòng chống tham nhũng", Reader(who=["public"], language="vi")).hits)
    assert named
    assert (named.document.number, named.passage.anchor) == ("36/2018/QH14", "dieu-20")
    named = named_among(looked("luật 36/2018/qh14").hits)
    assert named
    assert (named.document.number, named.passage) == ("36/2018/QH14", None)
    for words in ("Điều 20", "phòng chống tham nhũng", "phiền hà"):
        assert named_among(looked(words).hits) is None, words


def test_one_work_is_searched_alone():
    edition = a_handbook()
    a_handbook(title="Sách khác")
    found = looked("phiền hà", Reader(who=["public"], document=edition.document.pk))
    assert {hit.document for hit in found.hits} == {edition.document}


def test_no_word_of_a_closed_document_shows_in_counts_corrections_or_hits():
    units = a_small_city()
    secret = HANDBOOK.replace("phiền hà", "mật khải huyền")
    hidden = a_handbook(secret, is_public=False, unit=units["committee_a"], title="Sách kín", issuer="Ban Kín").document
    a_handbook(title="Sách mở")
    beside = Reader(who=groups_of(a_person(member_of=units["cell_b1"]), TODAY))
    below = Reader(who=groups_of(a_person(member_of=units["cell_a1"]), TODAY))
    for reader in (EVERYONE, beside):
        results = looked("khải huyềnf", reader)
        assert (results.meant, hidden in {hit.document for hit in results.hits}) == ("", False)
        assert "Ban Kín" not in choices(looked("gây khó khăn", reader), "issuer")
    assert looked("khải huyềnf", below).meant == "khải huyền"
    assert choices(looked("gây khó khăn", below), "issuer") == {"Ban Kín": 1}


def test_a_document_that_was_closed_is_gone_from_hits_before_the_index_knows():
    edition = a_handbook()
    assert search("phiền hà", who=["public"])
    type(edition.document).objects.filter(pk=edition.document.pk).update(is_public=False)
    assert search("phiền hà", who=["public"]) == []


def test_what_is_no_longer_in_force_says_so_beside_its_hits(client):
    three_texts()
    Document.objects.filter(title="Văn bản 1").update(in_force_to=date(2021, 1, 1))
    page = client.get(reverse("library:search") + "?q=khoan+kinh+phi&lang=vi").content.decode()
    assert page.count("Hết hiệu lực") == 1
    assert "Hết hiệu lực" in page.split("Văn bản 1")[-1].split("</li>")[0]


def test_the_page_keeps_what_was_picked_while_paging_and_lets_it_go(client):
    three_texts()
    url = reverse("library:search")
    page = client.get(f"{url}?q=khoan+kinh+phi&kind=law&lang=vi&page=1").content.decode()
    assert "q=khoan+kinh+phi&amp;kind=law&amp;lang=vi&amp;year=2020" in page
    assert 'href="?q=khoan+kinh+phi&amp;lang=vi"' in page, "without the kind"
    assert client.get(f"{url}?q=khoan&kind=nonsense&year=abcd&issuer=&in=no-such&topic=x&page=z").status_code == 200


def test_the_page_asks_as_often_for_three_documents_as_for_one(client, django_assert_num_queries):
    url = reverse("library:search") + "?q=khoan+kinh+phi"
    first = a_document("Một", kind="law", number="1/QH")
    load_handbook(first, "# Phần\n## Chương\n### Mục\nKhoán kinh phí.\n", "vi")
    client.get(url)
    with django_assert_num_queries(6):
        client.get(url)
    three_texts()
    client.get(url)
    with django_assert_num_queries(6):
        client.get(url)
