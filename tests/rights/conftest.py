"""Refusals are what is looked for here: they need no line in the log."""

import logging

import pytest


@pytest.fixture(autouse=True)
def quiet():
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)
