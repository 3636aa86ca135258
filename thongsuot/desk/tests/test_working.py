"""The worker does what was put into the queue, and in the morning what nobody asks for: it looks and reminds."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from thongsuot.campaigns.testing import an_issued_campaign
from thongsuot.meetings.testing import a_closed_meeting
from thongsuot.reports.models import Signal
from thongsuot.units.testing import NOW, TODAY, a_small_city


@task
def tell(name: str) -> str:
    return f"Chào {name}"


@task
def break_down() -> None:
    raise ValueError("không làm được")


def test_queued_tasks_are_done_and_a_mistake_stops_nobody(transactional_db) -> None:
    broken, told = break_down.enqueue(), tell.enqueue("An")
    call_command("work", "--once")
    results = {each.pk: each for each in DBTaskResult.objects.all()}
    assert results[UUID(told.id)].return_value == "Chào An"
    assert results[UUID(broken.id)].status == "FAILED"


@pytest.mark.parametrize(("hours", "found"), [(0, 1), (-3, 0)])
def test_signs_of_formalism_are_looked_for_in_the_morning(db, monkeypatch, hours, found) -> None:
    units = a_small_city()
    campaign = an_issued_campaign(units["city"])
    a_closed_meeting(units["cell_a1"], campaign=campaign, on=TODAY - timedelta(days=20))
    # Nine o'clock in Hà Nội, and six.
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(hours=hours))
    call_command("work", "--once")
    assert Signal.objects.count() == found
