"""One product, started once, and people at browsers. Nothing here touches the database of the other tests."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, StorageState, sync_playwright

from tests.journeys.server import database_of_its_own, started
from tests.journeys.visitor import Visitor
from tests.journeys.walking import Walk, walk

HERE = Path(__file__).parent
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
DESK, PHONE = (1280, 900), (390, 844)
# The example's own, whom anyone may sign in as; "" is the public.
PEOPLE = [
    "", "city-officer", "district-officer", "district-head", "committee-head", "cell-head", "cell-clerk", "speaker",
    "member", "auditor",
]  # fmt: skip
LOCALES = {"vi": "vi-VN", "en": "en-GB"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All journeys run in one worker (``--dist loadgroup``): the product is started once."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("journeys"))


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("product")


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    with database_of_its_own() as url:
        yield url


@pytest.fixture(scope="session")
def address(data: Path, database: str) -> Iterator[str]:
    if given := os.environ.get("JOURNEYS_AT"):  # DEV
        yield given
        return
    with started(data, database, data / "start.log") as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser is. Without one these tests fail: a journey that nobody made proves nothing."""
    if given := os.environ.get("CHROMIUM_PATH"):
        return given
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        pytest.fail("No Chromium was found: install it (bin/test does so as root) or set CHROMIUM_PATH.", pytrace=False)
    return found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """For a module only: while Playwright runs, Django would refuse the database to the tests of other folders."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield running
        running.close()


@pytest.fixture(scope="session")
def signed_in() -> dict[str, StorageState]:
    """Who has signed in before keeps the cookie."""
    return {}


Arrive = Callable[..., Visitor]


@pytest.fixture
def arrive(browser: Browser, address: str, signed_in: dict[str, StorageState]) -> Iterator[Arrive]:
    """``arrive("cell-head", language="en", size=PHONE)``: a person, or the public, at a browser of their own."""
    visitors = []

    def _arrive(
        slug: str = "",
        *,
        language: str = "vi",
        size: tuple[int, int] = DESK,
        kind: type[Visitor] = Visitor,
        **more: Any,
    ) -> Visitor:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale=LOCALES[language],
            storage_state=signed_in.get(slug), has_touch=size == PHONE, is_mobile=size == PHONE, **more,
        )  # fmt: skip
        visitor = kind(context, address, by_touch=size == PHONE)
        visitors.append(visitor)
        if slug and slug not in signed_in:
            visitor.go("/demo/").page.locator(f'form[action="/demo/sign-in/{slug}"] button:not([name])').click()
            visitor.page.wait_for_url("**/work/")
            signed_in[slug] = context.storage_state()
        return visitor

    yield _arrive
    heard = [error for visitor in visitors for error in visitor.errors]
    for visitor in visitors:
        visitor.context.close()
    assert not heard, heard


@pytest.fixture(scope="session")
def walks() -> dict[str, Walk]:
    """Who has walked along all links before need not do so again."""
    return {}


@pytest.fixture
def walked(arrive: Arrive, walks: dict[str, Walk]) -> Callable[[str], Walk]:
    def _walked(slug: str) -> Walk:
        if slug not in walks:
            walks[slug] = walk(arrive(slug), of_each_kind=3)
        return walks[slug]

    return _walked
