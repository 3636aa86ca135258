"""The one gate for files that come in: what they are is read from their bytes, never from their name."""

import hashlib
import io
import os
import re
import zipfile
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from thongsuot.papers.models import StoredFile
from thongsuot.people.models import Person
from thongsuot.units.models import Unit
from thongsuot.viet.text import nfc
from thongsuot.web.errors import Refused

MB = 1024 * 1024
LARGEST = 25 * MB
# Of an archive: how much it may grow, and to how many entries.
UNPACKED = 200 * MB
ENTRIES = 5000
LONGEST_SIDE = 2400
Image.MAX_IMAGE_PIXELS = 60_000_000

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
}
EVIDENCE = ("docx", "xlsx", "pdf", "png", "jpeg")


class UnfitFile(Refused):
    """The file cannot be taken; the sentence says why and what to do."""


def kind_of(data: bytes) -> str:
    """docx, xlsx, pdf, png or jpeg. Raises UnfitFile for anything else, and for what is hidden or broken."""
    if not data:
        raise UnfitFile(_("The file is empty. Choose it again."))
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"%PDF-"):
        if re.search(rb"/Encrypt\b", data[-4096:]) or re.search(rb"/Encrypt\s+\d+ \d+ R", data):
            raise UnfitFile(_("This PDF is locked with a password. Save a copy without one and send that."))
        return "pdf"
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnfitFile(_("This file is locked with a password. Save a copy without one and send that."))
        raise UnfitFile(_("This is a file of an old version of Word or Excel. Save it as .docx or .xlsx and send that."))
    if data.startswith(b"PK"):
        return _kind_of_archive(data)
    raise UnfitFile(_("This kind of file is not taken here. Send DOCX, XLSX, PDF, PNG or JPEG."))


def _kind_of_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED:
                raise UnfitFile(_("The file would unpack to far too much. It was not opened."))
            if any(entry.flag_bits & 1 for entry in entries):
                raise UnfitFile(_("This file is locked with a password. Save a copy without one and send that."))
            if any(name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") for name in names):
                raise UnfitFile(_("The file's inside is not in order. Open it in Word or Excel, save it anew and send that."))
            if any(name.lower().endswith(("vbaproject.bin", ".vbs", ".exe")) for name in names):
                raise UnfitFile(_("The file holds macros. Save it without macros (.docx or .xlsx) and send that."))
            if "[Content_Types].xml" not in names:
                raise UnfitFile(_("This kind of file is not taken here. Send DOCX, XLSX, PDF, PNG or JPEG."))
            types = archive.read("[Content_Types].xml")
            if b"macroEnabled" in types:
                raise UnfitFile(_("The file holds macros. Save it without macros (.docx or .xlsx) and send that."))
            if "word/document.xml" in names:
                return "docx"
            if "xl/workbook.xml" in names:
                return "xlsx"
    except (zipfile.BadZipFile, EOFError, KeyError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnfitFile(_("The file is damaged. Open it on your computer, save it anew and send that.")) from error
    raise UnfitFile(_("This kind of file is not taken here. Send DOCX, XLSX, PDF, PNG or JPEG."))


def _picture(data: bytes, kind: str) -> bytes:
    """The picture drawn anew: no metadata, no more pixels than a page needs."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
            upright = picture.convert("RGB" if kind == "jpeg" else "RGBA")
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            out = io.BytesIO()
            upright.save(out, format="JPEG" if kind == "jpeg" else "PNG", optimize=True, quality=85)
            return out.getvalue()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise UnfitFile(_("The picture cannot be opened. Take or save it anew and send that.")) from error


def clean_name(name: str) -> str:
    base = re.sub(r"[\x00-\x1f<>:\"/\\|?*\u202a-\u202e]", "", nfc(name.replace("\\", "/").rsplit("/", 1)[-1])).strip(". ")
    return base[-150:] or "file"


def place_of(sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def keep(data: bytes, *, name: str, media_type: str, by: Person | None, at: datetime, unit: Unit | None) -> StoredFile:
    """Bytes of our own making, or already checked, into the store."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = place_of(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Written beside and moved: a reader never sees half a file.
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(data)
        part.replace(path)
    return StoredFile.objects.create(
        sha256=sha256, name=clean_name(name), media_type=media_type, size=len(data), unit=unit, uploaded_by=by,
        uploaded_at=at,
    )  # fmt: skip


def store_upload(
    uploaded: Any, *, by: Person | None, at: datetime, unit: Unit | None = None, allow: Collection[str] = EVIDENCE
) -> StoredFile:
    """Check what a person sent and keep it. Raises UnfitFile with a sentence for the person."""
    if uploaded.size > LARGEST:
        raise UnfitFile(_("The file is larger than %(size)d MB. Make it smaller or send it in parts.") % {"size": LARGEST // MB})
    data = uploaded.read(LARGEST + 1)
    kind = kind_of(data)
    if kind not in allow:
        raise UnfitFile(
            _("Here only these kinds of file are taken: %(kinds)s.") % {"kinds": ", ".join(sorted(allow)).upper()}
        )
    if kind in ("png", "jpeg"):
        data = _picture(data, kind)
    name = clean_name(uploaded.name)
    if not name.lower().endswith((f".{kind}", ".jpg") if kind == "jpeg" else f".{kind}"):
        name = f"{name.rsplit('.', 1)[0]}.{kind}"
    return keep(data, name=name, media_type=TYPES[kind], by=by, at=at, unit=unit)


def read(file: StoredFile) -> bytes:
    return place_of(file.sha256).read_bytes()


def serve(file: StoredFile, *, inline_picture: bool = False) -> FileResponse:
    """As a download; a picture may show in the page. Never as something a browser would run."""
    shows = inline_picture and file.media_type.startswith("image/")
    response = FileResponse(place_of(file.sha256).open("rb"), content_type=file.media_type)
    response["Content-Disposition"] = f"{'inline' if shows else 'attachment'}; filename*=UTF-8''{quote(file.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=3600"
    return response
