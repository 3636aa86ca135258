"""Texts by day: what is in force, which text one reads and cites, and how two of them differ."""

from datetime import date

import pytest
from django.urls import reverse

from thongsuot.library import relating
from thongsuot.library.formats.drafts import Draft
from thongsuot.library.in_force import State, ended_among, force_of
from thongsuot.library.models import Citation, Document, Edition, Relation
from thongsuot.library.settling import settle
from thongsuot.library.testing import a_document, a_relation, a_text

pytestmark = pytest.mark.django_db
DAY = date(2022, 6, 1)
CONFIRMED = Relation.State.CONFIRMED


def a_decree(number="59/2019/NĐ-CP", **facts):
    facts = {"issued_on": date(2019, 7, 1), "in_force_from": date(2019, 8, 15), **facts}
    return a_document("Nghị định thử", kind=Document.Kind.DECREE, number=number, issuer="Chính phủ", **facts)


def with_two_texts(**facts):
    document = a_decree(**facts)
    old = a_text(document, {"dieu-1": "Phạm vi", "dieu-1.khoan-1": "Thời hạn là 05 ngày."}, since=date(2019, 8, 15))
    new = a_text(
        document,
        {"dieu-1": "Phạm vi", "dieu-1.khoan-1": "Thời hạn là 10 ngày.", "dieu-2": "Thi hành"},
        since=date(2021, 1, 1),
    )
    return document, old, new


def page(client, name, *args, **query):
    response = client.get(reverse(f"library:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, State.IN_FORCE),
        ({"in_force_from": date(2023, 1, 1)}, State.NOT_YET),
        ({"in_force_from": None}, State.UNKNOWN),
        ({"in_force_to": date(2022, 1, 1)}, State.ENDED),
        ({"in_force_to": date(2022, 6, 2)}, State.IN_FORCE),
    ],
)
def test_the_state_of_a_document_follows_from_its_dates(facts, state):
    document = a_decree(**facts)
    assert force_of(document, DAY).state is state
    assert ended_among([document], DAY) == ({document.pk} if state is State.ENDED else set())


def test_only_what_a_librarian_confirmed_ends_a_document_and_only_from_its_day_on():
    document = a_decree()
    relation = a_relation("1/2022/NĐ-CP", document.number, from_on=date(2022, 5, 1))
    assert force_of(document, DAY).state is State.IN_FORCE
    Relation.objects.update(state=CONFIRMED)
    assert force_of(document, DAY).state is State.ENDED
    assert (ended_among([document], DAY), ended_among([document], date(2022, 4, 30))) == ({document.pk}, set())
    assert force_of(document, date(2022, 4, 30)).state is State.IN_FORCE
    assert force_of(document, date(2022, 4, 30)).until == relation.from_on


def test_an_article_that_is_repealed_amends_the_document():
    document = a_decree()
    a_relation("1/2022/NĐ-CP", document.number, "repeals", anchor="dieu-5", state=CONFIRMED, from_on=date(2022, 1, 1))
    assert force_of(document, DAY).state is State.AMENDED
    assert ended_among([document], DAY) == set()


def test_a_book_is_neither_in_force_nor_out_of_it():
    assert force_of(a_document("Sách", kind=Document.Kind.BOOK), DAY) is None


@pytest.mark.parametrize(
    ("text", "kind", "target", "anchor"),
    [
        ("Nghị định này thay thế Nghị định số 78/2013/NĐ-CP ngày 17/7/2013.", "replaces", "78/2013/NĐ-CP", ""),
        ("Bãi bỏ Điều 5 Nghị định số 90/2013/NĐ-CP.", "repeals", "90/2013/NĐ-CP", "dieu-5"),
        ("Nghị định số 211/2013/NĐ-CP hết hiệu lực kể từ ngày này.", "repeals", "211/2013/NĐ-CP", ""),
        ("Sửa đổi, bổ sung một số điều của Nghị định số 11/2013/NĐ-CP như sau:", "amends", "11/2013/NĐ-CP", ""),
    ],
)
def test_what_a_text_does_to_others_is_proposed(text, kind, target, anchor):
    document = a_decree()
    a_text(document, {"dieu-9": "Hiệu lực", "dieu-9.khoan-1": text})
    (relation,) = Relation.objects.all()
    assert (relation.kind, relation.target_number, relation.anchor) == (kind, target, anchor)
    assert (relation.number, relation.state) == (document.number, Relation.State.PROPOSED)


@pytest.mark.parametrize(
    "text",
    [
        "Theo Nghị định số 1/2013/NĐ-CP đã được sửa đổi, bổ sung bởi Nghị định số 2/2016/NĐ-CP.",
        "Cơ quan thay thế người thực hiện theo quy định. Nghị định số 3/2013/NĐ-CP quy định việc này.",
        "Thực hiện Nghị định số 4/2013/NĐ-CP.",
    ],
)
def test_what_only_speaks_of_a_change_is_no_change_by_this_text(text):
    a_text(a_decree(), {"dieu-9": "Hiệu lực", "dieu-9.khoan-1": text})
    assert not Relation.objects.filter(number="59/2019/NĐ-CP").exists()


def test_a_collections_own_word_on_amendments_is_taken_as_it_is():
    document = a_decree()
    said = "được sửa đổi bởi Điều 1 Nghị định số 34/2023/NĐ-CP có hiệu lực thi hành kể từ ngày 31/07/2023"
    relating.relations_of_source(document, [{"amended_by": said, "src_article": "3"}])
    (relation,) = Relation.objects.all()
    assert (relation.number, relation.anchor, relation.from_on) == ("34/2023/NĐ-CP", "dieu-3", date(2023, 7, 31))
    assert (relation.state, relation.target) == (CONFIRMED, document)


def test_a_relation_finds_its_document_when_it_comes_into_the_library():
    a_text(a_decree(), {"dieu-9": "Hiệu lực", "dieu-9.khoan-1": "Thay thế Nghị định số 78/2013/NĐ-CP."})
    old = a_decree("78/2013/NĐ-CP", issued_on=date(2013, 7, 17))
    a_text(old, {"dieu-1": "Phạm vi"})
    assert Relation.objects.get().target == old


def test_the_text_of_a_day_is_read_and_says_so(client):
    document, _old, _new = with_two_texts()
    today = page(client, "chapter", document.slug, "chuong-i")
    assert "10 ngày" in today
    assert "edition-note" not in today
    then = page(client, "chapter", document.slug, "chuong-i", on="2020-05-01")
    assert "05 ngày" in then
    assert "15/08/2019" in then
    assert "01/01/2021" in then
    assert "/compare/?from=" in then


def test_links_of_an_old_text_stay_in_it(client):
    document, old, _new = with_two_texts()
    about = page(client, "document_detail", document.slug, on="2020-05-01")
    inside = reverse("library:chapter_on", args=[document.slug, "2019-08-15", "chuong-i"])
    assert inside in about
    assert "05 ngày" in client.get(inside).content.decode()
    passage = old.passages.get(anchor="dieu-1.khoan-1")
    leads_to = client.get(reverse("library:passage", args=[passage.uid]))["Location"]
    assert leads_to.startswith(inside)


@pytest.mark.parametrize("day", ["", "2018-01-01", "2020-01-01", "2030-01-01"])
def test_any_day_shows_a_text(client, day):
    document, _old, _new = with_two_texts()
    page(client, "document_detail", document.slug, on=day)


@pytest.mark.parametrize("day", ["yesterday", "2020-13-01", "'", "20200101x"])
def test_what_is_no_day_is_not_found(client, day):
    document, _old, _new = with_two_texts()
    assert client.get(reverse("library:document_detail", args=[document.slug]), {"on": day}).status_code == 404


def test_a_paper_leads_to_the_text_that_held_on_its_day():
    document, old, new = with_two_texts()

    def cited_in(year):
        paper = a_decree(f"{year}/{year}/NĐ-CP", issued_on=date(year, 6, 1))
        text = "Theo khoản 1 Điều 1 Nghị định số 59/2019/NĐ-CP."
        a_text(paper, {"dieu-1": "Phạm vi", "dieu-1.khoan-1": text})
        return Citation.objects.get(document=paper, anchor="dieu-1.khoan-1").target_passage.edition

    assert cited_in(2020) == old
    assert cited_in(2022) == new


def test_a_newer_text_takes_over_the_papers_of_its_time():
    document = a_decree()
    a_text(document, {"dieu-1": "Phạm vi"}, since=date(2019, 8, 15))
    paper = a_decree("1/2022/NĐ-CP", issued_on=DAY)
    a_text(paper, {"dieu-1": "Phạm vi", "dieu-1.khoan-1": "Theo Điều 1 Nghị định số 59/2019/NĐ-CP."})
    new = a_text(document, {"dieu-1": "Phạm vi mới"}, since=date(2021, 1, 1))
    assert Citation.objects.get(document=paper, anchor="dieu-1").target_passage.edition == new


def test_two_texts_are_compared_with_words_for_who_does_not_see_colours(client):
    document, old, new = with_two_texts()
    shown = page(client, "compare", document.slug)
    assert "<del>" in shown
    assert "<ins>" in shown
    assert "Điều 2" in shown
    same = page(client, "compare", document.slug, **{"from": old.uid, "to": old.uid})
    assert "<ins>" not in same
    other = a_text(a_decree("1/2020/NĐ-CP"), {"dieu-1": "Khác"})
    address = reverse("library:compare", args=[document.slug])
    assert client.get(address, {"from": old.uid, "to": other.uid}).status_code == 404


def test_the_only_text_leads_to_no_other_though_its_day_has_not_come(client):
    document = a_decree()
    a_text(document, {"dieu-1": "Phạm vi"}, since=date(2099, 1, 1))
    shown = page(client, "document_detail", document.slug)
    assert "01/01/2099" in shown
    assert "Bản đang áp dụng hôm nay" not in shown


def test_who_reads_another_language_still_sees_what_changed(client):
    document, _old, _new = with_two_texts()
    english = Edition.objects.create(document=document, language="en")
    settle(english, [Draft("article", "dieu-1", "", "Article 1", "Scope")])
    assert "<ins>" in page(client, "compare", document.slug, lang="en")


@pytest.mark.parametrize("name", ["document_detail", "compare"])
def test_pages_ask_as_often_for_three_texts_as_for_two(client, django_assert_max_num_queries, name):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    document, _old, _new = with_two_texts()
    address = reverse(f"library:{name}", args=[document.slug])
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as two:
        client.get(address)
    a_text(document, {f"dieu-{n}": f"Điều mới {n}" for n in range(1, 30)}, since=date(2022, 1, 1))
    for n in range(3):
        a_relation(f"{n}/2022/NĐ-CP", document.number, "amends", state=CONFIRMED)
    with django_assert_max_num_queries(len(two)):
        client.get(address)


def test_a_text_that_speaks_of_amending_but_names_no_number_is_read_without_harm():
    document = a_decree()
    edition = a_text(
        document,
        {"dieu-1": "Biểu mẫu", "dieu-1.khoan-1": "Việc sửa đổi, thay thế, bãi bỏ biểu mẫu do Bộ trưởng quyết định."},
    )
    assert relating.relate(edition) == 0
