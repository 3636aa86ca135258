"""Pages of study: a member's way through, what the clerk sees, and what nobody sees."""

import pytest
from django.urls import reverse

from thongsuot.learning.models import Check, Reading, Reflection
from thongsuot.learning.testing import RIGHT, a_finished_check, a_reflection, a_topic, has_read
from thongsuot.library.models import Document
from thongsuot.people.testing import a_person, members


def url(name, *args):
    return reverse(f"learning:{name}", args=args)


@pytest.fixture
def member(units):
    return a_person("Trần Thị Học", member_of=units["cell_a1"])


def test_a_member_reads_answers_and_sees_at_once_what_was_right(client, member, topic) -> None:
    client.force_login(member.account)
    shown = client.get(url("topic_study", topic.uid)).content.decode()
    assert ("Vì sao đọc đoạn 1" in shown, "Một đoạn văn để thử." in shown) == (True, True)
    client.post(url("reading_mark", topic.uid))
    assert Reading.objects.get().person == member
    taking = client.post(url("check_start", topic.uid), follow=True)
    check = Check.objects.get()
    assert taking.redirect_chain[-1][0] == url("check_take", check.uid)
    answers = {f"q{pk}": RIGHT for pk, _order in check.questions[:-1]}
    slip = client.post(url("check_take", check.uid), answers)
    assert (slip.status_code, Check.objects.get().finished_at) == (422, None)
    answers[f"q{check.questions[-1][0]}"] = 0
    result = client.post(url("check_take", check.uid), answers)
    words = result.content.decode()
    assert (result.status_code, words.count("answer-right"), words.count("answer-chosen")) == (200, 5, 1)
    assert words.count("Giải thích") == 5
    again = client.post(url("check_take", check.uid), answers)
    assert again.url == url("check_result", check.uid)
    later = client.get(url("check_result", check.uid)).content.decode()
    assert (later.count("answer-right"), later.count("answer-chosen")) == (5, 0)


def test_nobody_else_opens_a_check(client, units, member, topic) -> None:
    check = a_finished_check(member, topic, units["cell_a1"])
    client.force_login(a_person(head=units["cell_a1"]).account)
    assert client.get(url("check_result", check.uid)).status_code == 404
    assert client.get(url("check_take", check.uid)).status_code == 404


def test_a_topic_out_of_reach_is_not_there(client, units, topic) -> None:
    client.force_login(a_person().account)
    assert client.get(url("topic_study", topic.uid)).status_code == 404


def test_passages_that_one_may_not_see_are_left_out(client, units, member, campaign) -> None:
    hidden = a_topic(campaign, 2)
    Document.objects.update(is_public=False)
    client.force_login(member.account)
    assert "Một đoạn văn để thử." not in client.get(url("topic_study", hidden.uid)).content.decode()


def test_a_guest_without_a_unit_reads_but_counts_nowhere(client, units, topic) -> None:
    client.force_login(a_person(officer=units["district"]).account)
    assert url("reading_mark", topic.uid) not in client.get(url("topic_study", topic.uid)).content.decode()
    client.post(url("reading_mark", topic.uid))
    client.post(url("check_start", topic.uid))
    assert (Reading.objects.count(), Check.objects.count()) == (0, 0)


PARTS = {"useful": "Điều mới", "my_work": "Việc của tôi", "will_do": "Tôi sẽ làm"}


def test_a_reflection_is_handed_in_and_improved_until_accepted(client, units, member, campaign) -> None:
    client.force_login(member.account)
    there = url("reflection_edit", campaign.uid)
    assert client.post(there, {**PARTS, "useful": " "}).status_code == 422
    assert client.post(there, PARTS).url == there
    assert client.post(there, {**PARTS, "useful": "Sửa lại"}).url == there
    assert Reflection.objects.get().useful == "Sửa lại"
    head = a_person(head=units["cell_a1"])
    client.force_login(head.account)
    assert "Sửa lại" in client.get(url("reflection_list")).content.decode()
    client.post(url("reflection_accept", Reflection.objects.get().uid))
    assert Reflection.objects.get().accepted_by == head
    client.force_login(member.account)
    assert client.post(there, PARTS).status_code == 422


def test_only_the_head_of_the_unit_reads_reflections(client, units, member, campaign) -> None:
    reflection = a_reflection(member, campaign, units["cell_a1"], "Chuyện riêng của tôi")
    for other in (
        a_person(clerk=units["cell_a1"]),
        a_person(head=units["committee_a"]),
        a_person(head=units["cell_a2"]),
    ):
        client.force_login(other.account)
        assert "Chuyện riêng" not in client.get(url("reflection_list")).content.decode()
        assert client.post(url("reflection_accept", reflection.uid)).status_code == 404


def test_likeness_is_told_to_its_author_alone(client, units, member, campaign) -> None:
    words = "Tôi hiểu rõ hơn trách nhiệm nêu gương của người đứng đầu trong mọi việc hằng ngày ở đơn vị."
    a_reflection(a_person(member_of=units["cell_a1"]), campaign, units["cell_a1"], words)
    client.force_login(member.account)
    told = client.post(url("reflection_edit", campaign.uid), dict.fromkeys(PARTS, words), follow=True)
    assert [message.level_tag for message in told.context["messages"]] == ["success", "info"]


def test_the_clerk_notes_a_spoken_reflection_and_a_reading(client, units, member, campaign, topic) -> None:
    cell = units["cell_a1"]
    clerk = a_person(clerk=cell)
    client.force_login(clerk.account)
    there = url("reflection_note", cell.uid) + f"?campaign={campaign.uid}"
    assert client.get(there).status_code == 200
    client.post(there, {**PARTS, "person": member.uid})
    reflection = Reflection.objects.get()
    assert (reflection.person, reflection.noted_by, reflection.is_spoken) == (member, clerk, True)
    client.post(url("reading_note", cell.uid), {"campaign": campaign.uid, "person": member.uid, "topics": [topic.uid]})
    assert (Reading.objects.get().person, Reading.objects.get().recorded_by) == (member, clerk)
    client.post(url("reading_note", cell.uid), {"campaign": campaign.uid})
    assert Reading.objects.count() == 1


def test_the_clerk_notes_only_for_members_of_the_own_unit(client, units, campaign, topic) -> None:
    stranger = a_person(member_of=units["cell_b1"])
    client.force_login(a_person(clerk=units["cell_a1"]).account)
    sent = {"campaign": campaign.uid, "person": stranger.uid, "topics": [topic.uid]}
    client.post(url("reading_note", units["cell_a1"].uid), sent)
    assert client.post(url("reading_note", units["cell_b1"].uid), sent).status_code == 404
    assert Reading.objects.count() == 0


def test_a_units_page_names_who_handed_in_and_shows_no_score(client, units, member, campaign, topic) -> None:
    cell = units["cell_a1"]
    for person in members(cell, 4):
        a_finished_check(person, topic, cell, right=4)
        has_read(person, topic, cell)
    a_reflection(member, campaign, cell)
    client.force_login(a_person(clerk=cell).account)
    shown = client.get(url("unit_learning", cell.uid))
    words = shown.content.decode()
    assert ("Trần Thị Học" in words, "16/20" in words) == (True, False)
    a_finished_check(member, topic, cell, right=4)
    assert "20/25" in client.get(url("unit_learning", cell.uid)).content.decode()


def test_the_level_above_sees_counts_without_names(client, units, member, campaign) -> None:
    a_reflection(member, campaign, units["cell_a1"])
    client.force_login(a_person(head=units["committee_a"]).account)
    words = client.get(url("unit_learning", units["cell_a1"].uid)).content.decode()
    assert ("1/1" in words, "Trần Thị Học" in words) == (True, False)
    assert client.get(url("unit_learning", units["cell_b1"].uid)).status_code == 404


def test_a_mere_member_does_not_see_the_units_page(client, units, member, campaign) -> None:
    client.force_login(member.account)
    assert client.get(url("unit_learning", units["cell_a1"].uid)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_my_page_costs_the_same_for_more_topics(client, units, member, campaign, rows, django_assert_max_num_queries):
    for number in range(1, rows + 1):
        topic = a_topic(campaign, number)
        has_read(member, topic, units["cell_a1"])
        a_finished_check(member, topic, units["cell_a1"])
    client.force_login(member.account)
    with django_assert_max_num_queries(26):
        assert client.get(url("my_learning")).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_a_trail_costs_the_same_for_more_steps(client, member, campaign, rows, django_assert_max_num_queries):
    topic = a_topic(campaign, passages=rows)
    client.force_login(member.account)
    with django_assert_max_num_queries(27):
        assert client.get(url("topic_study", topic.uid)).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_a_units_page_costs_the_same_for_more_members(client, units, campaign, rows, django_assert_max_num_queries):
    for person in members(units["cell_a1"], rows):
        a_reflection(person, campaign, units["cell_a1"])
    client.force_login(a_person(clerk=units["cell_a1"]).account)
    with django_assert_max_num_queries(32):
        assert client.get(url("unit_learning", units["cell_a1"].uid)).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_heads_list_costs_the_same_for_more_reflections(
    client, units, campaign, rows, django_assert_max_num_queries
):
    for person in members(units["cell_a1"], rows):
        a_reflection(person, campaign, units["cell_a1"])
    client.force_login(a_person(head=units["cell_a1"]).account)
    with django_assert_max_num_queries(16):
        assert client.get(url("reflection_list")).status_code == 200


def test_in_english_questions_are_english(client, member, topic) -> None:
    client.force_login(member.account)
    client.cookies["language"] = "en"
    taking = client.post(url("check_start", topic.uid), follow=True)
    assert "Question" in taking.content.decode()
