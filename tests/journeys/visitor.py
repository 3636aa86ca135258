"""A person at a browser: presses what is written on the page, fills in what is asked, reads what stands there."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Download, Locator, Page, expect

# The browser's own note on an answer such as 422, which the page explains in a sentence.
EXPECTED = "Failed to load resource: the server responded with a status of 4"


def named(words: str) -> re.Pattern[str]:
    """A label as it stands, with what the page adds to it: (không bắt buộc)."""
    return re.compile(rf"^\s*{re.escape(words)}(\s*\((không bắt buộc|optional)\))?\s*$")


class Visitor:
    def __init__(self, context: BrowserContext, address: str, *, by_touch: bool = False) -> None:
        self.context, self.address, self.by_touch = context, address, by_touch
        self.errors: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(EXPECTED):
            self.errors.append(f"{self.page.url}: {message.text}")

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.address)

    def go(self, path: str) -> "Visitor":
        answer = self.page.goto(self.address + path)
        assert answer is None or answer.status < 400, f"{path}: {answer.status}"
        return self

    def touch(self, place: Locator) -> None:
        place.tap() if self.by_touch else place.click()

    def follow(self, words: str, *, within: str = "main", nth: int = 0) -> "Visitor":
        """A link, by its words or their beginning."""
        # Playwright ends a pattern at a bare slash.
        beginning = re.compile(r"^\s*" + re.escape(words).replace("/", r"\/"))
        self.touch(self.page.locator(within).get_by_role("link", name=beginning).nth(nth))
        return self

    def press(self, words: "str | re.Pattern[str]", *, within: str = "main", nth: int = 0) -> "Visitor":
        self.touch(self.page.locator(within).get_by_role("button", name=words, exact=True).nth(nth))
        return self

    def field(self, label: str, *, within: "str | Locator" = "main", nth: int = 0) -> Locator:
        place = self.page.locator(within) if isinstance(within, str) else within
        return place.get_by_label(named(label)).nth(nth)

    def fill(self, answers: dict[str, str], *, within: "str | Locator" = "main", nth: int = 0) -> "Visitor":
        for label, text in answers.items():
            self.field(label, within=within, nth=nth).fill(text)
        return self

    def choose(self, label: str, option: "str | re.Pattern[str]", *, within: "str | Locator" = "main") -> "Visitor":
        """An option of a list by its words, or the first that matches a pattern."""
        field = self.field(label, within=within)
        if isinstance(option, re.Pattern):
            words = (text.strip() for text in field.locator("option").all_inner_texts())
            option = next(text for text in words if option.search(text))
        field.select_option(label=option)
        return self

    def upload(self, label: str, file: "Path | Any", *, within: "str | Locator" = "main") -> "Visitor":
        self.field(label, within=within).set_input_files(file)
        return self

    def download(self, words: str, *, within: str = "main") -> bytes:
        with self.page.expect_download() as waiting:
            self.follow(words, within=within)
        got: Download = waiting.value
        return Path(got.path()).read_bytes()

    def reads(self, *sentences: str, within: str = "main") -> "Visitor":
        place = self.page.locator(within)
        for sentence in sentences:
            try:
                expect(place).to_contain_text(sentence)
            except AssertionError:
                stands = "\n".join(filter(None, map(str.strip, place.inner_text().splitlines())))
                raise AssertionError(f"“{sentence}” does not stand on {self.path}:\n{stands[:1200]}") from None
        return self

    def reads_soon(self, sentence: str) -> "Visitor":
        """What the worker adds within a second or two: the page is loaded anew until it says so."""
        for _attempt in range(15):
            try:
                expect(self.page.locator("main")).to_contain_text(sentence, timeout=1000)
            except AssertionError:
                self.page.reload()
            else:
                return self
        return self.reads(sentence)

    def reads_not(self, *sentences: str, within: str = "main") -> "Visitor":
        for sentence in sentences:
            expect(self.page.locator(within)).not_to_contain_text(sentence)
        return self

    def stands_on(self, heading: "str | re.Pattern[str]") -> "Visitor":
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        return self
