"""What a proof officer sees: doubts first, then sheet by sheet what was understood, beside the source."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, Min, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from thongsuot.library.models import Doubt, Edition, Passage
from thongsuot.library.reading import render

# Why a reader was not sure, as a question for a person.
DOUBTS = {
    "run-in": _("Does a heading stand inside this passage?"),
    "caption": _("A picture without a caption: what does it show?"),
    "number": _("The numbers jump here: is something missing, or taken for a number?"),
    "picture": _("A picture could not be taken over: is it needed?"),
    "page": _("Is this the right printed page?"),
    "table": _("A large table was cut: is what matters still there?"),
    "formula": _("Is the formula right?"),
}
OTHER = _("Is this right?")


@dataclass
class Row:
    """A passage on the desk."""

    passage: Passage
    html: SafeString
    doubts: list[Doubt] = field(default_factory=list)
    depth: int = 0


@dataclass(frozen=True)
class DoubtRow:
    doubt: Doubt
    question: Any
    passage: Passage | None


def doubt_rows(doubts: Sequence[Doubt], edition: Edition) -> list[DoubtRow]:
    """With the passages they are about; one query."""
    anchors = {doubt.anchor for doubt in doubts}
    passages = {row.anchor: row for row in edition.passages.filter(anchor__in=anchors, is_withdrawn=False)}
    return [DoubtRow(doubt, DOUBTS.get(doubt.kind, OTHER), passages.get(doubt.anchor)) for doubt in doubts]


def doubt_counts(doubts: QuerySet[Doubt]) -> list[tuple[str, Any, int]]:
    """Kind, question and how many of it are open."""
    kinds = Counter(doubts.values_list("kind", flat=True))
    return [(kind, DOUBTS.get(kind, OTHER), number) for kind, number in kinds.most_common()]


def sheets_of(edition: Edition) -> tuple[int, int]:
    """First and last sheet that holds a passage; 0, 0 for a text whose source is not kept by sheets."""
    reach = edition.passages.filter(is_withdrawn=False, sheet__gt=0).aggregate(first=Min("sheet"), last=Max("sheet"))
    return reach["first"] or 0, reach["last"] or 0


def rows_on(edition: Edition, passages: Sequence[Passage], doubts: QuerySet[Doubt]) -> list[Row]:
    """The passages ready to be shown, with their doubts and pictures; two queries."""
    by_anchor: dict[str, list[Doubt]] = defaultdict(list)
    for doubt in doubts.filter(anchor__in=[passage.anchor for passage in passages]):
        doubt.question = DOUBTS.get(doubt.kind, OTHER)  # type: ignore[attr-defined]
        by_anchor[doubt.anchor].append(doubt)
    return [
        Row(passage, render(passage), by_anchor[passage.anchor], depth=_DEPTHS.get(passage.kind, 4))
        for passage in passages
    ]


# Sentences and lines begin after these; a capital may follow a small letter where a heading ran into the text.
_STARTS = re.compile(r"(?<=[.;:?!…”\"])\s+|\n+|(?<=[^\W\d_])\s*(?=\d{1,2}\. [^\W\d_])")
_DEPTHS = {"annex": 0, "part": 0, "chapter": 0, "section": 1, "subsection": 2, "article": 2, "clause": 3, "point": 4}


def cuts_of(passage: Passage, most: int = 40) -> list[tuple[str, str]]:
    """Places where the passage may be cut: before each sentence and line, as (words from there on, their beginning)."""
    text = passage.text or passage.heading
    found = []
    for match in _STARTS.finditer(text):
        words = text[match.end() :].strip()
        if words and match.end() > 0:
            found.append((words[:120], words[:70]))
    return found[:most]
