"""What stands on the library's shelf, and how long it takes to read."""

from collections.abc import Iterable, Sequence

from django.db.models import Count, Q, Sum
from django.db.models.functions import Length
from django.utils.translation import ngettext

from thongsuot.library.access import edition_to_see
from thongsuot.library.contents import minutes, reading_pages
from thongsuot.library.models import Document, Edition, Passage


def letters_of(editions: Sequence[int]) -> dict[int, int]:
    """How long these texts are; one query."""
    rows = Passage.objects.filter(edition__in=editions, is_withdrawn=False).order_by()
    return dict(rows.values_list("edition").annotate(letters=Sum(Length("text"))))


def measure(documents: Iterable[Document], language: str) -> None:
    """Each document with a text learns ``reading_time``, ``printed_pages``, ``articles`` and ``note``; two queries."""
    with_text: dict[int, Document] = {}
    for document in documents:
        document.note = ""  # type: ignore[attr-defined]
        if document.has_text:
            with_text[document.pk] = document
    newest: dict[int, Edition] = {}
    rank = {language: 0, "vi": 1}
    for edition in Edition.objects.filter(document__in=with_text).order_by("-valid_from", "-pk"):
        standing = newest.get(edition.document_id)
        if standing is None or rank.get(edition.language, 2) < rank.get(standing.language, 2):
            newest[edition.document_id] = edition
    is_article = Q(kind=Passage.Kind.ARTICLE)
    rows = Passage.objects.filter(edition__in=[edition.pk for edition in newest.values()], is_withdrawn=False)
    counted = (
        rows.order_by()
        .values("edition__document")
        .annotate(letters=Sum(Length("text")), articles=Count("pk", filter=is_article))
    )
    for row in counted:
        document = with_text[row["edition__document"]]
        edition = newest[document.pk]
        document.articles = row["articles"]  # type: ignore[attr-defined]
        document.printed_pages = edition.pages  # type: ignore[attr-defined]
        document.is_outline = edition.is_outline  # type: ignore[attr-defined]
        document.note = edition.note  # type: ignore[attr-defined]
        document.reading_time = as_time(row["letters"] or 0)  # type: ignore[attr-defined]


def begins_at(document: Document, language: str) -> str:
    """The first page of the document's text."""
    edition = edition_to_see(document, language)
    edition.document = document
    return reading_pages(edition)[0].anchor


def as_time(letters: int) -> str:
    """ "about 12 minutes", "about 3 hours"; empty for what holds no words."""
    if not letters:
        return ""
    needed = minutes(letters)
    if needed < 60:
        return ngettext("about %(n)s minute", "about %(n)s minutes", needed) % {"n": needed}
    hours = round(needed / 60)
    return ngettext("about %(n)s hour", "about %(n)s hours", hours) % {"n": hours}
