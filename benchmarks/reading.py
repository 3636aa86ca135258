"""How heavy the pages of long texts are, and how soon a slow phone shows their first words.

    .venv/bin/python -m benchmarks.reading [FOLDER OF THE DATA]

The folder holds ``book/book.pdf`` and ``laws/100_2015_QH13.txt``; what is absent is left out and the example's own
handbook is measured alone. Ends with 1 where a limit is passed.
"""

import http.client
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks import installation

BARE = "/bare-view-of-the-benchmark/"  # that of benchmarks.served, which needs the settings
DATA = Path(sys.argv[1]) if len(sys.argv) > 1 else installation.ROOT.parent / "shared" / "data"
MOST_KB = 60.0  # compressed, without pictures
MOST_MS = 1000.0  # to the first words of the chapter
# A cheap phone on slow 4G: a quarter of this machine's speed, 1.6 Mbit/s down, 150 ms there and back.
SLOWER, DOWN, UP, LATENCY = 4, 1.6e6 / 8, 750e3 / 8, 150
ROUNDS = 5
# When the first words inside the chapter were painted; the browser tells of each larger stretch it paints.
WATCH = """
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (entry.element?.closest('.reader-main')) window.firstWords ??= entry.startTime;
  }
}).observe({ type: 'largest-contentful-paint', buffered: true });
"""


@dataclass
class Weighed:
    path: str
    sent: int
    took: float


def texts() -> list[tuple[str, Any]]:
    """(name, edition) of the handbook, and of the book and the law where the data is at hand."""
    from django.core.management import call_command

    from thongsuot.library.models import Document, Edition

    found = [("the example's handbook", Edition.objects.get(document__kind="handbook", language="vi"))]
    for name, file, standing in (
        ("a book of 994 pages", DATA / "book" / "book.pdf", Document.objects.filter(source_note="book.pdf")),
        (
            "a law of 426 articles",
            DATA / "laws" / "100_2015_QH13.txt",
            # The example has an outline of it, over which the text is imported.
            Document.objects.filter(number="100/2015/QH13", editions__format="txt"),
        ),
    ):
        if not file.exists():
            print(f"not measured, {file} is absent: {name}")
            continue
        if not standing.exists():
            call_command("import_document", str(file), public=True, verbosity=0)
        standing.update(is_public=True)
        found.append((name, Edition.objects.filter(document__in=standing).first()))
    return found


def sheets_of(edition: Any) -> list[str]:
    from thongsuot.library.contents import Chapter, reading_pages

    chapters = [Chapter(edition, page) for page in reading_pages(edition)]
    return [chapter.url(sheet) for chapter in chapters for sheet in chapter.sheets]


def weigh(address: str, paths: list[str]) -> list[Weighed]:
    line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    found = []
    for path in paths:
        began = time.perf_counter()
        line.request("GET", path, headers={"Accept-Encoding": "gzip", "Accept-Language": "vi"})
        answer = line.getresponse()
        body = answer.read()
        if answer.status != 200:
            sys.exit(f"{path}: {answer.status}")
        found.append(Weighed(path, len(body), 1000 * (time.perf_counter() - began)))
    return found


def first_words(address: str, path: str) -> tuple[float, float]:
    """Milliseconds to the first paint of anything and of words of the chapter, with an empty cache."""
    from playwright.sync_api import sync_playwright

    paints, words = [], []
    with sync_playwright() as driver:
        browser = installation.browser(driver)
        for _round in range(ROUNDS):
            context = browser.new_context(
                viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True, locale="vi-VN"
            )
            tab = context.new_page()
            tab.add_init_script(WATCH)
            phone = context.new_cdp_session(tab)
            phone.send("Network.enable")
            phone.send(
                "Network.emulateNetworkConditions",
                {"offline": False, "latency": LATENCY, "downloadThroughput": DOWN, "uploadThroughput": UP},
            )
            phone.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            tab.goto(f"{address}{path}", wait_until="load")
            tab.wait_for_function("performance.getEntriesByName('first-contentful-paint').length", timeout=60_000)
            paints.append(tab.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
            if path != BARE:
                tab.wait_for_function("window.firstWords !== undefined", timeout=60_000)
                words.append(tab.evaluate("window.firstWords"))
            context.close()
        browser.close()
    return statistics.median(paints), statistics.median(words or paints)


def main() -> int:
    installation.set_up()
    kept = True
    print(f"{'text':<26}{'pages':>6}{'kB median':>11}{'kB most':>9}{'server ms':>11}{'paint ms':>10}{'words ms':>10}")
    measured = texts()
    with installation.served() as address:
        bare = weigh(address, [BARE] * 5)
        print(
            f"{'a bare Django view':<26}{1:>6}{0:>11.1f}{0:>9.1f}{statistics.median(one.took for one in bare):>11.0f}"
            f"{first_words(address, BARE)[0]:>10.0f}{'–':>10}"
        )
        for name, edition in measured:
            paths = sheets_of(edition)
            weigh(address, paths[:2])
            weighed = sorted(weigh(address, paths), key=lambda one: one.sent)
            paint, words = first_words(address, weighed[-1].path)
            heaviest = weighed[-1].sent / 1000
            print(
                f"{name:<26}{len(paths):>6}{weighed[len(weighed) // 2].sent / 1000:>11.1f}{heaviest:>9.1f}"
                f"{statistics.median(one.took for one in weighed):>11.0f}{paint:>10.0f}{words:>10.0f}"
            )
            kept = kept and heaviest <= MOST_KB and words <= MOST_MS
    print(
        f"Paint and words: the heaviest page of each, empty cache, median of {ROUNDS}, processor {SLOWER} times slower,"
        f" 1.6 Mbit/s, {LATENCY} ms. Limits: {MOST_KB:.0f} kB, {MOST_MS:.0f} ms. {installation.machine()}"
    )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
