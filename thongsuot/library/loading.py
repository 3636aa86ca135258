"""What a reader made of a file becomes the text of a document: its pictures, doubts, mends and printed pages."""

import csv
import gzip
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_noop

from thongsuot.journal.noting import note
from thongsuot.library import citing, mending
from thongsuot.library.formats.drafts import About, CannotRead, Draft, Reading
from thongsuot.library.models import Citation, Document, Doubt, Edition, Picture, PictureSize
from thongsuot.library.search import index
from thongsuot.library.settling import Settled, settle
from thongsuot.papers.files import keep
from thongsuot.papers.models import StoredFile
from thongsuot.people.models import Person
from thongsuot.units.models import Unit
from thongsuot.viet.text import fold, nfc

TEXT_IMPORTED = gettext_noop("text imported")
# By the library's own pages.
_TAKEN = (
    "search", "passages", "pictures", "imports", "proof", "words", "citations", "plates", "goto", "notes", "device",
    "compare", "downloads", "trails", "quote", "offline",
)  # fmt: skip
_PARTY = re.compile(r"^\d+[a-e]?-")


@dataclass
class Loaded:
    edition: Edition
    settled: Settled
    cited_gone: list[Citation]  # what cites a passage that this text no longer holds


@transaction.atomic
def load_reading(
    document: Document,
    reading: Reading,
    folder: Path,
    *,
    format: str,
    language: str = "vi",
    valid_from: date | None = None,
    source: StoredFile | None = None,
    page_map: bytes | None = None,
    by: Person | None = None,
    at: datetime,
    cites: bool = True,
) -> Loaded:
    """Make, or bring up to date, the document's text of that language and day.

    ``folder`` holds the pictures that the reader drew. Without ``cites`` the caller sees to citations and search
    himself, once the text stands. Raises CannotRead for a page map that does not fit.
    """
    edition = _edition(document, language, valid_from)
    is_new = edition.pk is None
    edition.format, edition.source = format, source
    edition.is_outline, edition.note = False, ""  # what an outline says of itself is not true of the text
    edition.sheets = _sheets(document, reading, by=by, at=at)
    edition.sha256 = source.sha256 if source else ""
    if page_map is not None:
        apply_page_map(reading.drafts, page_map)
    edition.pages = reading.about.pages or max(
        (int(d.printed_page) for d in reading.drafts if d.printed_page.isdigit()), default=None
    )
    edition.save()
    pictures = _pictures(edition, folder, by=by, at=at)
    if is_new:
        mending.inherit(edition)
    answered = mending.mend_reading(edition, reading)
    settled = settle(edition, reading.drafts, by_text=True, pictures=pictures)
    edition.doubts.all().delete()
    Doubt.objects.bulk_create(
        (
            Doubt(
                edition=edition, anchor=d.anchor[:80], kind=d.kind[:20], detail=nfc(d.detail)[:300],
                mend=answered.get(f"{d.anchor} {d.kind}"),
            )
            for d in reading.doubts
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    if cites:
        citing.cite(edition)
    document.has_text = True
    document.save()
    note(
        document,
        TEXT_IMPORTED,
        by=by,
        at=at,
        unit=document.unit,
        changes={"source": ["", source.name if source else ""]},
    )
    if cites:
        citing.resolve_waiting([document])
        index.changed(document.pk)
    gone = Citation.objects.filter(target_passage__in=settled.gone).exclude(passage__edition=edition)
    return Loaded(edition, settled, list(gone.select_related("document", "passage", "target_passage")))


def _sheets(document: Document, reading: Reading, *, by: Person | None, at: datetime) -> StoredFile | None:
    if not reading.sheets:
        return None
    data = gzip.compress(json.dumps(reading.sheets, ensure_ascii=False).encode(), mtime=0)
    return keep(data, name="sheets.json.gz", media_type="application/gzip", by=by, at=at, unit=document.unit)


def _edition(document: Document, language: str, valid_from: date | None) -> Edition:
    """The edition of that day; without a day the newest, which is brought up to date."""
    editions = document.editions.filter(language=language)
    if valid_from:
        standing = editions.filter(valid_from=valid_from).first()
    else:
        standing = editions.order_by("-valid_from", "pk").first()
    return standing or Edition(document=document, language=language, valid_from=valid_from or document.issued_on)


def _pictures(edition: Edition, folder: Path, *, by: Person | None, at: datetime) -> dict[str, Picture]:
    """By the name that drafts call them; the same bytes are one picture."""
    listed = folder / "pictures.json"
    drawn = json.loads(listed.read_text(encoding="utf-8")) if listed.exists() else {}
    standing = {picture.sha256: picture for picture in edition.pictures.all()}
    found = {}
    for name, facts in drawn.items():
        picture = standing.get(facts["sha256"])
        if picture is None:
            picture = Picture.objects.create(
                edition=edition, sha256=facts["sha256"], width=facts["width"], height=facts["height"]
            )
            standing[picture.sha256] = picture
            for file_name, width, height in facts["sizes"]:
                data = (folder / file_name).read_bytes()
                file = keep(data, name=file_name, media_type="image/webp", by=by, at=at, unit=edition.document.unit)
                PictureSize.objects.create(picture=picture, width=width, height=height, file=file)
        found[name] = picture
    return found


def apply_page_map(drafts: Sequence[Draft], data: bytes) -> None:
    """Printed pages from a CSV file of two columns: the page, and the words with which it begins.

    Pages stand in the order of the text. Raises CannotRead("page-map") with the line that does not fit.
    """
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=_delimiter(data)))
    except (UnicodeDecodeError, csv.Error) as error:
        raise CannotRead("page-map", "1") from error
    words = [_plain(f"{draft.heading} {draft.text}") for draft in drafts]
    at = 0
    begins: dict[int, str] = {}
    for number, row in enumerate(rows, start=1):
        if len(row) < 2 or not row[0].strip():
            continue
        wanted = _plain(row[1])
        place = next((n for n in range(at, len(words)) if wanted and wanted in words[n]), None)
        if place is not None:
            # A passage that holds the beginnings of two pages begins on the first of them.
            begins.setdefault(place, row[0].strip()[:12])
            at = place
        elif number > 1:  # the first line may be the head of the table
            raise CannotRead("page-map", str(number))
    page = ""
    for n, draft in enumerate(drafts):
        page = draft.printed_page = begins.get(n, page)


def _delimiter(data: bytes) -> str:
    first = data.split(b"\n", 1)[0]
    return "\t" if b"\t" in first else ";" if b";" in first else ","


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def numbered(about: About) -> list[Document]:
    """Documents with its number, and its date where both are known; Party numbers come back each term."""
    day = _day(about)
    standing = Document.objects.filter(number=about.number).order_by("-issued_on") if about.number else ()
    return [one for one in standing if day is None or one.issued_on in (None, day)]


def _day(about: About) -> date | None:
    return date.fromisoformat(about.issued_on) if about.issued_on else None


def document_for(about: About, name: str, **facts: Any) -> Document:
    """The document that the library holds already by its number and date, else a new one, saved."""
    return next(iter(numbered(about)), None) or new_document(about, name, **facts)


def new_document(
    about: About, name: str, *, title: str = "", kind: str = "", unit: Unit | None = None, is_public: bool = False
) -> Document:
    """A document of what the file says of itself, saved.

    ``name`` is that of the file: the title where nothing else gives one. Raises IntegrityError where a document of
    that issuer, number and date stands already.
    """
    issued_on = _day(about)
    title = nfc(title or about.title or Path(name).stem)[:400]
    return Document.objects.create(
        slug=free_slug(f"{about.number} {title}".strip()),
        kind=kind or about.kind or (Document.Kind.OTHER if about.number else Document.Kind.BOOK),
        system="" if not about.number else "party" if _PARTY.match(about.number) else "state",
        doc_type=about.doc_type[:10],
        number=about.number[:60],
        issuer=about.issuer[:200],
        issued_on=issued_on,
        title=title,
        author=about.author[:200],
        is_public=is_public,
        unit=unit,
        source_note=Path(name).name[:300],
    )


def free_slug(words: str) -> str:
    """An address that no document has yet."""
    stem = slugify(fold(words.replace("/", "-")))[:100].strip("-") or "van-ban"
    taken = set(Document.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    nth, slug = 1, stem
    while slug in taken or slug in _TAKEN:
        nth += 1
        slug = f"{stem}-{nth}"
    return slug
