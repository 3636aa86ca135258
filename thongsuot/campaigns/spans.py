"""Which passages a step of a trail takes in: one with all that stands under it, or several in a row."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from thongsuot.library.models import Passage

Span = tuple[Passage, Passage | None]
# A chapter has sections, a section articles, an article clauses, a clause points.
LEVELS = 4


class Texts:
    """The passages of many spans, read together: a fixed number of queries."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = {(first.pk, last.pk if last else None): (first, last) for first, last in spans}
        self._rows = _between([(first, last) for first, last in self._spans.values() if last])
        self._below = _below({(last or first).pk for first, last in self._spans.values()})
        self._known: dict[tuple[int, int | None], list[Passage]] = {}

    def of(self, first: Passage, last: Passage | None = None) -> list[Passage]:
        """In their order, the span's own first."""
        key = (first.pk, last.pk if last else None)
        if key not in self._known:
            self._known[key] = sorted(self._of(first, last), key=lambda each: each.position)
        return self._known[key]

    def _of(self, first: Passage, last: Passage | None) -> Iterable[Passage]:
        if last is None:
            return [first, *self._under(first)]
        rows = {row.pk: row for row in self._rows[first.edition_id] if first.position <= row.position <= last.position}
        rows |= {row.pk: row for row in (first, last, *self._under(last))}
        return rows.values()

    def _under(self, passage: Passage) -> Iterable[Passage]:
        for child in self._below.get(passage.pk, ()):
            yield child
            yield from self._under(child)


def _between(spans: Iterable[tuple[Passage, Passage | None]]) -> dict[int, list[Passage]]:
    """By edition, what stands from the first to the last passage of each span."""
    reach = Q(pk__in=[])
    for first, last in spans:
        if last:
            reach |= Q(edition=first.edition_id, position__gte=first.position, position__lte=last.position)
    rows: dict[int, list[Passage]] = defaultdict(list)
    for row in Passage.objects.filter(reach, is_withdrawn=False) if reach != Q(pk__in=[]) else ():
        rows[row.edition_id].append(row)
    return rows


def _below(parents: set[int]) -> dict[int, list[Passage]]:
    below: dict[int, list[Passage]] = defaultdict(list)
    for _level in range(LEVELS):
        children = list(Passage.objects.filter(parent_id__in=parents, is_withdrawn=False).order_by("position"))
        for child in children:
            below[child.parent_id or 0].append(child)
        parents = {child.pk for child in children}
        if not parents:
            break
    return below


def words_of(passages: Iterable[Passage]) -> str:
    """What a step says, to be compared with what it will say after the next import."""
    return "\n\n".join(said for each in passages if (said := f"{each.heading}\n{each.text}".strip()))
