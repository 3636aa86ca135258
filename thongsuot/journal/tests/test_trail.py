import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from thongsuot.journal.models import Record
from thongsuot.journal.noting import note
from thongsuot.journal.sealing import seal
from thongsuot.journal.trailing import said, trail_of
from thongsuot.people.changes import Read, Reading, tell_reading
from thongsuot.people.testing import a_person
from thongsuot.units.testing import NOW, a_small_city

pytestmark = pytest.mark.django_db


def test_a_trail_says_who_when_what_and_why():
    city = a_small_city()
    head = a_person("Trần Thị Trưởng", head=city["cell_a1"])
    changes = {"on": [None, "2023-04-30"]}
    note(city["cell_a1"], "renamed", by=head, at=NOW, unit=city["cell_a1"], changes=changes, reason="vì lý do")
    line = said(trail_of(city["cell_a1"]).get())
    assert (line.who, line.at, line.reason, line.changes[0][2]) == ("Trần Thị Trưởng", NOW, "vì lý do", "30/04/2023")


def test_what_was_read_in_bulk_is_said_in_the_readers_language():
    city = a_small_city()
    officer = a_person(officer=city["city"])
    tell_reading(Reading(officer, city["city"], 60, Read.PEOPLE, NOW))
    with translation.override("vi"):
        assert "danh sách người" in [after for _name, _before, after in said(trail_of(officer).get()).changes]


@pytest.mark.parametrize(("role", "number"), [("head", 2), ("auditor", 2), ("officer", 0), ("clerk", 0)])
def test_heads_and_auditors_read_the_journal_of_their_units_only(client, role, number):
    city = a_small_city()
    for name in ("committee_a", "cell_a1", "cell_b1"):
        note(city[name], "renamed", by=None, at=NOW, unit=city[name])
    client.force_login(a_person(**{role: city["committee_a"]}).account)
    shown = client.get(reverse("journal:record_list"))
    assert len(shown.context["lines"]) == number
    assert client.get(reverse("journal:record_list"), {"since": "31/31/1", "verb": "x"}).status_code == 200


def test_a_changed_record_breaks_the_chain():
    city = a_small_city()
    for name in ("cell_a1", "cell_a2"):
        note(city[name], "renamed", by=None, at=NOW, unit=city[name])
    seal()
    call_command("verify_journal", verbosity=0)
    Record.objects.filter(sequence=1).update(reason="khác")
    with pytest.raises(CommandError):
        call_command("verify_journal")


@pytest.mark.parametrize("rows", [3, 9])
def test_the_journal_costs_the_same_for_more_records(client, rows, django_assert_num_queries):
    city = a_small_city()
    for number in range(rows):
        note(city["cell_a1"], "renamed", by=a_person(), at=NOW, unit=city["cell_a1"], reason=str(number))
    client.force_login(a_person(head=city["committee_a"]).account)
    with django_assert_num_queries(8):
        assert len(client.get(reverse("journal:record_list")).context["lines"]) == rows
