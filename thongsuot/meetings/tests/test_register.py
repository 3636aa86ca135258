"""The register: what it counts for, how it is corrected, what two clerks do to it."""

from datetime import time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from thongsuot.campaigns.models import Obligation
from thongsuot.journal.models import Record
from thongsuot.ledger.models import Entry
from thongsuot.meetings import register
from thongsuot.meetings.calling import add_to_register
from thongsuot.meetings.models import Attendance
from thongsuot.meetings.register import Line
from thongsuot.meetings.testing import (
    ABSENT,
    EXCUSED,
    NOW,
    PRESENT,
    TODAY,
    a_closed_meeting,
    a_meeting,
    a_person,
    a_small_city,
    an_issued_campaign,
    approved_minutes,
    members,
    record,
    total,
)
from thongsuot.people.rights import NotAllowed
from thongsuot.web.errors import Refused


@pytest.fixture
def units(db):
    return a_small_city()


@pytest.fixture
def campaign(units):
    return an_issued_campaign(units["city"])


def test_closing_counts_the_meeting_its_attendances_and_each_person_once(units, campaign) -> None:
    cell = units["cell_a1"]
    people = members(cell, 4)
    a_person(member_of=cell, kind="exempt")
    meeting = a_meeting(cell, campaign=campaign)
    record(meeting, present=people[:2], excused=people[2:3], spoke=True)
    meeting = register.close(meeting, ends_at=time(9, 30), by=None, at=NOW, public_count=7)
    assert (meeting.expected, meeting.exempt) == (4, 1)
    codes = (
        "meeting_held", "meeting_in_person", "meeting_points", "minutes_of_length", "public_attended", "attendance",
        "attendance_expected", "person_attended", "spoke",
    )  # fmt: skip
    assert {code: total(campaign, code) for code in codes} == {
        "meeting_held": 1, "meeting_in_person": 1, "meeting_points": 1, "minutes_of_length": 90, "public_attended": 7,
        "attendance": 2, "attendance_expected": 4, "person_attended": 2, "spoke": 2,
    }  # fmt: skip
    left = meeting.register.get(person=people[3])
    assert left.status == ABSENT, "who is not marked was absent without reason"
    assert meeting.register.get(membership_kind="exempt").status == ""


def test_closing_meets_the_obligation_and_closing_twice_changes_nothing(units, campaign) -> None:
    meeting = a_closed_meeting(units["cell_a1"], campaign=campaign)
    register.close(meeting, ends_at=time(11), by=None, at=NOW)
    obligation = Obligation.objects.get(requirement__kind="meeting", unit=units["cell_a1"])
    meeting.refresh_from_db()
    assert (obligation.fulfilled_on, meeting.ends_at, total(campaign, "meeting_held")) == (TODAY, time(10), 1)


def test_a_second_meeting_counts_attendances_but_not_people_again(units, campaign) -> None:
    people = members(units["cell_a1"], 2)
    a_closed_meeting(units["cell_a1"], campaign=campaign, present=people)
    a_closed_meeting(units["cell_a1"], campaign=campaign, present=people)
    assert (total(campaign, "attendance"), total(campaign, "person_attended")) == (4, 2)


def test_who_comes_to_a_conference_above_counts_in_the_unit_whose_list_they_stand_on(units, campaign) -> None:
    people = members(units["cell_a1"], 2)
    conference = a_meeting(units["district"], campaign=campaign)
    add_to_register(conference, people[:1], by=None, at=NOW)
    record(conference, present=people[:1])
    register.close(conference, ends_at=time(10), by=None, at=NOW)
    a_closed_meeting(units["cell_a1"], campaign=campaign, present=people)
    assert [total(campaign, "person_attended", units[name]) for name in ("cell_a1", "district")] == [2, 2]


def test_when_the_first_attendance_is_voided_the_next_takes_its_place(units, campaign) -> None:
    [person] = members(units["cell_a1"], 1)
    first = a_closed_meeting(units["cell_a1"], campaign=campaign, present=[person], on=TODAY - timedelta(days=9))
    second = a_closed_meeting(units["cell_a1"], campaign=campaign, present=[person])
    register.void(first, "Ghi nhầm chi bộ", by=None, at=NOW)
    [standing] = Entry.objects.filter(measure="person_attended", reverses=None, reversed_by=None)
    assert (standing.happened_on, standing.cause_uid) == (TODAY, second.register.get().uid)
    assert (total(campaign, "person_attended"), total(campaign, "meeting_held")) == (1, 1)


def test_a_meeting_recorded_late_but_held_first_is_where_the_person_counts(units, campaign) -> None:
    [person] = members(units["cell_a1"], 1)
    a_closed_meeting(units["cell_a1"], campaign=campaign, present=[person])
    earlier = TODAY - timedelta(days=30)
    a_closed_meeting(units["cell_a1"], campaign=campaign, present=[person], on=earlier)
    [standing] = Entry.objects.filter(measure="person_attended", reverses=None, reversed_by=None)
    assert (standing.happened_on, total(campaign, "person_attended")) == (earlier, 1)


def test_correcting_a_line_after_the_closing_reverses_and_shows(units, campaign) -> None:
    people = members(units["cell_a1"], 3)
    meeting = a_closed_meeting(units["cell_a1"], campaign=campaign, present=people)
    record(meeting, excused=[people[0]])
    assert (total(campaign, "attendance"), total(campaign, "person_attended")) == (2, 2)
    [said] = Record.objects.filter(verb="register corrected")
    assert said.changes == {people[0].full_name: ["present", "excused"]}


def test_reopening_takes_everything_back_until_it_is_closed_anew(units, campaign) -> None:
    meeting = a_closed_meeting(units["cell_a1"], campaign=campaign, present=2)
    meeting = register.reopen(meeting, "Thiếu hai người", by=None, at=NOW)
    obligation = Obligation.objects.get(requirement__kind="meeting", unit=units["cell_a1"])
    assert (total(campaign, "attendance"), total(campaign, "meeting_held"), meeting.is_closed) == (0, 0, False)
    assert (obligation.fulfilled_on, obligation.began_on) == (None, TODAY)
    register.close(meeting, ends_at=time(10), by=None, at=NOW)
    assert (total(campaign, "attendance"), total(campaign, "person_attended")) == (2, 2)


def test_reopening_and_voiding_want_a_reason(units) -> None:
    meeting = a_closed_meeting(units["cell_a1"])
    for verb in (register.reopen, register.void):
        with pytest.raises(Refused):
            verb(meeting, "  ", by=None, at=NOW)
    meeting.refresh_from_db()
    assert (meeting.is_closed, meeting.voided_at) == (True, None)


def test_a_register_under_approved_minutes_is_corrected_by_lines_only(units) -> None:
    meeting = a_closed_meeting(units["cell_a1"])
    approved_minutes(meeting)
    with pytest.raises(Refused):
        register.reopen(meeting, "Sửa", by=None, at=NOW)


def test_voiding_also_takes_back_the_minutes_and_keeps_the_record(units, campaign) -> None:
    meeting = a_closed_meeting(units["cell_a1"], campaign=campaign, present=2)
    approved_minutes(meeting)
    assert total(campaign, "minutes_approved") == 1
    register.void(meeting, "Buổi họp không diễn ra", by=None, at=NOW)
    assert (total(campaign, "minutes_approved"), meeting.register.count()) == (0, 2)
    with pytest.raises(Refused):
        record(meeting, present=1)
    with pytest.raises(Refused):
        register.close(meeting, ends_at=None, by=None, at=NOW)


@pytest.mark.parametrize(("ends_at", "present"), [(time(8, 0), 1), (time(7, 0), 1), (time(10, 0), 0)])
def test_a_register_that_cannot_be_right_is_not_closed(units, ends_at, present) -> None:
    members(units["cell_a1"], 2)
    meeting = a_meeting(units["cell_a1"])
    record(meeting, present=present)
    with pytest.raises(Refused):
        register.close(meeting, ends_at=ends_at, by=None, at=NOW)
    meeting.refresh_from_db()
    assert not meeting.is_closed


def test_a_meeting_to_come_has_no_register_yet(units) -> None:
    members(units["cell_a1"], 1)
    meeting = a_meeting(units["cell_a1"], on=TODAY + timedelta(days=1))
    for verb in (lambda: record(meeting, present=1), lambda: register.close(meeting, ends_at=None, by=None, at=NOW)):
        with pytest.raises(Refused):
            verb()


def test_two_clerks_lose_nothing_and_each_is_told_who_changed_what(units) -> None:
    cell = units["cell_a1"]
    an, binh = a_person("Trần An", clerk=cell), a_person("Lê Bình", clerk=cell)
    one, other = members(cell, 2)
    meeting = a_meeting(cell)
    register.record(meeting, [Line(one.pk, PRESENT, seen_version=0)], by=an, at=NOW)
    lines = [Line(one.pk, ABSENT, seen_version=0), Line(other.pk, PRESENT, seen_version=0)]
    [conflict] = register.record(meeting, lines, by=binh, at=NOW)
    assert (conflict.line.recorded_by, conflict.line.status, conflict.wanted.status) == (an, PRESENT, ABSENT)
    assert dict(meeting.register.values_list("person_id", "status")) == {one.pk: PRESENT, other.pk: PRESENT}
    # Having seen it, Bình may insist.
    assert register.record(meeting, [Line(one.pk, ABSENT, seen_version=1)], by=binh, at=NOW) == []
    assert meeting.register.get(person=one).status == ABSENT


def test_the_same_line_sent_twice_changes_once(units) -> None:
    [person] = members(units["cell_a1"], 1)
    meeting = a_meeting(units["cell_a1"])
    for _time in range(2):
        register.record(meeting, [Line(person.pk, EXCUSED, "ốm", seen_version=0)], by=None, at=NOW)
    line = meeting.register.get()
    assert (line.version, line.reason) == (1, "ốm")


def test_the_rest_is_marked_present_and_the_exempt_are_left(units) -> None:
    cell = units["cell_a1"]
    first, second = members(cell, 2)
    exempt = a_person(member_of=cell, kind="exempt")
    meeting = a_meeting(cell)
    record(meeting, absent=[first])
    assert register.mark_rest_present(meeting, by=None, at=NOW) == 1
    statuses = dict(meeting.register.values_list("person_id", "status"))
    assert statuses == {first.pk: ABSENT, second.pk: PRESENT, exempt.pk: ""}


@pytest.mark.parametrize(("office", "unit"), [("speaker", "cell_a1"), ("head", "committee_a"), ("clerk", "cell_a2")])
def test_who_does_not_keep_this_register_is_refused(units, office, unit) -> None:
    person = a_person(**{office: units[unit]})
    meeting = a_closed_meeting(units["cell_a1"])
    for verb in (
        lambda: record(meeting, present=1, by=person),
        lambda: register.close(meeting, ends_at=None, by=person, at=NOW),
        lambda: register.reopen(meeting, "Vì", by=person, at=NOW),
        lambda: register.void(meeting, "Vì", by=person, at=NOW),
        lambda: register.mark_rest_present(meeting, by=person, at=NOW),
    ):
        with pytest.raises(NotAllowed):
            verb()


def test_a_clerk_records_but_does_not_void(units) -> None:
    clerk = a_person(clerk=units["cell_a1"])
    meeting = a_closed_meeting(units["cell_a1"])
    with pytest.raises(NotAllowed):
        register.void(meeting, "Vì", by=clerk, at=NOW)


def test_someone_exempt_who_comes_counts_in_both_parts_of_the_share(units, campaign) -> None:
    """Six of five would be a share that nobody believes."""
    cell = units["cell_a1"]
    people = members(cell, 2)
    exempt = a_person(member_of=cell, kind="exempt")
    meeting = a_closed_meeting(cell, campaign=campaign, present=[*people, exempt])
    assert (meeting.expected, meeting.exempt, total(campaign, "attendance_expected")) == (3, 0, 3)
    record(meeting, absent=[exempt])
    meeting.refresh_from_db()
    assert (meeting.expected, meeting.exempt, total(campaign, "attendance_expected")) == (2, 1, 2)
    register.reopen(meeting, "Ghi nhầm", by=None, at=NOW)
    assert (total(campaign, "attendance"), total(campaign, "attendance_expected")) == (0, 0)


PEOPLE, MEETINGS = 4, 3
step = st.one_of(
    st.tuples(
        st.just("record"),
        st.integers(0, MEETINGS - 1),
        st.integers(0, PEOPLE - 1),
        st.sampled_from(Attendance.Status.values),
    ),
    st.tuples(st.sampled_from(["close", "reopen", "void"]), st.integers(0, MEETINGS - 1)),
)


class AnyHistory(TestCase):
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(step, max_size=18), st.permutations(range(MEETINGS)))
    def test_people_are_distinct_persons_and_attendances_are_present_lines(self, steps, days) -> None:
        units = a_small_city()
        campaign = an_issued_campaign(units["city"])
        cells = [units["cell_a1"], units["cell_a1"], units["district"]]
        people = members(units["cell_a1"], PEOPLE)
        meetings = []
        for cell, day in zip(cells, days, strict=True):
            meeting = a_meeting(cell, campaign=campaign, on=TODAY - timedelta(days=day))
            if cell == units["district"]:
                add_to_register(meeting, people, by=None, at=NOW)
            meetings.append(meeting)
        for name, which, *more in steps:
            meeting = meetings[which]
            meeting.refresh_from_db()
            try:
                if name == "record":
                    register.record(meeting, [Line(people[more[0]].pk, more[1])], by=None, at=NOW)
                elif name == "close":
                    register.close(meeting, ends_at=time(10), by=None, at=NOW)
                else:
                    getattr(register, name)(meeting, "Vì sao", by=None, at=NOW)
            except Refused:
                continue
        valid = Attendance.objects.filter(
            status=PRESENT, meeting__closed_at__isnull=False, meeting__voided_at__isnull=True
        )
        assert total(campaign, "attendance") == valid.count()
        assert total(campaign, "person_attended") == valid.values("person_id").distinct().count()
