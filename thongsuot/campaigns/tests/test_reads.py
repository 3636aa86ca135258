"""What the desk asks this room, and what the portal may read of it."""

from datetime import date

import pytest

from thongsuot.campaigns import asked, cascade, published
from thongsuot.campaigns.models import Campaign
from thongsuot.campaigns.testing import a_draft, a_passage, a_plan, a_small_city, a_unit, an_issued_campaign
from thongsuot.people.testing import a_person
from thongsuot.units.testing import NOW, TODAY

LATE = date(2023, 7, 3)


@pytest.fixture
def units(db):
    return a_small_city()


@pytest.fixture
def campaign(units):
    return an_issued_campaign(units["city"])


@pytest.mark.parametrize(
    ("role", "where", "kinds"),
    [("head", "committee_a", ["plan", "report"]), ("clerk", "cell_a1", ["meeting"]), ("speaker", "cell_a1", [])],
)
def test_the_desk_asks_what_my_units_owe(units, campaign, role, where, kinds) -> None:
    person = a_person(**{role: units[where]})
    assert [one.requirement.kind for one in asked.asked_of(person, TODAY)] == kinds


def test_what_is_done_or_excused_waits_no_more(units, campaign) -> None:
    head = a_person(head=units["committee_a"])
    a_plan(campaign, units["committee_a"])
    assert [one.requirement.kind for one in asked.asked_of(head, TODAY)] == ["report"]


def test_the_desk_names_who_is_behind_below(units, campaign, django_assert_num_queries) -> None:
    head = a_person(head=units["committee_a"])
    assert asked.overdue_below(head, TODAY) == []
    with django_assert_num_queries(3):
        behind = asked.overdue_below(head, LATE)
    assert {one.unit.name for one in behind} == {"Chi bộ A1", "Chi bộ A2"}
    [row] = asked.behind_by_requirement(head, LATE)
    assert (row.units, row.text) == (2, "Việc meeting")


def test_the_desk_knows_my_drafts_and_campaigns(units, campaign) -> None:
    head = a_person(head=units["committee_a"])
    draft = a_draft(campaign, units["committee_a"])
    assert asked.drafts_of(head, TODAY) == [draft]
    assert asked.campaigns_of(head, TODAY) == [campaign]


def test_the_portal_reads_only_public_campaigns(units, campaign) -> None:
    assert (published.campaigns(), published.campaign(campaign.slug)) == ([], None)
    assert (published.topics(campaign.slug), published.requirements(campaign.slug)) == ([], [])
    Campaign.objects.update(is_public=True)
    [shown] = published.campaigns()
    assert (shown.slug, shown.issuer) == (campaign.slug, units["city"].name)
    assert [one.kind for one in published.requirements(campaign.slug)] == ["plan", "meeting", "report"]


def test_the_portal_shows_trails_without_passages_that_are_not_public(units, campaign) -> None:
    from thongsuot.campaigns.curating import Laid, lay_trail
    from thongsuot.campaigns.testing import a_document

    Campaign.objects.update(is_public=True)
    open_, closed = a_passage(), a_passage(a_document(is_public=False))
    lay_trail(campaign.topics.first(), [Laid(open_, "a"), Laid(closed, "b")], by=None, at=NOW)
    assert [step.passage_uid for step in published.topics(campaign.slug)[0].steps] == [open_.uid]


def test_small_groups_are_not_told(units) -> None:
    for number in range(3):
        a_unit(f"Chi bộ thêm {number}", under=units["committee_a"])
    campaign = an_issued_campaign(units["city"])
    Campaign.objects.update(is_public=True)
    told = {(row.kind, row.level): (row.done, row.all) for row in published.progress(campaign.slug, TODAY)}
    assert told[("meeting", "Chi bộ trực thuộc")] == (0, 7)
    assert told[("plan", "Đảng bộ cơ sở")] == (None, None)
    assert all(row.is_suppressed == (row.all is None) for row in published.progress(campaign.slug, TODAY))


def test_reads_cost_the_same_for_one_campaign_and_three(units, campaign, django_assert_num_queries) -> None:
    head = a_person(head=units["committee_a"])
    for _more in range(2):
        other = an_issued_campaign(units["city"])
        cascade.start_plan(other, units["committee_a"], by=None, at=NOW)
    with django_assert_num_queries(5):
        assert len(asked.asked_of(head, TODAY)) == 6
        asked.drafts_of(head, TODAY)
