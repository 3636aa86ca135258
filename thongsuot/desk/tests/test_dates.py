"""What a person's own calendar shows, and for how many questions to the database."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from thongsuot.campaigns.models import Obligation
from thongsuot.campaigns.testing import an_issued_campaign
from thongsuot.meetings import calling, register
from thongsuot.meetings.testing import a_meeting
from thongsuot.notices.subscribing import give_address
from thongsuot.people.testing import a_person
from thongsuot.practice.testing import an_action
from thongsuot.units.testing import NOW, TODAY, a_small_city

pytestmark = pytest.mark.django_db
KINDS = ("base_committee", "base_cell", "cell")
DUE = TODAY.replace(month=6, day=15)


@pytest.fixture(autouse=True)
def _the_day(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def units():
    return a_small_city()


@pytest.fixture
def campaign(units):
    return an_issued_campaign(units["city"], asked=dict.fromkeys(("plan", "self_review", "reading"), (KINDS, DUE)))


def calendar(client, person):
    token = give_address(person, language="vi", at=NOW).token
    return client.get(reverse("notices:calendar", args=[token])).content.decode().replace("\r\n ", "")


def uids(text):
    return {line for line in text.split("\r\n") if line.startswith("UID:")}


def test_a_head_sees_what_the_unit_owes_and_nobody_elses(client, units, campaign):
    text = calendar(client, a_person(head=units["cell_a1"]))
    owed = Obligation.objects.filter(unit=units["cell_a1"])
    assert text.count("BEGIN:VEVENT") == owed.count() == 3
    assert text.count("DTSTART;VALUE=DATE:20230615") == 3
    assert "Chi bộ A1" in text
    assert "Chi bộ A2" not in text
    assert f"/campaigns/obligations/{owed.first().uid}/" in text


def test_what_is_done_goes_and_what_stays_keeps_its_name(client, units, campaign):
    head = a_person(head=units["cell_a1"])
    before = uids(calendar(client, head))
    Obligation.objects.filter(unit=units["cell_a1"], requirement__kind="plan").update(fulfilled_on=TODAY)
    after = uids(calendar(client, head))
    assert (len(before), len(after), after < before) == (3, 2, True)


def test_a_member_sees_own_actions_reading_and_meetings(client, units, campaign):
    member = a_person(member_of=units["cell_a1"])
    an_action(campaign, units["cell_a1"], who=member, work="Niêm yết quỹ")
    an_action(campaign, units["cell_a1"], who=a_person(member_of=units["cell_a1"]), work="Việc người khác")
    a_meeting(units["cell_a1"], on=TODAY + timedelta(days=3), title="Sinh hoạt tháng 5")
    a_meeting(units["cell_b1"], on=TODAY + timedelta(days=3), title="Họp nơi khác")
    text = calendar(client, member)
    assert "SUMMARY:Đến hạn: Niêm yết quỹ" in text
    assert "SUMMARY:Đến hạn: Đọc" in text
    assert "SUMMARY:Sinh hoạt tháng 5 – Chi bộ A1" in text
    assert ("Việc người khác" in text, "Họp nơi khác" in text) == (False, False)


def test_a_guest_sees_the_conference_and_a_meeting_called_off_is_struck(client, units, campaign):
    guest = a_person(member_of=units["cell_b1"])
    meeting = a_meeting(units["district"], kind="conference", title="Hội nghị quận")
    calling.add_to_register(meeting, [guest], by=None, at=NOW)
    own = a_meeting(units["cell_b1"], title="Họp chi bộ")
    register.void(own, "Ghi nhầm", by=None, at=NOW)
    text = calendar(client, guest)
    assert "SUMMARY:Hội nghị quận" in text
    assert text.count("STATUS:CANCELLED") == 1
    assert f"UID:{meeting.uid}@thongsuot" in text


def test_an_old_meeting_leaves_the_calendar(client, units, campaign):
    a_meeting(units["cell_a1"], on=TODAY - timedelta(days=90), title="Họp cũ")
    assert "Họp cũ" not in calendar(client, a_person(member_of=units["cell_a1"]))


@pytest.mark.parametrize("rows", [2, 6])
def test_a_calendar_costs_the_same_with_more_in_it(client, units, campaign, rows, django_assert_num_queries):
    clerk = a_person(member_of=units["cell_a1"], clerk=units["cell_a1"])
    for n in range(rows):
        an_action(campaign, units["cell_a1"], who=clerk, work=f"Việc {n}")
        a_meeting(units["cell_a1"], on=TODAY + timedelta(days=n + 1))
    token = give_address(clerk, language="vi", at=NOW).token
    with django_assert_num_queries(14):
        text = client.get(reverse("notices:calendar", args=[token])).content.decode()
    assert text.count("BEGIN:VEVENT") >= 2 * rows
