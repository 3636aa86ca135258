"""Pages of actions: opened, shown with their cause, done with evidence, verified by someone else."""

import io
from datetime import date, time

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from thongsuot.campaigns.testing import a_passage, a_plan
from thongsuot.meetings.models import AgendaItem, Decision, Meeting, Minutes
from thongsuot.papers.testing import a_docx, sent
from thongsuot.people.testing import a_person
from thongsuot.practice.models import Action, Evidence
from thongsuot.practice.testing import a_reported_action, a_sent_review, an_action
from thongsuot.units.testing import NOW, TODAY


def url(name, *args):
    return reverse(f"practice:{name}", args=args)


@pytest.fixture
def clerk(units):
    return a_person(clerk=units["cell_a1"])


def six(campaign, who, **more):
    return {
        "campaign": campaign.uid, "work": "Niêm yết quỹ", "who": who.uid, "due_on": "2023-06-15",
        "product": "Bảng niêm yết", "responsibility": "Chịu trách nhiệm", "authority": "Được yêu cầu số liệu",
    } | more  # fmt: skip


def test_the_clerk_opens_an_action_once(client, units, campaign, clerk) -> None:
    who = a_person(member_of=units["cell_a1"])
    client.force_login(clerk.account)
    assert client.post(url("action_create"), six(campaign, who, product="")).status_code == 422
    form = six(campaign, who, once="018f2b3c-0000-7000-8000-000000000002")
    for _twice in range(2):
        response = client.post(url("action_create"), form)
    action = Action.objects.get()
    assert (response.url, action.who, action.opened_by) == (url("action_detail", action.uid), who, clerk)


def test_an_action_is_given_only_to_people_of_the_unit(client, units, campaign, clerk) -> None:
    client.force_login(clerk.account)
    stranger = a_person(member_of=units["cell_b1"])
    assert client.post(url("action_create"), six(campaign, stranger)).status_code == 422
    assert client.get(url("action_create") + f"?unit={units['cell_b1'].uid}").status_code == 404
    assert client.get(url("action_create") + "?unit=nonsense&weakness=x").status_code == 200


def test_who_keeps_no_records_is_told_so(client, units, campaign) -> None:
    client.force_login(a_person(member_of=units["cell_a1"]).account)
    assert client.get(url("action_create")).status_code == 200
    assert client.get(url("action_create") + f"?unit={units['cell_a1'].uid}").status_code == 422


def test_a_weakness_opens_an_action_that_leads_back_to_it(client, units, campaign, clerk) -> None:
    weak = a_sent_review(campaign, units["cell_a1"], "not_done").answers.first()
    who = a_person(member_of=units["cell_a1"])
    client.force_login(clerk.account)
    there = url("action_create") + f"?weakness={weak.uid}"
    assert weak.code in client.get(there).content.decode()
    client.post(there, six(campaign, who))
    action = Action.objects.get()
    shown = client.get(url("action_detail", action.uid)).content.decode()
    assert (action.weakness, f"{url('self_review_detail', weak.review.uid)}#{weak.code}" in shown) == (weak, True)


def test_a_task_of_the_plan_opens_an_action(client, units, campaign) -> None:
    plan = a_plan(campaign, units["committee_a"])
    item, who = plan.items.first(), a_person(member_of=units["committee_a"])
    client.force_login(a_person(clerk=units["committee_a"]).account)
    there = url("action_create") + f"?item={item.uid}"
    assert item.work in client.get(there).content.decode()
    client.post(there, six(campaign, who))
    assert Action.objects.get().plan_item == item
    assert (
        reverse("campaigns:plan_detail", args=[plan.uid])
        in client.get(url("action_detail", Action.objects.get().uid)).content.decode()
    )


def test_an_action_tells_its_chain_from_decision_to_printed_page(client, units, campaign) -> None:
    cell, passage = units["cell_a1"], a_passage(heading="Công khai quỹ")
    meeting = Meeting.objects.create(
        campaign=campaign,
        unit=cell,
        title="Sinh hoạt chuyên đề tháng 5",
        held_on=TODAY,
        starts_at=time(8),
        called_at=NOW,
    )
    Minutes.objects.create(meeting=meeting, drafted_at=NOW, number="07-BB/CB")
    item = AgendaItem.objects.create(
        meeting=meeting, order=1, title="Học", topic=campaign.topics.first(), passage=passage
    )
    who = a_person(member_of=cell)
    decision = Decision.objects.create(
        meeting=meeting, order=1, work="Niêm yết", who=who, due_on=date(2023, 6, 1), product="Bảng", agenda_item=item
    )
    action = an_action(campaign, cell, who=who, decision=decision)
    client.force_login(who.account)
    shown = client.get(url("action_detail", action.uid)).content.decode()
    for words in ("07-BB/CB", "Sinh hoạt chuyên đề tháng 5", "Nội dung cốt lõi thứ 1", "Công khai quỹ"):
        assert words in shown


def test_the_responsible_person_shows_it_and_someone_else_verifies(client, units, campaign) -> None:
    action = an_action(campaign, units["cell_a1"])
    client.force_login(action.who.account)
    there = url("action_detail", action.uid)
    client.post(url("action_report_done", action.uid))
    assert Action.objects.get().reported_done_on is None
    file = sent(a_docx(), "bang.docx")
    assert client.post(url("action_evidence_add", action.uid), {"title": "Bảng", "file": file}).url == there
    for _twice in range(2):
        client.post(url("action_report_done", action.uid))
    assert Action.objects.get().reported_done_by == action.who
    assert client.post(url("action_verify", action.uid), {"verdict": "accepted"}).status_code == 422
    client.force_login(a_person(head=units["cell_a1"]).account)
    assert client.post(url("action_verify", action.uid), {"verdict": "returned"}).status_code == 422
    assert client.post(url("action_verify", action.uid), {"verdict": "accepted"}).url == there
    assert client.post(url("action_verify", action.uid), {"verdict": "accepted"}).status_code == 422
    assert Action.objects.get().state(TODAY) == "done"


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"", "empty.pdf"), (b"MZ\x90", "virus.exe"), (b"<html>", "page.docx"), (b"%PDF-1.4 cut", "a.pdf")],
)
def test_a_hostile_upload_gets_a_sentence(client, units, campaign, data, name) -> None:
    action = an_action(campaign, units["cell_a1"])
    client.force_login(action.who.account)
    response = client.post(url("action_evidence_add", action.uid), {"title": "Ảnh", "file": sent(data, name)})
    assert (response.status_code, Evidence.objects.count()) == (422, 0)
    assert 'class="error"' in response.content.decode()


def test_a_link_must_be_a_web_address(client, units, campaign) -> None:
    action = an_action(campaign, units["cell_a1"])
    client.force_login(action.who.account)
    there = url("action_evidence_add", action.uid)
    assert client.post(there, {"title": "Tin", "url": "javascript:alert(1)"}).status_code == 422
    client.post(there, {"title": "Tin", "url": "https://example.vn/tin"})
    assert Evidence.objects.get().url == "https://example.vn/tin"


def test_an_action_out_of_reach_is_not_there(client, units, campaign) -> None:
    action = a_reported_action(campaign, units["cell_a1"])
    client.force_login(a_person(head=units["cell_b1"]).account)
    for name in ("action_detail", "action_verify", "action_cancel"):
        assert client.get(url(name, action.uid)).status_code == 404
    for name in ("action_evidence_add", "action_report_done"):
        assert client.post(url(name, action.uid)).status_code == 404


def test_the_list_holds_my_reach_and_is_filtered(client, units, campaign) -> None:
    mine = an_action(campaign, units["cell_a1"], work="Việc của A1", due_on=date(2023, 5, 15))
    an_action(campaign, units["cell_a2"], work="Việc của A2")
    an_action(campaign, units["cell_b1"], work="Việc của B1")
    client.force_login(a_person(head=units["committee_a"]).account)
    shown = client.get(url("action_list")).content.decode()
    assert [f"Việc của {cell}" in shown for cell in ("A1", "A2", "B1")] == [True, True, False]
    for asked in ({"q": "chi bo a2"}, {"q": "của A2"}, {"state": "open", "q": "A2", "campaign": campaign.uid}):
        shown = client.get(url("action_list"), asked).content.decode()
        assert ("Việc của A1" in shown, "Việc của A2" in shown) == (False, True)
    client.force_login(mine.who.account)
    assert "Việc của A1" in client.get(url("action_list"), {"mine": "on"}).content.decode()
    assert client.get(url("practice_home")).url == url("action_list")


def test_the_export_holds_what_the_list_shows(client, units, campaign) -> None:
    an_action(campaign, units["cell_a1"], work="=1+1")
    an_action(campaign, units["cell_b1"])
    client.force_login(a_person(head=units["cell_a1"]).account)
    content = client.get(url("action_export")).content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [(row[0], row[1]) for row in rows[1:]] == [("Chi bộ A1", "=1+1")]


def test_the_head_cancels_with_a_reason(client, units, campaign) -> None:
    action = an_action(campaign, units["cell_a1"])
    client.force_login(a_person(head=units["cell_a1"]).account)
    assert client.post(url("action_cancel", action.uid), {"reason": ""}).status_code == 422
    client.post(url("action_cancel", action.uid), {"reason": "Gộp việc"})
    assert "Gộp việc" in client.get(url("action_detail", action.uid)).content.decode()


def test_my_study_page_shows_my_actions(client, units, campaign) -> None:
    action = an_action(campaign, units["cell_a1"], work="Việc chữ to")
    client.force_login(action.who.account)
    assert "Việc chữ to" in client.get(reverse("learning:my_learning")).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_more_actions(client, units, campaign, rows, django_assert_max_num_queries) -> None:
    for _n in range(rows):
        an_action(campaign, units["cell_a1"])
    client.force_login(a_person(head=units["committee_a"]).account)
    with django_assert_max_num_queries(20):
        assert client.get(url("action_list")).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_an_actions_page_costs_the_same_for_more_evidence(
    client, units, campaign, rows, django_assert_max_num_queries
) -> None:
    action = an_action(campaign, units["cell_a1"])
    client.force_login(a_person(head=units["cell_a1"]).account)
    for n in range(rows):
        client.post(url("action_evidence_add", action.uid), {"title": f"Minh chứng {n}"})
    with django_assert_max_num_queries(22):
        assert client.get(url("action_detail", action.uid)).status_code == 200
