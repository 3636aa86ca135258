"""Whether a text that comes in is a newer one of a document that stands already."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from rapidfuzz import fuzz

from thongsuot.library import access
from thongsuot.library.formats.drafts import About, CannotRead
from thongsuot.library.loading import numbered
from thongsuot.library.models import Document, Import
from thongsuot.viet.text import fold

# Two titles are one from this likeness on, in percent, if they hold the same numbers.
ALIKE = 92.0
NEWER, OWN = Import.Answer.NEWER.value, Import.Answer.OWN.value


@dataclass(frozen=True)
class Like:
    """A document that the text looks like, by its number or its title, and what may be answered."""

    document: Document
    by: str
    answers: list[str]


def document_like(about: About, order: Import) -> Like | None:
    """The document that stands already. Raises CannotRead where it stands, but others keep it."""
    kept = Document.objects.all()
    if order.by:
        kept = access.documents_to_keep(order.by, timezone.localdate())
    if about.number:
        day = date.fromisoformat(about.issued_on) if about.issued_on else None
        if same := numbered(about):
            # Issuer, number and date name a document: there cannot be a second one.
            is_the_one = [one for one in same if one.issued_on == day and one.issuer == about.issuer[:200]]
            mine = kept.filter(pk__in=[one.pk for one in is_the_one or same]).order_by("-issued_on").first()
            if mine:
                return Like(mine, "number", [NEWER] if is_the_one else [NEWER, OWN])
            if is_the_one and about.issued_on:
                raise CannotRead("stands-already")
        return None
    title = fold(order.title or about.title)
    found = _titled(title, kept.filter(number="").only("pk", "title")) if title else None
    return Like(found, "title", [NEWER, OWN]) if found else None


def _titled(title: str, documents: Iterable[Document]) -> Document | None:
    """The likeliest title with the same numbers in it: part 1 and part 2 are two books."""
    best, likeness = None, 0.0
    for document in documents:
        other = fold(document.title)
        alike = fuzz.ratio(other, title, score_cutoff=ALIKE)
        if alike > likeness and re.findall(r"\d+", other) == re.findall(r"\d+", title):
            best, likeness = document, alike
    return best
