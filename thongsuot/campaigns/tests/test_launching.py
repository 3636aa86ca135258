"""Drafting a campaign and issuing it to a subtree."""

from datetime import date

import pytest

from thongsuot.campaigns import launching
from thongsuot.campaigns.launching import NotReady
from thongsuot.campaigns.models import Campaign, Obligation
from thongsuot.campaigns.testing import a_campaign, a_small_city, a_unit, an_issued_campaign
from thongsuot.journal.models import Record
from thongsuot.notices.models import Notice
from thongsuot.people.rights import NotAllowed
from thongsuot.people.testing import a_person
from thongsuot.units.testing import NOW, TODAY, a_hierarchy
from thongsuot.web.errors import Refused


def test_issuing_asks_every_unit_for_what_concerns_its_kind(db) -> None:
    units = a_small_city()
    campaign = an_issued_campaign(units["city"])
    asked = Obligation.objects.filter(requirement__campaign=campaign)
    of = {
        name: set(asked.filter(unit=unit).values_list("requirement__kind", flat=True)) for name, unit in units.items()
    }
    assert of["city"] == set()
    assert of["district"] == {"plan", "report"}
    assert of["committee_a"] == {"plan", "report"}
    assert of["cell_b2"] == {"meeting"}
    assert of["base_cell"] == {"meeting", "report"}


def test_issuing_to_a_part_leaves_the_rest_unasked(db) -> None:
    units = a_small_city()
    campaign = an_issued_campaign(units["city"], to=units["committee_a"])
    asked = set(Obligation.objects.values_list("unit_id", flat=True))
    assert asked == {units[name].pk for name in ("committee_a", "cell_a1", "cell_a2")}
    assert campaign.issued_to == units["committee_a"]


def test_a_due_date_on_a_day_off_moves_to_the_next_working_day(db) -> None:
    units = a_small_city()
    # 30 April and 1 May are holidays; in 2023 both were a weekend's neighbours, with 2 and 3 May given off.
    campaign = an_issued_campaign(units["city"], asked={"report": (("district",), date(2023, 4, 29))})
    obligation = Obligation.objects.get(requirement__campaign=campaign)
    assert obligation.due_on > date(2023, 5, 1)
    assert launching.preview(campaign, to=units["city"], on=TODAY)[0].has_moved


def test_issuing_again_asks_only_units_that_are_new(db) -> None:
    units = a_small_city()
    campaign = an_issued_campaign(units["city"])
    before = Obligation.objects.count()
    assert launching.issue_campaign(campaign, to=units["city"], by=None, on=TODAY, at=NOW) == 0
    fresh = a_unit("Chi bộ mới", under=units["committee_a"])
    joining = date(2023, 5, 25)
    assert launching.issue_campaign(campaign, to=units["city"], by=None, on=joining, at=NOW) == 1
    assert Obligation.objects.count() == before + 1
    due_on = Obligation.objects.get(unit=fresh).due_on
    assert due_on == joining + launching.JOINING, "asked six days before the others are due, it gets two weeks"


def test_heads_are_told_once(db) -> None:
    units = a_small_city()
    head = a_person(head=units["cell_a1"])
    campaign = an_issued_campaign(units["city"])
    launching.issue_campaign(campaign, to=units["city"], by=None, on=TODAY, at=NOW)
    assert [notice.values["campaign"] for notice in Notice.objects.filter(person=head)] == [campaign.title]


def test_only_those_who_direct_the_unit_issue_its_campaign(db) -> None:
    units = a_small_city()
    campaign = a_campaign(units["city"])
    with pytest.raises(NotAllowed):
        launching.issue_campaign(campaign, to=units["city"], by=a_person(head=units["district"]), on=TODAY, at=NOW)
    assert Obligation.objects.count() == 0
    assert (
        launching.issue_campaign(campaign, to=units["city"], by=a_person(officer=units["city"]), on=TODAY, at=NOW) > 0
    )


def test_a_campaign_that_asks_nothing_or_points_elsewhere_is_not_issued(db) -> None:
    units = a_small_city()
    empty = a_campaign(units["district"], asked={})
    with pytest.raises(NotReady):
        launching.issue_campaign(empty, to=units["district"], by=None, on=TODAY, at=NOW)
    with pytest.raises(NotReady):
        launching.issue_campaign(a_campaign(units["district"]), to=units["city"], by=None, on=TODAY, at=NOW)


def test_a_form_sent_twice_makes_one_campaign(db) -> None:
    units = a_small_city()
    first = a_campaign(units["city"])
    again = launching.draft_campaign(
        units["city"],
        hierarchy=a_hierarchy(),
        title="Khác",
        directive=None,
        starts_on=TODAY,
        by=None,
        at=NOW,
        uid=first.uid,
    )
    assert (again.pk, Campaign.objects.count()) == (first.pk, 1)


def test_what_was_issued_no_longer_moves(db) -> None:
    campaign = an_issued_campaign(a_small_city()["city"])
    requirement = campaign.requirements.first()
    due_on = requirement.due_on
    launching.change_requirement(requirement, for_kinds=[], due_on=TODAY, text="Lời khác", by=None, at=NOW)
    requirement.refresh_from_db()
    assert (requirement.due_on, requirement.text, requirement.for_kinds.count() > 0) == (due_on, "Lời khác", True)
    with pytest.raises(Refused):
        launching.remove_requirement(requirement, by=None, at=NOW)
    with pytest.raises(Refused):
        launching.remove_topic(campaign.topics.first(), by=None, at=NOW)


def test_every_change_is_in_the_trail(db) -> None:
    units = a_small_city()
    campaign = an_issued_campaign(units["city"])
    launching.change_campaign(campaign, title="Tên mới", by=None, at=NOW)
    verbs = list(Record.objects.filter(subject_uid=campaign.uid).order_by("pk").values_list("verb", flat=True))
    added = ["core content added"] * 3 + ["requirement added"] * campaign.requirements.count()
    assert verbs == ["drafted", *added, "issued", "changed"]
