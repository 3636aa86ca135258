"""Citations: how many are found and how many of those found are right, beside a plain regular expression.

    .venv/bin/python -m benchmarks.citations [FOLDER OF THE DATA]

The folder holds ``codification/`` and ``numbers/``; what is absent is left out. No database is needed.
"""

import gzip
import json
import os
import re
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

DATA = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2] / "shared" / "data"
GOLD = Path(__file__).with_name("citations_gold.tsv")
PLAIN_NUMBER = re.compile(r"\d+[a-z]?(?:/\d{4})?[/-][A-ZĐa-zđ]+(?:[/-][A-ZĐ0-9a-z]+)*")
PLAIN_PLACE = re.compile(r"(?:điểm (\w+) )?(?:khoản (\w+) )?Điều (\d+\w?|này)", re.IGNORECASE)
Places = list[tuple[str, str, str]]  # article.clause.point, number, key of the name


@dataclass
class Passage:
    text: str
    number: str
    article: str
    clause: str


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongsuot.config.settings")
    import django

    django.setup()
    numbers()
    if (DATA / "codification").is_dir():
        articles = {code: article for article in codification() for code in [article["code"]]}
        places(articles)
        links(articles)


def numbers() -> None:
    """Every form of the tests in six contexts, and every real Party number with its title and date around it."""
    from thongsuot.library.numbers import find_numbers
    from thongsuot.library.tests.test_numbers import CONTEXTS, NOT_STANDARD, PARTY, STATE, TRAPS

    cases = [(context.format(number), [number]) for number in PARTY + STATE for context in CONTEXTS]
    cases += [(f"Thực hiện {written} về việc học", [meant]) for written, meant in NOT_STANDARD]
    cases += [(f"Trong {trap} này", []) for trap in TRAPS]
    real = DATA / "numbers" / "party_document_numbers.tsv"
    if real.exists():
        for line in real.read_text(encoding="utf-8").splitlines()[1:]:
            number, kind, title, day, *_rest = line.split("\t")
            year, month, date = day.split("-")
            cases.append((f"{kind} số {number}, ngày {date}/{month}/{year} về {title}", [number, *in_title(title)]))
    wild = DATA / "numbers" / "number_forms_seen_in_the_wild.txt"
    if wild.exists():
        for line in wild.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#") and re.fullmatch(r"[\w /-]+", line) and not line.isdigit():
                cases.append((line, [re.sub(r"\s|ngày .*", "", line).replace("06/2022-QH15", "06/2022/QH15")]))
    report("numbers", cases, lambda text: [one.normalised for one in find_numbers(text)])
    report("numbers, plain expression", cases, PLAIN_NUMBER.findall)


def in_title(title: str) -> list[str]:
    return re.findall(r"\d+-[A-ZĐ]+/[A-ZĐ]+", title)


def report(name: str, cases: Sequence[tuple[str, list[str]]], find: Callable[[str], list[str]]) -> None:
    right = found = wanted = 0
    begun = time.perf_counter()
    for text, want in cases:
        got = find(text)
        right += sum((Counter(got) & Counter(want)).values())
        found, wanted = found + len(got), wanted + len(want)
    print(f"{name}: precision {right / found:.3f}, recall {right / wanted:.3f} of {wanted} ({seconds(begun)})")


def seconds(begun: float) -> str:
    return f"{time.perf_counter() - begun:.2f} s"


def codification() -> Iterator[dict]:
    with gzip.open(DATA / "codification" / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            article["body"] = unicodedata.normalize("NFC", article.get("body") or "")
            yield article


def places(articles: dict[str, dict]) -> None:
    """References to articles, clauses and points, against what a person read."""
    from thongsuot.library.names import name_key

    rows = [line.split("\t") for line in GOLD.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    parts: dict[str, list[list[str]]] = defaultdict(list)
    for row in rows:
        parts[row[0]].append(row)
    for name, find in (("recogniser", recognised), ("plain expression", plain)):
        for part, few in parts.items():
            right = found = wanted = same = judged = 0
            begun = time.perf_counter()
            for _part, code, start, end, clause, said in few:
                article = articles[code]
                passage = Passage(
                    article["body"][int(start) : int(end)],
                    article.get("doc_number") or "",
                    article.get("src_article") or "",
                    clause,
                )
                want = list(read_by_a_person(said, passage))
                got = find(passage)
                pairs = matched([place for place, _document in want], [place for place, *_rest in got])
                right, found, wanted = right + len(pairs), found + len(got), wanted + len(want)
                for w, g in pairs:
                    document = want[w][1]
                    if document == "?":
                        continue
                    judged += 1
                    _place, number, key = got[g]
                    is_it = number == document if document[:1].isdigit() or not document else key == name_key(document)
                    same += is_it or (not document and number == passage.number)
            print(
                f"{name}, {part}: precision {right / max(found, 1):.3f}, recall {right / wanted:.3f} of {wanted}; "
                f"the right document {same / max(judged, 1):.3f} ({seconds(begun)})"
            )


def read_by_a_person(said: str, passage: Passage) -> Iterable[tuple[str, str]]:
    for one in said.split("|") if said else ():
        place, _at, document = one.partition("@")
        parts = place.split(".")
        parts[0] = passage.article if parts[0] == "t" else parts[0]
        parts = [passage.clause if n == 1 and part == "c" else part for n, part in enumerate(parts)]
        yield ".".join(part.lower() for part in parts), document or passage.number


def matched(want: Sequence[str], got: Sequence[str]) -> list[tuple[int, int]]:
    blocks = SequenceMatcher(None, want, got, autojunk=False).get_matching_blocks()
    return [(block.a + n, block.b + n) for block in blocks for n in range(block.size)]


def recognised(passage: Passage) -> Places:
    from thongsuot.library.attributing import ARTICLE

    return [
        (place_of(one.anchor), passage.number if one.meant.is_own else one.meant.number, one.meant.name)
        for one in mentions(passage)
        if one.kind == ARTICLE
    ]


def place_of(anchor: str) -> str:
    parts = {kind: value for kind, _dash, value in (part.partition("-") for part in anchor.split("."))}
    return ".".join(part for part in (parts.get("dieu", "0"), parts.get("khoan"), parts.get("diem")) if part)


_KNOWN: list = []


def mentions(passage: Passage) -> list:
    from thongsuot.library.attributing import Standing, find_mentions
    from thongsuot.library.laws import KnownLaws

    if not _KNOWN:
        _KNOWN.append(KnownLaws(of_library=False))
    laws = _KNOWN[0]
    within = f"dieu-{passage.article.lower()}" + (f".khoan-{passage.clause}" if passage.clause else "")
    standing = Standing(number=passage.number, within=within, names=laws.names, number_of=laws.number)
    return find_mentions(passage.text, standing)


def plain(passage: Passage) -> Places:
    found = []
    for point, clause, article in PLAIN_PLACE.findall(passage.text):
        parts = (passage.article if article == "này" else article, clause, point)
        found.append((".".join(part.lower() for part in parts if part), passage.number, ""))
    return found


def links(articles: dict[str, dict]) -> None:
    """Official links that the words of the article bear out: those that name the number of the other document."""
    with gzip.open(DATA / "codification" / "related_links.tsv.gz", "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines][1:]
    cited: dict[str, set[tuple[str, str]]] = {}
    named = found = named_article = found_article = 0
    begun = time.perf_counter()
    for from_code, _doc, _article, _code, to_doc, to_article, same in rows:
        article = articles.get(from_code)
        if same == "1" or not article or not to_doc or to_doc not in article["body"]:
            continue
        if from_code not in cited:
            passage = Passage(article["body"], article.get("doc_number") or "", article.get("src_article") or "", "")
            cited[from_code] = {
                (one.meant.number, place_of(one.anchor).partition(".")[0] if one.anchor.startswith("dieu-") else "")
                for one in mentions(passage)
            }
        named += 1
        found += any(number == to_doc for number, _place in cited[from_code])
        if re.search(rf"Điều {to_article}(?!\w)[^.;\n]{{0,60}}{re.escape(to_doc)}", article["body"]):
            named_article += 1
            found_article += (to_doc, to_article.lower()) in cited[from_code]
    print(
        f"official links: {len(rows)}; {named} between documents whose number the article names, found "
        f"{found / named:.3f}; {named_article} that name article and number together, found "
        f"{found_article / named_article:.3f} ({seconds(begun)})"
    )


if __name__ == "__main__":
    main()
