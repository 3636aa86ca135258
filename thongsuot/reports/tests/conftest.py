import pytest
from django.urls import reverse
from django.utils import timezone

from thongsuot.campaigns.testing import an_issued_campaign
from thongsuot.units.testing import NOW, TODAY, a_small_city


@pytest.fixture(autouse=True)
def _the_day(monkeypatch):
    """Pages are asked on a day of the campaign."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def units(db):
    return a_small_city()


@pytest.fixture
def campaign(units):
    due = TODAY.replace(month=6, day=15)
    below = ("base_committee", "base_cell", "cell")
    asked = {
        "plan": (("base_committee",), due),
        "meeting": (("base_cell", "cell"), TODAY.replace(day=10)),
        "report": (("district", *below), due),
    }
    return an_issued_campaign(units["city"], asked=asked)


@pytest.fixture
def url():
    return lambda name, *args: reverse(f"reports:{name}", args=args)
