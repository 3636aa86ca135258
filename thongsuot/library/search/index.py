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

FORM = 2  # raise when the schema or the terms change: the index is then rebuilt
PUBLIC, NOBODY = "public", "nobody"
_HEAP = 30_000_000
_TERMS = ("exact", "folded", "pair", "heading")
_RAW = ("document", "kind", "number", "anchor", "acl", "language", "key")


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in _TERMS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in _RAW:
        builder.add_text_field(name, stored=name == "key", tokenizer_name="raw", index_option="basic")
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
        index = tantivy.Index.open(str(folder()))
        _prepare(index)
        if any(known[name] < newest[name] for name in newest):
            _catch_up(index, known, newest)
        index.reload()
    except (ValueError, OSError):
        return rebuild()
    return index


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
            "language": ["vi", "en"],
            "number": [number_key(document.number)] if document.number else [],
            "anchor": [],
        }
    )
    texts = {edition.pk: edition.language for edition in document.editions.all()}
    for passage in Passage.objects.filter(edition__in=texts, is_withdrawn=False).iterator(2000):
        language = texts[passage.edition_id]
        # A text that stands in one language only is found by readers of both.
        languages = [language] if {"vi", "en"} <= set(texts.values()) else ["vi", "en"]
        name = f"{passage.label} {passage.heading}"
        body = f"{name} {plain_text(passage.text)} {passage.alt}"
        if passage.kind == Passage.Kind.POINT and not passage.text:
            body = ""  # a bare "điểm a" is found by its number, not by the words of its label
        yield (
            shared
            | _terms(passage.heading, body)
            | {
                "key": [f"p{passage.pk}"],
                "language": languages,
                "number": [],
                "anchor": [passage.anchor] if passage.anchor.startswith("dieu-") else [],
            }
        )


def _terms(heading: str, body: str) -> dict[str, list[str]]:
    plain = folded(body)
    return {
        "exact": [" ".join(syllables(body))],
        "folded": [" ".join(plain)],
        "pair": [" ".join(pairs(plain))],
        "heading": [" ".join(folded(heading))],
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
