"""Starting a reader in a process of its own, with limits, and learning how it went."""

import json
import os
import re
import selectors
import signal
import subprocess
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from thongsuot.library.confined import MB, end, start
from thongsuot.library.formats.drafts import CannotRead, Reading
from thongsuot.library.formats.txt import decoded

LARGEST = 200 * MB
LONGEST = 420.0  # seconds on the clock
MOST_ENTRIES = 5000
_ENTRY = b"PK\x01\x02"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# PNG, JPEG, GIF, TIFF, WEBP, HEIC: a paper photographed or scanned.
_PICTURE = re.compile(
    rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*|RIFF....WEBP|....ftyp(?:heic|heix|mif1|avif)", re.DOTALL
)
_ENDINGS = {
    ".docx": "docx", ".pdf": "pdf", ".epub": "epub", ".html": "html", ".htm": "html", ".xhtml": "html", ".md": "md",
    ".markdown": "md", ".txt": "txt", ".xml": "akn", ".akn": "akn",
}  # fmt: skip


class Stopped(Exception):
    """Someone cancelled the reading."""


def format_of(path: Path, name: str = "") -> str:
    """docx, pdf, epub, html, akn, md or txt, by the bytes; the name decides only among texts.

    Raises CannotRead for anything else, and where the name says one thing and the bytes another.
    """
    if path.stat().st_size > LARGEST:
        raise CannotRead("too-big", f"{LARGEST // MB} MB")
    with path.open("rb") as file:
        start = file.read(4096)
    if not start.strip():
        raise CannotRead("empty")
    ending = _ENDINGS.get(Path(name or path.name).suffix.lower(), "")
    found = _by_bytes(path, start)
    if not found:
        decoded(path.read_bytes())  # refuses what is no text
        found = ending if ending in ("md", "txt") else "txt"
        if ending in ("docx", "pdf", "epub"):
            raise CannotRead("damaged")
    elif ending and ending != found and not (found == "html" and ending == "txt"):
        raise CannotRead("other-format", f"{ending} / {found}")
    return found


def _by_bytes(path: Path, start: bytes) -> str:
    if start.startswith(b"PK"):
        return _archive_format(path)
    if start.lstrip()[:5] == b"%PDF-":
        return "pdf"
    if _PICTURE.match(start):
        raise CannotRead("picture")
    if start.startswith(_OLD_OFFICE) or start.startswith(b"{\\rtf"):
        raise CannotRead("old-word")
    text = start.lower()
    if b"<!doctype html" in text or b"<html" in text:
        return "html"
    if b"<akomantoso" in text or b":akomantoso" in text:
        return "akn"
    if text.lstrip().startswith((b"<?xml", b"<svg")):
        raise CannotRead("unknown")
    return ""


def _archive_format(path: Path) -> str:
    _refuse_many(path)
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError) as error:
        raise CannotRead("damaged") from error
    if "word/document.xml" in names:
        return "docx"
    if "META-INF/container.xml" in names:
        return "epub"
    raise CannotRead("unknown")


def _refuse_many(path: Path) -> None:
    """Before the list of entries is read into memory: each of them costs more there than in the file."""
    entries, last = 0, b""
    with path.open("rb") as file:
        while block := file.read(MB):
            entries += (last + block).count(_ENTRY) - last.count(_ENTRY)
            last = block[-3:]
    if entries > 2 * MOST_ENTRIES:
        raise CannotRead("bomb")


def read_apart(path: Path, folder: Path, name: str, *, told: Callable[[int], bool] | None = None) -> Reading:
    """Read the file with the reader of that format into the empty folder.

    ``told`` hears the progress in percent, a few times a second at the most, and answers whether to go on.
    Raises CannotRead, also where the reader needed too much memory or time or broke; Stopped when told so.
    """
    _apart(path, folder, name, told)
    return Reading.load(folder)


def draw_apart(path: Path, number: int, folder: Path) -> Path:
    """Draw that page of a PDF, counted from 1, into the folder. Raises CannotRead."""
    _apart(path, folder, f"page-{number}", None)
    return folder / "page.webp"


def _apart(path: Path, folder: Path, name: str, told: Callable[[int], bool] | None) -> None:
    arguments = [name, str(path.resolve()), str(folder.resolve())]
    process = start(
        "thongsuot.library.formats", arguments, home=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        outcome = _listen(process, told)
    finally:
        end(process)
    if "refused" in outcome:
        raise CannotRead(str(outcome["refused"]), str(outcome.get("detail", "")))
    if not outcome.get("done"):
        # Killed for its memory or time, or broken by the file.
        raise CannotRead("too-big" if process.returncode in (-signal.SIGXCPU, -signal.SIGKILL) else "damaged")


def _listen(process: subprocess.Popen[bytes], told: Callable[[int], bool] | None) -> dict[str, object]:
    assert process.stdout
    os.set_blocking(process.stdout.fileno(), False)
    begun, percent, waiting = time.monotonic(), 0, b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            selector.select(timeout=0.5)
            data = process.stdout.read()
            waiting += data or b""
            *lines, waiting = waiting.split(b"\n")
            for line in lines:
                said = json.loads(line)
                if "progress" not in said:
                    return dict(said)
                percent = int(said["progress"])
            if told and not told(percent):
                raise Stopped
            if data == b"" or (data is None and process.poll() is not None):
                return {}
            if time.monotonic() - begun > LONGEST:
                raise CannotRead("too-big")
