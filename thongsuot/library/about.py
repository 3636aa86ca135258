"""What there is to know of one passage: its words, how to cite it, what it cites and what cites it."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe

from thongsuot.library.models import Citation, Document, Passage
from thongsuot.library.quoting import cite, quotation
from thongsuot.library.rendering import render

Kind = Passage.Kind
# An article is quoted with its clauses and points; of the longest the beginning.
MOST_BELOW = 200


@dataclass(frozen=True)
class About:
    passage: Passage
    html: SafeString
    cited: str
    quotation: str
    cites: list[Citation]
    cited_by: QuerySet[Passage]


def about(passage: Passage, seen: QuerySet[Document], address: str) -> About:
    """``passage.edition.document`` is at hand; ``address`` is the lasting one, absolute."""
    family = [passage, *_below(passage)]
    within = str(passage.parent) if passage.parent_id and not passage.label else ""
    cited = cite(passage.edition, passage, within)
    going = Citation.objects.filter(passage__in=family, target__in=seen).order_by("passage__position", "start")
    cites = list(going.select_related("target", "target_passage"))
    html = "".join(
        render(one, [citation for citation in cites if citation.passage_id == one.pk]) for one in family if one.text
    )
    return About(
        passage,
        mark_safe(html),  # noqa: S308 what render makes is safe
        cited,
        quotation(family, cited, address),
        _once(cites),
        _coming(family, seen),
    )


def _below(passage: Passage) -> list[Passage]:
    if passage.kind not in (Kind.ARTICLE, Kind.CLAUSE):
        return []
    below = passage.edition.passages.filter(anchor__startswith=f"{passage.anchor}.", is_withdrawn=False)
    return list(below.order_by("position")[:MOST_BELOW])


def _once(citations: list[Citation]) -> list[Citation]:
    once: dict[tuple[int | None, int | None], Citation] = {}
    for citation in citations:
        once.setdefault((citation.target_id, citation.target_passage_id), citation)
    return list(once.values())


def _coming(family: list[Passage], seen: QuerySet[Document]) -> QuerySet[Passage]:
    """Each passage that names it, once, in the language of the text."""
    edition = family[0].edition
    naming = Passage.objects.filter(
        citations__target_passage__in=family, edition__language=edition.language, edition__document__in=seen
    )
    rows = naming.exclude(edition=edition).exclude(is_withdrawn=True)
    return rows.select_related("edition__document").order_by("edition__document__title", "position").distinct()
