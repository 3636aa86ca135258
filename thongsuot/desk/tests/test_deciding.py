"""Each thing waits on one desk: that of the nearest level above that may decide it."""

import pytest
from django.utils import timezone

from thongsuot.campaigns.testing import an_issued_campaign
from thongsuot.desk.deciding import waits_for
from thongsuot.people.models import Membership, Office
from thongsuot.people.rights import Act, may
from thongsuot.people.testing import SINCE, a_person
from thongsuot.practice.testing import a_reported_action, a_sent_review
from thongsuot.units.testing import NOW, TODAY, a_small_city, a_unit

pytestmark = pytest.mark.django_db
KINDS = ("base_committee", "base_cell", "cell")


@pytest.fixture(autouse=True)
def _the_day(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def units():
    return a_small_city()


@pytest.fixture
def campaign(units):
    due = TODAY.replace(month=6, day=15)
    return an_issued_campaign(units["city"], asked=dict.fromkeys(("self_review", "actions"), (KINDS, due)))


def waiting(person):
    return sorted(ask.unit for ask in waits_for(person, TODAY))


@pytest.fixture
def sent(units, campaign):
    """One self-review of a cell, of a committee and of a base cell, and an action of a cell."""
    for name in ("cell_a1", "committee_a", "base_cell"):
        a_sent_review(campaign, units[name])
    a_reported_action(campaign, units["cell_a1"])


def test_what_a_cell_sent_waits_for_its_committee_only(units, sent):
    committee = [a_person(**{role: units["committee_a"]}) for role in ("head", "officer", "verifier")]
    district, city = a_person(officer=units["district"]), a_person(officer=units["city"])
    assert [waiting(one) for one in committee] == [["Chi bộ A1", "Chi bộ A1"]] * 3
    assert waiting(district) == ["Chi bộ cơ sở C", "Đảng bộ A"]
    assert waiting(city) == []
    assert may(district, Act.VERIFY, units["cell_a1"], TODAY), "the right itself reaches further"
    assert waiting(a_person(head=units["committee_b"])) == []


def test_where_a_level_has_nobody_the_next_one_is_asked(units, sent):
    district, city = a_person(officer=units["district"]), a_person(officer=units["city"])
    a_person(clerk=units["committee_a"])
    assert waiting(district) == ["Chi bộ A1", "Chi bộ A1", "Chi bộ cơ sở C", "Đảng bộ A"]
    Office.objects.filter(person=district).update(valid_to=TODAY)
    assert (len(waiting(district)), len(waiting(city))) == (0, 4)


def test_what_the_only_one_of_a_level_may_not_verify_waits_one_level_higher(units, campaign):
    a_sent_review(campaign, units["cell_a1"])
    a_sent_review(campaign, units["cell_a2"])
    head, district = a_person(head=units["committee_a"], member_of=units["cell_a1"]), a_person(head=units["district"])
    assert (waiting(head), waiting(district)) == (["Chi bộ A2"], ["Chi bộ A1"])
    a_person(verifier=units["committee_a"])
    assert (waiting(head), waiting(district)) == (["Chi bộ A2"], [])
    Membership.objects.create(person=district, unit=a_unit(), kind="full", valid_from=SINCE)
    assert waiting(district) == []


def test_nobody_is_asked_to_verify_what_they_did_themselves(units, campaign):
    head = a_person(head=units["committee_a"])
    action = a_reported_action(campaign, units["cell_a1"])
    assert waiting(head) == ["Chi bộ A1"]
    for field in ("who", "reported_done_by"):
        before = getattr(action, field)
        setattr(action, field, head)
        action.save()
        assert waiting(head) == []
        setattr(action, field, before)
        action.save()


@pytest.mark.parametrize("more", [0, 12])
def test_deciding_costs_the_same_with_many_units(units, sent, more, django_assert_num_queries):
    district = a_person(officer=units["district"])
    for name in ("committee_a", "committee_b"):
        a_person(head=units[name])
    for _n in range(more):
        committee = a_unit(kind="base_committee", under=units["district"])
        a_unit(under=committee)
        a_person(head=committee)
    district.known_scopes = {}
    with django_assert_num_queries(11):
        waits_for(district, TODAY)
