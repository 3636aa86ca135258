"""A file comes into the library: sent, read apart, asked about where it looks like another, put in, or not.

Each step is one change of the import's state, made only from the state before it: whoever cancels, and whoever tries
again while a lost worker wakes up, wins or loses as a whole. The text is put in by one transaction.
"""

import contextlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from threading import Event, Thread
from time import monotonic, time
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thongsuot.journal.noting import note
from thongsuot.library import mending
from thongsuot.library.formats.apart import Stopped, format_of, read_apart
from thongsuot.library.formats.drafts import CannotRead, Reading
from thongsuot.library.likeness import document_like
from thongsuot.library.loading import Loaded, load_reading, new_document
from thongsuot.library.models import Document, Import
from thongsuot.papers.files import clean_name, keep, place_of
from thongsuot.people.models import Person
from thongsuot.units.models import Unit
from thongsuot.viet.text import nfc
from thongsuot.web.errors import Refused

State = Import.State
MB = 1024 * 1024
LARGEST = 100 * MB
LARGEST_MAP = 2 * MB
# A worker that gave no sign of life for so many seconds is gone.
SILENT = 30.0
MOST_ATTEMPTS = 3
# How many changed, new and gone passages an import remembers one by one.
MOST_LISTED = 1000
MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf",
    "epub": "application/epub+zip", "html": "text/html", "md": "text/markdown", "txt": "text/plain",
    "akn": "application/akn+xml",
}  # fmt: skip
SENT, CANCELLED = gettext_noop("sent for import"), gettext_noop("import cancelled")
RETRIED = gettext_noop("import begun again")
ANSWERED = {
    Import.Answer.NEWER.value: gettext_noop("taken as a newer text"),
    Import.Answer.OWN.value: gettext_noop("taken as a document of its own"),
}


class CannotTake(Refused):
    """The sentence says why not and what to do."""


@dataclass
class Wanted:
    """What the sender says of the text."""

    unit: Unit | None = None
    into: Document | None = None
    title: str = ""
    kind: str = ""
    language: str = "vi"
    is_public: bool = False
    valid_from: date | None = None
    page_map: bytes | None = None


@dataclass
class _Way:
    """One attempt at an import, and how it is heard of."""

    order: Import
    told: Callable[[int], bool] | None = None
    said_at: float = field(default_factory=lambda: -10.0)

    @property
    def rows(self) -> Any:
        return Import.objects.filter(pk=self.order.pk, attempt=self.order.attempt)

    def goes_on(self, percent: int) -> bool:
        """Say how far it is, a few times in ten seconds, and whether it is still wanted."""
        if self.told and not self.told(percent):
            return False
        if monotonic() - self.said_at < 2:
            return True
        self.said_at = monotonic()
        wanted = self.rows.filter(state=State.READING)
        return bool(wanted.update(percent=min(percent, 99)))


def take_in(path: Path, name: str, wanted: Wanted, *, by: Person | None, at: datetime) -> Import:
    """Keep the file and put it in the row of those that wait. Raises CannotRead for what is no text at all."""
    name = clean_name(name)
    if path.stat().st_size > LARGEST:
        raise CannotRead("too-big", f"{LARGEST // MB} MB")
    format = format_of(path, name)
    unit = wanted.into.unit if wanted.into else wanted.unit
    with transaction.atomic():
        data = path.read_bytes()
        file = keep(data, name=name, media_type=MEDIA[format], by=by, at=at, unit=unit)
        page_map = None
        if wanted.page_map is not None:
            page_map = keep(wanted.page_map, name="page-map.csv", media_type="text/csv", by=by, at=at, unit=unit)
        order = Import.objects.create(
            file=file, page_map=page_map, format=format, unit=unit, into=wanted.into, title=nfc(wanted.title)[:400],
            kind=wanted.kind, language=wanted.language, is_public=wanted.is_public, valid_from=wanted.valid_from,
            by=by, sent_at=at,
        )  # fmt: skip
        note(order, SENT, by=by, at=at, unit=unit)
    return order


def begin_later(order: Import) -> None:
    """Into the queue, once the order itself stands."""
    from thongsuot.library.tasks import bring_in

    transaction.on_commit(lambda: bring_in.enqueue(str(order.uid)) and None)


def cancel(order: Import, *, by: Person | None, at: datetime) -> None:
    """Stop it wherever it is. Raises CannotTake where it ended already; nothing of it stays in the library."""
    with transaction.atomic():
        open_ = Import.objects.filter(pk=order.pk, state__in=Import.OPEN)
        if not open_.update(state=State.CANCELLED, ended_at=at):
            raise CannotTake(_("The import has ended already."))
        note(order, CANCELLED, by=by, at=at, unit=order.unit)
    forget_folder(order)


def try_again(order: Import, *, by: Person | None, at: datetime) -> None:
    """Begin once more what failed, was cancelled or was left by its worker. Raises CannotTake."""
    with transaction.atomic():
        order = Import.objects.select_for_update(of=("self",)).select_related("file").get(pk=order.pk)
        if not (order.state in (State.FAILED, State.CANCELLED) or is_left(order)):
            raise CannotTake(_("The import is still under way, or done."))
        _put_back(order)
        note(order, RETRIED, by=by, at=at, unit=order.unit)
        begin_later(order)


def answer(order: Import, chosen: str, *, by: Person | None, at: datetime) -> None:
    """Whether it is a newer text of the document it looks like. Raises CannotTake."""
    with transaction.atomic():
        order = Import.objects.select_for_update(of=("self",)).select_related("like", "file").get(pk=order.pk)
        if order.state != State.ASKING:
            raise CannotTake(_("Nothing is asked about this import any more."))
        if chosen not in order.found.get("answers", ()):
            raise CannotTake(_("Choose one of the answers that are offered."))
        order.answer, order.state = chosen, State.WAITING
        order.save(update_fields=["answer", "state"])
        note(order, ANSWERED[chosen], by=by, at=at, unit=order.unit)
        begin_later(order)


def is_left(order: Import) -> bool:
    """Whether its worker was killed: it gives no sign of life any more."""
    if order.state not in Import.AT_WORK:
        return False
    try:
        return time() - _heart_of(order).stat().st_mtime > SILENT
    except FileNotFoundError:
        return True


def take_up_left() -> int:
    """Imports whose worker is gone begin again; what outlived several workers is not tried for ever."""
    left = [one for one in Import.objects.filter(state__in=Import.AT_WORK) if is_left(one)]
    for order in left:
        if order.attempt >= MOST_ATTEMPTS:
            _fail(_Way(order), CannotRead("worker-gone"))
        else:
            with transaction.atomic():
                _put_back(order)
                begin_later(order)
    return len(left)


def _put_back(order: Import) -> None:
    # The number is raised now: whoever still works on the attempt before finds nothing to write to.
    Import.objects.filter(pk=order.pk).update(
        state=State.WAITING, percent=0, attempt=order.attempt + 1, refusal="", refusal_detail="", ended_at=None,
    )  # fmt: skip


def carry_out(order: Import, *, told: Callable[[int], bool] | None = None) -> Loaded | None:
    """Read the file and put its text in, or stop to ask; None unless the text stands in the end.

    Sent twice it does nothing. What goes wrong is written to the import; only what nobody foresaw is raised too.
    """
    with beating(order):
        return _carry_out(order, told)


def _carry_out(order: Import, told: Callable[[int], bool] | None) -> Loaded | None:
    begun = Import.objects.filter(pk=order.pk, state=State.WAITING)
    if not begun.update(state=State.READING, percent=0):
        return None
    order = Import.objects.select_related("file", "page_map", "unit", "into", "like", "by").get(pk=order.pk)
    way = _Way(order, told)
    try:
        reading = _read(way)
        loaded = _load(way, reading, _document_of(way, reading))
    except Stopped:
        loaded = None
    except CannotRead as refusal:
        _fail(way, refusal)
        loaded = None
    except Exception:
        _fail(way, CannotRead("unexpected"))
        raise
    order.refresh_from_db()
    if order.state not in (State.ASKING, State.WAITING, *Import.AT_WORK):
        forget_folder(order)
    return loaded


def _heart_of(order: Import) -> Path:
    return Path(settings.DATA) / "imports" / f"{order.uid}.alive"


@contextlib.contextmanager
def beating(order: Import) -> Iterator[None]:
    """A sign of life every few seconds, beside the database: while a text is put in, that hears nothing else."""
    heart, stopped = _heart_of(order), Event()
    heart.parent.mkdir(parents=True, exist_ok=True)
    heart.touch()

    def beat() -> None:
        while not stopped.wait(3):
            heart.touch()

    thread = Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()
        heart.unlink(missing_ok=True)


def folder_of(order: Import) -> Path:
    return Path(settings.DATA) / "imports" / str(order.uid)


def forget_folder(order: Import) -> None:
    shutil.rmtree(folder_of(order), ignore_errors=True)


def _read(way: _Way) -> Reading:
    """What was read stays until the import ends: the answer to a question does not cost the reading again."""
    order, folder = way.order, folder_of(way.order)
    done = folder / "done"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        reading = read_apart(place_of(order.file.sha256), folder, order.format, told=way.goes_on)
        done.touch()
    else:
        reading = Reading.load(folder)
    if not way.rows.filter(state=State.READING).update(
        found=found_in(reading) | {"answers": order.found.get("answers", [])}, percent=99
    ):
        raise Stopped
    return reading


def found_in(reading: Reading) -> dict[str, Any]:
    """What a person is shown of it: title, number, first words, counts by kind."""
    about = reading.about
    words = (f"{draft.heading} {draft.text}".strip() for draft in reading.drafts)
    return {
        "title": about.title, "number": about.number, "issued_on": about.issued_on, "issuer": about.issuer,
        "kinds": dict(Counter(draft.kind for draft in reading.drafts).most_common()), "doubts": len(reading.doubts),
        "begins": [one[:300] for one, _n in zip(words, range(6), strict=False)],
    }  # fmt: skip


def _document_of(way: _Way, reading: Reading) -> Document | None:
    """The document that the text belongs to, None for one of its own. Stopped where its keeper is asked first."""
    order = way.order
    if order.into_id:
        return order.into
    if order.answer == Import.Answer.NEWER:
        if order.like is None:
            raise CannotRead("like-gone")
        return order.like
    if order.answer == Import.Answer.OWN:
        return None
    like = document_like(reading.about, order)
    if like is None:
        return None
    if order.by is None:
        # At the command line a number is a name: the law that stands gets its newer text, as it always did.
        if like.by == "number":
            return like.document
        way.rows.update(like=like.document, like_by=like.by)  # nobody is there to be asked: it is told afterwards
        return None
    way.rows.filter(state=State.READING).update(
        state=State.ASKING, like=like.document, like_by=like.by, percent=100,
        found=found_in(reading) | {"answers": like.answers},
    )  # fmt: skip
    raise Stopped


def _load(way: _Way, reading: Reading, document: Document | None) -> Loaded:
    order, now = way.order, timezone.now()
    # Finding what a long text cites takes as long as putting it in: that is not done in the writer's place.
    is_long = len(reading.drafts) > mending.AT_ONCE
    if not way.rows.filter(state=State.READING).update(state=State.LOADING, percent=100):
        raise Stopped
    try:
        with transaction.atomic():
            document = document or new_document(
                reading.about, order.file.name, title=order.title, kind=order.kind, unit=order.unit,
                is_public=order.is_public,
            )  # fmt: skip
            if order.is_public and not document.is_public:
                document.is_public = True
                document.save()
            is_first = not document.editions.filter(language=order.language).exists()
            loaded = load_reading(
                document, reading, folder_of(order), format=order.format, language=order.language,
                valid_from=order.valid_from, source=order.file,
                page_map=place_of(order.page_map.sha256).read_bytes() if order.page_map else None, by=order.by, at=now,
                cites=not is_long,
            )  # fmt: skip
            done = way.rows.filter(state=State.LOADING).update(
                state=State.DONE, document=document, edition=loaded.edition, ended_at=now,
                outcome=outcome_of(loaded, is_first=is_first),
            )  # fmt: skip
            if not done:  # cancelled while it was put in: nothing of it stays
                raise Stopped
            if is_long and order.by:
                from thongsuot.library.tasks import refresh_later

                refresh_later(loaded.edition)
    except IntegrityError as error:
        raise CannotRead("stands-already") from error
    if is_long and not order.by:
        mending.bring_up_to_date(loaded.edition)
    return loaded


def outcome_of(loaded: Loaded, *, is_first: bool) -> dict[str, Any]:
    """Counts, and the passages themselves by their public id; of a first text all are new."""
    settled = loaded.settled
    return {
        "fresh": len(settled.fresh), "same": settled.kept, "changed": len(settled.changed), "gone": len(settled.gone),
        "is_first": is_first,
        "fresh_ones": [] if is_first else [str(passage.uid) for passage in settled.fresh[:MOST_LISTED]],
        "changed_ones": [[str(passage.uid), before[:4000]] for passage, before in settled.changed[:MOST_LISTED]],
        "gone_ones": [str(passage.uid) for passage in settled.gone[:MOST_LISTED]],
    }  # fmt: skip


def _fail(way: _Way, refusal: CannotRead) -> None:
    with contextlib.suppress(Exception):
        way.rows.filter(state__in=Import.OPEN).update(
            state=State.FAILED, refusal=refusal.reason[:30], refusal_detail=refusal.detail[:200],
            ended_at=timezone.now(),
        )  # fmt: skip


def received(chunks: Any, folder: Path) -> Path:
    """What a browser sends, onto the disk, no more than is taken. Raises CannotRead."""
    path, size = folder / "file", 0
    with path.open("wb") as out:
        for chunk in chunks:
            size += len(chunk)
            if size > LARGEST:
                raise CannotRead("too-big", f"{LARGEST // MB} MB")
            out.write(chunk)
    return path


def take_in_upload(uploaded: Any, wanted: Wanted, *, by: Person | None, at: datetime) -> Import:
    """The same from a form. Raises CannotRead."""
    with tempfile.TemporaryDirectory() as folder:
        path = received(uploaded.chunks(), Path(folder))
        return take_in(path, uploaded.name or "file", wanted, by=by, at=at)
