"""The ledger and the tree at the size of a whole country: 300,000 units, 5.6 million people.

    .venv/bin/python -m benchmarks.ledger                      # SQLite
    DATABASE_URL=postgresql://… .venv/bin/python -m benchmarks.ledger

Builds in a database of its own, which it drops at the end. Times are told beside those of a bare insert and of a
look-up by primary key in the same run: the ratio says more than the milliseconds of one machine.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from benchmarks import installation

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
FOUNDED = date(2025, 7, 1)
LEVELS = [("province", 34), ("commune", 3_321), ("base", 52_000)]  # under one centre; all the rest are cells
MET = 10  # one cell in so many has met, and each of these has posted so many entries


@contextmanager
def own_database() -> Iterator[None]:
    from django.conf import settings
    from django.db import connection

    with tempfile.TemporaryDirectory(prefix="thongsuot-benchmark-") as folder:
        own = "thongsuot_benchmark" if connection.vendor == "postgresql" else str(Path(folder) / "benchmark.sqlite3")
        connection.settings_dict["TEST"]["NAME"] = own
        before = settings.DATABASES["default"]["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(str(before), verbosity=0)


def build_units(number: int) -> tuple[Any, list[Any]]:
    """The tree; returns its hierarchy and its cells."""
    from thongsuot.units.models import Hierarchy, Placement, Unit, UnitKind

    hierarchy = Hierarchy.objects.create(slug="party", name="Hệ thống Đảng")
    above: list[Any] = []
    names = [("centre", 1), *LEVELS, ("cell", number - 1 - sum(count for _name, count in LEVELS))]
    for rank, (name, count) in enumerate(names):
        kind = UnitKind.objects.create(slug=name, name=name, rank=rank, issuer_code="CB", has_members=name == "cell")
        made = [
            Unit(kind=kind, name=f"{name} {n}", folded=f"{name} {n}", sort_key=f"{name} {n:06d}", founded_on=FOUNDED)
            for n in range(count)
        ]
        made = Unit.objects.bulk_create(made, batch_size=2_000)
        Placement.objects.bulk_create(
            [
                Placement(
                    hierarchy=hierarchy, unit=unit, parent=above[n % len(above)] if above else None, valid_from=FOUNDED
                )
                for n, unit in enumerate(made)
            ],
            batch_size=2_000,
        )
        above = made
    return hierarchy, above


def build_people(number: int, cells: list[Any]) -> None:
    """Made by the database itself: names do not matter here, their number does."""
    from django.db import connection

    uid, series = {
        "postgresql": ("gen_random_uuid()", "generate_series(1, %s) AS numbers(n)"),
        "sqlite": (
            "lower(hex(randomblob(16)))",
            "(WITH RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < %s) SELECT n FROM up)",
        ),
    }[connection.vendor]
    first, count = cells[0].pk, len(cells)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO people_person (id, uid, full_name, folded, sort_key, is_made_up)"
            f" SELECT n, {uid}, 'Nguyễn Văn An', 'nguyen van an', 'an van nguyen', true FROM {series}",
            [number],
        )
        cursor.execute(
            f"INSERT INTO people_membership (id, person_id, unit_id, kind, valid_from)"
            f" SELECT n, n, {first} + (n %% {count}), 'full', '{FOUNDED}' FROM {series}",
            [number],
        )
        cursor.execute("ANALYZE")


def build_campaign(hierarchy: Any, cells: list[Any]) -> Any:
    """One requirement for every cell, and entries that wait to be folded."""
    from thongsuot.campaigns.models import Campaign, Obligation, Requirement
    from thongsuot.ledger.models import Book, Entry
    from thongsuot.units.models import Unit

    centre = Unit.objects.get(kind__slug="centre")
    book = Book.objects.create(hierarchy=hierarchy, title="Đợt sinh hoạt")
    campaign = Campaign.objects.create(
        unit=centre, hierarchy=hierarchy, book=book, title="Đợt sinh hoạt", slug="dot", starts_on=FOUNDED
    )
    asked = Requirement.objects.create(campaign=campaign, kind="meeting", text="Sinh hoạt", due_on=TODAY)
    owed = (Obligation(requirement=asked, unit=cell, due_on=TODAY) for cell in cells)
    Obligation.objects.bulk_create(owed, batch_size=2_000)
    rows = (
        Entry(book=book, unit=cell, measure=measure, happened_on=TODAY, recorded_at=NOW, amount=1, cause_kind="x.X")
        for cell in cells[::MET]
        for measure in ["meeting_held", *(["attendance"] * (MET - 1))]
    )
    Entry.objects.bulk_create(rows, batch_size=2_000)
    return campaign


def timed(task: Callable[[], object], times: int = 1) -> float:
    """Milliseconds, the median of ``times``."""
    taken = []
    for _n in range(times):
        began = time.perf_counter()
        task()
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)


def tell(name: str, ms: float, bare: float | None = None, of: str = "") -> None:
    ratio = f"{ms / bare:>10.1f} × {of}" if bare else ""
    print(f"{name:<58}{ms:>12.2f} ms{ratio}", flush=True)


def run(units: int, people: int) -> None:
    from django.db import transaction

    from thongsuot.ledger.folding import fold, fold_all
    from thongsuot.ledger.measures import measure
    from thongsuot.ledger.models import Book, Entry, Total
    from thongsuot.ledger.posting import post
    from thongsuot.people.models import Office, Person
    from thongsuot.people.rights import Act, scope
    from thongsuot.reports import overview
    from thongsuot.units.models import Position, Unit
    from thongsuot.units.tree import place, rebuild_positions

    box: dict[str, Any] = {}

    def build(name: str, task: Callable[[], Any]) -> None:
        tell(f"build: {name}", timed(lambda: box.update({name: task()})))

    build(f"{units:,} units, placed", lambda: build_units(units))
    hierarchy, cells = box.popitem()[1]
    tell("rebuild_positions, all of them for the first time", timed(lambda: rebuild_positions(hierarchy, TODAY)))
    build(f"{people:,} people and their belonging", lambda: build_people(people, cells))
    build(f"{len(cells):,} obligations, as many entries", lambda: build_campaign(hierarchy, cells))
    campaign = box.popitem()[1]
    book, some = campaign.book, cells[len(cells) // (2 * MET) * MET]
    a_place = Position.objects.select_related("parent").get(unit=some)
    commune = Unit.objects.get(pk=int(a_place.path.strip("/").split("/")[2]))
    province = Unit.objects.get(pk=int(a_place.path.strip("/").split("/")[1]))
    centre = campaign.unit

    look_up = timed(lambda: Unit.objects.get(pk=some.pk), 200)
    insert = timed(lambda: Book.objects.create(hierarchy=hierarchy, title="-"), 200)
    tell("bare: one row by its primary key", look_up)
    tell("bare: one row inserted", insert)

    tell(f"fold, the first {Entry.objects.count():,} entries", timed(fold_all))
    counted = measure("benchmark", "benchmark")

    def post_one() -> None:
        with transaction.atomic():
            post(book, counted, unit=some, on=TODAY, at=NOW, cause=centre, by=None)

    tell("post() one entry", timed(post_one, 200), insert, "insert")
    fold()

    def post_and_fold() -> None:
        post_one()
        fold()

    tell("fold() of one new entry", timed(post_and_fold, 20), insert, "insert")
    tell("fold() when nothing is new", timed(fold, 20), look_up, "look-up")
    tell(
        "the figures of one unit (all measures, all below it)",
        timed(lambda: overview.amounts(campaign, centre), 50), look_up, "look-up",
    )  # fmt: skip
    for name, unit in (("a commune", commune), ("a province", province), ("the centre", centre)):

        def dashboard(unit: Unit = unit) -> None:
            places = list(overview.children(campaign, unit))
            overview.rows(campaign, places, TODAY)
            overview.own_states(campaign, unit, TODAY)

        tell(f"dashboard of {name}, units below it side by side", timed(dashboard, 5), look_up, "look-up")
    officer = Person.objects.order_by("pk").first()
    Office.objects.create(person=officer, unit=province, hierarchy=hierarchy, role="officer", valid_from=FOUNDED)
    sees = timed(lambda: scope(officer, Act.SEE, TODAY).includes(some), 50)
    tell("may this person see that unit?", sees, look_up, "look-up")

    def fifty_seen() -> list[Any]:
        seen = scope(officer, Act.SEE, TODAY)
        return list(seen.filter(Entry.objects.order_by("-pk"))[:50])

    tell("the newest 50 entries that a province sees", timed(fifty_seen, 10), look_up, "look-up")

    other = Unit.objects.filter(kind__slug="base").exclude(pk=a_place.parent_id).first()
    tell(
        "place() one cell elsewhere, positions derived anew",
        timed(lambda: place(some, under=other, hierarchy=hierarchy, on=TODAY, at=NOW, today=TODAY)),
    )
    tell("fold() that carries the move through past totals", timed(fold))
    whole = Total.objects.get(book=book, unit=centre, period=0, measure="meeting_held").amount
    if whole != len(cells[::MET]):
        sys.exit(f"The total of the centre is {whole}, not {len(cells[::MET])}.")


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--units", type=int, default=300_000)
    wanted.add_argument("--people", type=int, default=5_600_000)
    asked = wanted.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "thongsuot.config.settings"
    import django

    django.setup()
    print(installation.machine())
    with own_database():
        run(asked.units, asked.people)


if __name__ == "__main__":
    main()
