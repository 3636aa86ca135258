import pytest
from django.utils import timezone

from thongsuot.campaigns.testing import an_issued_campaign
from thongsuot.learning.testing import a_topic
from thongsuot.units.testing import NOW, TODAY, a_small_city

ASKED = ("base_cell", "cell")


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
    asked = dict.fromkeys(("reading", "check", "meeting"), (ASKED, due))
    return an_issued_campaign(units["city"], asked=asked)


@pytest.fixture
def topic(campaign):
    return a_topic(campaign)
