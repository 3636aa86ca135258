"""Minutes: drafted from the record, written by two hands, approved once, and as a paper."""

import io
from datetime import date

import pytest
from django.urls import reverse
from docx import Document

from thongsuot.meetings import minutes, register
from thongsuot.meetings.minutes_paper import paper_of
from thongsuot.meetings.models import AgendaItem, Decision, Minutes
from thongsuot.meetings.testing import (
    NOW,
    TODAY,
    a_closed_meeting,
    a_decision,
    a_draft,
    a_meeting,
    a_person,
    a_small_city,
    approved_minutes,
    record,
)
from thongsuot.papers.writing import write_docx
from thongsuot.people.rights import NotAllowed
from thongsuot.web.errors import Refused


@pytest.fixture
def units(db):
    return a_small_city()


def url(name, *args):
    return reverse(f"meetings:{name}", args=args)


def a_told_meeting(cell):
    an, binh, chi = (a_person(name, member_of=cell) for name in ("Trần An", "Lê Bình", "Vũ Chi"))
    meeting = a_meeting(cell, guests="Đồng chí theo dõi của Đảng ủy")
    record(meeting, present=[an], excused=[binh], spoke=True)
    return register.close(meeting, ends_at=None, by=None, at=NOW)


def test_the_draft_says_who_was_there_and_who_was_not_by_name(units) -> None:
    drafted = minutes.draft(a_told_meeting(units["cell_a1"]), by=None, at=NOW)
    for words in (
        "Tổng số đảng viên: 3", "Có mặt: 1.", "Vắng mặt có lý do: 1. Gồm: Lê Bình (đi công tác).",
        "Vắng mặt không có lý do: 1. Gồm: Vũ Chi.", "Phát biểu ý kiến: 1. Gồm: Trần An.", "Đồng chí theo dõi",
    ):  # fmt: skip
        assert words in drafted.opening


def test_minutes_wait_for_the_register(units) -> None:
    with pytest.raises(Refused):
        minutes.draft(a_meeting(units["cell_a1"]), by=None, at=NOW)


def test_approving_numbers_freezes_and_follows_once(units, monkeypatch) -> None:
    seen = []
    monkeypatch.setattr(minutes, "FOLLOWERS", [lambda what, by, at: seen.append(what.pk)])
    draft = a_draft(a_closed_meeting(units["cell_a1"], present=2))
    approved = minutes.approve(draft, by=None, at=NOW)
    again = minutes.approve(draft, by=None, at=NOW)
    assert (approved.number, again.number, len(approved.sha256), seen) == ("01-BB/CB", "01-BB/CB", 64, [draft.pk])
    with pytest.raises(Refused):
        minutes.write(draft.meeting, parts={"conclusion": "Khác"}, by=None, at=NOW)
    with pytest.raises(Refused):
        a_decision(draft.meeting)


def test_without_a_conclusion_nothing_is_approved(units) -> None:
    draft = a_draft(a_closed_meeting(units["cell_a1"]), conclusion="")
    with pytest.raises(Refused):
        minutes.approve(draft, by=None, at=NOW)
    draft.refresh_from_db()
    assert not draft.is_approved


@pytest.mark.parametrize(
    ("office", "allowed"), [("head", True), ("deputy", True), ("clerk", False), ("officer", False)]
)
def test_the_head_approves_and_no_clerk(units, office, allowed) -> None:
    person = a_person(**{office: units["cell_a1"]})
    draft = a_draft(a_closed_meeting(units["cell_a1"]))
    if allowed:
        minutes.approve(draft, by=person, at=NOW)
    else:
        with pytest.raises(NotAllowed):
            minutes.approve(draft, by=person, at=NOW)
    draft.refresh_from_db()
    assert draft.is_approved is allowed


def test_a_task_due_before_the_meeting_is_refused(units) -> None:
    with pytest.raises(Refused):
        a_decision(a_closed_meeting(units["cell_a1"]), due_on=date(2023, 1, 1))


def test_the_paper_holds_everything_in_the_fields_order(units) -> None:
    meeting = a_told_meeting(units["cell_a1"])
    AgendaItem.objects.filter(meeting=meeting, order=1).update(discussion="An: cần niêm yết", conclusion="Giao chi ủy")
    a_decision(meeting, meeting.register.first().person)
    approved = approved_minutes(meeting)
    text = all_text(write_docx(paper_of(approved, TODAY)))
    order = ["BIÊN BẢN", "THỜI GIAN, ĐỊA ĐIỂM", "Có mặt: 1.", "An: cần niêm yết", "Kết luận: Giao chi ủy",
             "Chi bộ thống nhất", "Niêm yết công khai", "NGƯỜI GHI BIÊN BẢN"]  # fmt: skip
    places = [text.find(words) for words in order]
    assert -1 not in places, [words for words, place in zip(order, places, strict=True) if place < 0]
    assert places == sorted(places)
    assert text.rfind("CHỦ TRÌ") > places[-1]
    assert "01-BB/CB" in text


def all_text(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    found = []
    for element in document.element.body.iter():
        if element.tag.endswith("}t"):
            found.append(element.text or "")
        elif element.tag.endswith("}p"):
            found.append("\n")
    return "".join(found)


def the_form(meeting, **more):
    form = {"opening": "Có mặt", "conclusion": "Thống nhất", "task-TOTAL_FORMS": "1", "task-INITIAL_FORMS": "0"}
    for item in meeting.agenda.all():
        form |= {f"item-{item.pk}-discussion": "", f"item-{item.pk}-conclusion": ""}
    return form | more


def a_task(person, row=0, **more):
    values = {"work": "Niêm yết", "who": str(person.pk), "due_on": "2023-06-30", "product": "Bảng"} | more
    return {f"task-{row}-{name}": value for name, value in values.items()}


@pytest.fixture
def clerk(units, client):
    person = a_person("Phạm Thư", clerk=units["cell_a1"], member_of=units["cell_a1"])
    client.force_login(person.account)
    return person


def test_minutes_edit_writes_words_items_and_tasks(client, units, clerk) -> None:
    meeting = a_closed_meeting(units["cell_a1"], present=2)
    item = meeting.agenda.first()
    shown = client.get(url("minutes_edit", meeting.uid))
    assert (shown.status_code, Minutes.objects.count()) == (200, 1)
    form = the_form(meeting, **{f"item-{item.pk}-discussion": "An: đồng ý"}, **a_task(clerk))
    response = client.post(url("minutes_edit", meeting.uid), form)
    item.refresh_from_db()
    decision = Decision.objects.get()
    assert (response.status_code, item.discussion, decision.who, decision.product) == (302, "An: đồng ý", clerk, "Bảng")
    # Sent again with its key the task is changed, not doubled; removed it goes.
    own = {"uid": str(decision.uid)}
    client.post(url("minutes_edit", meeting.uid), the_form(meeting, **a_task(clerk, work="Khác", **own)))
    assert [each.work for each in Decision.objects.all()] == ["Khác"]
    client.post(url("minutes_edit", meeting.uid), the_form(meeting, **a_task(clerk, remove="on", **own)))
    assert not Decision.objects.exists()


def test_a_task_without_its_person_stays_on_the_page_with_its_mistake(client, units, clerk) -> None:
    meeting = a_closed_meeting(units["cell_a1"], present=2)
    response = client.post(url("minutes_edit", meeting.uid), the_form(meeting, **a_task(clerk, who="")))
    shown = response.content.decode()
    assert (response.status_code, Decision.objects.count(), "Niêm yết" in shown) == (422, 0, True)
    response = client.post(url("minutes_edit", meeting.uid), the_form(meeting, **a_task(clerk, due_on="2020-01-01")))
    assert (response.status_code, Decision.objects.count()) == (422, 0)


def test_another_row_keeps_what_was_typed(client, units, clerk) -> None:
    meeting = a_closed_meeting(units["cell_a1"], present=2)
    response = client.post(url("minutes_edit", meeting.uid), the_form(meeting, add="1", conclusion="Đang viết dở"))
    shown = response.content.decode()
    assert (response.status_code, "Đang viết dở" in shown, 'name="task-1-work"' in shown) == (200, True, True)
    assert Minutes.objects.get().conclusion == ""


def test_what_a_colleague_saved_is_shown_and_not_overwritten_unseen(client, units, clerk) -> None:
    meeting = a_closed_meeting(units["cell_a1"], present=2)
    seen = client.get(url("minutes_edit", meeting.uid)).context["seen"]
    minutes.write(meeting, parts={"conclusion": "Lời của đồng nghiệp"}, by=None, at=NOW)
    response = client.post(url("minutes_edit", meeting.uid), the_form(meeting, seen=seen, conclusion="Lời của tôi"))
    shown = response.content.decode()
    assert (response.status_code, "Lời của đồng nghiệp" in shown, "Lời của tôi" in shown) == (422, True, True)
    assert Minutes.objects.get().conclusion == "Lời của đồng nghiệp"
    seen = response.context["seen"]
    client.post(url("minutes_edit", meeting.uid), the_form(meeting, seen=seen, conclusion="Lời của tôi"))
    assert Minutes.objects.get().conclusion == "Lời của tôi"


def test_the_head_reads_and_approves_and_members_read_after(client, units) -> None:
    cell = units["cell_a1"]
    meeting = a_closed_meeting(cell, present=2)
    a_draft(meeting)
    member = a_person(member_of=cell)
    client.force_login(member.account)
    assert client.get(url("minutes_approve", meeting.uid)).status_code == 302, "a draft is for those who write it"
    assert client.get(url("minutes_docx", meeting.uid)).status_code == 302
    client.force_login(a_person(head=cell).account)
    assert "Phê duyệt" in client.get(url("minutes_approve", meeting.uid)).content.decode()
    client.post(url("minutes_approve", meeting.uid))
    client.post(url("minutes_approve", meeting.uid))
    assert Minutes.objects.get().number == "01-BB/CB"
    client.force_login(member.account)
    assert "01-BB/CB" in client.get(url("minutes_approve", meeting.uid)).content.decode()
    response = client.get(url("minutes_docx", meeting.uid))
    assert response.content.startswith(b"PK")
    client.force_login(a_person(head=units["cell_b1"]).account)
    for name in ("minutes_approve", "minutes_docx", "minutes_edit"):
        assert client.get(url(name, meeting.uid)).status_code == 404


def test_a_clerk_cannot_approve_by_posting(client, units, clerk) -> None:
    meeting = a_closed_meeting(units["cell_a1"])
    a_draft(meeting)
    client.post(url("minutes_approve", meeting.uid))
    assert not Minutes.objects.get().is_approved


def test_decision_create_and_edit_stand_on_their_own(client, units, clerk) -> None:
    meeting = a_closed_meeting(units["cell_a1"], present=2)
    values = {"work": "Niêm yết", "who": clerk.pk, "due_on": "2023-06-30", "product": "Bảng"}
    assert client.get(url("decision_create", meeting.uid)).status_code == 200
    assert client.post(url("decision_create", meeting.uid), values | {"product": ""}).status_code == 422
    assert client.post(url("decision_create", meeting.uid), values).status_code == 302
    decision = Decision.objects.get()
    assert client.get(url("decision_edit", decision.uid)).status_code == 200
    client.post(url("decision_edit", decision.uid), values | {"work": "Khác"})
    decision.refresh_from_db()
    assert decision.work == "Khác"
    client.post(url("decision_edit", decision.uid), values | {"remove": "on"})
    assert not Decision.objects.exists()


@pytest.mark.parametrize("items", [1, 3])
def test_minutes_edit_costs_the_same_for_more_items(client, units, clerk, items, django_assert_max_num_queries) -> None:
    agenda = [{"title": f"Nội dung {n}"} for n in range(items)]
    meeting = a_closed_meeting(units["cell_a1"], present=items, agenda=agenda)
    for _n in range(items):
        a_decision(meeting, clerk)
    client.get(url("minutes_edit", meeting.uid))
    with django_assert_max_num_queries(30):
        client.get(url("minutes_edit", meeting.uid))
