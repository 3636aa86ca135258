"""A directive that came in as a file becomes a document of the library, with what it cites."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thongsuot.campaigns.moments import day_of
from thongsuot.journal.noting import note
from thongsuot.library.loading import free_slug
from thongsuot.library.models import Citation, Document, Edition, Passage
from thongsuot.library.numbers import Found, find_numbers
from thongsuot.papers import files
from thongsuot.papers.models import StoredFile
from thongsuot.papers.reading import PaperHeading, plain_text, read_heading
from thongsuot.people.models import Person
from thongsuot.people.rights import Act, require
from thongsuot.units.models import Unit
from thongsuot.viet.text import fold, nfc
from thongsuot.web.errors import Refused

REGISTERED = gettext_noop("registered")


@dataclass(frozen=True)
class Cited:
    """A document named in the text; ``document`` is None when the library does not hold it."""

    found: Found
    times: int
    document: Document | None


@dataclass(frozen=True)
class Reading:
    """What could be read from an uploaded directive."""

    heading: PaperHeading
    paragraphs: list[str]
    cited: list[Cited]


def read_directive(file: StoredFile) -> Reading:
    """Read heading, text and citations from the stored file. Raises Refused where it cannot be opened."""
    bytes_ = files.read(file)
    heading, paragraphs = read_heading(bytes_), [nfc(text) for text in plain_text(bytes_)]
    return Reading(heading, paragraphs, cited_in(paragraphs, own=heading.number))


def as_known(issuer: str) -> str:
    """Papers print their issuer in capitals: spelled as the organisation or the library spells it, where they do."""
    unit = Unit.objects.filter(folded=fold(issuer)).values_list("name", flat=True).first()
    issuers = Document.objects.order_by("issuer").values_list("issuer", flat=True).distinct()
    return unit or next((known for known in issuers if fold(known) == fold(issuer)), issuer)


def cited_in(paragraphs: Sequence[str], *, own: str = "") -> list[Cited]:
    """Each document number once, in order of first mention, with the library's document where there is one."""
    first: dict[str, Found] = {}
    times: dict[str, int] = {}
    for text in paragraphs:
        for found in find_numbers(text):
            if found.kind == "other" or found.normalised == own:
                continue
            first.setdefault(found.normalised, found)
            times[found.normalised] = times.get(found.normalised, 0) + 1
    known = documents_numbered(first)
    return [Cited(found, times[number], known.get(number)) for number, found in first.items()]


def documents_numbered(numbers: Sequence[str] | dict[str, Found]) -> dict[str, Document]:
    """Party numbers come back each term: of several documents with one number the newest is taken."""
    documents = Document.objects.filter(number__in=list(numbers)).order_by("issued_on", "pk")
    return {document.number: document for document in documents}


def registered_from(file: StoredFile) -> Document | None:
    """The document that was already made from this file."""
    return Document.objects.filter(editions__source=file).first()


@transaction.atomic
def register_directive(
    file: StoredFile,
    *,
    unit: Unit,
    number: str,
    doc_type: str,
    issued_on: date | None,
    issuer: str,
    title: str,
    subject: str,
    by: Person | None,
    at: datetime,
) -> Document:
    """Make the library's document from an uploaded file: its text in passages, its citations resolved.

    Confirming twice, or registering what the library holds already, gives the document that stands.
    """
    if by is not None:
        require(by, Act.DIRECT, unit, day_of(at))
    StoredFile.objects.select_for_update().get(pk=file.pk)
    if standing := registered_from(file) or _same(number, issuer, issued_on):
        return standing
    reading = read_directive(file)
    document = Document.objects.create(
        slug=free_slug(f"{number} {title}"),
        kind=Document.Kind.DIRECTIVE,
        system=reading.heading.system,
        doc_type=doc_type,
        number=number,
        issuer=issuer,
        issued_on=issued_on,
        title=title,
        subject=subject,
        has_text=bool(reading.paragraphs),
        unit=unit,
        source_note=file.name[:300],
    )
    edition = Edition.objects.create(document=document, source=file, sha256=file.sha256, valid_from=issued_on)
    passages = _passages(edition, reading.paragraphs)
    known = {cited.found.normalised: cited.document for cited in reading.cited}
    Citation.objects.bulk_create(
        Citation(
            document=document,
            passage=passage,
            matched=found.matched[:200],
            number=found.normalised[:60],
            start=found.start,
            end=found.end,
            target=known[found.normalised],
        )
        for passage in passages
        for found in find_numbers(passage.text)
        if found.normalised in known
    )
    note(document, REGISTERED, by=by, at=at, unit=unit, changes={"number": ["", number]})
    return document


def _same(number: str, issuer: str, issued_on: date | None) -> Document | None:
    """The number alone names nothing: issuer and date belong to it."""
    if not number:
        return None
    same = Document.objects.filter(number=number, issued_on=issued_on)
    return next((one for one in same if fold(one.issuer) == fold(issuer)), None)


def _passages(edition: Edition, paragraphs: Sequence[str]) -> list[Passage]:
    made = []
    for position, text in enumerate(paragraphs, start=1):
        passage = Passage(
            edition=edition,
            parent=None,
            position=position,
            kind=Passage.Kind.PARAGRAPH,
            anchor=f"doan-{position}",
            label=_("paragraph %(number)d") % {"number": position},
            text=text,
        )
        made.append(passage)
    return Passage.objects.bulk_create(made, batch_size=500)


def title_for(type_name: str, subject: str) -> str:
    """What the library calls the paper: Kế hoạch về …"""
    title = f"{type_name.capitalize()} {subject}".strip()
    if not title:
        raise Refused(_("The document needs a subject."))
    return title[:400]
