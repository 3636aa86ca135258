"""A plan below answers each item of the plan above, or its unit acts directly on it."""

from datetime import date, timedelta

import pytest

from thongsuot.campaigns import cascade, coverage
from thongsuot.campaigns.cascade import PlanIncomplete, PlanIssued
from thongsuot.campaigns.models import Obligation, Plan, State
from thongsuot.campaigns.testing import a_draft, a_plan, a_small_city, an_issued_campaign, an_item
from thongsuot.ledger.models import Entry
from thongsuot.notices.models import Notice
from thongsuot.people.rights import NotAllowed
from thongsuot.people.testing import a_person
from thongsuot.units.testing import NOW, TODAY
from thongsuot.web.errors import Refused


@pytest.fixture
def units(db):
    return a_small_city()


@pytest.fixture
def campaign(units):
    return an_issued_campaign(units["city"])


def counted(measure: str) -> int:
    return sum(Entry.objects.filter(measure=measure).values_list("amount", flat=True))


def state_of(campaign, unit, on=TODAY):
    return Obligation.objects.get(requirement__campaign=campaign, requirement__kind="plan", unit=unit).state(on)


def test_a_draft_waits_for_an_answer_to_each_item_of_the_plan_above(campaign, units) -> None:
    above = a_plan(campaign, units["district"], items=2)
    plan = cascade.start_plan(campaign, units["committee_a"], by=None, at=NOW)
    assert plan.above == above
    assert cascade.unanswered_items(plan) == list(above.items.all())
    assert state_of(campaign, units["committee_a"]) == State.UNDER_WAY


def test_a_draft_proposes_core_contents_and_not_the_words_of_the_plan_above(campaign, units) -> None:
    above = a_plan(campaign, units["district"])
    plan = cascade.start_plan(campaign, units["committee_a"], by=None, at=NOW)
    assert "Nội dung cốt lõi thứ 3" in plan.content
    assert (plan.purpose, plan.own_part, above.purpose != "") == ("", "", True)


def test_starting_twice_gives_the_draft_that_stands(campaign, units) -> None:
    first = cascade.start_plan(campaign, units["district"], by=None, at=NOW)
    assert cascade.start_plan(campaign, units["district"], by=None, at=NOW) == first


def test_a_level_without_a_paper_of_its_own_is_skipped(campaign, units) -> None:
    above = a_plan(campaign, units["district"])
    cascade.act_directly(campaign, units["committee_a"], by=None, on=TODAY, at=NOW)
    assert cascade.start_plan(campaign, units["cell_a1"], by=None, at=NOW).above == above


def test_issuing_says_all_that_is_missing(campaign, units) -> None:
    a_plan(campaign, units["district"], items=2)
    plan = cascade.start_plan(campaign, units["committee_a"], by=None, at=NOW)
    cascade.add_item(plan, by=None, at=NOW, work="Họp", who="", due_on=None)
    with pytest.raises(PlanIncomplete) as error:
        cascade.issue_plan(plan, by=None, on=TODAY, at=NOW)
    assert len(error.value.missing) == 4  # purpose, organisation, two answers, the task
    plan.refresh_from_db()
    assert (plan.is_issued, plan.number) == (False, "")
    assert not Entry.objects.filter(unit=plan.unit).exists()


def test_issuing_numbers_freezes_counts_and_meets_the_obligation(campaign, units) -> None:
    head = a_person(head=units["committee_a"])
    below = a_person(head=units["cell_a1"])
    a_plan(campaign, units["district"])
    plan = a_plan(campaign, units["committee_a"])
    assert (plan.number, plan.issued_on, plan.signed_by, len(plan.sha256)) == ("01-KH/ĐU", TODAY, head, 64)
    assert (counted("plan_issued"), counted("plan_issued_on_time")) == (2, 2)
    assert state_of(campaign, units["committee_a"]) == State.DONE
    assert Notice.objects.filter(person=below, values__plan="01-KH/ĐU").count() == 1


def test_a_plan_after_its_day_counts_as_issued_and_not_as_on_time(campaign, units) -> None:
    a_plan(campaign, units["district"], on=date(2023, 5, 22))
    assert (counted("plan_issued"), counted("plan_issued_on_time")) == (1, 0)
    assert state_of(campaign, units["district"]) == State.LATE


def test_issuing_twice_gives_the_plan_as_issued_first(campaign, units) -> None:
    plan = a_plan(campaign, units["district"])
    again = cascade.issue_plan(plan, by=None, on=TODAY + timedelta(days=3), at=NOW)
    assert (again.number, again.issued_on, counted("plan_issued")) == (plan.number, TODAY, 1)


def test_an_issued_plan_stands_as_it_is(campaign, units) -> None:
    plan = a_plan(campaign, units["district"])
    with pytest.raises(PlanIssued):
        cascade.write_plan(plan, by=None, at=NOW, purpose="khác")
    with pytest.raises(PlanIssued):
        an_item(plan)
    with pytest.raises(PlanIssued):
        cascade.remove_item(plan.items.first(), by=None, at=NOW)


def test_numbers_follow_each_other_in_the_units_own_series(campaign, units) -> None:
    first = a_plan(campaign, units["district"])
    cascade.withdraw_plan(first, reason="viết lại", by=None, at=NOW)
    second = a_plan(campaign, units["district"])
    assert (first.number, second.number) == ("01-KH/QU", "02-KH/QU")


def test_withdrawing_takes_back_what_it_counted_for(campaign, units) -> None:
    plan = a_plan(campaign, units["district"])
    cascade.withdraw_plan(plan, reason="sai thẩm quyền", by=None, at=NOW)
    assert (counted("plan_issued"), counted("plan_issued_on_time"), counted("obligation_met")) == (0, 0, 0)
    assert state_of(campaign, units["district"]) == State.WAITING


def test_not_applicable_needs_a_reason(campaign, units) -> None:
    above = a_plan(campaign, units["district"])
    plan = a_draft(campaign, units["committee_a"])
    with pytest.raises(Refused):
        cascade.answer_item(plan, above.items.first(), "not_applicable", by=None, at=NOW, reason="  ")
    answer = cascade.answer_item(plan, above.items.first(), "not_applicable", by=None, at=NOW, reason="không có chợ")
    assert (answer.kind, answer.reason) == ("not_applicable", "không có chợ")


def test_a_second_answer_replaces_the_first(campaign, units) -> None:
    above = a_plan(campaign, units["district"], items=1)
    plan = a_draft(campaign, units["committee_a"])
    item = above.items.get()
    cascade.answer_item(plan, item, "ours", by=None, at=NOW)
    cascade.answer_item(plan, item, "passed_down", by=None, at=NOW)
    assert [answer.kind for answer in plan.answers.all()] == ["passed_down"]


def test_a_unit_with_nobody_below_cannot_pass_down(campaign, units) -> None:
    above = a_plan(campaign, units["district"])
    plan = a_draft(campaign, units["base_cell"])
    with pytest.raises(Refused):
        cascade.answer_item(plan, above.items.first(), "passed_down", by=None, at=NOW)


def test_only_items_of_the_plan_above_are_answered(campaign, units) -> None:
    a_plan(campaign, units["district"])
    own = a_draft(campaign, units["committee_a"])
    stranger = an_item(a_draft(campaign, units["committee_b"]))
    with pytest.raises(Refused):
        cascade.answer_item(own, stranger, "ours", by=None, at=NOW)
    with pytest.raises(Refused):
        cascade.answer_item(own, own.above.items.first(), "ours", by=None, at=NOW, own_item=stranger)


def test_what_is_passed_down_waits_below(campaign, units) -> None:
    above = a_plan(campaign, units["district"], items=1)
    middle = a_draft(campaign, units["committee_a"])
    an_item(middle)
    cascade.answer_item(middle, above.items.get(), "passed_down", by=None, at=NOW)
    cascade.issue_plan(middle, by=None, on=TODAY, at=NOW)
    cell = cascade.start_plan(campaign, units["cell_a1"], by=None, at=NOW)
    assert {item.pk for item in cascade.unanswered_items(cell)} == {above.items.get().pk, middle.items.get().pk}


def test_acting_directly_is_an_answer_of_equal_worth(campaign, units) -> None:
    above = a_plan(campaign, units["district"])
    plan = cascade.act_directly(campaign, units["committee_a"], by=None, on=TODAY, at=NOW)
    again = cascade.act_directly(campaign, units["committee_a"], by=None, on=TODAY, at=NOW)
    assert (plan.above, plan.acts_directly, again) == (above, True, plan)
    assert (counted("acts_directly"), counted("plan_issued")) == (1, 1)
    assert state_of(campaign, units["committee_a"]) == State.DONE


def test_nobody_acts_on_a_plan_that_is_not_there(campaign, units) -> None:
    with pytest.raises(Refused):
        cascade.act_directly(campaign, units["committee_a"], by=None, on=TODAY, at=NOW)


def test_a_draft_gives_way_to_acting_directly_and_back(campaign, units) -> None:
    a_plan(campaign, units["district"])
    unit = units["committee_a"]
    draft = cascade.start_plan(campaign, unit, by=None, at=NOW)
    direct = cascade.act_directly(campaign, unit, by=None, on=TODAY, at=NOW)
    draft.refresh_from_db()
    assert draft.withdrawn_at is not None
    own = cascade.start_plan(campaign, unit, by=None, at=NOW)
    direct.refresh_from_db()
    assert (direct.withdrawn_at is not None, own.acts_directly, counted("acts_directly")) == (True, False, 0)
    assert Plan.objects.filter(unit=unit, withdrawn_at__isnull=True).get() == own


def test_a_unit_with_its_own_plan_withdraws_it_before_acting_directly(campaign, units) -> None:
    a_plan(campaign, units["district"])
    a_plan(campaign, units["committee_a"])
    with pytest.raises(PlanIssued):
        cascade.act_directly(campaign, units["committee_a"], by=None, on=TODAY, at=NOW)


@pytest.mark.parametrize(("role", "may_write"), [("head", True), ("deputy", True), ("officer", True), ("clerk", False)])
def test_those_who_direct_the_unit_write_its_plan(campaign, units, role, may_write) -> None:
    person = a_person(**{role: units["district"]})
    if may_write:
        assert cascade.start_plan(campaign, units["district"], by=person, at=NOW).created_by == person
    else:
        with pytest.raises(NotAllowed):
            cascade.start_plan(campaign, units["district"], by=person, at=NOW)


def test_the_head_above_does_not_write_the_plan_below(campaign, units) -> None:
    with pytest.raises(NotAllowed):
        cascade.start_plan(campaign, units["committee_a"], by=a_person(head=units["district"]), at=NOW)


def test_items_are_proposed_from_what_the_campaign_asks_once(campaign, units) -> None:
    plan = a_draft(campaign, units["district"])
    assert len(cascade.propose_items(plan, by=None, at=NOW)) == 3
    assert cascade.propose_items(plan, by=None, at=NOW) == []


def test_what_nobody_answers_shows_at_once(campaign, units) -> None:
    above = a_plan(campaign, units["district"], items=3)
    first, second, third = above.items.all()
    assert [one.is_uncovered for one in coverage.cover(above)] == [True, True, True]
    plan = a_draft(campaign, units["committee_a"])
    an_item(plan)
    cascade.answer_item(plan, first, "ours", by=None, at=NOW)
    cascade.answer_item(plan, second, "passed_down", by=None, at=NOW)
    cascade.answer_item(plan, third, "not_applicable", by=None, at=NOW, reason="không có")
    assert len(coverage.uncovered(above)) == 3, "a draft answers nothing yet"
    cascade.issue_plan(plan, by=None, on=TODAY, at=NOW)
    [left] = coverage.uncovered(above)
    assert (left.item, left.expected, left.not_applicable, left.silent) == (third, 2, 1, 1)
    cascade.act_directly(campaign, units["committee_b"], by=None, on=TODAY, at=NOW)
    assert coverage.uncovered(above) == []


def test_the_tree_below_names_who_answered_what(campaign, units, django_assert_max_num_queries) -> None:
    above = a_plan(campaign, units["district"], items=2)
    a_plan(campaign, units["committee_a"])
    cascade.act_directly(campaign, units["committee_b"], by=None, on=TODAY, at=NOW)
    with django_assert_max_num_queries(8):
        nodes = coverage.nodes_at(above, list(coverage.places_below(above)))
    found = {node.unit.name: (node.standing, node.answers["ours"], node.unanswered) for node in nodes}
    assert found == {
        "Đảng bộ A": ("issued", 2, 0),
        "Đảng bộ B": ("direct", 0, 0),
        "Chi bộ cơ sở C": ("nothing", 0, 0),
    }
