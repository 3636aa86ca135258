"""What the public portal may read of this room: public documents and their passages, as plain values."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.safestring import SafeString

from thongsuot.library import reading
from thongsuot.library.access import edition_to_see, groups_of
from thongsuot.library.contents import reading_pages
from thongsuot.library.models import Document, Passage
from thongsuot.library.search import Hit, search


@dataclass(frozen=True)
class PublicDocument:
    slug: str
    kind: str
    kind_label: str
    number: str
    issuer: str
    author: str
    title: str
    title_en: str
    summary: str
    summary_en: str
    has_text: bool
    issued_on: date | None = None


@dataclass(frozen=True)
class PublicLine:
    """A passage in a list, without its text."""

    uid: UUID
    anchor: str
    kind: str
    label: str
    heading: str
    printed_page: str


@dataclass(frozen=True)
class PublicPassage:
    uid: UUID
    anchor: str
    label: str
    heading: str
    printed_page: str
    document: PublicDocument
    html: SafeString
    text: str = ""
    language: str = "vi"


def documents(kind: str = "") -> list[PublicDocument]:
    """Those with a text first, then by kind and date."""
    rows = Document.objects.filter(is_public=True).as_on_the_shelf()
    return [_public(document) for document in (rows.filter(kind=kind) if kind else rows)]


def counts() -> tuple[int, int]:
    """Public documents, and passages of them that can be read."""
    shown = Document.objects.filter(is_public=True)
    passages = Passage.objects.filter(edition__document__in=shown, edition__language="vi", is_withdrawn=False)
    return shown.count(), passages.count()


def passages(slug: str, language: str = "vi") -> list[PublicLine]:
    """The passages of a public document in their order; in another language where it has only that."""
    document = Document.objects.filter(is_public=True, slug=slug, editions__isnull=False).first()
    if document is None:
        return []
    rows = edition_to_see(document, language).passages.filter(is_withdrawn=False).order_by("position")
    names = ("uid", "anchor", "kind", "label", "heading", "printed_page")
    return [PublicLine(**row) for row in rows.values(*names)]


def passage(uid: UUID, language: str = "") -> PublicPassage | None:
    """As it is named, or in that language where the document has it."""
    rows = Passage.objects.filter(uid=uid, edition__document__is_public=True, is_withdrawn=False)
    found = rows.select_related("edition__document").first()
    if found is None:
        return None
    found = reading.in_language(found, language) if language else found
    return PublicPassage(
        uid=found.uid,
        anchor=found.anchor,
        label=found.label,
        heading=found.heading,
        printed_page=found.printed_page,
        document=_public(found.edition.document),
        html=reading.render(found),
        text=found.text,
        language=found.edition.language,
    )


def pages() -> list[tuple[str, str]]:
    """(document slug, page anchor) of everything that can be read, for the site map."""
    found = []
    for document in Document.objects.filter(is_public=True, has_text=True).prefetch_related("editions"):
        for edition in document.editions.all():
            if edition.language == "vi":
                edition.document = document
                found += [(document.slug, page.anchor) for page in reading_pages(edition)]
    return found


def find(words: str, *, limit: int = 20, language: str = "") -> list[Hit]:
    """Search among public documents only."""
    return search(words, who=groups_of(None, None), limit=limit, language=language)


def _public(document: Document) -> PublicDocument:
    return PublicDocument(
        slug=document.slug,
        kind=document.kind,
        kind_label=document.get_kind_display(),
        number=document.number,
        issuer=document.issuer,
        author=document.author,
        title=document.title,
        title_en=document.title_en,
        summary=document.summary,
        summary_en=document.summary_en,
        has_text=document.has_text,
        issued_on=document.issued_on,
    )
