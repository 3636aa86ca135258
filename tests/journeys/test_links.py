"""Whatever somebody is shown to follow leads somewhere, and every page speaks one language."""

import re

import polib
import pytest

from tests.journeys.conftest import PEOPLE
from tests.journeys.server import ROOT
from tests.journeys.walking import walk

ENGLISH = re.compile(r"\b(the|and|of|is|are|was|were|has|have|this|that|with|from|not|your|you)\b", re.IGNORECASE)


def sentences() -> dict[str, str]:
    """Every sentence of the product in both languages, where they differ."""
    files = ROOT.glob("thongsuot/*/locale/vi/LC_MESSAGES/django.po")
    entries = (entry for file in files for entry in polib.pofile(str(file)))
    return {entry.msgid: entry.msgstr for entry in entries if entry.msgstr not in ("", entry.msgid)}


@pytest.mark.parametrize("slug", PEOPLE)
def test_every_link_that_somebody_is_shown_leads_somewhere_and_speaks_vietnamese(walked, slug):
    sheets, dead = walked(slug)
    assert not dead, "\n".join(dead)
    foreign = sentences().keys()
    found = [
        f"{sheet.path}: {words[:120]}"
        for sheet in sheets
        for words in sheet.texts
        if words in foreign or ENGLISH.search(words)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("slug", ["", "city-officer", "cell-head", "auditor"])
def test_pages_in_english_name_everything_in_english(arrive, slug):
    sheets, dead = walk(arrive(slug), of_each_kind=1, language="en")
    assert not dead, "\n".join(dead)
    foreign = set(sentences().values())
    found = [f"{sheet.path}: {words[:120]}" for sheet in sheets for words in sheet.labels if words in foreign]
    assert not found, "\n".join(found)
