"""How often the right place is found, and how high, beside plain engines over the same articles in the same run.

    .venv/bin/python -m benchmarks.search_quality [FOLDER OF THE DATA] [--articles 8000] [--questions 300]

``--articles 2249`` asks as many articles as the judged sets of others hold: those asked about, and others by chance.
PostgreSQL is asked too where ``BENCHMARK_POSTGRESQL`` names a server.

Questions about laws are of two kinds: written by hand after reading articles (``search_questions.tsv``), and made ones:
words of an article's heading or body, some left out, in the dress of a question. The weights of the search were chosen
while looking at the written ones and at those made "seen"; those "held out" were made later from other chances, and
nothing was chosen by them, nor by XQuAD, whose passages are asked for as articles. Each question is asked with marks,
without any, and with marks on half of its words. Figures are recall@10 / MRR@10.
"""

import argparse
import gzip
import json
import os
import random
import re
import sqlite3
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

HERE = Path(__file__).resolve().parent
Key = tuple[str, str]
Ask = Callable[[str], list[Key]]
DRESS = [
    "{} được quy định thế nào?", "Theo quy định của pháp luật, {} có đúng không?", "{} trong trường hợp nào?",
    "{} phải làm gì?", "Xin hỏi {} ra sao?", "{} là đúng hay sai?", "{} bao nhiêu?", "Ai có quyền {}?",
]  # fmt: skip


@dataclass
class Article:
    number: str
    article: str
    heading: str
    body: str
    title: str
    line: dict[str, Any]

    @property
    def key(self) -> Key:
        return self.number, self.article


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", nargs="?", type=Path, default=HERE.parents[1] / "shared" / "data")
    parser.add_argument("--articles", type=int, default=8000)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--ours", action="store_true", help="without the other engines")
    given = parser.parse_args()
    if not (given.data / "codification").is_dir():
        sys.exit("The folder of the data is absent: there is nothing to ask.")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["THONGSUOT_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongsuot.config.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        written = list(own_questions())
        laws = some_laws(given.data / "codification" / "articles.jsonl.gz", {key for key, _ in written}, given.articles)
        sets = {
            "written, seen": written,
            "made, seen": list(made_questions(laws, given.questions, chances=1)),
            "made, held out": list(made_questions(laws, given.questions, chances=20261127)),
        }
        print(f"{len(laws)} articles of {len({law.number for law in laws})} documents")
        compare(laws, sets, Path(folder), ours_only=given.ours)
        xquad(given.data / "retrieval" / "xquad.vi.json", laws, Path(folder), ours_only=given.ours)


def own_questions() -> Iterator[tuple[Key, str]]:
    for line in (HERE / "search_questions.tsv").read_text(encoding="utf-8").splitlines():
        number, article, question = line.split("\t")
        yield (number, article), question


def some_laws(path: Path, asked_about: set[Key], number: int) -> list[Article]:
    """All documents that questions are about, and others by chance, whole, up to so many articles.

    Where those documents alone hold more, their other articles are left out by chance.
    """
    wanted = {document for document, _article in asked_about}
    with gzip.open(path, "rt", encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    by_document = defaultdict(list)
    for line in lines:
        if line.get("doc_number") and line.get("src_article"):
            by_document[line["doc_number"]].append(line)
    others = sorted(set(by_document) - wanted)
    random.Random(5).shuffle(others)
    others.sort(key=lambda number: by_document[number][0].get("doc_type") not in ("Luật", "Bộ luật"))
    found: list[Article] = []
    for document in [*sorted(wanted), *others]:
        if document not in wanted and len(found) >= number:
            break
        lines = by_document[document]
        named = next((line for line in lines if line.get("doc_title")), lines[0])
        title = f"{named.get('doc_type') or ''} {named.get('doc_title') or named.get('topic')}"
        found += [
            Article(document, str(line["src_article"]), line.get("title") or "", line.get("body") or "", title, line)
            for line in lines
        ]
    if wanted and len(found) > number and all(law.number in wanted for law in found):
        rest = [law.key for law in found if law.key not in asked_about]
        kept = asked_about | set(random.Random(5).sample(rest, max(0, number - len(asked_about))))
        found = [law for law in found if law.key in kept]
    return found


def made_questions(laws: list[Article], number: int, chances: int) -> Iterator[tuple[Key, str]]:
    chance = random.Random(chances)
    headings = Counter(law.heading for law in laws)
    long_enough = [law for law in laws if len(law.body) > 200]
    made = 0
    while made < number:
        law = chance.choice(long_enough)
        words = _some_words(law, made % 3, headings, chance)
        if len(words) < 4:
            continue
        question = chance.choice(DRESS).format(" ".join(words))
        if chance.random() < 0.35:
            question = f"Theo {law.title}, {question}"
        if len(question.split()) <= 45:
            made += 1
            yield law.key, question


def _some_words(law: Article, style: int, headings: Counter[str], chance: random.Random) -> list[str]:
    if style == 0:  # a heading that only one article has, a quarter of its words left out
        words = law.heading.split() if headings[law.heading] == 1 else []
        return [word for word in words if chance.random() > 0.25] if len(words) >= 5 else []
    clauses = [clause for clause in re.split(r"[\n;.]", law.body) if 12 <= len(clause.split()) <= 60]
    if not clauses:
        return []
    words = chance.choice(clauses).split()
    # A few words of a clause with a third left out, or most of it with a fifth left out.
    length = chance.randint(8, 18) if style == 1 else chance.randint(14, 28)
    start = chance.randint(0, max(0, len(words) - length))
    return [word for word in words[start : start + length] if chance.random() > (0.35 if style == 1 else 0.2)]


def compare(laws: list[Article], sets: dict[str, list[tuple[Key, str]]], folder: Path, *, ours_only: bool) -> None:
    from thongsuot.viet.text import fold

    def half(question: str) -> str:
        chance = random.Random(question)
        return " ".join(fold(word) if chance.random() < 0.5 else word for word in question.split())

    forms: list[Callable[[str], str]] = [str, fold, half]
    print("\n| engine | " + " | ".join(f"{name}: with, without, half of the marks" for name in sets) + " |")
    print("|---|" + "---|" * len(sets))
    for engine, ask in engines(laws, folder, ours_only=ours_only):
        cells = [" · ".join(measured(ask, form, rows) for form in forms) for rows in sets.values()]
        print(f"| {engine} | " + " | ".join(cells) + " |", flush=True)


def measured(ask: Ask, form: Callable[[str], str], rows: list[tuple[Key, str]]) -> str:
    places = []
    for key, question in rows:
        found = ask(form(question))
        places.append(found.index(key) + 1 if key in found else 0)
    recall = sum(place > 0 for place in places) / len(places)
    return f"{recall:.3f}/{sum(1 / place for place in places if place) / len(places):.3f}"


def engines(laws: list[Article], folder: Path, *, ours_only: bool) -> Iterator[tuple[str, Ask]]:
    yield "**Thông Suốt**", ours(laws, folder)
    if not ours_only:
        yield from peers(laws)


def peers(laws: list[Article]) -> Iterator[tuple[str, Ask]]:
    yield "SQLite FTS5, unicode61 remove_diacritics 2", fts5(laws, own_folding=False)
    yield "SQLite FTS5, folded syllables and pairs", fts5(laws, own_folding=True)
    yield "tantivy, folded syllables", tantivy_plain(laws)
    try:
        yield "bm25s, folded syllables", bm25s_plain(laws)
    except ImportError:
        print("| bm25s is not installed: left out |")
    if address := os.environ.get("BENCHMARK_POSTGRESQL"):
        yield "PostgreSQL, simple + unaccent, ts_rank", postgresql(laws, address)
    else:
        print("| PostgreSQL: left out, BENCHMARK_POSTGRESQL names no server |")


def ours(laws: list[Article], folder: Path) -> Ask:
    from thongsuot.library.collection import import_collection
    from thongsuot.library.search import search

    file = folder / "some.jsonl"
    file.write_text("\n".join(json.dumps(law.line, ensure_ascii=False) for law in laws), encoding="utf-8")
    import_collection(file)

    def ask(question: str) -> list[Key]:
        hits = search(question, who=["public"], limit=10)
        return [(hit.document.number, hit.passage.label.removeprefix("Điều ") if hit.passage else "") for hit in hits]

    return ask


def _plain(law: Article) -> list[str]:
    from thongsuot.library.search.words import folded

    return folded(f"{law.heading} {law.body}")


def fts5(laws: list[Article], *, own_folding: bool) -> Ask:
    from thongsuot.library.search.words import folded, pairs, syllables

    base = sqlite3.connect(":memory:")
    marks = "" if own_folding else " remove_diacritics 2"
    base.execute(f"CREATE VIRTUAL TABLE t USING fts5(body, tokenize=\"unicode61{marks} tokenchars '_'\")")
    for law in laws:
        words = _plain(law)
        text = " ".join([*words, *pairs(words)]) if own_folding else f"{law.heading} {law.body}"
        base.execute("INSERT INTO t VALUES (?)", (text,))

    def ask(question: str) -> list[Key]:
        words = folded(question) if own_folding else syllables(question)
        terms = [*words, *pairs(words)] if own_folding else words
        query = " OR ".join(f'"{term}"' for term in dict.fromkeys(terms))
        rows = base.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t) LIMIT 10", (query,))
        return [laws[row - 1].key for (row,) in rows]

    return ask


def tantivy_plain(laws: list[Article]) -> Ask:
    import tantivy

    from thongsuot.library.search.words import folded

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("at", stored=True, tokenizer_name="raw")
    schema = builder.build()
    index = tantivy.Index(schema)
    index.register_tokenizer("whitespace", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    writer = index.writer(50_000_000, 1)
    for at, law in enumerate(laws):
        writer.add_document(tantivy.Document(body=" ".join(_plain(law)), at=str(at)))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def ask(question: str) -> list[Key]:
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, "body", term, "freq")) for term in folded(question)
        ]
        hits = searcher.search(tantivy.Query.boolean_query(terms), 10).hits
        return [laws[int(searcher.doc(address)["at"][0])].key for _score, address in hits]

    return ask


def bm25s_plain(laws: list[Article]) -> Ask:
    import bm25s

    from thongsuot.library.search.words import folded

    engine = bm25s.BM25()
    engine.index([_plain(law) for law in laws], show_progress=False)

    def ask(question: str) -> list[Key]:
        known = [word for word in folded(question) if word in engine.vocab_dict]
        found, _scores = engine.retrieve([known or [""]], k=10, show_progress=False)
        return [laws[int(at)].key for at in found[0]]

    return ask


def postgresql(laws: list[Article], address: str) -> Ask:
    """Of a database of its own name on that server, made and dropped here."""
    import psycopg

    name = f"benchmark_search_{uuid4().hex[:12]}"
    server = psycopg.connect(address, autocommit=True)
    server.execute(f"CREATE DATABASE {name}")
    base = psycopg.connect(address, dbname=name, autocommit=True)
    base.execute("CREATE EXTENSION unaccent")
    base.execute("CREATE TEXT SEARCH CONFIGURATION vi (COPY = simple)")
    base.execute(
        "ALTER TEXT SEARCH CONFIGURATION vi ALTER MAPPING FOR asciiword, word, hword, hword_part WITH unaccent, simple"
    )
    base.execute("CREATE TABLE t (at int, words tsvector)")
    with base.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO t VALUES (%s, to_tsvector('vi', %s))",
            [(at, f"{law.heading} {law.body}"[:900_000]) for at, law in enumerate(laws)],
        )
    base.execute("CREATE INDEX ON t USING gin (words)")

    def ask(question: str) -> list[Key]:
        if not question:
            base.close()
            server.execute(f"DROP DATABASE {name}")
            return []
        rows = base.execute(
            "SELECT at FROM t, (SELECT replace(plainto_tsquery('vi', %s)::text, '&', '|')::tsquery AS q) AS asked "
            "WHERE words @@ q ORDER BY ts_rank(words, q, 1) DESC LIMIT 10",
            (question,),
        )
        return [laws[at].key for (at,) in rows]

    import atexit

    atexit.register(ask, "")
    return ask


def xquad(path: Path, laws: list[Article], folder: Path, *, ours_only: bool) -> None:
    """Each passage is an article of a document of its own; the laws stand beside them in every engine, as in life."""
    if not path.exists():
        return
    articles, rows = [], []
    paragraphs = [one for text in json.loads(path.read_text(encoding="utf-8"))["data"] for one in text["paragraphs"]]
    for n, paragraph in enumerate(paragraphs, start=1):
        number = f"{n}/XQ"
        line = {
            "doc_number": number,
            "doc_title": f"XQ {n}",
            "src_article": "1",
            "title": "",
            "body": paragraph["context"],
        }
        articles.append(Article(number, "1", "", paragraph["context"], "", line))
        rows += [((number, "1"), one["question"]) for one in paragraph["qas"]]
    print(f"\nXQuAD: {len(rows)} questions, {len(articles)} passages")
    compare([*laws, *articles], {"XQuAD": rows}, folder, ours_only=ours_only)


if __name__ == "__main__":
    main()
