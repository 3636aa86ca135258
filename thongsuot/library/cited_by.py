"""What names a document, or a passage of it: links the other way, also where thousands of passages do."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Min, Q, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString

from thongsuot.library.models import Citation, Document, Edition

# Documents named beside a document; the page of all places lists the rest.
MOST_BESIDE = 8
_BEFORE, _BEHIND = 90, 140


@dataclass(frozen=True)
class Citing:
    """A document that cites, and in how many places."""

    document: Document
    places: int


@dataclass(frozen=True)
class CitedBy:
    documents: list[Citing]
    places: int

    def __bool__(self) -> bool:
        return bool(self.documents)


def citations_of(document: Document, seen: QuerySet[Document], language: str) -> QuerySet[Citation]:
    """References of other documents that the reader sees, in the reader's language where a text has it."""
    # Asked apart: beside the passage's own edition, ``document__editions`` would be taken for that one.
    in_that_language = Edition.objects.filter(language=language).values("document")
    return (
        Citation.objects.filter(target=document, document__in=seen)
        .exclude(document=document)
        .filter(Q(passage=None) | Q(passage__edition__language=language) | ~Q(document__in=in_that_language))
        .exclude(passage__is_withdrawn=True)
    )


def places_of(document: Document, seen: QuerySet[Document], language: str) -> QuerySet[Citation]:
    """Each citing passage once, by its first reference, in the order of documents and of their texts."""
    once = citations_of(document, seen, language).order_by().values("document", "passage").annotate(first=Min("pk"))
    rows = Citation.objects.filter(pk__in=once.values("first")).select_related("document", "passage__edition")
    return rows.order_by("document__title", "document", "passage__edition", "passage__position", "pk")


def summary(document: Document, seen: QuerySet[Document], language: str) -> CitedBy:
    """Two queries: who cites it most, and how often it is cited."""
    counted = (
        citations_of(document, seen, language)
        .order_by()
        .values("document")
        .annotate(places=Count("passage", distinct=True))
        .order_by("-places", "document")
    )
    rows = list(counted)
    few = rows[:MOST_BESIDE]
    documents = Document.objects.in_bulk([row["document"] for row in few])
    beside = [Citing(documents[row["document"]], max(row["places"], 1)) for row in few]
    return CitedBy(beside, sum(max(row["places"], 1) for row in rows))


def documents_citing(document: Document, seen: QuerySet[Document], language: str) -> list[Citing]:
    """All of them, for the filter of the page; two queries."""
    counted = citations_of(document, seen, language).order_by().values("document")
    rows = counted.annotate(places=Count("passage", distinct=True)).order_by("-places", "document")[:200]
    documents = Document.objects.in_bulk([row["document"] for row in rows])
    return [Citing(documents[row["document"]], max(row["places"], 1)) for row in rows]


def quote(citations: Sequence[Citation]) -> None:
    """Each gets ``quotation``: the words around the reference, the reference marked."""
    for citation in citations:
        citation.quotation = quotation(citation)  # type: ignore[attr-defined]


def quotation(citation: Citation) -> SafeString | str:
    text = citation.passage.text if citation.passage else ""
    start, end = citation.start, citation.end
    if start is None or end is None or text[start:end][:200] != citation.matched:
        return citation.matched
    before, behind = _cut(text[:start], _BEFORE, from_end=True), _cut(text[end:], _BEHIND)
    return format_html("{}<mark>{}</mark>{}", before, text[start:end], behind)


def _cut(text: str, most: int, *, from_end: bool = False) -> str:
    """At a blank, with an ellipsis where words are left out."""
    if len(text) <= most:
        return text
    if from_end:
        return "… " + text[-most:].partition(" ")[2]
    return text[:most].rpartition(" ")[0] + " …"
