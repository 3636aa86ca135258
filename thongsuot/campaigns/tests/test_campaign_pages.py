"""Pages of campaigns: the list, the campaign with its tabs, making and issuing one, its topics."""

from datetime import date

import pytest
from django.urls import reverse

from thongsuot.campaigns.models import Campaign, Obligation
from thongsuot.campaigns.testing import a_campaign, a_plan, a_small_city, a_unit, an_issued_campaign
from thongsuot.people.testing import a_person
from thongsuot.units.models import new_uid
from thongsuot.units.testing import a_kind


@pytest.fixture
def units(db):
    return a_small_city()


@pytest.fixture
def officer(units, client):
    person = a_person(officer=units["city"])
    client.force_login(person.account)
    return person


def url(name, *args):
    return reverse(f"campaigns:{name}", args=args)


def the_form(units, **more):
    uid = str(more.pop("uid", new_uid()))
    form = {
        "uid": uid,
        "unit": units["city"].pk,
        "title": "Đợt sinh hoạt về phòng, chống tham nhũng",
        "summary": "Thống nhất nhận thức",
        "starts_on": "2026-11-02",
        "topic_1": "Một",
        "topic_2": "Hai",
        "topic_3": "Ba",
        "asked-TOTAL_FORMS": "1",
        "asked-INITIAL_FORMS": "0",
        "asked-0-kind": "plan",
        "asked-0-text": "Xây dựng kế hoạch",
        "asked-0-due_on": "2026-12-06",
        "asked-0-for_kinds": [a_kind("district").pk, a_kind("base_committee").pk],
    }
    return form | more


def test_a_campaign_may_have_more_than_three_core_contents(client, units, officer) -> None:
    client.post(url("campaign_create"), the_form(units))
    campaign = Campaign.objects.get()
    edit = url("campaign_edit", campaign.uid)
    assert 'name="topic_4"' in client.get(edit).content.decode()
    client.post(edit, the_form(units, uid=campaign.uid, topic_4="Bốn"))
    assert list(campaign.topics.values_list("number", "title"))[-1] == (4, "Bốn")
    assert 'name="topic_5"' in client.get(edit).content.decode()


def test_the_list_shows_campaigns_that_concern_me_and_no_other(client, units) -> None:
    campaign = an_issued_campaign(units["city"], to=units["committee_a"])
    other = an_issued_campaign(units["city"], to=units["committee_b"])
    client.force_login(a_person(member_of=units["cell_a1"]).account)
    shown = client.get(url("campaign_list")).content.decode()
    assert (campaign.title in shown, other.title in shown) == (True, False)
    assert client.get(url("campaign_detail", other.uid)).status_code == 404


def test_a_draft_is_seen_only_where_it_is_made(client, units) -> None:
    draft = a_campaign(units["city"])
    client.force_login(a_person(head=units["district"]).account)
    assert client.get(url("campaign_detail", draft.uid)).status_code == 404
    client.force_login(a_person(officer=units["city"]).account)
    assert client.get(url("campaign_detail", draft.uid)).status_code == 200


def test_the_unit_that_issued_it_is_led_to_its_own_plan_until_there_is_one(client, units, officer) -> None:
    campaign = an_issued_campaign(units["city"], to=units["district"])
    way = url("plan_create", campaign.uid, units["city"].uid)
    assert way in client.get(url("campaign_detail", campaign.uid)).content.decode()
    plan = a_plan(campaign, units["city"])
    shown = client.get(url("campaign_detail", campaign.uid)).content.decode()
    assert (way in shown, url("plan_detail", plan.uid) in shown) == (False, True)


@pytest.mark.parametrize("tab", ["asked", "topics", "progress", "history", "nonsense"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_campaign_detail_shows_each_tab(client, officer, units, tab, language) -> None:
    campaign = an_issued_campaign(units["city"])
    a_plan(campaign, units["district"])
    client.cookies["language"] = language
    response = client.get(url("campaign_detail", campaign.uid), {"tab": tab})
    assert response.status_code == 200
    if tab == "asked":
        assert "Các tổ chức đảng tổ chức thực hiện." in response.content.decode()


@pytest.mark.parametrize("tab", ["asked", "topics", "progress"])
@pytest.mark.parametrize("more", [0, 20])
def test_campaign_detail_costs_the_same_for_ten_times_the_units(
    client, officer, units, tab, more, django_assert_max_num_queries
) -> None:
    for n in range(more):
        a_unit(f"Chi bộ thêm {n}", under=units["committee_a"])
    campaign = an_issued_campaign(units["city"])
    a_plan(campaign, units["district"])
    client.get(url("campaign_detail", campaign.uid), {"tab": tab})
    with django_assert_max_num_queries(26):
        client.get(url("campaign_detail", campaign.uid), {"tab": tab})


def test_an_officer_makes_a_campaign_with_what_it_asks(client, officer, units) -> None:
    assert client.get(url("campaign_create")).status_code == 200
    response = client.post(url("campaign_create"), the_form(units))
    campaign = Campaign.objects.get()
    assert response.url == url("campaign_detail", campaign.uid)
    assert [topic.title for topic in campaign.topics.all()] == ["Một", "Hai", "Ba"]
    [asked] = campaign.requirements.all()
    assert (asked.text, asked.due_on, asked.for_kinds.count()) == ("Xây dựng kế hoạch", date(2026, 12, 6), 2)
    assert "07/12/2026" in client.get(response.url).content.decode(), "a Sunday moves to Monday and the page says so"


def test_a_form_sent_twice_makes_one_campaign(client, officer, units) -> None:
    form = the_form(units)
    client.post(url("campaign_create"), form)
    client.post(url("campaign_create"), form)
    assert Campaign.objects.count() == 1
    assert Campaign.objects.get().requirements.count() == 1


def test_another_row_keeps_what_was_typed(client, officer, units) -> None:
    response = client.post(url("campaign_create"), the_form(units, title="", add="1"))
    shown = response.content.decode()
    assert (response.status_code, Campaign.objects.count()) == (200, 0)
    assert "Xây dựng kế hoạch" in shown
    assert 'name="asked-1-text"' in shown
    assert 'role="alert"' not in shown


def test_mistakes_show_at_once_and_lose_nothing(client, officer, units) -> None:
    response = client.post(url("campaign_create"), the_form(units, title="", **{"asked-0-due_on": "hôm nào đó"}))
    shown = response.content.decode()
    assert (response.status_code, Campaign.objects.count()) == (422, 0)
    assert shown.count("data-invalid") >= 2
    assert "Thống nhất nhận thức" in shown


def test_rows_are_changed_and_removed(client, officer, units) -> None:
    client.post(url("campaign_create"), the_form(units))
    campaign = Campaign.objects.get()
    asked = campaign.requirements.get()
    assert client.get(url("campaign_edit", campaign.uid)).status_code == 200
    row = {"asked-INITIAL_FORMS": "1", "asked-0-uid": str(asked.uid), "asked-0-text": "Lời mới"}
    client.post(url("campaign_edit", campaign.uid), the_form(units, **row))
    assert [one.text for one in campaign.requirements.all()] == ["Lời mới"]
    row |= {"asked-0-remove": "on", "asked-0-text": "", "title": "Tên khác"}
    client.post(url("campaign_edit", campaign.uid), the_form(units, **row))
    campaign.refresh_from_db()
    assert (campaign.title, campaign.requirements.count()) == ("Tên khác", 0)


def test_only_those_who_direct_it_edit_or_issue(client, units) -> None:
    campaign = an_issued_campaign(units["city"])
    client.force_login(a_person(head=units["district"]).account)
    for name in ("campaign_edit", "campaign_issue"):
        assert client.get(url(name, campaign.uid)).status_code in (403, 422)
    client.force_login(a_person(head=units["cell_a1"]).account)
    assert client.get(url("campaign_create")).status_code in (403, 422)


def test_issuing_shows_before_what_it_will_mean(client, officer, units) -> None:
    campaign = a_campaign(units["city"])
    shown = client.get(url("campaign_issue", campaign.uid), {"to": str(units["district"].uid)}).content.decode()
    assert ("Việc meeting" in shown, Obligation.objects.count()) == (True, 0)
    response = client.post(url("campaign_issue", campaign.uid), {"to": str(units["district"].uid)})
    assert response.url == url("campaign_detail", campaign.uid)
    before = Obligation.objects.count()
    client.post(url("campaign_issue", campaign.uid), {"to": str(units["district"].uid)})
    assert (before > 0, Obligation.objects.count()) == (True, before)


def test_issuing_to_a_unit_out_of_reach_is_refused(client, officer, units) -> None:
    campaign = a_campaign(units["district"])
    client.force_login(a_person(officer=units["district"]).account)
    response = client.post(url("campaign_issue", campaign.uid), {"to": str(units["city"].uid)})
    assert (response.status_code, Obligation.objects.count()) == (422, 0)


def test_a_topic_is_reworded(client, officer, units) -> None:
    topic = an_issued_campaign(units["city"]).topics.first()
    response = client.post(url("topic_edit", topic.uid), {"title": "Tên mới", "summary": "Tóm tắt"})
    topic.refresh_from_db()
    assert (response.status_code, topic.title) == (302, "Tên mới")
