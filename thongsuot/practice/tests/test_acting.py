"""Actions: six clear things, evidence, someone else's eyes."""

from datetime import date, time

import pytest

from thongsuot.campaigns.models import Obligation
from thongsuot.journal.models import Record
from thongsuot.ledger.models import Entry
from thongsuot.meetings import minutes
from thongsuot.meetings.models import Decision, Meeting
from thongsuot.notices.models import Notice
from thongsuot.people.rights import NotAllowed
from thongsuot.people.testing import a_person
from thongsuot.practice import acting
from thongsuot.practice.acting import ActionRefused
from thongsuot.practice.models import Action, action_in_state
from thongsuot.practice.published import actions as published
from thongsuot.practice.testing import a_reported_action, an_action
from thongsuot.units.models import new_uid
from thongsuot.units.testing import NOW, TODAY, a_unit


def counted(measure):
    return sum(Entry.objects.filter(measure=measure).values_list("amount", flat=True))


def owed(campaign, unit):
    return Obligation.objects.get(requirement__campaign=campaign, requirement__kind="actions", unit=unit)


def test_who_is_given_an_action_is_told_once(units, campaign) -> None:
    action = an_action(campaign, units["cell_a1"])
    assert (Notice.objects.filter(person=action.who).count(), counted("action_opened")) == (1, 1)
    assert owed(campaign, units["cell_a1"]).began_on == TODAY


def test_sent_twice_opens_one(units, campaign) -> None:
    who, uid = a_person(member_of=units["cell_a1"]), new_uid()
    first, second = (an_action(campaign, units["cell_a1"], who=who, uid=uid) for _n in (1, 2))
    assert (first.pk, Action.objects.count(), counted("action_opened")) == (second.pk, 1, 1)


@pytest.mark.parametrize("wrong", [{"work": " "}, {"product": ""}, {"due_on": date(2023, 5, 1)}])
def test_an_action_that_is_not_clear_is_refused(units, campaign, wrong) -> None:
    with pytest.raises(ActionRefused):
        an_action(campaign, units["cell_a1"], **wrong)


def test_a_stranger_opens_nothing(units, campaign) -> None:
    with pytest.raises(NotAllowed):
        acting.open_action(
            units["cell_a1"], campaign=campaign, work="Việc", who=a_person(), due_on=TODAY, product="Văn bản",
            by=a_person(clerk=units["cell_b1"]), on=TODAY, at=NOW,
        )  # fmt: skip


def test_approved_minutes_open_the_decided_actions_once(units, campaign) -> None:
    cell = units["cell_a1"]
    who, head = a_person(member_of=cell), a_person(head=cell)
    meeting = Meeting.objects.create(
        campaign=campaign, unit=cell, title="Sinh hoạt chuyên đề", held_on=TODAY, starts_at=time(8), called_at=NOW,
        closed_at=NOW,
    )  # fmt: skip
    Decision.objects.create(
        meeting=meeting, order=1, work="Niêm yết quỹ", who=who, due_on=date(2023, 6, 1), product="Bảng niêm yết"
    )
    drafted = minutes.draft(meeting, by=head, at=NOW)
    drafted.conclusion = "Thống nhất."
    drafted.save()
    for _twice in range(2):
        minutes.approve(drafted, by=head, at=NOW)
    action = Action.objects.get()
    assert (action.work, action.who, action.decision.meeting, action.state(TODAY)) == (
        "Niêm yết quỹ",
        who,
        meeting,
        "open",
    )


def test_without_evidence_it_is_not_done(units, campaign) -> None:
    action = an_action(campaign, units["cell_a1"])
    with pytest.raises(ActionRefused):
        acting.report_done(action, by=action.who, on=TODAY, at=NOW)


def test_evidence_sent_twice_is_there_once(units, campaign) -> None:
    action, uid = an_action(campaign, units["cell_a1"]), new_uid()
    for _twice in range(2):
        acting.add_evidence(action, title="Ảnh", by=action.who, at=NOW, uid=uid)
    assert action.evidence.count() == 1


def test_nobody_verifies_own_work(units, campaign) -> None:
    cell = units["cell_a1"]
    head = a_person(head=cell)
    own = a_reported_action(campaign, cell, who=head)
    with pytest.raises(ActionRefused):
        acting.verify(own, "accepted", by=head, on=TODAY, at=NOW)
    reported = an_action(campaign, cell)
    acting.add_evidence(reported, title="Ảnh", by=None, at=NOW)
    acting.report_done(reported, by=head, on=TODAY, at=NOW)
    with pytest.raises(ActionRefused):
        acting.verify(reported, "accepted", by=head, on=TODAY, at=NOW)
    with pytest.raises(NotAllowed):
        acting.verify(own, "accepted", by=a_person(clerk=cell), on=TODAY, at=NOW)
    assert counted("action_done") == 0


def test_accepted_is_done_and_meets_the_duty_once(units, campaign) -> None:
    action = a_reported_action(campaign, units["cell_a1"])
    above = a_person(verifier=units["committee_a"])
    acting.verify(action, "accepted", by=above, on=TODAY, at=NOW)
    with pytest.raises(ActionRefused):
        acting.verify(action, "accepted", by=above, on=TODAY, at=NOW)
    action.refresh_from_db()
    assert (action.state(TODAY), counted("action_done")) == ("done", 1)
    assert owed(campaign, units["cell_a1"]).fulfilled_on == TODAY


def test_returned_with_a_reason_is_open_again(units, campaign) -> None:
    action, head = a_reported_action(campaign, units["cell_a1"]), a_person(head=units["cell_a1"])
    with pytest.raises(ActionRefused):
        acting.verify(action, "returned", by=head, on=TODAY, at=NOW)
    acting.verify(action, "returned", by=head, on=TODAY, at=NOW, note="Ảnh không rõ ngày.")
    action.refresh_from_db()
    assert (action.state(TODAY), action.verifications.get().note) == ("open", "Ảnh không rõ ngày.")


def test_a_wrong_upload_goes_with_a_trace_and_opens_the_action_again(units, campaign) -> None:
    cell = units["cell_a1"]
    action, clerk = a_reported_action(campaign, cell), a_person(clerk=cell)
    acting.verify(action, "accepted", by=a_person(head=cell), on=TODAY, at=NOW)
    evidence = action.evidence.get()
    with pytest.raises(NotAllowed):
        acting.remove_evidence(evidence, "Nhầm", by=a_person(member_of=cell), at=NOW)
    with pytest.raises(ActionRefused):
        acting.remove_evidence(evidence, " ", by=clerk, at=NOW)
    for _twice in range(2):
        acting.remove_evidence(evidence, "Tệp có thông tin không được để ở đây", by=clerk, at=NOW)
    action.refresh_from_db()
    assert (action.state(TODAY), counted("action_done"), counted("action_opened")) == ("open", 0, 1)
    assert (owed(campaign, cell).fulfilled_on, owed(campaign, cell).began_on) == (None, TODAY)
    trace = Record.objects.filter(subject_uid=action.uid, verb="evidence removed")
    assert [record.reason for record in trace] == ["Tệp có thông tin không được để ở đây"]


def test_cancelled_with_a_reason_counts_no_more(units, campaign) -> None:
    action, head = an_action(campaign, units["cell_a1"]), a_person(head=units["cell_a1"])
    with pytest.raises(ActionRefused):
        acting.cancel(action, " ", by=head, at=NOW)
    acting.cancel(action, "Gộp vào việc khác", by=head, at=NOW)
    with pytest.raises(ActionRefused):
        acting.cancel(action, "Lần nữa", by=head, at=NOW)
    assert (counted("action_cancelled"), owed(campaign, units["cell_a1"]).began_on) == (1, None)


def test_a_state_as_a_condition_is_the_state(units, campaign) -> None:
    cell = units["cell_a1"]
    an_action(campaign, cell)
    an_action(campaign, cell, due_on=TODAY)
    a_reported_action(campaign, cell)
    acting.verify(a_reported_action(campaign, cell), "accepted", by=None, on=TODAY, at=NOW)
    acting.cancel(an_action(campaign, cell), "Thôi", by=None, at=NOW)
    for day in (TODAY, date(2023, 5, 20), date(2023, 7, 1)):
        states = [action.state(day) for action in Action.objects.all()]
        for state in set(states):
            assert Action.objects.filter(action_in_state(state, day)).count() == states.count(state)
        assert sum(Action.objects.counted_by_state(day).values()) == 5


def test_the_portal_is_told_nothing_of_few_units(units, campaign) -> None:
    campaign.is_public = True
    campaign.save()
    an_action(campaign, units["cell_a1"])
    assert published(campaign.slug).opened is None
    for n in range(4):
        an_action(campaign, a_unit(f"Chi bộ thêm {n}", under=units["committee_a"]))
    assert (published(campaign.slug).opened, published(campaign.slug).done) == (5, 0)
