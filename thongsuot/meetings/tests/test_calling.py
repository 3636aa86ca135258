"""Calling a meeting: who is on the list, what is refused, what changes with another day."""

from datetime import date, datetime, time, timedelta

import pytest

from thongsuot.campaigns.models import Obligation
from thongsuot.meetings import calling, preparing
from thongsuot.meetings.models import AgendaItem, Meeting
from thongsuot.meetings.testing import (
    NOW,
    TODAY,
    a_meeting,
    a_person,
    a_small_city,
    an_issued_campaign,
    members,
    record,
)
from thongsuot.notices.models import Notice
from thongsuot.people.models import Membership
from thongsuot.people.rights import NotAllowed
from thongsuot.web.errors import Refused


@pytest.fixture
def units(db):
    return a_small_city()


def test_the_list_holds_the_members_of_the_day_with_their_kind(units) -> None:
    cell = units["cell_a1"]
    full, exempt = a_person(member_of=cell), a_person(member_of=cell, kind="exempt")
    gone = a_person(member_of=cell)
    Membership.objects.filter(person=gone).update(valid_to=date(2023, 5, 1))
    a_person(member_of=units["cell_a2"])
    meeting = a_meeting(cell)
    kinds = dict(meeting.register.values_list("person_id", "membership_kind"))
    assert kinds == {full.pk: "full", exempt.pk: "exempt"}


def test_calling_twice_gives_the_same_meeting(units) -> None:
    first = a_meeting(units["cell_a1"], title="Sinh hoạt")
    second = a_meeting(units["cell_a1"], title="  Sinh   hoạt ")
    assert (first.pk, Meeting.objects.count(), AgendaItem.objects.count()) == (second.pk, 1, 2)


@pytest.mark.parametrize(
    ("title", "held_on"),
    [("  ", TODAY), ("Họp", TODAY + timedelta(days=500)), ("Họp", date(1990, 1, 1))],
)
def test_an_impossible_meeting_is_refused_with_a_sentence(units, title, held_on) -> None:
    with pytest.raises(Refused) as error:
        a_meeting(units["cell_a1"], title=title, on=held_on)
    assert str(error.value)
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(("office", "allowed"), [("head", True), ("clerk", True), ("speaker", False), (None, False)])
def test_only_who_keeps_the_register_calls(units, office, allowed) -> None:
    cell = units["cell_a1"]
    person = a_person(**{office: cell}) if office else a_person(member_of=cell)
    values = {"title": "Họp", "kind": "regular", "held_on": TODAY, "starts_at": time(8), "by": person, "at": NOW}
    if allowed:
        calling.call_meeting(cell, **values)
    else:
        with pytest.raises(NotAllowed):
            calling.call_meeting(cell, **values)
    assert Meeting.objects.exists() is allowed


def test_members_are_told_once_and_again_when_it_moves(units) -> None:
    cell = units["cell_a1"]
    person = a_person(member_of=cell)
    meeting = a_meeting(cell, on=TODAY + timedelta(days=3))
    calling.change_meeting(meeting, place="Nơi khác", by=None, at=NOW)
    told = Notice.objects.filter(person=person, url__contains=str(meeting.uid))
    assert told.count() == 1
    calling.change_meeting(meeting, held_on=TODAY + timedelta(days=4), by=None, at=NOW)
    assert told.count() == 2


def test_a_called_thematic_meeting_begins_the_obligation(units) -> None:
    campaign = an_issued_campaign(units["city"])
    a_meeting(units["cell_a1"], campaign=campaign, on=TODAY + timedelta(days=3))
    obligation = Obligation.objects.get(requirement__kind="meeting", unit=units["cell_a1"])
    assert (obligation.began_on, obligation.fulfilled_on) == (TODAY, None)
    meeting = Meeting.objects.get()
    calling.change_meeting(meeting, kind="regular", by=None, at=NOW)
    obligation.refresh_from_db()
    assert obligation.began_on is None


def test_on_another_day_the_list_follows_and_keeps_what_was_recorded(units) -> None:
    cell = units["cell_a1"]
    stays, leaves, comes = members(cell, 3)
    Membership.objects.filter(person=leaves).update(valid_to=TODAY + timedelta(days=1))
    Membership.objects.filter(person=comes).update(valid_from=TODAY + timedelta(days=1))
    meeting = a_meeting(cell)
    record(meeting, present=[stays])
    calling.change_meeting(meeting, held_on=TODAY + timedelta(days=2), by=None, at=NOW)
    assert set(meeting.register.values_list("person_id", "status")) == {(stays.pk, "present"), (comes.pk, "")}


def test_the_agenda_is_reordered_and_keeps_what_was_noted(units) -> None:
    meeting = a_meeting(units["cell_a1"])
    first, second = meeting.agenda.all()
    AgendaItem.objects.filter(pk=second.pk).update(discussion="An: nên làm sớm")
    rows = [{"uid": second.uid, "title": "Thảo luận"}, {"uid": None, "title": "Mới"}]
    calling.change_meeting(meeting, agenda=rows, by=None, at=NOW)
    assert list(meeting.agenda.values_list("order", "title", "discussion")) == [
        (1, "Thảo luận", "An: nên làm sớm"),
        (2, "Mới", ""),
    ]


def test_a_conference_asks_people_of_units_below(units) -> None:
    below = a_person(member_of=units["cell_a1"], kind="exempt")
    meeting = a_meeting(units["district"], kind="conference")
    assert calling.add_to_register(meeting, [below, below], by=None, at=NOW) == 1
    assert calling.add_to_register(meeting, [below], by=None, at=NOW) == 0
    assert list(meeting.register.values_list("person_id", "membership_kind")) == [(below.pk, "full")]


def test_a_proposal_starts_from_the_last_meeting_and_the_topic(units) -> None:
    campaign = an_issued_campaign(units["city"])
    head = a_person(head=units["cell_a1"])
    a_meeting(units["cell_a1"], starts_at=time(19, 30), place="Phòng 2")
    topic = campaign.topics.first()
    proposal = preparing.propose(units["cell_a1"], on=TODAY, campaign=campaign, topic=topic)
    assert (proposal.values["starts_at"], proposal.values["place"]) == (time(19, 30), "Phòng 2")
    assert (proposal.values["chair"], proposal.values["held_on"] > TODAY) == (head, True)
    assert topic in [row.get("topic") for row in proposal.agenda]


@pytest.mark.parametrize(
    ("kind", "days", "short"), [("thematic", 0, True), ("thematic", 1, False), ("regular", 0, False)]
)
def test_short_notice_is_seen_for_thematic_meetings(kind, days, short) -> None:
    assert preparing.is_short_notice(kind, TODAY + timedelta(days=days), TODAY) is short


def test_a_day_is_counted_where_people_live(units) -> None:
    """At 1 a.m. in Hà Nội the server's UTC clock still says yesterday."""
    person = a_person(clerk=units["cell_a1"])
    night = datetime.fromisoformat("2023-05-15T18:00:00+00:00")
    meeting = calling.call_meeting(
        units["cell_a1"], title="Họp", kind="regular", held_on=date(2023, 5, 16), starts_at=time(0, 30), by=person,
        at=night,
    )  # fmt: skip
    member = a_person(member_of=units["cell_a1"])
    calling.fill_register(meeting)
    assert record(meeting, present=[member], at=night) == []
