"""How long the server takes for the pages that people open most, and how heavy the portal's first page is.

    .venv/bin/python -m benchmarks.pages

Prints two tables; ends with 1 where a limit is passed.
"""

import argparse
import http.client
import statistics
import sys
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from benchmarks import installation

MOST_MS = 50.0  # median, for /work/ and dashboards
MOST_KB = 100.0  # the portal's first page with all that it fetches, compressed
WARM_UP = 8
ROUNDS = 60


@dataclass
class Page:
    name: str
    path: str
    cookie: str = ""
    limit: float | None = None
    times: list[float] = field(default_factory=list)
    size: int = 0

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.times, n=20)[-1]


def pages() -> list[Page]:
    from django.urls import reverse

    from benchmarks.served import BARE
    from thongsuot.campaigns.models import Campaign
    from thongsuot.units.models import Unit

    who = {name: installation.session_of(name) for name in ("district-officer", "cell-head", "member", "city-officer")}
    campaign = Campaign.objects.filter(issued_on__isnull=False).first()
    if campaign is None:
        sys.exit("The example has no campaign.")
    overview = {
        unit.kind.slug: reverse("reports:dashboard", args=[campaign.uid, unit.uid])
        for unit in Unit.objects.filter(kind__slug__in=["city", "district"]).select_related("kind")
    }
    work, officer = reverse("desk:home"), who["district-officer"]
    return [
        Page("a bare Django view", BARE),
        *(
            Page(f"{work} as {name}", work, who[name], MOST_MS)
            for name in ("district-officer", "cell-head", "member")
        ),
        Page("dashboard of the district", overview["district"], officer, MOST_MS),
        Page("dashboard of the city", overview["city"], who["city-officer"], MOST_MS),
        Page("obligations", reverse("campaigns:obligation_list"), officer),
        Page("portal, first page", "/"),
        Page("portal, progress", "/progress/"),
        Page("search in the library", reverse("library:search") + "?q=trach+nhiem+neu+guong"),
    ]  # fmt: skip


def measure(address: str, shown: list[Page], rounds: int) -> None:
    """The pages in turn, over one kept connection, so that whatever disturbs the machine disturbs all alike."""
    line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    for number in range(WARM_UP + rounds):
        for page in shown:
            began = time.perf_counter()
            line.request("GET", page.path, headers={"Cookie": page.cookie, "Accept-Encoding": "gzip"})
            answer = line.getresponse()
            body = answer.read()
            took = 1000 * (time.perf_counter() - began)
            if answer.status != 200:
                sys.exit(f"{page.name}: {answer.status} {answer.getheader('Location', '')}")
            if number >= WARM_UP:
                page.times.append(took)
                page.size = len(body)


def tell_times(shown: list[Page]) -> bool:
    bare = shown[0].median
    print(f"\n{'page':<32}{'median ms':>10}{'p95 ms':>10}{'× bare':>9}{'kB':>8}{'limit':>9}")
    for page in shown:
        limit = f"{page.limit:.0f} ms" if page.limit else "–"
        over = " over" if page.limit and page.median > page.limit else ""
        print(
            f"{page.name:<32}{page.median:>10.1f}{page.p95:>10.1f}{page.median / bare:>9.1f}{page.size / 1000:>8.1f}"
            f"{limit:>9}{over}"
        )
    print(f"{len(shown[0].times)} warm requests each, one at a time. {installation.machine()}")
    return all(page.limit is None or page.median <= page.limit for page in shown)


@dataclass(frozen=True)
class Fetched:
    url: str
    kind: str
    wire: int


def fetch(address: str, path: str = "/") -> list[Fetched]:
    """All that a browser with an empty cache fetches for a page, with its size on the wire, headers included."""
    from playwright.sync_api import sync_playwright

    found: dict[str, tuple[dict[str, Any], str]] = {}
    sizes: dict[str, int] = {}
    with sync_playwright() as driver:
        browser = installation.browser(driver)
        # No script runs: what the page needs, it has.
        tab = browser.new_context(java_script_enabled=False, locale="vi-VN").new_page()
        watched = tab.context.new_cdp_session(tab)
        watched.send("Network.enable")
        watched.on("Network.responseReceived", lambda e: found.update({e["requestId"]: (e["response"], e["type"])}))
        watched.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: int(e["encodedDataLength"])}))
        tab.goto(f"{address}{path}", wait_until="networkidle")
        # Pictures further down are fetched when one gets there.
        tab.mouse.wheel(0, 20_000)
        tab.wait_for_load_state("networkidle")
        if not tab.locator("h1").inner_text().strip():
            sys.exit("Without script the first page shows nothing.")
        browser.close()
    return [Fetched(answer["url"], kind, sizes.get(key, 0)) for key, (answer, kind) in found.items()]


def tell_weight(fetched: list[Fetched]) -> bool:
    print(f"\n{'first page of the portal':<64}{'kB':>8}")
    for each in sorted(fetched, key=lambda one: -one.wire):
        print(f"{each.kind:<12}{urlsplit(each.url).path[-50:]:<52}{each.wire / 1000:>8.1f}")
    whole = sum(each.wire for each in fetched) / 1000
    scripts = [each for each in fetched if each.kind == "Script"]
    over = " over" if whole > MOST_KB else ""
    print(f"{'in all, compressed, empty cache, no script':<64}{whole:>8.1f}{MOST_KB:>8.0f} kB{over}")
    if scripts:
        print("It fetches a script.")
    return not over and not scripts


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--rounds", type=int, default=ROUNDS)
    wanted.add_argument("--no-browser", action="store_true", help="times only")
    asked = wanted.parse_args()
    installation.set_up()
    shown = pages()
    with installation.served() as address:
        measure(address, shown, asked.rounds)
        holds = [tell_times(shown)]
        if not asked.no_browser:
            holds.append(tell_weight(fetch(address)))
    sys.exit(not all(holds))


if __name__ == "__main__":
    main()
