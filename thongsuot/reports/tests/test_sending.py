"""A report goes up frozen with its hash, is accepted or comes back; later corrections show as corrections."""

from datetime import timedelta

import pytest

from thongsuot.campaigns.models import Obligation
from thongsuot.ledger.models import Entry
from thongsuot.meetings import register
from thongsuot.meetings.testing import a_closed_meeting, record, total
from thongsuot.notices.models import Notice
from thongsuot.people.rights import NotAllowed
from thongsuot.people.testing import a_person
from thongsuot.reports import gathering, sending
from thongsuot.reports.lines import figures_in
from thongsuot.reports.models import Snapshot
from thongsuot.reports.testing import START, WORDS, a_report, a_sent_report
from thongsuot.units.testing import NOW, TODAY
from thongsuot.web.errors import Refused

LATER = NOW + timedelta(hours=1)


def value(snapshot, code):
    return next(figure.value for figure in figures_in(snapshot.body) if figure.code == code)


def owed(unit):
    return Obligation.objects.get(requirement__kind="report", unit=unit)


def test_sending_numbers_freezes_counts_and_meets_the_obligation(units, campaign) -> None:
    a_closed_meeting(units["cell_a1"], campaign=campaign, present=5)
    report = a_sent_report(campaign, units["committee_a"])
    [snapshot] = report.snapshots.all()
    assert (report.state, report.number, report.submitted_on) == ("submitted", "01-BC/ĐU", TODAY)
    assert (value(snapshot, "R05"), snapshot.body["words"]["limits"]) == (5, WORDS["limits"])
    assert (total(campaign, "report_submitted"), owed(units["committee_a"]).fulfilled_on) == (1, TODAY)
    assert sending.is_intact(snapshot)


def test_entries_not_yet_folded_are_frozen_with_the_rest(units, campaign) -> None:
    report = a_report(campaign, units["committee_a"])
    a_closed_meeting(units["cell_a1"], campaign=campaign, present=5)
    assert value(sending.submit(report, by=None, on=TODAY, at=NOW), "R05") == 5


def test_sent_twice_is_sent_once(units, campaign) -> None:
    report = a_sent_report(campaign, units["committee_a"])
    with pytest.raises(sending.NotWaiting):
        sending.submit(report, by=None, on=TODAY, at=LATER)
    assert (Snapshot.objects.count(), total(campaign, "report_submitted")) == (1, 1)


def test_the_head_must_say_what_came_of_it_and_what_fell_short(units, campaign) -> None:
    report = a_report(campaign, units["committee_a"])
    sending.keep_words(report, {"limits": "  "}, by=None, at=NOW)
    with pytest.raises(sending.ReportIncomplete):
        sending.submit(report, by=None, on=TODAY, at=NOW)
    report.refresh_from_db()
    assert (report.state, report.number, Snapshot.objects.count()) == ("draft", "", 0)


def test_a_period_that_still_runs_is_not_reported(units, campaign) -> None:
    report = a_report(campaign, units["committee_a"], end=TODAY + timedelta(days=1))
    with pytest.raises(sending.NotWaiting, match="16/05/2023"):
        sending.submit(report, by=None, on=TODAY, at=NOW)
    with pytest.raises(Refused):
        gathering.start_report(
            campaign, units["district"], period_from=TODAY, period_to=START, by=None, at=NOW
        )  # fmt: skip


def test_the_hash_changes_with_a_figure_a_word_or_the_copy_before(units, campaign) -> None:
    first = a_sent_report(campaign, units["committee_a"]).snapshots.get()
    second = a_sent_report(campaign, units["committee_a"], end=TODAY - timedelta(days=1)).snapshots.get()
    other = a_sent_report(campaign, units["committee_b"]).snapshots.get()
    assert (second.before, other.before) == (first.sha256, "")
    for change in ({"people": 99}, {"words": {**second.body["words"], "limits": "Không có"}}):
        Snapshot.objects.filter(pk=second.pk).update(body={**second.body, **change})
        assert not sending.is_intact(Snapshot.objects.get(pk=second.pk))
    Snapshot.objects.filter(pk=second.pk).update(body=second.body, before=other.sha256)
    assert not sending.is_intact(Snapshot.objects.get(pk=second.pk))


def test_a_copy_rewritten_with_its_hash_shows_at_the_copy_after_it(units, campaign) -> None:
    first = a_sent_report(campaign, units["committee_a"])
    second = a_sent_report(campaign, units["committee_a"], end=TODAY - timedelta(days=1))
    assert [holds for report in (first, second) for _copy, holds in sending.copies(report)] == [True, True]
    [copy] = first.snapshots.all()
    body = {**copy.body, "people": 99}
    first.snapshots.update(body=body, sha256=sending.digest(body, copy.before))
    assert [holds for _copy, holds in sending.copies(second)] == [False]


def test_what_was_frozen_stays_and_what_came_later_is_a_correction(units, campaign) -> None:
    meeting = a_closed_meeting(units["cell_a1"], campaign=campaign, present=6)
    report = a_sent_report(campaign, units["committee_a"])
    record(meeting, absent=[meeting.register.first().person], at=LATER)
    snapshot = report.snapshots.get()
    assert (value(snapshot, "R05"), sending.is_intact(snapshot)) == (6, True)
    assert total(campaign, "attendance", units["committee_a"]) == 5
    frozen = gathering.entries_of(
        campaign.book, units["committee_a"], START, TODAY, upto=snapshot.ledger_position
    )  # fmt: skip
    assert sum(entry.amount for entry in frozen if entry.measure == "attendance") == 6


def test_returned_with_a_reason_mended_and_sent_again(units, campaign) -> None:
    head, above = a_person(head=units["committee_a"]), a_person(head=units["district"])
    report = a_sent_report(campaign, units["committee_a"])
    with pytest.raises(Refused):
        sending.return_report(report, " ", by=above, at=LATER)
    report = sending.return_report(report, "Nói rõ vì sao chậm.", by=above, at=LATER)
    assert (report.state, total(campaign, "report_submitted")) == ("returned", 0)
    assert owed(units["committee_a"]).fulfilled_on is None
    assert "Nói rõ vì sao chậm." in str(Notice.objects.get(person=head))
    report = sending.keep_words(report, {"limits": "Chậm vì đổi bí thư."}, by=head, at=LATER)
    sending.submit(report, by=head, on=TODAY, at=LATER + timedelta(hours=1))
    report.refresh_from_db()
    first, second = report.snapshots.order_by("pk")
    assert (report.state, report.number, second.before) == ("submitted", "01-BC/ĐU", first.sha256)
    assert (first.body["words"]["limits"], second.body["words"]["limits"]) == (WORDS["limits"], "Chậm vì đổi bí thư.")
    report = sending.accept(report, by=above, at=LATER + timedelta(hours=2))
    assert (report.state, total(campaign, "report_submitted"), total(campaign, "report_accepted")) == ("accepted", 1, 1)
    assert owed(units["committee_a"]).fulfilled_on == TODAY


def test_decided_twice_is_decided_once(units, campaign) -> None:
    report = sending.accept(a_sent_report(campaign, units["committee_a"]), by=None, at=LATER)
    for step in (sending.accept, lambda one, **more: sending.return_report(one, "Muộn", **more)):
        with pytest.raises(sending.NotWaiting):
            step(report, by=None, at=LATER)
    assert total(campaign, "report_accepted") == 1


def test_a_report_that_was_sent_is_not_rewritten(units, campaign) -> None:
    report = a_sent_report(campaign, units["committee_a"])
    with pytest.raises(sending.NotWaiting):
        sending.keep_words(report, {"limits": "Không có"}, by=None, at=LATER)
    report.refresh_from_db()
    assert report.limits == WORDS["limits"]


def test_who_sends_and_who_decides(units, campaign) -> None:
    committee = units["committee_a"]
    report = a_report(campaign, committee)
    for person in (a_person(head=units["district"]), a_person(clerk=committee), a_person(head=units["committee_b"])):
        with pytest.raises(NotAllowed):
            sending.submit(report, by=person, on=TODAY, at=NOW)
    sending.submit(report, by=a_person(deputy=committee), on=TODAY, at=NOW)
    insider = a_person(member_of=committee, verifier=units["district"])
    for person in (a_person(head=committee), a_person(head=units["cell_a1"]), insider):
        assert not sending.may_decide(person, report, TODAY)
        with pytest.raises(NotAllowed):
            sending.accept(report, by=person, at=LATER)
    assert sending.accept(report, by=a_person(officer=units["district"]), at=LATER).state == "accepted"


def test_the_level_directly_above_is_told_once(units, campaign) -> None:
    told = [a_person(head=units["district"]), a_person(officer=units["district"])]
    a_person(head=units["city"])
    a_person(clerk=units["district"])
    a_sent_report(campaign, units["committee_a"])
    assert {notice.person for notice in Notice.objects.filter(url__startswith="/reports/")} == set(told)


def test_a_report_early_in_the_morning_is_of_that_day(units, campaign) -> None:
    dawn = NOW.replace(hour=20) - timedelta(days=1)  # three in the morning of the 15th in Hà Nội
    report = a_sent_report(campaign, units["committee_a"])
    sending.accept(report, by=a_person(head=units["district"]), at=dawn + timedelta(days=1))
    assert Entry.objects.get(measure="report_accepted").happened_on == TODAY + timedelta(days=1)


def test_a_meeting_voided_after_the_report_shows_in_no_later_one(units, campaign) -> None:
    meeting = a_closed_meeting(units["cell_a1"], campaign=campaign, present=6)
    first = a_sent_report(campaign, units["committee_a"])
    register.void(meeting, "Ghi nhầm", by=None, at=LATER)
    second = a_sent_report(campaign, units["committee_a"], start=START - timedelta(days=1))
    assert (value(first.snapshots.get(), "R03"), value(second.snapshots.get(), "R03")) == (1, 0)
