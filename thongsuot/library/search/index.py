"""The index beside the database: derived from it, brought up to date by itself, rebuilt when broken."""

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import tantivy
from django.conf import settings
from django.db import connection
from django.db.models import Max

from thongsuot.library.models import Document, Passage
from thongsuot.library.search.words import folded, number_key, pairs, plain_text, syllables

FORM = 4  # raise when the schema or the terms change: the index is then rebuilt
PUBLIC, NOBODY = "public", "nobody"
_HEAP = 30_000_000
# A long text is found by stretches of about so many letters: the words of an article are weighed together.
STRETCH = 1000
_TERMS = ("exact", "folded", "pair", "heading", "title")
_RAW = ("document", "kind", "number", "anchor", "acl", "language", "key", "piece", "within")
_STORED = ("key", "piece")


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in _TERMS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in _RAW:
        builder.add_text_field(name, stored=name in _STORED, tokenizer_name="raw", index_option="basic")
    return builder.build()


def folder() -> Path:
    # Each database has its own: a test or a second database must not find the first one's passages.
    database = Path(str(connection.settings_dict["NAME"])).name
    name = "".join(letter if letter.isalnum() else "-" for letter in database)
    return Path(settings.DATA) / "search" / name


def group_of(document: Document) -> str:
    """Who may find it: everyone, or those of the unit that registered it (see access.groups_of)."""
    if document.is_public:
        return PUBLIC
    return f"unit-{document.unit_id}" if document.unit_id else NOBODY


def opened() -> tantivy.Index:
    """The index as it stands in the database now: caught up, or rebuilt where it is missing or broken."""
    known, newest = _marks(), _newest()
    if not known or known["form"] != FORM or any(known[name] > newest[name] for name in newest):
        return rebuild()
    try:
        index = _kept_open()
        if any(known[name] < newest[name] for name in newest):
            _catch_up(index, known, newest)
        index.reload()
    except (ValueError, OSError):
        return rebuild()
    return index


_open: dict[Path, tuple[tuple[int, int], tantivy.Index]] = {}


def _kept_open() -> tantivy.Index:
    """Opened once in a process, and again after something was written or made anew there."""
    place = folder()
    stat = place.stat()
    made = stat.st_ino, stat.st_mtime_ns
    if place not in _open or _open[place][0] != made:
        index = tantivy.Index.open(str(place))
        _prepare(index)
        _open[place] = (made, index)
    return _open[place][1]


def rebuild() -> tantivy.Index:
    """Make the whole index anew beside the old one, then put it in its place."""
    newest = _newest()
    place = folder()
    fresh, old = place.with_name(f"{place.name}.new-{os.getpid()}"), place.with_name(f"{place.name}.old-{os.getpid()}")
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    fresh.mkdir(parents=True)
    index = tantivy.Index(schema(), path=str(fresh))
    _prepare(index)
    _write(index, Document.objects.all(), fresh=True)
    _note(fresh, newest)
    if place.exists():
        place.rename(old)
    fresh.rename(place)
    shutil.rmtree(old, ignore_errors=True)
    index = tantivy.Index.open(str(place))
    _prepare(index)
    return index


def update(document_pk: int) -> None:
    """After a document's text changed. Where the index is busy or broken, the next search rebuilds it."""
    newest, known = _newest(), _marks()
    if not known:
        return
    try:
        index = tantivy.Index.open(str(folder()))
        _prepare(index)
        _write(index, Document.objects.filter(pk=document_pk))
    except (ValueError, OSError):
        _forget()
        return
    only_this = not Passage.objects.exclude(edition__document=document_pk).filter(pk__gt=known["passage"]).exists()
    if only_this and not Document.objects.exclude(pk=document_pk).filter(pk__gt=known["document"]).exists():
        _note(folder(), newest)


def _catch_up(index: tantivy.Index, known: dict[str, int], newest: dict[str, int]) -> None:
    """Take in what other rooms registered since. Someone else writing just now will have taken it."""
    passages = Passage.objects.filter(pk__gt=known["passage"]).values_list("edition__document_id", flat=True)
    fresh = set(passages.distinct()) | set(
        Document.objects.filter(pk__gt=known["document"]).values_list("pk", flat=True)
    )
    try:
        _write(index, Document.objects.filter(pk__in=fresh))
    except ValueError as error:
        if "LockBusy" in str(error):
            return
        raise
    _note(folder(), newest)


def _prepare(index: tantivy.Index) -> None:
    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("whitespace", words)


def _write(index: tantivy.Index, documents: Iterable[Document], *, fresh: bool = False) -> None:
    writer = index.writer(_HEAP, 1)
    try:
        for document in documents:
            if not fresh:
                writer.delete_documents_by_term("document", str(document.pk))
            for entry in _entries(document):
                writer.add_document(tantivy.Document(**entry))
        writer.commit()
        writer.wait_merging_threads()
    finally:
        del writer  # gives the lock back
    index.reload()


def _entries(document: Document) -> Iterator[dict[str, Any]]:
    shared = {"document": [str(document.pk)], "kind": [document.kind], "acl": [group_of(document)]}
    names = " ".join(filter(None, [document.number, document.title, document.title_en]))
    about = " ".join(filter(None, [names, document.subject, document.subject_en, document.issuer, document.author]))
    about += " " + " ".join(filter(None, [document.summary, document.summary_en]))
    yield (
        shared
        | _terms(names, about)
        | {
            "key": [f"d{document.pk}"],
            "piece": [],
            "within": [],
            "language": ["vi", "en"],
            "number": [number_key(document.number)] if document.number else [],
            "anchor": [],
        }
    )
    texts = {edition.pk: edition.language for edition in document.editions.all()}
    names = " ".join(filter(None, [document.title, document.title_en]))
    passages = Passage.objects.filter(edition__in=texts, is_withdrawn=False).order_by("edition", "position")
    for piece, stretch in _stretches(passages.iterator(2000)):
        language = texts[stretch[0].edition_id]
        # A text that stands in one language only is found by readers of both.
        languages = [language] if {"vi", "en"} <= set(texts.values()) else ["vi", "en"]
        heading = piece.heading if piece.pk == stretch[0].pk or piece.kind == Passage.Kind.ARTICLE else ""
        label = f"{piece.label} " if piece.pk != stretch[0].pk else ""
        yield (
            shared
            | _terms(heading, label + " ".join(filter(None, map(_body, stretch))), names)
            | {
                "key": [f"p{' '.join(str(passage.pk) for passage in stretch)}"],
                "piece": [str(piece.pk)],
                "language": languages,
                "number": [],
                "within": [number_key(document.number)] if document.number else [],
                "anchor": [passage.anchor for passage in stretch if passage.anchor.startswith("dieu-")],
            }
        )


def _body(passage: Passage) -> str:
    if passage.kind == Passage.Kind.POINT and not passage.text:
        return ""  # a bare "điểm a" is found by its number, not by the words of its label
    # "Điều 20 khoản 2 điểm a" again before each point would outweigh the words.
    label = "" if passage.kind in (Passage.Kind.CLAUSE, Passage.Kind.POINT) else passage.label
    return f"{label} {passage.heading} {plain_text(passage.text)} {passage.alt}".strip()


def _stretches(passages: Iterable[Passage]) -> Iterator[tuple[Passage, list[Passage]]]:
    """(the article, or the first passage, to which a hit leads; the passages of the stretch) in order."""
    article: Passage | None = None
    stretch: list[Passage] = []
    letters = 0
    for passage in passages:
        inside = article is not None and passage.anchor.startswith(f"{article.anchor}.")
        inside = inside and article is not None and passage.edition_id == article.edition_id
        together = inside or (
            article is None
            and bool(stretch)
            and passage.kind == stretch[0].kind == Passage.Kind.PARAGRAPH
            and passage.parent_id == stretch[0].parent_id
            and passage.edition_id == stretch[0].edition_id
        )
        if stretch and (not together or letters >= STRETCH):
            yield article or stretch[0], stretch
            stretch, letters = [], 0
        if not inside:
            article = passage if passage.kind == Passage.Kind.ARTICLE else None
        stretch.append(passage)
        letters += len(passage.text) + len(passage.heading)
    if stretch:
        yield article or stretch[0], stretch


def _terms(heading: str, body: str, title: str = "") -> dict[str, list[str]]:
    plain = folded(body)
    return {
        "exact": [" ".join(syllables(body))],
        "folded": [" ".join(plain)],
        "pair": [" ".join(pairs(plain))],
        "heading": [" ".join(folded(heading))],
        "title": [" ".join(folded(title))],
    }


def _newest() -> dict[str, int]:
    return {
        "passage": Passage.objects.aggregate(newest=Max("pk"))["newest"] or 0,
        "document": Document.objects.aggregate(newest=Max("pk"))["newest"] or 0,
    }


def _marks() -> dict[str, int] | None:
    """How far the index reached when it was last written."""
    try:
        marks = json.loads((folder() / "reached.json").read_text())
        return {name: int(marks[name]) for name in ("form", "passage", "document")}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _note(place: Path, newest: dict[str, int]) -> None:
    waiting = place / f"reached.json.{os.getpid()}"
    waiting.write_text(json.dumps({"form": FORM, **newest}))
    waiting.replace(place / "reached.json")


def _forget() -> None:
    (folder() / "reached.json").unlink(missing_ok=True)
