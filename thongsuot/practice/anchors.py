"""Where the law says it: from a criterion to the passage of the library it rests on."""

from collections.abc import Iterable

from django.db.models import QuerySet

from thongsuot.library.models import Document, Passage
from thongsuot.practice.criteria import Criterion


def passages_for(criteria: Iterable[Criterion], seen: QuerySet[Document]) -> dict[str, Passage]:
    """By the criterion's code; one query. What the library does not hold is left out: the words stay."""
    wanted = {(c.document, c.article): c.code for c in criteria if c.document and c.article}
    found: dict[tuple[str, str], Passage] = {}
    rows = Passage.objects.filter(
        edition__document__in=seen,
        edition__document__number__in={number for number, _article in wanted},
        edition__language="vi",
        anchor__in={article for _number, article in wanted},
        is_withdrawn=False,
    ).select_related("edition__document")
    for passage in rows:
        found.setdefault((passage.edition.document.number, passage.anchor), passage)
    return {c.code: place for c in criteria if (place := found.get((c.document, c.article)))}
