"""The index beside the database: derived from it, brought up to date by itself, rebuilt when broken.

Every process may write: one at a time, under a lock on the folder's name. What changed waits in the database
(``Unindexed``), so that nothing is lost when a writer is busy or stopped.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy
from django.conf import settings
from django.db import connection, transaction

from thongsuot.library.models import Document, Passage, Unindexed
from thongsuot.library.search.entries import FORM, NOBODY, PUBLIC, entries, group_of, schema

__all__ = ["NOBODY", "PUBLIC", "catch_up", "changed", "folder", "group_of", "opened", "rebuild", "update"]
_HEAP = 30_000_000


def folder() -> Path:
    # Each database has its own: a test or a second database must not find the first one's passages.
    database = Path(str(connection.settings_dict["NAME"])).name
    name = "".join(letter if letter.isalnum() else "-" for letter in database)
    return Path(settings.DATA) / "search" / name


def opened() -> tantivy.Index:
    """The index as it stands in the database now: caught up, or rebuilt where it is missing or broken. One query."""
    known, (newest, waits) = _marks(), _newest()
    if not known or _is_of_another(known, newest, waits):
        return rebuild(only_if_needed=True)
    try:
        index = _kept_open()
        if waits or any(known[name] < newest[name] for name in newest):
            catch_up()
            index = _kept_open()
        index.reload()
    except (ValueError, OSError):
        return rebuild()
    return index


def changed(document_pk: int) -> None:
    """Inside the transaction that changes a document's text, names or readers: the index follows once it stands."""
    Unindexed.objects.create(document_key=document_pk)
    transaction.on_commit(catch_up, robust=True)


def update(document_pk: int) -> None:
    """After a document changed."""
    Unindexed.objects.create(document_key=document_pk)
    catch_up()


def catch_up() -> None:
    """Take in what waits. Where another is writing just now, it waits for the next search."""
    with _alone(wait=False) as alone:
        known, (newest, waits) = _marks(), _newest()
        if not alone or not known or _is_of_another(known, newest, waits):
            return
        waiting = dict(Unindexed.objects.values_list("pk", "document_key"))
        # Other rooms register documents and need not know of the index.
        passages = Passage.objects.filter(pk__gt=known["passage"]).values_list("edition__document_id", flat=True)
        documents = Document.objects.filter(pk__gt=known["document"]).values_list("pk", flat=True)
        fresh = {*waiting.values(), *passages.distinct(), *documents}
        if not fresh:
            return
        try:
            index = tantivy.Index.open(str(folder()))
            _prepare(index)
            _write(index, Document.objects.filter(pk__in=fresh), stale=fresh)
        except (ValueError, OSError):
            _forget()  # the next search makes it anew
            return
        _note(folder(), newest)
        Unindexed.objects.filter(pk__in=waiting).delete()


def rebuild(*, only_if_needed: bool = False) -> tantivy.Index:
    """Make the whole index anew beside the old one, then put it in its place."""
    with _alone(wait=True):
        known = _marks()
        newest, waits = _newest()
        if only_if_needed and known and not _is_of_another(known, newest, waits):
            return _open()  # another process was quicker
        waiting = list(Unindexed.objects.values_list("pk", flat=True))
        place = folder()
        fresh, old = (place.with_name(f"{place.name}.{what}-{os.getpid()}") for what in ("new", "old"))
        for leftover in (fresh, old):
            shutil.rmtree(leftover, ignore_errors=True)
        fresh.mkdir(parents=True)
        index = tantivy.Index(schema(), path=str(fresh))
        _prepare(index)
        _write(index, Document.objects.all())
        _note(fresh, newest)
        if place.exists():
            place.rename(old)
        fresh.rename(place)
        shutil.rmtree(old, ignore_errors=True)
        Unindexed.objects.filter(pk__in=waiting).delete()
        return _open()


@contextmanager
def _alone(*, wait: bool) -> Iterator[bool]:
    """One writer at a time, in whatever process or thread; False where another is at it and we do not wait."""
    place = folder()
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.with_name(f"{place.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


_kept: dict[Path, tuple[tuple[int, int], tantivy.Index]] = {}


def _kept_open() -> tantivy.Index:
    """Opened once in a process, and again after something was written or made anew there."""
    place = folder()
    stat = place.stat()
    made = stat.st_ino, stat.st_mtime_ns
    if place not in _kept or _kept[place][0] != made:
        _kept[place] = made, _open()
    return _kept[place][1]


def _open() -> tantivy.Index:
    index = tantivy.Index.open(str(folder()))
    _prepare(index)
    return index


def _prepare(index: tantivy.Index) -> None:
    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("whitespace", words)


def _write(index: tantivy.Index, documents: Iterable[Document], *, stale: Iterable[int] = ()) -> None:
    made = schema()
    writer = index.writer(_HEAP, 1)
    try:
        for pk in stale:
            writer.delete_documents_by_term("document", str(pk))
        for document in documents:
            for entry in entries(document):
                writer.add_document(tantivy.Document.from_dict(entry, made))
        writer.commit()
        writer.wait_merging_threads()
    finally:
        del writer  # gives the lock back


def _newest() -> tuple[dict[str, int], bool]:
    """How far the database reaches, and whether something changed since it was indexed."""
    with connection.cursor() as cursor:
        # Asked before every search: written out, it takes a fifth of the time.
        cursor.execute(
            "SELECT (SELECT max(id) FROM library_document), (SELECT max(id) FROM library_passage),"
            " EXISTS (SELECT 1 FROM library_unindexed)"
        )
        document, passage, waits = cursor.fetchone()
    return {"passage": passage or 0, "document": document or 0}, bool(waits)


def _is_of_another(known: dict[str, int], newest: dict[str, int], waits: bool) -> bool:
    """Whether it was written in an older form, or for a database that held more (unless that says what went)."""
    return known["form"] != FORM or (not waits and any(known[name] > newest[name] for name in newest))


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
