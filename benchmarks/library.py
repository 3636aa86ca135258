"""The library at the size of a country's laws: reading texts, importing a collection, searching it.

    .venv/bin/python -m benchmarks.library [FOLDER OF THE DATA]

The folder holds ``codification/articles.jsonl.gz`` and ``book/``; what is absent is left out.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

DATA = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2] / "shared" / "data"
QUESTIONS = 300


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["THONGSUOT_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongsuot.config.settings")
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
    from thongsuot.library.models import Document, Passage
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
    for name, questions in (("with marks", asked), ("without marks", [fold(words) for words in asked])):
        times = sorted(milliseconds(words) for words in questions)
        print(f"search {name}: median {statistics.median(times):.1f} ms, p95 {times[int(len(times) * 0.95)]:.1f} ms")
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


def milliseconds(words: str) -> float:
    """Of one question, with its snippets from the database."""
    from thongsuot.library.search import search

    begun = time.perf_counter()
    search(words, who=["public"], limit=10)
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    main()
