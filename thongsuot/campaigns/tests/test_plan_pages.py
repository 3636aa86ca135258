"""Pages of plans: choosing, writing, answering, issuing, the paper, and the way down."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from thongsuot.campaigns import cascade
from thongsuot.campaigns.models import Answer, Plan
from thongsuot.campaigns.testing import NOW, TODAY, a_draft, a_plan, a_small_city, an_issued_campaign, an_item
from thongsuot.ledger.models import Entry
from thongsuot.papers.numbering import take_number
from thongsuot.people.testing import a_person


@pytest.fixture
def units(db):
    return a_small_city()


@pytest.fixture
def campaign(units):
    return an_issued_campaign(units["city"])


@pytest.fixture
def head(client, units):
    person = a_person(head=units["committee_a"])
    client.force_login(person.account)
    return person


def url(name, *args):
    return reverse(f"campaigns:{name}", args=args)


def test_both_answers_stand_side_by_side(client, units, campaign, head) -> None:
    a_plan(campaign, units["district"])
    shown = client.get(url("plan_create", campaign.uid, units["committee_a"].uid)).content.decode()
    assert ('value="own"' in shown, 'value="direct"' in shown) == (True, True)


def test_acting_directly_by_one_button_twice(client, units, campaign, head) -> None:
    a_plan(campaign, units["district"])
    address = url("plan_create", campaign.uid, units["committee_a"].uid)
    first = client.post(address, {"choice": "direct"})
    again = client.post(address, {"choice": "direct"})
    plan = Plan.objects.get(unit=units["committee_a"])
    assert (plan.acts_directly, first.url, again.url) == (
        True,
        url("plan_detail", plan.uid),
        url("plan_detail", plan.uid),
    )
    assert client.get(url("plan_detail", plan.uid)).status_code == 200


def test_a_plan_is_written_answered_and_issued_in_the_browser(client, units, campaign, head) -> None:
    above = a_plan(campaign, units["district"], items=2)
    first, second = above.items.all()
    client.post(url("plan_create", campaign.uid, units["committee_a"].uid), {"choice": "own"})
    plan = Plan.objects.get(unit=units["committee_a"])
    issue = url("plan_issue", plan.uid)
    assert client.post(issue).status_code == 422
    parts = {"title": "về học tập", "purpose": "Mục đích", "content": "Nội dung", "organisation": "Phân công"}
    assert client.post(url("plan_edit", plan.uid), parts).url == url("plan_edit", plan.uid)
    answers = {
        f"item-{first.pk}-kind": "ours",
        f"item-{first.pk}-work": "Họp chuyên đề về thu phí chợ",
        f"item-{first.pk}-who": "Chi bộ Chợ",
        f"item-{first.pk}-due_on": "2023-06-01",
        f"item-{first.pk}-product": "Biên bản",
        f"item-{second.pk}-kind": "not_applicable",
    }
    response = client.post(url("plan_answer", plan.uid), answers)
    assert (response.status_code, plan.answers.count()) == (422, 1), "the good one is saved, the bad one stays"
    assert "Họp chuyên đề về thu phí chợ" in response.content.decode()
    answers[f"item-{second.pk}-reason"] = "đơn vị không có việc này"
    assert client.post(url("plan_answer", plan.uid), answers).status_code == 302
    assert (plan.answers.count(), plan.items.get().work) == (2, "Họp chuyên đề về thu phí chợ")
    assert 'value="1"' in client.get(issue).content.decode(), "the next number is proposed"
    assert client.post(issue, {"number": "0"}).status_code == 422
    client.post(issue, {"number": "12"})
    client.post(issue, {"number": "13"})
    plan.refresh_from_db()
    assert (plan.number, Entry.objects.filter(measure="plan_issued", unit=plan.unit).count()) == ("12-KH/ĐU", 1)


def test_a_number_given_out_before_is_refused_and_the_plan_stays_a_draft(client, units, campaign, head) -> None:
    item = a_plan(campaign, units["district"], items=1).items.get()
    take_number(units["committee_a"], "KH", on=timezone.localdate())
    plan = a_draft(campaign, units["committee_a"])
    cascade.answer_item(plan, item, Answer.Kind.OURS, by=None, at=NOW, own_item=an_item(plan))
    response = client.post(url("plan_issue", plan.uid), {"number": "1"})
    plan.refresh_from_db()
    assert (response.status_code, plan.is_issued) == (422, False)
    assert "đã được cấp" in response.content.decode()


def test_the_trail_says_answers_in_words(client, units, campaign, head) -> None:
    item = a_plan(campaign, units["district"], items=1).items.get()
    plan = a_draft(campaign, units["committee_a"])
    client.post(url("plan_answer", plan.uid), {f"item-{item.pk}-kind": "ours", f"item-{item.pk}-work": "Họp"})
    trail = client.get(url("plan_detail", plan.uid)).content.decode()
    assert str(Answer.Kind.OURS.label) in trail
    assert "ours" not in trail
    assert client.get(url("plan_detail", plan.uid)).status_code == 200


def test_answering_ours_again_changes_the_task_instead_of_adding_one(client, units, campaign, head) -> None:
    item = a_plan(campaign, units["district"], items=1).items.get()
    plan = a_draft(campaign, units["committee_a"])
    for work in ("Lần một", "Lần hai"):
        client.post(url("plan_answer", plan.uid), {f"item-{item.pk}-kind": "ours", f"item-{item.pk}-work": work})
    assert [one.work for one in plan.items.all()] == ["Lần hai"]


def test_items_are_added_changed_proposed_and_removed(client, units, campaign, head) -> None:
    plan = a_draft(campaign, units["committee_a"])
    assert client.get(url("plan_item_create", plan.uid)).status_code == 200
    assert client.post(url("plan_item_create", plan.uid), {"work": ""}).status_code == 422
    client.post(url("plan_item_create", plan.uid), {"work": "Họp", "who": "Bí thư", "due_on": "2023-06-01"})
    item = plan.items.get()
    assert client.get(url("plan_item_edit", item.uid)).status_code == 200
    client.post(url("plan_item_edit", item.uid), {"work": "Họp mở rộng", "who": "Bí thư"})
    item.refresh_from_db()
    assert (item.work, item.due_on) == ("Họp mở rộng", None)
    client.post(url("plan_item_remove", item.uid))
    client.post(url("plan_items", plan.uid))
    assert plan.items.count() == campaign.requirements.count()


def test_its_author_sees_first_what_is_copied(client, units, campaign, head) -> None:
    above = a_plan(campaign, units["district"], purpose="Học tập nghiêm túc thường xuyên rộng khắp đến từng chi bộ.")
    plan = a_draft(campaign, units["committee_a"], purpose=above.purpose)
    shown = client.get(url("plan_edit", plan.uid)).content.decode()
    assert "<mark>Học tập nghiêm túc" in shown
    client.force_login(a_person(head=units["district"]).account)
    assert client.get(url("plan_detail", plan.uid)).status_code == 404, "a draft is its author's"


def test_the_paper_opens_and_holds_the_plan(client, units, campaign, head) -> None:
    a_plan(campaign, units["district"])
    plan = a_plan(campaign, units["committee_a"])
    response = client.get(url("plan_docx", plan.uid))
    document = Document(io.BytesIO(response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    assert 'filename="01-KH-DU.docx"' in response["Content-Disposition"]
    for words in ("01-KH/ĐU", "KẾ HOẠCH", "MỤC ĐÍCH, YÊU CẦU", "Căn cứ Kế hoạch số 01-KH/QU", head.full_name):
        assert words in text


def test_those_below_see_the_plan_that_binds_them(client, units, campaign) -> None:
    plan = a_plan(campaign, units["district"])
    client.force_login(a_person(member_of=units["cell_a1"]).account)
    assert client.get(url("plan_detail", plan.uid)).status_code == 200
    shown = client.get(url("plan_cascade", plan.uid)).content.decode()
    assert "Đảng bộ B" not in shown
    neighbour = a_plan(campaign, units["committee_b"])
    assert client.get(url("plan_detail", neighbour.uid)).status_code == 404


def test_the_way_down_shows_what_nobody_has_taken_up(client, units, campaign) -> None:
    plan = a_plan(campaign, units["district"], items=1)
    a_plan(campaign, units["committee_b"])
    client.force_login(a_person(officer=units["district"]).account)
    for headers in ({}, {"HX-Request": "true"}):
        shown = client.get(url("plan_cascade", plan.uid), headers=headers).content.decode()
        assert ("Đảng bộ A" in shown, "01-KH/ĐU" in shown) == (True, True)


@pytest.mark.parametrize("items", [1, 3])
@pytest.mark.parametrize("name", ["plan_detail", "plan_cascade"])
def test_pages_cost_the_same_for_one_item_and_for_three(
    client, units, campaign, items, name, django_assert_max_num_queries
) -> None:
    plan = a_plan(campaign, units["district"], items=items)
    a_plan(campaign, units["committee_a"])
    client.force_login(a_person(officer=units["district"]).account)
    client.get(url(name, plan.uid))
    with django_assert_max_num_queries(32):
        client.get(url(name, plan.uid))


@pytest.mark.parametrize("name", ["plan_edit", "plan_answer", "plan_issue", "plan_withdraw", "plan_item_create"])
def test_nobody_else_writes_the_units_plan(client, units, campaign, name) -> None:
    plan = a_plan(campaign, units["district"])
    client.force_login(a_person(head=units["city"]).account)
    assert client.get(url(name, plan.uid)).status_code in (403, 422)
    client.force_login(a_person(member_of=units["city"]).account)
    assert client.get(url(name, plan.uid)).status_code == 404


def test_withdrawing_needs_a_reason_and_reopens_the_duty(client, units, campaign, head) -> None:
    plan = a_plan(campaign, units["committee_a"])
    assert client.post(url("plan_withdraw", plan.uid), {"reason": ""}).status_code == 422
    client.post(url("plan_withdraw", plan.uid), {"reason": "ban hành nhầm"})
    plan.refresh_from_db()
    assert plan.withdrawn_reason == "ban hành nhầm"
    assert cascade.start_plan(campaign, units["committee_a"], by=None, at=NOW) != plan
    assert client.get(url("plan_detail", plan.uid)).status_code == 200


def test_an_item_of_an_issued_plan_is_not_changed(client, units, campaign, head) -> None:
    plan = a_plan(campaign, units["committee_a"])
    item = plan.items.first()
    assert client.post(url("plan_item_edit", item.uid), {"work": "Khác"}).status_code == 422
    client.post(url("plan_item_remove", item.uid))
    assert plan.items.filter(pk=item.pk, work=item.work).exists()


def test_a_task_with_no_time_is_named_before_issuing(client, units, campaign, head) -> None:
    plan = a_draft(campaign, units["committee_a"])
    an_item(plan, "Việc không có hạn", due_on=None)
    assert "Việc không có hạn" in client.get(url("plan_issue", plan.uid)).content.decode()
    assert TODAY
