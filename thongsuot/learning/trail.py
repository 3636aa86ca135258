"""The trail of a core content, ready to be read in place: introductions, passages, printed pages."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from thongsuot.campaigns.models import Topic, TrailStep
from thongsuot.library.models import Document, Passage
from thongsuot.library.reading import item_number, picture_url, render

# An article has clauses, a clause has points; a whole chapter is rather read in the library.
LEVELS = 2
MOST_BELOW = 40


@dataclass(frozen=True)
class Piece:
    """One passage of a step; those under the step's own passage have ``depth`` 1 or 2."""

    passage: Passage
    html: SafeString
    picture: str
    depth: int
    number: str = ""  # of a clause or point
    points: Sequence[str] = ()  # letters of the points that an outline names without words


@dataclass(frozen=True)
class Step:
    step: TrailStep
    passage: Passage
    document: Document
    pieces: list[Piece]


def steps_of(topic: Topic, *, seen: QuerySet[Document], language: str) -> list[Step]:
    """Steps whose documents the reader may see, in her language where there is such a text.

    A fixed number of queries, however long the trail is.
    """
    steps = list(
        topic.steps.filter(passage__edition__document__in=seen)
        .select_related("passage__edition__document")
        .order_by("order")
    )
    shown = _in_language([step.passage for step in steps], language)
    below = _below(shown.values())
    return [
        Step(step, own, step.passage.edition.document, list(_pieces(own, below)))
        for step in steps
        for own in [shown[step.passage_id]]
    ]


def _in_language(passages: list[Passage], language: str) -> dict[int, Passage]:
    """By the key of the passage cited: the same place in the reader's language, else that passage."""
    twins = Passage.objects.filter(
        edition__language=language,
        edition__document__in={passage.edition.document_id for passage in passages},
        anchor__in={passage.anchor for passage in passages},
        is_withdrawn=False,
    ).select_related("edition__document")
    by_place = {(twin.edition.document_id, twin.anchor): twin for twin in twins}
    return {
        passage.pk: passage
        if passage.edition.language == language
        else by_place.get((passage.edition.document_id, passage.anchor), passage)
        for passage in passages
    }


def _below(passages: Iterable[Passage]) -> dict[int, list[Passage]]:
    below: dict[int, list[Passage]] = defaultdict(list)
    parents = [passage.pk for passage in passages]
    for _level in range(LEVELS):
        children = list(Passage.objects.filter(parent_id__in=parents, is_withdrawn=False).order_by("position"))
        for child in children:
            if child.parent_id is not None:
                below[child.parent_id].append(child)
        parents = [child.pk for child in children]
    return below


def _pieces(passage: Passage, below: dict[int, list[Passage]], depth: int = 0) -> Iterable[Piece]:
    children = below.get(passage.pk, [])[:MOST_BELOW]
    points = [item_number(child) for child in children if _is_bare_point(child)]
    number = item_number(passage) if passage.kind in (Passage.Kind.CLAUSE, Passage.Kind.POINT) else ""
    yield Piece(passage, render(passage), picture_url(passage), depth, number, points)
    for child in children:
        if not _is_bare_point(child):
            yield from _pieces(child, below, depth + 1)


def _is_bare_point(passage: Passage) -> bool:
    return passage.kind == Passage.Kind.POINT and not passage.text
