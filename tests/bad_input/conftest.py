"""Refusals are what is looked for here: they need no line in the log."""

import logging

import pytest
from django.utils import timezone

from thongsuot.units.testing import NOW


@pytest.fixture(autouse=True)
def quiet():
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def the_day(monkeypatch):
    """Pages are asked on a day of the campaign."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
