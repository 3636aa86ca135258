"""Making the copies that were asked for, in the background, and sweeping up those that nobody can ask for again."""

import hashlib
import logging
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from thongsuot.library.copies import akn, epub, pdf
from thongsuot.library.copies.subjects import work_of
from thongsuot.library.copies.works import Work
from thongsuot.library.models import Copy

# All copies together; the oldest go first.
MOST_BYTES = 4 * 1024**3
_log = logging.getLogger(__name__)


@task(queue_name="long")
def make_copy(uid: str) -> None:
    """Make the file of the copy; one that is gone by now, or made already, is nobody's business any more."""
    copy = Copy.objects.select_related("edition__document").filter(uid=uid).first()
    if copy is None or copy.is_ready:
        return
    copy.state = Copy.State.MAKING
    copy.save()
    copy.path.parent.mkdir(parents=True, exist_ok=True)
    part = copy.path.with_suffix(".part")
    try:
        write(copy, part, told=_teller(copy))
        data_hash = _sha256(part)
        part.replace(copy.path)
    except Exception:
        _log.exception("copy %s of %s", copy.kind, copy.key)
        copy.state = Copy.State.FAILED
        copy.save()
        raise
    finally:
        part.unlink(missing_ok=True)
    copy.state, copy.progress, copy.made_at = Copy.State.READY, 100, timezone.now()
    copy.size, copy.sha256 = copy.path.stat().st_size, data_hash
    copy.save()
    sweep(copy)


def write(copy: Copy, out: Path, *, told: Callable[[int], None] = lambda _percent: None) -> None:
    """The file of the copy as the library stands now; also of one that is not kept."""
    work = work_of(copy, timezone.localdate())
    told(5)
    if copy.kind == Copy.Kind.AKN:
        assert copy.edition
        akn.write(copy.edition, out, site=copy.site, on=timezone.localdate())
    elif copy.kind == Copy.Kind.PDF:
        pdf.write(work, out, told=told)
    else:
        _epub(work, out, told)


def _epub(work: Work, out: Path, told: Callable[[int], None]) -> None:
    epub.write(work, out, cover=pdf.cover(work), told=told)


def _teller(copy: Copy) -> Callable[[int], None]:
    """Writes the progress down, once a second at the most."""
    last = 0.0

    def told(percent: int) -> None:
        nonlocal last
        if time.monotonic() - last >= 1:
            last = time.monotonic()
            Copy.objects.filter(pk=copy.pk).update(progress=percent)

    return told


def sweep(made: Copy) -> None:
    """Copies of words that have changed since, and the oldest where all together are too many."""
    for old in Copy.objects.filter(key=made.key, kind=made.kind).exclude(pk=made.pk):
        drop(old)
    left = MOST_BYTES
    for each in Copy.objects.filter(state=Copy.State.READY).order_by("-made_at"):
        left -= each.size
        if left < 0 and each.pk != made.pk:
            drop(each)


def drop(copy: Copy) -> None:
    copy.path.unlink(missing_ok=True)
    copy.delete()


def sweep_files() -> None:
    """Files whose copy is gone with its text."""
    known = {copy.path.name for copy in Copy.objects.all()}
    for path in (Path(settings.DATA) / "copies").glob("*"):
        if path.name not in known and path.suffix != ".part":
            path.unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
