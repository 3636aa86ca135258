"""The one gate for files that come in: what they are is read from their bytes, never from their name."""

import hashlib
import io
import re
import secrets
import zipfile
import zlib
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from thongsuot.papers.models import StoredFile
from thongsuot.people.models import Person
from thongsuot.units.models import Unit
from thongsuot.viet.text import nfc
from thongsuot.web.errors import Refused

MB = 1024 * 1024
LARGEST = 25 * MB
# Of an archive: how much it may grow in all, how many times over one entry may, and to how many entries.
UNPACKED = 200 * MB
RATIO = 200
ENTRIES = 5000
LONGEST_SIDE = 2400
MOST_PIXELS = 60_000_000

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
}
EVIDENCE = ("docx", "xlsx", "pdf", "png", "jpeg")
PICTURES = ("png", "jpeg")
ENDINGS = {"docx": (".docx",), "xlsx": (".xlsx",), "pdf": (".pdf",), "png": (".png",), "jpeg": (".jpg", ".jpeg")}
_MAIN_PART = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
_BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, ValueError, OSError,
)  # fmt: skip


class UnfitFile(Refused):
    """The file cannot be taken; the sentence says why and what to do."""


class MissingFile(Refused):
    """The store has lost the bytes of a file that it knows."""


def kind_of(data: bytes) -> str:
    """docx, xlsx, pdf, png, jpeg, or "" for anything else. Raises UnfitFile for what is hidden or broken."""
    if not data:
        raise UnfitFile(_("The file is empty. Choose it again."))
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"%PDF-"):
        return _kind_of_pdf(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        # Word puts a locked .docx inside an old-style container: the two look alike from outside.
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _locked()
        raise UnfitFile(
            _("This is a file of an old version of Word or Excel. Save it as .docx or .xlsx and send that.")
        )
    if data.startswith(b"PK"):
        return _kind_of_archive(data)
    return ""


def _kind_of_pdf(data: bytes) -> str:
    if re.search(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)", data):
        raise _locked()
    if b"%%EOF" not in data[-2048:]:
        raise _damaged()
    return "pdf"


def _kind_of_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_size(entries)
            _check_names(entries)
            names = {entry.filename for entry in entries}
            if "[Content_Types].xml" not in names:
                return ""
            if b"macroEnabled" in archive.read("[Content_Types].xml"):
                raise _with_macros()
            for main, kind in _MAIN_PART.items():
                if main in names:
                    # Reading to the end proves the checksum; a DTD has no place in an office document.
                    if b"<!DOCTYPE" in archive.read(main):
                        raise _disordered()
                    return kind
    except _BROKEN_ZIP as error:
        raise _damaged() from error
    return ""


def _check_size(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise _locked()
    too_much = len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED
    # Small parts of plain XML shrink a lot honestly: only a large one betrays a bomb.
    swollen = any(entry.file_size > 10 * MB and entry.file_size > RATIO * entry.compress_size for entry in entries)
    if too_much or swollen:
        raise UnfitFile(_("The file would unpack to far too much. It was not opened."))


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename.replace("\\", "/") for entry in entries]
    if len(set(names)) < len(names) or any(
        name.startswith("/") or ":" in name or ".." in name.split("/") for name in names
    ):
        raise _disordered()
    if any(name.lower().endswith(("vbaproject.bin", ".vbs", ".exe")) or "/activex/" in name.lower() for name in names):
        raise _with_macros()


def _locked() -> UnfitFile:
    return UnfitFile(_("This file is locked with a password. Save a copy without one and send that."))


def _damaged() -> UnfitFile:
    return UnfitFile(_("The file is damaged. Open it on your computer, save it anew and send that."))


def _disordered() -> UnfitFile:
    return UnfitFile(_("The file's inside is not in order. Open it in Word or Excel, save it anew and send that."))


def _with_macros() -> UnfitFile:
    return UnfitFile(_("The file holds macros. Save it without macros (.docx or .xlsx) and send that."))


def redrawn(data: bytes, kind: str) -> bytes:
    """The picture drawn anew: upright, without metadata, no more pixels than a page needs."""
    try:
        with Image.open(io.BytesIO(data), formats=[kind.upper()]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise UnfitFile(_("The picture has too many pixels. Make it smaller and send that."))
            picture.load()
            # The camera's turn stands in the metadata: it is carried out before they are dropped.
            upright = ImageOps.exif_transpose(picture)
            has_glass = kind == "png" and ("A" in upright.getbands() or "transparency" in upright.info)
            upright = upright.convert("RGBA" if has_glass else "RGB")
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            bare = Image.new(upright.mode, upright.size)
            bare.paste(upright)
            out = io.BytesIO()
            bare.save(out, format=kind.upper(), optimize=True, quality=85)
            return out.getvalue()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise UnfitFile(_("The picture cannot be opened. Take or save it anew and send that.")) from error


def clean_name(name: str) -> str:
    """The last part of the name a person gave, without signs that a system reads as more than a name."""
    base = nfc(name).replace("\\", "/").rsplit("/", 1)[-1]
    base = re.sub('[\x00-\x1f\x7f<>:"|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]', "", base).strip(". ")
    return base[-150:] or "file"


def fitting_name(name: str, kind: str) -> str:
    """The name with the ending of what the file is. Raises UnfitFile when it says that it is something else."""
    stem, dot, ending = clean_name(name).rpartition(".")
    said = f".{ending.lower()}"
    if dot and said in ENDINGS[kind]:
        return f"{stem}.{ending}"
    if dot and said in (".docm", ".xlsm", ".dotm", ".xltm"):
        raise _with_macros()
    between_pictures = kind in PICTURES and any(said in ENDINGS[each] for each in PICTURES)
    if dot and re.fullmatch(r"\.[a-z0-9]{2,4}", said) and not between_pictures:
        raise UnfitFile(
            _("The name ends in %(said)s, but the file is %(kind)s. Check that it is the right file and mend its name.")
            % {"said": said, "kind": kind.upper()}
        )
    return f"{stem if between_pictures else clean_name(name)}{ENDINGS[kind][0]}"


def place_of(sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def keep(data: bytes, *, name: str, media_type: str, by: Person | None, at: datetime, unit: Unit | None) -> StoredFile:
    """Bytes of our own making, or already checked, into the store."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = place_of(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Written beside and moved: a reader never sees half a file.
        part = path.with_suffix(f".{secrets.token_hex(8)}.part")
        part.write_bytes(data)
        part.replace(path)
    return StoredFile.objects.create(
        sha256=sha256, name=clean_name(name), media_type=media_type, size=len(data), unit=unit, uploaded_by=by,
        uploaded_at=at,
    )  # fmt: skip


def checked(uploaded: Any, *, allow: Collection[str] = EVIDENCE) -> tuple[bytes, str, str]:
    """(bytes, kind, name) of what a person sent, without keeping it. Raises UnfitFile."""
    data = b"" if uploaded.size > LARGEST else uploaded.read(LARGEST + 1)
    if uploaded.size > LARGEST or len(data) > LARGEST:
        raise UnfitFile(
            _("The file is larger than %(size)d MB. Make it smaller or send it in parts.") % {"size": LARGEST // MB}
        )
    kind = kind_of(data)
    if kind not in allow:
        kinds = ", ".join(each.upper() for each in EVIDENCE if each in allow)
        raise UnfitFile(_("Here only these kinds of file are taken: %(kinds)s.") % {"kinds": kinds})
    name = fitting_name(uploaded.name or "", kind)
    return redrawn(data, kind) if kind in PICTURES else data, kind, name


def store_upload(
    uploaded: Any, *, by: Person | None, at: datetime, unit: Unit | None = None, allow: Collection[str] = EVIDENCE
) -> StoredFile:
    """Check what a person sent and keep it. Raises UnfitFile with a sentence for the person."""
    data, kind, name = checked(uploaded, allow=allow)
    return keep(data, name=name, media_type=TYPES[kind], by=by, at=at, unit=unit)


def read(file: StoredFile) -> bytes:
    try:
        return place_of(file.sha256).read_bytes()
    except FileNotFoundError as error:
        raise MissingFile(
            _("“%(name)s” is not in the store. Tell whoever runs this system.") % {"name": file.name}
        ) from error


def serve(file: StoredFile, *, download_name: str = "", inline_picture: bool = False) -> FileResponse:
    """As a download; a picture may show in the page. Never as something that a browser would run."""
    shows = inline_picture and file.media_type in (TYPES["png"], TYPES["jpeg"])
    response = FileResponse(io.BytesIO(read(file)), content_type=file.media_type)
    name = clean_name(download_name or file.name)
    response["Content-Disposition"] = content_disposition_header(not shows, name) or "attachment"
    response["Content-Length"] = str(file.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=3600"
    return response
