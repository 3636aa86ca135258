"""The register on a page: marking by hand, two clerks, the rest, closing, the sheet, people added."""

import re
from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from thongsuot.meetings import register
from thongsuot.meetings.marking import packed, touched, unpacked
from thongsuot.meetings.register import Line
from thongsuot.meetings.testing import (
    ABSENT,
    EXCUSED,
    NOW,
    PRESENT,
    a_closed_meeting,
    a_meeting,
    a_person,
    a_small_city,
    members,
)

TODAY = timezone.localdate()


@pytest.fixture
def units(db):
    return a_small_city()


@pytest.fixture
def clerk(units, client):
    person = a_person("Phạm Thư", clerk=units["cell_a1"])
    client.force_login(person.account)
    return person


def url(name, *args):
    return reverse(f"meetings:{name}", args=args)


def as_shown(meeting, **more):
    """What a browser sends when nothing was touched."""
    form = {}
    for line in meeting.register.all():
        form[f"was-{line.pk}"] = packed(line.version, line.status, line.spoke, line.reason)
        if line.status:
            form[f"status-{line.pk}"] = line.status
        form[f"reason-{line.pk}"] = line.reason
        if line.spoke:
            form[f"spoke-{line.pk}"] = "on"
    return form | more


def test_what_stood_on_the_screen_travels_whole() -> None:
    assert unpacked(packed(3, EXCUSED, False, "đi | họp")) == (3, EXCUSED, False, "đi | họp")
    assert unpacked("") == (0, "", False, "")


def test_lines_left_alone_are_not_sent(units) -> None:
    members(units["cell_a1"], 3)
    meeting = a_meeting(units["cell_a1"])
    lines = list(meeting.register.all())
    form = as_shown(meeting) | {f"status-{lines[0].pk}": PRESENT, f"reason-{lines[1].pk}": "ốm"}
    assert touched(form, lines) == [
        Line(lines[0].person_id, PRESENT, "", False, 0),
        Line(lines[1].person_id, EXCUSED, "ốm", False, 0),
    ]


def test_the_page_names_its_lines_also_after_the_thousandth(client, units, clerk) -> None:
    members(units["cell_a1"], 1)
    meeting = a_meeting(units["cell_a1"])
    meeting.register.update(id=F("id") + 1_000_000)
    name = re.search(r'name="(status-[^"]+)"', client.get(url("register_edit", meeting.uid)).content.decode())[1]
    client.post(
        url("register_edit", meeting.uid), {name: PRESENT, name.replace("status", "was"): packed(0, "", False, "")}
    )
    assert meeting.register.get().status == PRESENT


def test_register_edit_saves_part_of_the_list(client, units, clerk) -> None:
    members(units["cell_a1"], 3)
    meeting = a_meeting(units["cell_a1"])
    first, second, third = meeting.register.all()
    shown = client.get(url("register_edit", meeting.uid)).content.decode()
    assert shown.count('type="radio"') == 9
    form = as_shown(meeting) | {f"status-{first.pk}": PRESENT, f"spoke-{first.pk}": "on", f"status-{second.pk}": ABSENT}
    response = client.post(url("register_edit", meeting.uid), form)
    saved = list(meeting.register.values_list("status", "spoke"))
    assert (response.status_code, saved) == (302, [(PRESENT, True), (ABSENT, False), ("", False)])


def test_the_rest_is_marked_after_what_was_typed(client, units, clerk) -> None:
    members(units["cell_a1"], 3)
    meeting = a_meeting(units["cell_a1"])
    first = meeting.register.first()
    client.post(url("register_edit", meeting.uid), as_shown(meeting, rest="1") | {f"status-{first.pk}": ABSENT})
    assert list(meeting.register.values_list("status", flat=True)) == [ABSENT, PRESENT, PRESENT]


def test_two_clerks_on_one_register_lose_nothing(client, units, clerk) -> None:
    members(units["cell_a1"], 2)
    other = a_person("Lê Bình", clerk=units["cell_a1"])
    meeting = a_meeting(units["cell_a1"])
    first, second = meeting.register.all()
    form = as_shown(meeting) | {f"status-{first.pk}": ABSENT}
    register.record(meeting, [Line(first.person_id, PRESENT), Line(second.person_id, PRESENT)], by=other, at=NOW)
    response = client.post(url("register_edit", meeting.uid), form)
    shown = response.content.decode()
    assert (response.status_code, "Lê Bình" in shown) == (422, True)
    statuses = list(meeting.register.values_list("status", flat=True))
    assert statuses == [PRESENT, PRESENT], "an untouched line is kept too"
    # Having been told, the clerk insists.
    first.refresh_from_db()
    mine = {f"mine-{first.pk}": packed(first.version, ABSENT, False, "")}
    assert client.post(url("register_edit", meeting.uid), as_shown(meeting, **mine)).status_code == 302
    assert list(meeting.register.values_list("status", flat=True)) == [ABSENT, PRESENT]


def test_before_its_day_there_is_nothing_to_record(client, units, clerk) -> None:
    members(units["cell_a1"], 1)
    meeting = a_meeting(units["cell_a1"], on=TODAY + timedelta(days=2), at=timezone.now())
    assert 'type="radio"' not in client.get(url("register_edit", meeting.uid)).content.decode()
    line = meeting.register.get()
    client.post(url("register_edit", meeting.uid), as_shown(meeting) | {f"status-{line.pk}": PRESENT})
    assert meeting.register.get().status == ""


def test_register_close_names_who_is_not_marked_then_closes(client, units, clerk) -> None:
    a_person("Vũ Chi", member_of=units["cell_a1"])
    a_person("Đỗ Dân", member_of=units["cell_a1"])
    meeting = a_meeting(units["cell_a1"])
    line = meeting.register.get(person__full_name="Đỗ Dân")
    response = client.post(
        url("register_edit", meeting.uid), as_shown(meeting, close="1") | {f"status-{line.pk}": PRESENT}
    )
    assert response.url == url("register_close", meeting.uid)
    assert "Vũ Chi" in client.get(response.url).content.decode()
    assert client.post(response.url, {"ends_at": "07:00"}).status_code == 422
    client.post(response.url, {"ends_at": "09:45", "public_count": "3"})
    meeting.refresh_from_db()
    assert (meeting.is_closed, meeting.expected, meeting.public_count, meeting.minutes_long) == (True, 2, 3, 105)
    assert client.get(url("register_close", meeting.uid)).status_code == 302


def test_register_reopen_wants_a_reason(client, units, clerk) -> None:
    meeting = a_closed_meeting(units["cell_a1"])
    assert client.get(url("register_reopen", meeting.uid)).status_code == 200
    assert client.post(url("register_reopen", meeting.uid), {"reason": ""}).status_code == 422
    client.post(url("register_reopen", meeting.uid), {"reason": "Thiếu người"})
    meeting.refresh_from_db()
    assert not meeting.is_closed


def test_the_sheet_has_a_numbered_row_for_everyone(client, units, clerk) -> None:
    people = members(units["cell_a1"], 3)
    meeting = a_meeting(units["cell_a1"])
    shown = client.get(url("register_sheet", meeting.uid)).content.decode()
    assert all(person.full_name in shown for person in people)
    assert "<td>3</td>" in shown


def test_people_of_units_below_are_added_and_no_others(client, units) -> None:
    client.force_login(a_person(officer=units["district"]).account)
    below = a_person("Đặng Hoà", member_of=units["cell_a1"])
    head = a_person("Bí Thư", head=units["committee_a"])
    outside = a_person("Đặng Hoà Ngoài", member_of=units["city"])
    meeting = a_meeting(units["district"], kind="conference")
    shown = client.get(url("register_people", meeting.uid), {"q": "dang hoa"}).content.decode()
    assert (below.full_name in shown, outside.full_name in shown) == (True, False)
    client.post(url("register_people", meeting.uid), {"person": [below.pk, outside.pk, "x"]})
    client.post(url("register_people", meeting.uid), {"heads": "1"})
    assert set(meeting.register.values_list("person_id", flat=True)) == {below.pk, head.pk}


@pytest.mark.parametrize(
    "name", ["register_edit", "register_sheet", "register_people", "register_close", "register_reopen"]
)
def test_only_who_keeps_the_register_opens_it(client, units, name) -> None:
    meeting = a_meeting(units["cell_a1"])
    for person, status in (
        (a_person(member_of=units["cell_a1"]), 422),
        (a_person(officer=units["district"]), 422),
        (a_person(head=units["cell_b1"]), 404),
    ):
        client.force_login(person.account)
        assert client.get(url(name, meeting.uid)).status_code == status


@pytest.mark.parametrize("number", [1, 3])
def test_register_edit_costs_the_same_for_more_people(
    client, units, clerk, number, django_assert_max_num_queries
) -> None:
    members(units["cell_a1"], number)
    meeting = a_meeting(units["cell_a1"])
    client.get(url("register_edit", meeting.uid))
    with django_assert_max_num_queries(9):
        client.get(url("register_edit", meeting.uid))
    form = as_shown(meeting) | {f"status-{line.pk}": PRESENT for line in meeting.register.all()}
    with django_assert_max_num_queries(16):
        client.post(url("register_edit", meeting.uid), form)
