"""Clocks that are wrong: a meeting in another year, a form filled in before a day that has passed, a server whose clock
runs behind the last record."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.bad_input.browser import form_on, forms_in, told
from tests.bad_input.test_typed import lost
from tests.bad_input.world import FORMS, a_world
from thongsuot.journal.models import Record
from thongsuot.ledger.folding import fold_all
from thongsuot.meetings import register
from thongsuot.meetings.models import Meeting
from thongsuot.meetings.testing import a_closed_meeting, a_meeting, total
from thongsuot.units.testing import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", [TODAY + timedelta(days=401), date(2099, 12, 31), date(1990, 1, 1)])
def test_a_meeting_in_another_year_is_not_called_and_nothing_is_lost(client, day) -> None:
    case = FORMS["meeting_create"](a_world())
    client.force_login(case.who.account)
    form = form_on(client, case.url)
    typed = form.sent | {"held_on": [day.isoformat()], "title": ["Tên đã gõ"]}
    response = client.post(form.url, typed)
    assert response.status_code == 422
    assert told(response.content)
    assert lost(form, typed, response) == []
    assert not Meeting.objects.exists()


def test_a_register_is_not_closed_before_its_meeting_took_place(client) -> None:
    world = a_world()
    meeting = a_meeting(world.units["cell_a1"], campaign=world.campaign, on=TODAY + timedelta(days=30))
    client.force_login(world.who("head", "cell_a1").account)
    for name in ("register_edit", "register_close"):
        there = reverse(f"meetings:{name}", args=[meeting.uid])
        line = meeting.register.first()
        sent = {f"was-{line.pk}": "0|||", f"status-{line.pk}": "present", "ends_at": "10:00"}
        response = client.post(there, sent, follow=True)
        assert told(response.content)
    meeting.refresh_from_db()
    assert not meeting.is_closed
    assert total(world.campaign, "meeting_held") == 0


@pytest.mark.parametrize("name", sorted(FORMS))
def test_a_server_whose_clock_runs_behind_the_last_record_does_its_work_or_says_why(client, monkeypatch, name) -> None:
    case = FORMS[name](a_world())
    client.force_login(case.who.account)
    monkeypatch.setattr(timezone, "now", lambda: NOW - timedelta(days=2))
    response = client.get(case.url, follow=True)
    assert response.status_code in (200, 404, 422)
    # A meeting of the day after tomorrow has no register to record yet.
    if not response.redirect_chain and forms_in(response.content):
        form = form_on(client, case.url)
        assert client.post(form.url, form.sent, follow=True).status_code in (200, 404, 422)


def test_figures_recorded_by_a_clock_behind_still_add_up(monkeypatch) -> None:
    world = a_world()
    a_closed_meeting(world.units["cell_a1"], campaign=world.campaign)
    fold_all()
    behind = NOW - timedelta(hours=3)
    monkeypatch.setattr(timezone, "now", lambda: behind)
    later = a_meeting(world.units["cell_a2"], campaign=world.campaign, at=behind)
    person = world.who("member", "cell_a2")
    later.register.create(person=person, membership_kind="full")
    register.record(later, [register.Line(person.pk, "present")], by=None, at=behind)
    register.close(later, ends_at=None, by=None, at=behind)
    assert total(world.campaign, "meeting_held") == 2
    assert Record.objects.order_by("-pk").first().at == behind
