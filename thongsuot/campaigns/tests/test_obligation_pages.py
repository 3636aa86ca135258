"""Pages of what was asked: the list, its export, one obligation, and excusing."""

import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from thongsuot.campaigns.explaining import explain
from thongsuot.campaigns.models import Obligation, State
from thongsuot.campaigns.testing import a_small_city, a_unit, an_issued_campaign, an_obligation
from thongsuot.people.testing import a_person
from thongsuot.units.testing import TODAY


@pytest.fixture
def units(db):
    return a_small_city()


@pytest.fixture
def campaign(units):
    return an_issued_campaign(units["city"])


def url(name, *args):
    return reverse(f"campaigns:{name}", args=args)


def test_the_list_holds_my_reach_and_nothing_else(client, units, campaign) -> None:
    client.force_login(a_person(head=units["committee_a"]).account)
    shown = client.get(url("obligation_list")).content.decode()
    assert ("Chi bộ A1" in shown, "Chi bộ B1" in shown) == (True, False)
    stranger = an_obligation(units["cell_b1"], "meeting", campaign=campaign)
    assert client.get(url("obligation_detail", stranger.uid)).status_code == 404


def test_the_list_is_filtered_by_state_requirement_and_unit(client, units, campaign) -> None:
    client.force_login(a_person(officer=units["city"]).account)
    plan = campaign.requirements.get(kind="plan")
    shown = client.get(
        url("obligation_list"),
        {"requirement": plan.uid, "state": "overdue", "q": "dang bo a", "campaign": campaign.uid},
    ).content.decode()
    assert ("Đảng bộ A" in shown, "Đảng bộ B" in shown, "Chi bộ A1" in shown) == (True, False, False)
    assert (
        client.get(url("obligation_list"), {"state": "nonsense", "requirement": "x", "under": "y"}).status_code == 200
    )
    shown = client.get(url("obligation_list"), {"under": units["committee_a"].uid}).content.decode()
    assert ("Đảng bộ A" in shown, "Chi bộ A1" in shown, "Chi bộ B1" in shown) == (True, True, False)


def test_the_export_holds_what_the_list_shows(client, units, campaign) -> None:
    client.force_login(a_person(head=units["committee_a"]).account)
    content = client.get(url("obligation_export"), {"q": "a1"}).content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == ["Chi bộ A1"]


@pytest.mark.parametrize("more", [0, 20])
def test_the_list_costs_the_same_for_ten_times_the_units(client, units, more, django_assert_max_num_queries) -> None:
    for n in range(more):
        a_unit(f"Chi bộ thêm {n}", under=units["committee_a"])
    an_issued_campaign(units["city"])
    client.force_login(a_person(officer=units["city"]).account)
    client.get(url("obligation_list"))
    with django_assert_max_num_queries(20):
        client.get(url("obligation_list"))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_obligation_explains_itself_with_the_next_step(client, units, campaign, language) -> None:
    client.force_login(a_person(head=units["committee_a"]).account)
    client.cookies["language"] = language
    obligation = an_obligation(units["committee_a"], campaign=campaign)
    shown = client.get(url("obligation_detail", obligation.uid)).content.decode()
    assert url("plan_create", campaign.uid, units["committee_a"].uid) in shown
    assert "Các tổ chức đảng tổ chức thực hiện." in shown


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_its_sentence(units, campaign, state) -> None:
    obligation = an_obligation(units["committee_a"], campaign=campaign)
    match state:
        case State.DONE:
            obligation.fulfilled_on = obligation.due_on
        case State.LATE:
            obligation.fulfilled_on = obligation.due_on.replace(day=22)
        case State.OVERDUE:
            obligation.due_on = TODAY.replace(day=2)
        case State.UNDER_WAY:
            obligation.began_on = TODAY
        case State.EXCUSED:
            from thongsuot.units.testing import NOW

            obligation.excused_at, obligation.excused_reason = NOW, "đang sáp nhập"
    explanation = explain(obligation, TODAY)
    assert obligation.state(TODAY) == state
    assert explanation.sentence
    assert bool(explanation.next_step) == (state in {State.WAITING, State.UNDER_WAY, State.OVERDUE})


def test_the_head_above_excuses_and_asks_again(client, units, campaign) -> None:
    obligation = an_obligation(units["cell_a1"], "meeting", campaign=campaign)
    client.force_login(a_person(head=units["committee_a"]).account)
    assert client.post(url("obligation_excuse", obligation.uid), {"reason": " "}).status_code == 422
    client.post(url("obligation_excuse", obligation.uid), {"reason": "đang sáp nhập"})
    client.post(url("obligation_excuse", obligation.uid), {"reason": "lần hai"})
    obligation.refresh_from_db()
    assert obligation.excused_reason == "đang sáp nhập"
    assert "đang sáp nhập" in client.get(url("obligation_detail", obligation.uid)).content.decode()
    client.post(url("obligation_reopening", obligation.uid))
    assert Obligation.objects.get(pk=obligation.pk).excused_at is None


def test_the_unit_itself_does_not_excuse_itself(client, units, campaign) -> None:
    obligation = an_obligation(units["cell_a1"], "meeting", campaign=campaign)
    client.force_login(a_person(head=units["cell_a1"]).account)
    assert client.get(url("obligation_excuse", obligation.uid)).status_code == 200
    assert client.post(url("obligation_excuse", obligation.uid), {"reason": "bận"}).status_code == 422
    client.post(url("obligation_reopening", obligation.uid))
    obligation.refresh_from_db()
    assert obligation.excused_at is None
