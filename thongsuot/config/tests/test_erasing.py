"""What is held about a person can be taken along and erased; what they took part in goes on counting."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import ProtectedError

from thongsuot.campaigns.testing import an_issued_campaign
from thongsuot.journal.models import Record
from thongsuot.learning.models import Reflection
from thongsuot.meetings.models import Attendance
from thongsuot.meetings.testing import a_meeting
from thongsuot.notices.models import CalendarAddress, Notice
from thongsuot.notices.subscribing import give_address
from thongsuot.notices.telling import tell
from thongsuot.people.access import people_seen
from thongsuot.people.erasing import erase
from thongsuot.people.models import Account, Membership
from thongsuot.people.testing import a_person
from thongsuot.units.testing import NOW, TODAY, a_small_city
from thongsuot.web.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    return a_small_city()


@pytest.fixture
def member(units):
    """Someone with a line in a register, a reflection, a notice and a calendar."""
    cell = units["cell_a1"]
    person = a_person("Trần Thị Hồng Nhung", member_of=cell)
    campaign = an_issued_campaign(units["city"])
    meeting = a_meeting(cell, campaign=campaign)
    Attendance.objects.filter(meeting=meeting, person=person).delete()
    Attendance.objects.create(
        meeting=meeting, person=person, membership_kind="full", status="excused", reason="nằm viện"
    )
    Reflection.objects.create(
        campaign=campaign, unit=cell, person=person, useful="Điều hay", my_work="Việc tôi", will_do="Sẽ làm",
        handed_in_at=NOW,
    )  # fmt: skip
    tell([person], "Kế hoạch đã ban hành", once="a", at=NOW)
    give_address(person, language="vi", at=NOW)
    return person


def test_what_goes_and_what_stays(units, member):
    officer = a_person(officer=units["committee_a"])
    account = member.account.pk
    erase(member, by=officer, on=TODAY, at=NOW, reason="Theo yêu cầu của người đó")
    member.refresh_from_db()
    assert (member.full_name, member.folded, member.erased_at) == ("(đã xoá)", "(da xoa)", NOW)
    assert not Account.objects.filter(pk=account).exists()
    assert (Notice.objects.filter(person=member).count(), CalendarAddress.objects.count()) == (0, 0)
    reflection = Reflection.objects.get(person=member)
    assert (reflection.useful, reflection.my_work, reflection.will_do) == ("", "", "")
    assert reflection.handed_in_at == NOW, "that it was handed in still counts"
    line = Attendance.objects.get(person=member)
    assert (line.status, line.reason) == ("excused", "")
    assert not Membership.objects.in_force(TODAY).filter(person=member).exists()
    assert member not in people_seen(officer, TODAY)
    assert Record.objects.get(verb="erased").reason == "Theo yêu cầu của người đó"


def test_who_holds_an_office_is_not_erased(units):
    head = a_person(head=units["cell_a1"])
    with pytest.raises(Refused):
        erase(head, by=None, on=TODAY, at=NOW, reason="Thử")
    with pytest.raises(Refused):
        erase(a_person(), by=None, on=TODAY, at=NOW, reason=" ")
    head.refresh_from_db()
    assert head.erased_at is None


def test_a_person_in_a_register_is_never_simply_deleted(member):
    with pytest.raises(ProtectedError):
        member.delete()


def test_the_operator_takes_out_and_erases_by_name(member):
    written = StringIO()
    call_command("export_person", member.account.username, stdout=written)
    held = json.loads(written.getvalue())
    assert held["registers"][0]["reason"] == "nằm viện"
    assert held["account"]["username"] == member.account.username
    assert "Kế hoạch đã ban hành" in [row["text"] for row in held["notices"]]
    call_command("erase_person", str(member.uid), reason="Thử", yes=True, stdout=StringIO())
    again = StringIO()
    call_command("export_person", str(member.uid), stdout=again)
    assert ("Nhung" in again.getvalue(), "nằm viện" in again.getvalue(), "Điều hay" in again.getvalue()) == (False,) * 3
    with pytest.raises(CommandError):
        call_command("export_person", "nobody")
