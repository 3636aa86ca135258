"""References that lead nowhere yet, grouped by what they name, for the librarian who settles them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

from thongsuot.library.cited_by import quote
from thongsuot.library.models import Citation, Document

MISSING, PLACE, NAME = "missing", "place", "name"
KINDS = (
    (MISSING, _("document not in the library")),
    (PLACE, _("passage not found")),
    (NAME, _("name not understood")),
)
_EXAMPLES = 3


@dataclass
class Group:
    """Places that name one thing. ``target`` is the document where only the passage is not found."""

    number: str
    name: str
    anchor: str
    places: int
    documents: int
    target: Document | None = None
    examples: list[Citation] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.number or self.examples[0].matched if self.examples else self.number or self.name


def of_kind(citations: QuerySet[Citation], kind: str) -> QuerySet[Citation]:
    """Those that are open: nobody said that they are none, and they are not of the text itself."""
    rows = citations.filter(is_void=False, is_own=False)
    if kind == PLACE:
        return rows.filter(target__has_text=True, target_passage=None).exclude(anchor="")
    if kind == NAME:
        return rows.filter(target=None, number="").exclude(name="")
    return rows.filter(target=None).exclude(number="")


def counts(citations: QuerySet[Citation]) -> dict[str, int]:
    """How many things are open of each kind; one query each."""
    return {kind: of_kind(citations, kind).values(*_keys(kind)).distinct().count() for kind, _label in KINDS}


def _keys(kind: str) -> tuple[str, ...]:
    return {PLACE: ("target", "number", "anchor"), NAME: ("name",)}.get(kind, ("number",))


def groups(citations: QuerySet[Citation], kind: str, words: str = "") -> QuerySet[Citation, dict[str, object]]:
    """Rows for paging, what most texts name first. ``words`` narrows by number or name."""
    rows = of_kind(citations, kind)
    if words:
        rows = rows.filter(Q(number__icontains=words) | Q(name__icontains=words))
    counted = rows.order_by().values(*_keys(kind))
    counted = counted.annotate(places=Count("pk"), documents=Count("document", distinct=True))
    return counted.order_by("-places", *_keys(kind))


def filled(rows: Sequence[dict[str, object]], citations: QuerySet[Citation], kind: str) -> list[Group]:
    """The groups of a page with examples and targets; two queries."""
    made = [
        Group(
            number=str(row.get("number") or ""), name=str(row.get("name") or ""), anchor=str(row.get("anchor") or ""),
            places=int(str(row["places"])), documents=int(str(row["documents"])),
        )
        for row in rows
    ]  # fmt: skip
    keys = _keys(kind)
    wanted = Q(pk__in=[])
    for row in rows:
        wanted |= Q(**{key: row[key] for key in keys})
    numbered = of_kind(citations, kind).filter(wanted).annotate(
        nth=Window(RowNumber(), partition_by=[F(key) for key in keys], order_by=F("pk").asc())
    )  # fmt: skip
    examples: dict[tuple[object, ...], list[Citation]] = defaultdict(list)
    for citation in numbered.filter(nth__lte=_EXAMPLES).select_related("document", "passage", "target"):
        examples[tuple(getattr(citation, f"{key}_id" if key == "target" else key) for key in keys)].append(citation)
    for row, group in zip(rows, made, strict=True):
        group.examples = examples[tuple(row[key] for key in keys)]
        quote(group.examples)
        group.target = group.examples[0].target if group.examples else None
    return made


def named(citations: QuerySet[Citation], number: str, name: str) -> QuerySet[Citation]:
    """All places that name this, settled or not, for its own page."""
    rows = citations.filter(is_own=False)
    rows = rows.filter(number=number) if number else rows.filter(number="", name=name)
    return rows.select_related("document", "passage", "target").order_by("document", "passage__position", "pk")
