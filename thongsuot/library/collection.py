"""A whole collection of laws, one article a line, into the library: read once, a document at a time, again at will.

The shape is that of the official codification as JSON lines: ``doc_number``, ``doc_title``, ``doc_type``, ``doc_date``,
``issuer``, ``effective``, ``src_article``, ``title``, ``context`` (the chapters over the article), ``body``.
"""

import gzip
import hashlib
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

from django.db import transaction
from django.utils import timezone

from thongsuot.journal.noting import note
from thongsuot.library import citing, relating
from thongsuot.library.formats.archives import MB
from thongsuot.library.formats.drafts import Draft
from thongsuot.library.formats.structure import Article, read_articles
from thongsuot.library.loading import TEXT_IMPORTED, free_slug
from thongsuot.library.models import Document, Edition
from thongsuot.library.search import index
from thongsuot.library.settling import settle
from thongsuot.viet.text import nfc

LONGEST_LINE = 8 * MB
_KINDS = {
    "luật": Document.Kind.LAW, "bộ luật": Document.Kind.LAW, "pháp lệnh": Document.Kind.LAW,
    "hiến pháp": Document.Kind.LAW, "nghị định": Document.Kind.DECREE, "thông tư": Document.Kind.DECREE,
    "thông tư liên tịch": Document.Kind.DECREE, "nghị quyết": Document.Kind.OTHER,
}  # fmt: skip
_SAYS_TYPE = ("luật", "bộ luật", "pháp lệnh")


class BadLine(Exception):
    """A line that is no article; ``number`` counts from 1, ``reason`` names what is wrong."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(f"{number}: {reason}")
        self.number, self.reason = number, reason


@dataclass
class Taken:
    """What the import did."""

    documents: int = 0
    unchanged: int = 0
    articles: int = 0
    passages: int = 0
    citations: int = 0


def import_collection(path: Path, *, told: Callable[[str, int, int], None] | None = None) -> Taken:
    """Import every document of the file; those that have not changed since are left as they are.

    ``told`` hears the step ("reading", "documents", "citations", "index"), how far it is and of how many.
    Raises BadLine before anything is written.
    """
    tell = told or (lambda _step, _at, _of: None)
    taken = Taken()
    with tempfile.TemporaryFile() as unpacked:
        sources = _survey(path, unpacked, tell)
        fresh: list[Edition] = []
        for n, places in enumerate(sources, start=1):
            lines = [_at(unpacked, place) for place in places]
            taken.articles += len(lines)
            edition, passages = _take(lines)
            if edition:
                fresh.append(edition)
                taken.documents += 1
                taken.passages += passages
            else:
                taken.unchanged += 1
            if n % 50 == 0 or n == len(sources):
                tell("documents", n, len(sources))
    taken.citations = citing.cite_many(fresh, told=lambda at, of: tell("citations", at, of))
    tell("index", 0, 1)
    if fresh:
        index.rebuild()
    tell("index", 1, 1)
    return taken


def _opened(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if packed else path.open("rb")  # type: ignore[return-value]


def _survey(path: Path, unpacked: IO[bytes], tell: Callable[[str, int, int], None]) -> list[list[int]]:
    """Unpack to disk, look at every line, and find which make one document: they need not stand together.

    Returns for each document the places of its lines in the unpacked file.
    """
    places: dict[str, dict[str, list[int]]] = {}
    number, place = 0, 0
    try:
        with _opened(path) as lines:
            while line := lines.readline(LONGEST_LINE + 1):
                number += 1
                if len(line) > LONGEST_LINE:
                    raise BadLine(number, "too long")
                if line.strip():
                    name, day = _key(_parsed(number, line))
                    places.setdefault(name, {}).setdefault(day, []).append(place)
                    unpacked.write(line if line.endswith(b"\n") else line + b"\n")
                    place += len(line) + (not line.endswith(b"\n"))
                if number % 5000 == 0:
                    tell("reading", number, 0)
    except (EOFError, OSError, gzip.BadGzipFile) as error:
        raise BadLine(number + 1, "the archive is damaged") from error
    tell("reading", number, number)
    return [each for days in places.values() for each in _with_undated(days)]


def _with_undated(days: dict[str, list[int]]) -> Iterable[list[int]]:
    """Most lines of a document leave its date to the first: they belong to the date that its number has most often."""
    undated = days.pop("", [])
    if not days:
        return [undated]
    most = max(days, key=lambda day: len(days[day]))
    days[most] = sorted([*days[most], *undated])
    return days.values()


def _parsed(number: int, line: bytes) -> dict[str, Any]:
    try:
        article = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLine(number, "not JSON in UTF-8") from error
    if not isinstance(article, dict):
        raise BadLine(number, "not an object")
    for name in ("title", "body", "doc_number", "doc_title"):
        if not isinstance(article.get(name) or "", str):
            raise BadLine(number, f"{name} is not text")
    # An article that was abolished may stand there by its number alone.
    if not any(article.get(name) for name in ("body", "title", "src_article")):
        raise BadLine(number, "neither title, body nor number")
    if not (article.get("doc_number") or article.get("doc_title") or article.get("code")):
        raise BadLine(number, "no document: doc_number and doc_title are missing")
    for name in ("doc_date", "effective"):
        if article.get(name) and _day(article[name]) is None:
            raise BadLine(number, f"{name} is not a date: {str(article[name])[:40]}")
    return article


def _key(article: dict[str, Any]) -> tuple[str, str]:
    """(name of the document, its date if the line says it). An article without a document belongs to its topic."""
    number = article.get("doc_number")
    name = number or f"{article.get('doc_title') or ''} | {article.get('topic') or ''}"
    return str(name), str(article.get("doc_date") or "")


def _at(unpacked: IO[bytes], place: int) -> dict[str, Any]:
    unpacked.seek(place)
    return dict(json.loads(unpacked.readline()))


def _day(value: object) -> date | None:
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", str(value)) or re.fullmatch(
        r"(\d{4})-(\d\d)-(\d\d)", str(value)
    )
    if not match:
        return None
    parts = [int(part) for part in match.groups()]
    year, month, day = parts if len(match[1]) == 4 else reversed(parts)
    try:
        return date(year, month, day)
    except ValueError:
        return None


@transaction.atomic
def _take(lines: list[dict[str, Any]]) -> tuple[Edition | None, int]:
    """The document's text from its articles; (None, 0) where it stands already as the file has it."""
    first = _fullest(lines)
    document = _document(first)
    edition = document.editions.filter(language="vi").order_by("-valid_from", "pk").first()
    edition = edition or Edition(document=document, valid_from=document.issued_on)
    digest = hashlib.sha256(json.dumps(lines, sort_keys=True).encode()).hexdigest()
    if edition.pk and edition.sha256 == digest:
        return None, 0
    drafts = _drafts(lines)
    edition.sha256, edition.format, edition.is_outline, edition.note = digest, "jsonl", False, ""
    edition.save()
    settle(edition, drafts)
    if not document.has_text:
        document.has_text = True
        document.save()
    edition.document = document
    relating.relations_of_source(document, lines)
    note(document, TEXT_IMPORTED, by=None, at=timezone.now())
    return edition, len(drafts)


def _fullest(lines: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return max(
        lines, key=lambda line: sum(bool(line.get(name)) for name in ("doc_title", "doc_date", "issuer", "doc_type"))
    )


def _document(facts: dict[str, Any]) -> Document:
    number, issued_on = nfc(facts.get("doc_number") or "")[:60], _day(facts.get("doc_date") or "")
    doc_type = nfc(facts.get("doc_type") or "")
    title = nfc(facts.get("doc_title") or facts.get("topic") or facts.get("code") or "")
    if doc_type.lower() in _SAYS_TYPE and not title.lower().startswith(doc_type.lower()):
        title = f"{doc_type} {title}"
    title = " ".join(title.split())[:400]
    same = (
        Document.objects.filter(number=number, issued_on=issued_on) if number else Document.objects.filter(title=title)
    )
    if found := same.first():
        return found
    return Document.objects.create(
        slug=free_slug(f"{number} {title}".strip()),
        kind=_KINDS.get(doc_type.lower(), Document.Kind.OTHER),
        system="state",
        doc_type=doc_type[:10],
        number=number,
        issuer=nfc(facts.get("issuer") or "")[:200],
        issued_on=issued_on,
        in_force_from=_day(facts.get("effective") or ""),
        title=title,
        is_public=True,
    )


def _drafts(lines: Sequence[dict[str, Any]]) -> list[Draft]:
    articles: dict[tuple[str, str], Article] = {}
    for line in lines:
        number = _article_number(line)
        body = nfc(line.get("body") or "")
        # The codification shows an article under each topic that it belongs to.
        articles.setdefault(
            (number, body), Article(number, nfc(line.get("title") or ""), body.split("\n"), list(_above(line)))
        )
    return read_articles(sorted(articles.values(), key=lambda article: _order(article.number))).drafts


def _article_number(line: dict[str, Any]) -> str:
    found = re.search(r"\d{1,4}[a-zđ]?", str(line.get("src_article") or ""))
    code = re.search(r"(\d{1,4}[a-zđ]?)$", str(line.get("code") or ""))
    return found[0] if found else code[1] if code else "0"


def _order(number: str) -> tuple[int, str]:
    match = re.match(r"(\d+)(.*)", number)
    return (int(match[1]), match[2]) if match else (0, number)


def _above(line: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(label, title) of the headings over the article, highest first."""
    context = line.get("context")
    for value in context.values() if isinstance(context, dict) else ():
        parts = [nfc(str(part)).strip() for part in value] if isinstance(value, list) else [nfc(str(value)).strip()]
        if parts and parts[0]:
            yield parts[0], parts[1] if len(parts) > 1 else ""
