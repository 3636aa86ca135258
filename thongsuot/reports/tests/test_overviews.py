"""A unit and those below it side by side; a figure opened down to what caused it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from thongsuot.learning.testing import a_finished_check, a_reflection, a_topic
from thongsuot.ledger.folding import fold_all
from thongsuot.meetings.calling import add_to_register
from thongsuot.meetings.register import close
from thongsuot.meetings.testing import a_closed_meeting, a_meeting, members, record
from thongsuot.people.testing import a_person
from thongsuot.units.testing import NOW, TODAY, a_hierarchy, a_unit
from thongsuot.units.tree import place


@pytest.fixture
def see(client, campaign, url):
    def as_(unit, measure="", *, query=None, **office):
        client.force_login(a_person(**office).account)
        where = url("figure_detail", campaign.uid, unit.uid, measure) if measure else None
        return client.get(where or url("dashboard", campaign.uid, unit.uid), query or {})

    return as_


def test_each_unit_below_stands_with_all_below_it_in_the_organisations_order(units, campaign, see) -> None:
    a_closed_meeting(units["cell_b1"], campaign=campaign, present=6, on=TODAY - timedelta(days=6))
    a_closed_meeting(units["base_cell"], campaign=campaign, present=2)
    fold_all()
    page = see(units["district"], head=units["district"])
    rows = {row.unit.name: row for row in page.context["rows"]}
    assert list(rows) == ["Chi bộ cơ sở C", "Đảng bộ A", "Đảng bộ B"]
    assert [row.amounts["attendance"] for row in rows.values()] == [2, 0, 6]
    # A meeting, a plan and a report are asked of each; five cells had to meet by the tenth.
    assert [(row.met, row.asked, row.states["overdue"]) for row in rows.values()] == [(1, 2, 0), (0, 6, 2), (1, 6, 1)]
    shown = page.content.decode()
    assert ("2/15 · 13,3 %" in shown, "<svg" in shown, "05/2023" in shown) == (True, True, True)


def test_the_sum_of_the_rows_and_the_own_obligations_is_the_whole(units, campaign, see) -> None:
    a_closed_meeting(units["cell_a1"], campaign=campaign, present=1)
    context = see(units["district"], head=units["district"]).context
    own = campaign.requirements.filter(obligations__unit=units["district"]).count()
    whole = sum(line.asked for line in context["asked_lines"])
    assert (sum(row.asked for row in context["rows"]) + own, own) == (whole, 1)


def test_what_is_overdue_leads_to_whose_it_is(client, units, campaign, see) -> None:
    page = see(units["committee_a"], head=units["district"]).content.decode()
    [way] = set(re.findall(r'href="(/campaigns/obligations/[^"]+)"', page))
    listed = client.get(way.replace("&amp;", "&")).content.decode()
    assert ("Chi bộ A1" in listed, "Chi bộ A2" in listed, "Chi bộ B1" in listed) == (True, True, False)


@pytest.mark.parametrize(
    ("office", "seen", "unseen"),
    [
        ({"head": "cell_a1"}, ["cell_a1"], ["committee_a", "cell_a2", "city"]),
        ({"head": "committee_a"}, ["committee_a", "cell_a1"], ["district", "committee_b", "cell_b1"]),
        ({"officer": "district"}, ["district", "committee_b", "cell_a1"], ["city"]),
        ({"member_of": "cell_b1"}, ["cell_b1"], ["committee_b", "cell_b2"]),
        ({"clerk": "committee_a"}, ["committee_a"], ["cell_a1", "district"]),
    ],
)
def test_overviews_open_in_reach_and_lead_nowhere_else(units, campaign, see, url, office, seen, unseen) -> None:
    a_closed_meeting(units["cell_a1"], campaign=campaign, present=5)
    fold_all()
    [(role, name)] = office.items()
    held = {role: units[name]}
    ways = {key: url("dashboard", campaign.uid, unit.uid) for key, unit in units.items()}
    for key in seen:
        page = see(units[key], **held)
        assert page.status_code == 200
        assert not [other for other in unseen if ways[other] in page.content.decode()]
    for key in unseen:
        assert see(units[key], **held).status_code == 404
        assert see(units[key], "attendance", **held).status_code == 404


def test_a_clerk_of_a_committee_is_told_no_cell_by_name(units, campaign, see) -> None:
    a_closed_meeting(units["cell_a1"], campaign=campaign, present=5)
    fold_all()
    for measure in ("", "attendance"):
        shown = see(units["committee_a"], measure, clerk=units["committee_a"]).content.decode()
        assert "Chi bộ A1" not in shown, measure


def test_a_figure_leads_to_what_caused_it(units, campaign, see) -> None:
    meeting = a_closed_meeting(units["cell_a1"], campaign=campaign, present=5)
    record(meeting, absent=[meeting.register.first().person])
    fold_all()
    page = see(units["district"], "attendance", head=units["district"])
    causes = [(cause.amount, cause.is_taken_back) for cause in page.context["causes"]]
    assert (page.context["sum"], sorted(causes)) == (4, [(-1, True), (5, False)])
    there = reverse("meetings:meeting_detail", args=[meeting.uid])
    assert {cause.url for cause in page.context["causes"]} == {there}
    assert "ghi giảm" in page.content.decode()
    assert (
        see(units["district"], "attendance", head=units["district"], query={"from": "2023-05-16"}).context["sum"] == 0
    )


def test_two_meetings_of_a_day_stand_apart(units, campaign, see) -> None:
    people = members(units["cell_a1"], 6)
    for present, title in ((6, "Buổi sáng"), (4, "Buổi chiều")):
        a_closed_meeting(units["cell_a1"], campaign=campaign, present=people[:present], title=title)
    fold_all()
    causes = see(units["district"], "attendance", head=units["district"]).context["causes"]
    assert sorted((cause.title, cause.amount) for cause in causes) == [("Buổi chiều", 4), ("Buổi sáng", 6)]


def test_nonsense_in_the_address_breaks_nothing(units, campaign, see) -> None:
    for query in ({"from": "2023-13-45", "to": "x"}, {"page": "nonsense"}):
        assert see(units["district"], "attendance", head=units["district"], query=query).status_code == 200
    assert see(units["district"], "nonsense", head=units["district"]).status_code == 404


def test_a_conference_above_is_counted_below_but_not_named(units, campaign, see) -> None:
    people = members(units["cell_a1"], 5)
    conference = a_meeting(units["district"], campaign=campaign, title="Hội nghị của quận")
    add_to_register(conference, people, by=None, at=NOW)
    record(conference, present=people)
    close(conference, ends_at=None, by=None, at=NOW)
    fold_all()
    page = see(units["cell_a1"], "person_attended", head=units["cell_a1"])
    assert (page.context["sum"], "Hội nghị của quận" in page.content.decode()) == (5, False)
    assert "Hội nghị của quận" in see(units["cell_a1"], "person_attended", head=units["district"]).content.decode()


def test_a_unit_that_left_is_counted_but_no_longer_named(units, campaign, see) -> None:
    a_closed_meeting(units["cell_a1"], campaign=campaign, present=5, title="Buổi cũ", on=TODAY - timedelta(days=9))
    place(units["cell_a1"], under=units["committee_b"], hierarchy=a_hierarchy(), on=TODAY, at=NOW, today=TODAY)
    fold_all()
    page = see(units["committee_a"], "attendance", head=units["committee_a"])
    shown = page.content.decode()
    assert (page.context["sum"], "Chi bộ A1" in shown, "Buổi cũ" in shown) == (5, False, False)


def test_what_tells_about_people_opens_down_to_units_only(units, campaign, see) -> None:
    topic = a_topic(campaign)
    for cell, number in (("cell_a1", 5), ("cell_a2", 3), ("cell_b1", 2), ("base_cell", 7)):
        for person in members(units[cell], number):
            a_finished_check(person, topic, units[cell], right=4)
            a_reflection(person, campaign, units[cell])
    fold_all()
    page = see(units["district"], "check_right", head=units["district"])
    assert (page.context["sum"], "causes" in page.context) == (68, False)
    # Five people of two small cells are enough to be told together.
    assert page.context["groups"] == [
        (["Chi bộ A1"], 1, 20), (["Chi bộ cơ sở C"], 1, 28), (["Chi bộ A2", "Chi bộ B1"], 2, 20),
    ]  # fmt: skip
    # Three alone would be known from the rest: the next smallest hides with them.
    within = see(units["committee_a"], "check_right", head=units["committee_a"]).context
    assert within["groups"] == [(["Chi bộ A1", "Chi bộ A2"], 2, 32)]
    alone = see(units["cell_a2"], "reflection_handed_in", head=units["cell_a2"])
    assert (alone.context["groups"], alone.context["hides_sum"]) == ([(["Chi bộ A2"], 1, None)], True)
    assert "dưới 5 người" in alone.content.decode()


def test_long_lists_of_units_come_in_pages(units, campaign, see) -> None:
    for n in range(35):
        a_unit(f"Chi bộ cơ sở {n:02d}", kind="base_cell", under=units["district"])
    first = see(units["district"], head=units["district"])
    second = see(units["district"], head=units["district"], query={"page": 2})
    assert (len(first.context["rows"]), len(second.context["rows"])) == (30, 8)


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_cost_the_same_for_more_units(
    client, units, campaign, url, rows, django_assert_max_num_queries
) -> None:  # fmt: skip
    topic = a_topic(campaign)
    for n in range(rows):
        cell = a_unit(f"Chi bộ thêm {n}", under=units["committee_a"])
        a_closed_meeting(cell, campaign=campaign, present=3)
        a_finished_check(a_person(member_of=cell), topic, cell)
    fold_all()
    client.force_login(a_person(head=units["district"]).account)
    for unit in (units["district"], units["committee_a"]):
        for where, most in (
            (url("dashboard", campaign.uid, unit.uid), 21),
            (url("figure_detail", campaign.uid, unit.uid, "attendance"), 17),
            (url("figure_detail", campaign.uid, unit.uid, "check_right"), 15),
        ):
            with django_assert_max_num_queries(most):
                assert client.get(where).status_code == 200
