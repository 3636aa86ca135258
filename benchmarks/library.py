"""The library at the size of a country's laws: reading texts, importing a collection, searching it.

    .venv/bin/python -m benchmarks.library [FOLDER OF THE DATA] [--search-only] [--peers]

``--search-only`` asks the library that stands in THONGSUOT_DATA already; ``--peers`` asks plain engines the same
(PostgreSQL where ``BENCHMARK_POSTGRESQL`` names a server).
The folder holds ``codification/articles.jsonl.gz`` and ``book/``; what is absent is left out.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

_GIVEN = [each for each in sys.argv[1:] if not each.startswith("--")]
DATA = Path(_GIVEN[0]) if _GIVEN else Path(__file__).resolve().parents[2] / "shared" / "data"
QUESTIONS = 300


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongsuot.config.settings")
    if "--search-only" in sys.argv:
        import django

        django.setup()
        search_laws()
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ["THONGSUOT_DATA"] = folder
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        read_books()
        if (DATA / "codification").is_dir():
            import_laws()
            search_laws()


def read_books() -> None:
    from thongsuot.library.formats.apart import format_of, read_apart

    for name in ("book.docx", "book.pdf"):
        file = DATA / "book" / name
        if not file.exists():
            continue
        with tempfile.TemporaryDirectory() as folder:
            begun = time.perf_counter()
            reading = read_apart(file, Path(folder), format_of(file))
            kinds = [draft.kind for draft in reading.drafts]
            counts = ", ".join(f"{kind} {kinds.count(kind)}" for kind in ("chapter", "section", "subsection", "plate"))
            print(f"{name}: {time.perf_counter() - begun:.1f} s; {counts}")


def import_laws() -> None:
    from thongsuot.library.collection import import_collection
    from thongsuot.library.search import index

    begun = time.perf_counter()
    taken = import_collection(DATA / "codification" / "articles.jsonl.gz")
    size = sum(part.stat().st_size for part in index.folder().iterdir()) / 1e6
    print(
        f"collection: {taken.articles} articles, {taken.documents} documents, {taken.passages} passages, "
        f"{taken.citations} citations in {time.perf_counter() - begun:.0f} s; index {size:.0f} MB"
    )


def search_laws() -> None:
    from thongsuot.library.models import Passage
    from thongsuot.library.search import search
    from thongsuot.viet.text import fold

    random.seed(3)
    headings = Passage.objects.filter(kind="article").order_by("pk").values_list("heading", flat=True)
    asked = []
    for n, heading in enumerate([one for one in headings[::37] if len(one.split()) >= 6][:QUESTIONS]):
        words, length = heading.split(), n % 6 + 1
        start = random.randrange(0, len(words) - length + 1)
        asked.append(" ".join(words[start : start + length]))
    who = ["public"]
    search("thử", who=who)
    ways = {"with marks": asked, "without marks": [fold(words) for words in asked]}
    for way, questions in ways.items():
        for name, ask in _our_ways():
            told(f"{name}, {way}", questions, ask)
    if "--peers" in sys.argv:
        from benchmarks import search_quality as quality

        laws = quality.some_laws(DATA / "codification" / "articles.jsonl.gz", set(), 10**9)
        for name, ask in quality.peers(laws):
            for way, questions in ways.items():
                told(f"{name}, {way}", questions[::3], ask)  # a third is enough for the slow ones
    known_items()


def known_items() -> None:
    """What is called by its number, or as an article of a law, stands first."""
    from thongsuot.library.models import Document
    from thongsuot.library.search import search
    from thongsuot.viet.text import fold

    who = ["public"]
    found = total = 0
    for law in Document.objects.filter(kind="law").exclude(number="").order_by("pk")[::7]:
        article = law.editions.get().passages.filter(kind="article").order_by("pk").last()
        if not article:
            continue
        for words in (
            f"{article.label} {law.title}",
            fold(f"{article.label} {law.title}"),
            f"{article.label} {law.number}",
        ):
            hits = search(words, who=who, limit=1)
            same = bool(hits) and hits[0].passage and hits[0].document.title == law.title
            found += bool(same and hits[0].passage.label == article.label)
            total += 1
    print(f"article of a law by its name or number, first: {found} of {total}")
    found = total = 0
    for document in Document.objects.exclude(number="").order_by("pk")[::17]:
        sloppy = document.number.replace("/", " ").replace("-", " ").lower()
        for words in (document.number, sloppy, fold(document.number)):
            hits = search(words, who=who, limit=1)
            found += bool(hits) and hits[0].document.number == document.number
            total += 1
    print(f"document by its number in three spellings, first: {found} of {total}")


def _our_ways() -> Iterator[tuple[str, Callable[[str], object]]]:
    """The engine alone; with its hits from the database; the pages and addresses that show them, whole middleware."""
    from django.core.management import call_command
    from django.test import Client

    from thongsuot.library.search import asked, index, search
    from thongsuot.library.search.matching import Question, Reader
    from thongsuot.library.search.ranking import in_order

    call_command("collectstatic", interactive=False, verbosity=0)
    opened = index.opened()
    searcher, reader, client = opened.searcher(), Reader(["public"]), Client(SERVER_NAME="localhost")

    def engine(words: str) -> object:
        question = asked.read(words)
        query = Question(opened.schema, searcher, question).best(reader)
        return in_order(searcher, query, question, 10)

    yield "engine, ten best", engine
    yield "the same with snippets from the database", lambda words: search(words, who=["public"], limit=10)

    def over_http(path: str, **more: str) -> Callable[[str], object]:
        def ask(words: str) -> object:
            response = client.get(path, {"q": words, **more})
            assert response.status_code == 200, response.status_code
            return response

        return ask

    yield "/api/v1/search?limit=10", over_http("/api/v1/search", limit="10")
    yield "/library/search/, page with facets", over_http("/library/search/")
    yield "/library/search/suggest", over_http("/library/search/suggest")


def told(name: str, questions: list[str], ask: Callable[[str], object]) -> None:
    """Milliseconds on the clock, and of the processor: the second hardly minds what else the machine does."""
    clock, processor = [], []
    for words in questions:
        begun, worked = time.perf_counter(), time.process_time()
        ask(words)
        clock.append((time.perf_counter() - begun) * 1000)
        processor.append((time.process_time() - worked) * 1000)

    def spread(times: list[float]) -> str:
        times = sorted(times)
        return f"median {statistics.median(times):.1f}, p95 {times[int(len(times) * 0.95)]:.1f}"

    print(f"{name}: {spread(clock)} ms; processor {spread(processor)} ms", flush=True)


if __name__ == "__main__":
    main()
