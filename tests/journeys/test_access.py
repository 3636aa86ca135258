"""Every page that somebody of the example comes to by links: nothing that shuts a reader out.

axe-core finds no violation at a desk and on a phone; nothing scrolls sideways at 320 px, nor with letters twice as
large. A page is looked at when it is built of something that no page before it showed.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import DESK, PEOPLE, PHONE

NARROW, MIDDLE = (320, 800), (640, 800)
TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"
known: set[str] = set()


def resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


def broken_rules(page: Page, where: str) -> list[str]:
    broken = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{where}: {rule['id']} – {rule['nodes'][0]['html'][:150]}" for rule in broken]


def wrong_with(page: Page, path: str) -> list[str]:
    found = broken_rules(page, f"{path} at a desk")
    resize(page, PHONE)
    found += broken_rules(page, f"{path} on a phone")
    resize(page, NARROW)
    if (over := page.evaluate(TOO_WIDE)) > 0:
        found.append(f"{path}: {over} px too wide at 320 px")
    resize(page, MIDDLE)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    if (over := page.evaluate(TOO_WIDE)) > 0:
        found.append(f"{path}: {over} px too wide with letters twice as large")
    resize(page, DESK)
    return found


@pytest.mark.parametrize("slug", PEOPLE)
def test_every_page_can_be_read_by_everyone(arrive, walked, slug):
    visitor = arrive(slug)
    wrong = []
    for sheet in walked(slug).sheets:
        if sheet.parts <= known:
            continue
        known.update(sheet.parts)
        wrong += wrong_with(visitor.go(sheet.path).page, sheet.path)
    assert not wrong, "\n".join(wrong)
