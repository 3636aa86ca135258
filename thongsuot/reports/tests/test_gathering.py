"""Figures fill themselves from the ledger: numerators, denominators, people apart from attendances."""

from datetime import timedelta

import pytest
from django.utils import translation

from thongsuot.campaigns import excusing
from thongsuot.campaigns.models import Obligation
from thongsuot.campaigns.testing import a_plan, an_issued_campaign
from thongsuot.learning.testing import a_finished_check, a_reflection, a_topic
from thongsuot.ledger.measures import is_measure
from thongsuot.meetings import register
from thongsuot.meetings.testing import a_closed_meeting, members
from thongsuot.people.testing import a_person
from thongsuot.practice.testing import a_reported_action, a_sent_review, an_action
from thongsuot.reports import gathering
from thongsuot.reports.lines import BY_CODE, LINES
from thongsuot.reports.testing import START, a_report, figures
from thongsuot.units.testing import NOW, TODAY, a_hierarchy, a_unit
from thongsuot.units.tree import place


def said(figure) -> tuple[int, int | None]:
    return figure.value, figure.of


def test_people_and_attendances_are_counted_apart(units, campaign) -> None:
    people = members(units["cell_a1"], 6)
    a_person(member_of=units["cell_a1"], kind="exempt")
    for _twice in range(2):
        a_closed_meeting(units["cell_a1"], campaign=campaign, present=people[:5], spoke=True)
    for unit in ("cell_a1", "committee_a", "district"):
        found = figures(campaign, units[unit])
        assert (said(found["R03"]), said(found["R05"])) == ((2, None), (10, 12))
        assert (said(found["R06"]), said(found["R10"])) == ((5, 6), (10, 10))
        assert found["R10a"].shown == "120"
    assert said(figures(campaign, units["committee_b"])["R05"]) == (0, 0)


def test_plans_are_a_part_of_the_units_asked_less_those_excused(units, campaign) -> None:
    a_plan(campaign, units["committee_a"])
    found = figures(campaign, units["district"])
    assert [said(found[code]) for code in ("R01", "R01b", "R02")] == [(1, 2), (0, 2), (1, 2)]
    owed = Obligation.objects.get(requirement__kind="plan", unit=units["committee_b"])
    excusing.excuse(owed, reason="Mới thành lập", by=None, at=NOW)
    assert said(figures(campaign, units["district"])["R01"]) == (1, 1)


def test_learning_and_practice_are_in_it(units, campaign) -> None:
    topic, cell = a_topic(campaign), units["cell_a1"]
    people = members(cell, 6)
    for person in people[:5]:
        a_finished_check(person, topic, cell, right=4)
        a_reflection(person, campaign, cell)
    a_sent_review(campaign, cell)
    an_action(campaign, cell)
    a_reported_action(campaign, cell)
    found = figures(campaign, units["committee_a"])
    # The two who got an action are members as well.
    assert (said(found["R11"]), said(found["R12"]), said(found["R12a"])) == ((5, 8), (5, 8), (20, 25))
    assert (found["R13"].value, said(found["R14"]), said(found["R14a"])) == (1, (2, None), (0, 2))


def test_only_what_happened_in_the_period_counts_but_people_count_since_the_beginning(units, campaign) -> None:
    people = members(units["cell_a1"], 5)
    a_closed_meeting(units["cell_a1"], campaign=campaign, present=people, on=TODAY - timedelta(days=20))
    a_closed_meeting(units["cell_a1"], campaign=campaign, present=people[:2])
    found = figures(campaign, units["cell_a1"], start=TODAY - timedelta(days=3))
    assert (found["R05"].value, found["R06"].value) == (2, 5)
    assert figures(campaign, units["cell_a1"], end=TODAY - timedelta(days=3))["R05"].value == 5


@pytest.mark.parametrize("end", [TODAY, TODAY.replace(day=31)])
def test_whole_months_from_the_totals_say_the_same_as_the_entries(units, campaign, end) -> None:
    a_closed_meeting(units["cell_a1"], campaign=campaign, present=5, on=TODAY - timedelta(days=20))
    a_closed_meeting(units["cell_b1"], campaign=campaign, present=5)
    found = figures(campaign, units["district"], end=end)
    assert [found[code].value for code in ("R03", "R05", "R06")] == [2, 10, 10]


def test_a_handful_of_people_is_not_told(units, campaign) -> None:
    topic, cell = a_topic(campaign), units["cell_a1"]
    for person in members(cell, 4):
        a_finished_check(person, topic, cell)
    small, whole = figures(campaign, cell), figures(campaign, units["district"])
    for code in ("R06", "R12", "R12a"):
        assert (small[code].is_small, whole[code].is_small) == (True, True)
        assert small[code].shown == "dưới 5 người"
    members(units["cell_b1"], 6)
    # Twelve lists of people, but the answers still are those of four.
    whole = figures(campaign, units["district"])
    assert (whole["R12"].is_small, whole["R12a"].is_small) == (False, True)


def test_the_silent_are_named_and_those_with_anything_recorded_are_not(units, campaign) -> None:
    a_closed_meeting(units["cell_a1"], campaign=campaign, present=5)
    a_closed_meeting(units["base_cell"], campaign=None, present=5)
    a_reflection(a_person(member_of=units["cell_b1"]), campaign, units["cell_b1"])
    figures(campaign, units["district"])
    taken = gathering.figures(campaign, units["district"], START, TODAY)
    silent = {"Quận uỷ Thử Nghiệm", "Đảng bộ A", "Đảng bộ B", "Chi bộ A2", "Chi bộ B2", "Chi bộ cơ sở C"}
    assert (set(taken.missing), taken.missing_in_all) == (silent, 6)


def test_what_another_campaign_began_breaks_no_silence(units, campaign) -> None:
    other = an_issued_campaign(units["city"])
    a_closed_meeting(units["cell_a1"], campaign=other, present=5)
    assert "Chi bộ A1" in gathering.figures(campaign, units["district"], START, TODAY).missing


def test_a_report_on_an_earlier_day_says_what_was_met_on_that_day(units, campaign) -> None:
    a_closed_meeting(units["cell_a1"], campaign=campaign, present=5, on=TODAY - timedelta(days=6))
    a_closed_meeting(units["cell_a2"], campaign=campaign, present=5)
    inside = gathering.units_below(campaign, units["committee_a"])

    def states(on):
        return next(line.states for line in gathering.asked_lines(campaign, inside, on) if line.kind == "meeting")

    assert states(TODAY) == {"done": 1, "late": 1}
    assert states(TODAY - timedelta(days=4)) == {"done": 1, "overdue": 1}
    assert states(TODAY - timedelta(days=7)) == {"waiting": 2}


def test_states_as_a_column_are_the_states(units, campaign) -> None:
    a_closed_meeting(units["cell_a1"], campaign=campaign, present=1, on=TODAY - timedelta(days=6))
    a_closed_meeting(units["cell_a2"], campaign=campaign, present=1)
    excusing.excuse(
        Obligation.objects.get(requirement__kind="meeting", unit=units["cell_b1"]), reason="Ốm", by=None, at=NOW
    )
    owed = Obligation.objects.annotate(column=gathering.state_expression(TODAY))
    assert owed.count() > 5
    for obligation in owed:
        assert obligation.column == obligation.state(TODAY).value


def test_units_that_left_since_still_belong_to_the_report_of_their_time(units, campaign) -> None:
    a_closed_meeting(units["cell_a1"], campaign=campaign, present=5, on=TODAY - timedelta(days=20))
    tomorrow = TODAY + timedelta(days=1)
    place(units["cell_a1"], under=units["committee_b"], hierarchy=a_hierarchy(), on=tomorrow, at=NOW, today=tomorrow)
    taken = gathering.figures(campaign, units["committee_a"], START, TODAY)
    assert (taken.units, taken.people) == (3, 5)
    assert said(figures(campaign, units["committee_a"])["R06"]) == (5, 5)
    later = gathering.figures(campaign, units["committee_a"], START, tomorrow)
    assert (later.units, later.people) == (2, 0)


def test_levels_are_told_apart(units, campaign) -> None:
    a_closed_meeting(units["district"], campaign=campaign, present=2, points=3)
    a_closed_meeting(units["cell_a1"], campaign=campaign, present=5)
    figures(campaign, units["district"])
    levels = gathering.figures(campaign, units["district"], START, TODAY).levels
    assert [(each["level"], each["meeting_held"], each["meeting_points"], each["attendance"]) for each in levels] == [
        ("Quận uỷ", 1, 3, 2),
        ("Chi bộ trực thuộc", 1, 1, 5),
    ]


def test_the_situation_cites_the_directive_in_full_in_vietnamese(units, campaign) -> None:
    number = campaign.directive.number
    with translation.override("en"):
        a_plan(campaign, units["committee_a"])
        report = a_report(campaign, units["committee_a"])
    assert report.situation.startswith(f"Thực hiện Kế hoạch số {number}, ngày 30/3/2023 của Thành uỷ Thử Nghiệm về ")
    assert "Đảng bộ A đã ban hành Kế hoạch số " in report.situation


def test_a_report_begun_twice_is_one(units, campaign) -> None:
    assert a_report(campaign, units["committee_a"]) == a_report(campaign, units["committee_a"])


def test_every_line_rests_on_measures_that_are_posted(units) -> None:
    assert len(BY_CODE) == len(LINES)
    for line in LINES:
        for code in [*line.measures, *([line.of] if line.of and line.of != "people" and ":" not in line.of else [])]:
            assert is_measure(code), code


@pytest.mark.parametrize("rows", [1, 3])
def test_figures_cost_the_same_for_more_units(units, campaign, rows, django_assert_max_num_queries) -> None:
    for n in range(rows):
        cell = a_unit(f"Chi bộ thêm {n}", under=units["committee_a"])
        a_closed_meeting(cell, campaign=campaign, present=2)
    figures(campaign, units["district"])
    with django_assert_max_num_queries(13):
        gathering.figures(campaign, units["district"], START, TODAY)


def test_voiding_takes_the_figures_back(units, campaign) -> None:
    meeting = a_closed_meeting(units["cell_a1"], campaign=campaign, present=5)
    register.void(meeting, "Ghi nhầm", by=None, at=NOW)
    found = figures(campaign, units["district"])
    assert [found[code].value for code in ("R03", "R05", "R06")] == [0, 0, 0]
