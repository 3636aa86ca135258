"""The curator's bench, and the way onto a trail from where one reads."""

import pytest
from django.urls import reverse

from thongsuot.campaigns import curating
from thongsuot.campaigns.models import Topic, TrailStep
from thongsuot.campaigns.testing import a_document, a_passage, a_small_city, an_issued_campaign
from thongsuot.library.importing import load_handbook
from thongsuot.library.testing import HANDBOOK, a_handbook
from thongsuot.people.testing import a_person
from thongsuot.units.testing import NOW

HTMX = {"HX-Request": "true"}


@pytest.fixture
def units(db):
    return a_small_city()


@pytest.fixture
def officer(units, client):
    person = a_person(officer=units["city"])
    client.force_login(person.account)
    return person


@pytest.fixture
def topic(units):
    return an_issued_campaign(units["city"]).topics.first()


def url(name, *args):
    return reverse(f"campaigns:{name}", args=args)


def about(passage):
    return reverse("library:passage_about", args=[passage.uid])


def laid(topic, *passages):
    return [curating.add_step(topic, passage, introduction="Vì sao", by=None, at=NOW) for passage in passages]


def test_a_curator_puts_a_passage_on_a_trail_from_its_own_page(client, officer, topic) -> None:
    passage = a_handbook().passages.get(anchor="p1-c1-s1-02")
    page = client.get(about(passage)).content.decode()
    assert (str(topic.uid) in page, "whole:" in page, "to:" in page) == (True, True, True)
    sent = {"topic": topic.uid, "passage": passage.uid, "introduction": "Vì sao", "next": about(passage)}
    assert client.post(url("step_create"), sent).url == about(passage)
    assert topic.steps.get().passage == passage
    page = client.get(about(passage)).content.decode()
    assert url("trail_edit", topic.uid) in page
    client.post(url("step_create"), sent)
    assert topic.steps.count() == 1


def test_a_whole_section_or_some_passages_in_a_row_are_chosen_there(client, officer, topic) -> None:
    passages = a_handbook().passages
    first, last, section = (passages.get(anchor=f"p1-c1-s1{end}") for end in ("-01", "-02", ""))
    for extent in (f"to:{last.uid}", f"whole:{section.uid}"):
        client.post(url("step_create"), {"topic": topic.uid, "passage": first.uid, "extent": extent})
    assert [(step.passage, step.last) for step in topic.steps.all()] == [(first, last), (section, None)]
    elsewhere = a_passage()
    client.post(url("step_create"), {"topic": topic.uid, "passage": elsewhere.uid, "extent": f"to:{last.uid}"})
    assert TrailStep.objects.get(passage=elsewhere).last is None


def test_in_a_dialog_only_the_part_about_trails_comes_back(client, officer, topic) -> None:
    passage = a_passage()
    sent = {"topic": topic.uid, "passage": passage.uid, "introduction_en": "Why"}
    page = client.post(url("step_create"), sent, headers=HTMX).content.decode()
    assert ("<html" in page, f"put-on-trail-{passage.uid}" in page, "bước 1" in page) == (False, True, True)


def test_who_may_not_curate_sees_only_on_which_trails_a_passage_stands(client, units, topic) -> None:
    passage = a_passage()
    laid(topic, passage)
    client.force_login(a_person(member_of=units["cell_a1"]).account)
    page = client.get(about(passage)).content.decode()
    assert (url("topic_detail", topic.uid) in page, url("step_create") in page) == (True, False)
    client.post(url("step_create"), {"topic": topic.uid, "passage": a_passage().uid})
    assert topic.steps.count() == 1
    client.logout()
    assert url("topic_detail", topic.uid) not in client.get(about(passage)).content.decode()


def test_nobody_puts_on_a_trail_what_they_may_not_read(client, officer, topic) -> None:
    closed = a_passage(a_document(is_public=False))
    client.post(url("step_create"), {"topic": topic.uid, "passage": closed.uid})
    assert topic.steps.count() == 0


def test_the_bench_shows_steps_plates_pages_and_introductions(client, officer, topic) -> None:
    handbook = a_handbook()
    laid(topic, handbook.passages.get(anchor="p1-c1-s1"))
    page = client.get(url("trail_edit", topic.uid)).content.decode()
    for words in ("trang in 5–6", "khoảng 1 phút", "Vì sao", "1 ảnh"):
        assert words in page


def test_steps_are_moved_taken_out_and_put_back(client, officer, topic) -> None:
    first, second = laid(topic, a_passage(), a_passage())
    seen = Topic.objects.get(pk=topic.pk).trail_version
    client.post(url("step_change", second.uid), {"change": "up", "version": seen})
    assert list(topic.steps.all()) == [second, first]
    stale = client.post(url("step_change", first.uid), {"change": "up", "version": seen}, headers=HTMX)
    assert (stale.status_code, "người khác đã sửa" in stale.content.decode()) == (422, True)
    client.post(url("step_change", first.uid), {"change": "remove"})
    page = client.get(url("trail_edit", topic.uid)).content.decode()
    assert 'value="restore"' in page
    client.post(url("step_change", first.uid), {"change": "restore"})
    assert list(topic.steps.all()) == [second, first]
    order = {"steps": f"{first.uid} {second.uid}", "version": Topic.objects.get(pk=topic.pk).trail_version}
    part = client.post(url("trail_order", topic.uid), order, headers=HTMX).content.decode()
    assert ("<html" in part, part.index(str(first.uid)) < part.index(str(second.uid))) == (False, True)
    for nonsense in ({"steps": "x y", "version": 1}, {"steps": str(first.uid)}, {}):
        assert client.post(url("trail_order", topic.uid), nonsense, headers=HTMX).status_code == 422
    assert client.post(url("step_change", first.uid), {"change": "fly"}, headers=HTMX).status_code == 422


def test_what_was_typed_stays_when_someone_else_was_faster(client, officer, topic) -> None:
    [step] = laid(topic, a_passage())
    words = {"introduction": "Của chị", "introduction_en": "Hers", "revision": 0}
    assert client.post(url("step_words", step.uid), words).status_code == 302
    late = client.post(url("step_words", step.uid), {**words, "introduction": "Của anh"})
    page = late.content.decode()
    assert (late.status_code, "Của anh" in page, "Của chị" in page) == (422, True, True)
    long = client.post(url("step_words", step.uid), {"introduction": "x" * 401, "revision": 1})
    assert long.status_code == 422


def test_a_changed_and_a_vanished_text_are_shown_with_what_to_do(client, officer, topic) -> None:
    handbook = a_handbook()
    changed, gone = laid(topic, *(handbook.passages.get(anchor=name) for name in ("p1-c1-s1-01", "p1-c2-01")))
    text = HANDBOOK.replace("chức vụ, quyền hạn", "chức vụ và quyền hạn")
    load_handbook(handbook.document, text[: text.index("<!-- id: p1-c2-01")], "vi")
    page = client.get(url("trail_edit", topic.uid)).content.decode()
    assert ("<ins>" in page, f"?for={gone.uid}" in page) == (True, True)
    client.post(url("step_change", changed.uid), {"change": "look"})
    assert "<ins>" not in client.get(url("trail_edit", topic.uid)).content.decode()
    instead = handbook.passages.get(anchor="p1-c1-s2-01")
    found = client.get(url("trail_edit", topic.uid), {"for": gone.uid, "q": "nhũng nhiễu"}).content.decode()
    assert url("step_replace", gone.uid) in found
    client.post(url("step_replace", gone.uid), {"passage": instead.uid})
    gone.refresh_from_db()
    assert gone.passage == instead


def test_passages_are_found_and_added_on_the_bench_too(client, officer, topic) -> None:
    first, second = a_passage(heading="Kê khai tài sản"), a_passage(heading="Tặng quà")
    found = client.get(url("trail_edit", topic.uid), {"q": "ke khai"}, headers=HTMX).content.decode()
    best, other = found.find(str(first.uid)), found.find(str(second.uid))
    assert best >= 0
    assert other < 0 or best < other, "what was asked for stands first"
    assert "<html" not in found


def test_who_does_not_direct_the_campaign_opens_no_bench(client, units, topic) -> None:
    [step] = laid(topic, a_passage())
    client.force_login(a_person(officer=units["district"]).account)
    assert client.get(url("trail_edit", topic.uid)).status_code == 422
    for name, key in (("step_change", step.uid), ("step_words", step.uid), ("step_replace", step.uid)):
        assert client.post(url(name, key), {"change": "remove"}).status_code == 422
    assert topic.steps.count() == 1


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_of_a_trail_are_whole_in_both_languages(client, officer, topic, language) -> None:
    laid(topic, *a_handbook().passages.filter(kind__in=("paragraph", "plate")))
    client.cookies["language"] = language
    for name in ("topic_detail", "trail_edit", "topic_edit"):
        assert client.get(url(name, topic.uid)).status_code == 200
