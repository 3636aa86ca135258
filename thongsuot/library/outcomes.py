"""What an import brought, as a person is shown it: counts by kind, and the passages that are new, other or gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thongsuot.library.differences import ADDED, REMOVED, Run, said, word_runs
from thongsuot.library.models import Import, Passage

SHOWN = {"changed": gettext_lazy("Changed"), "fresh": gettext_lazy("New"), "gone": gettext_lazy("Gone")}


@dataclass(frozen=True)
class Shown:
    """A passage with what was added to it and taken away."""

    passage: Passage
    runs: list[Run]


def kinds_of(found: dict[str, Any]) -> list[tuple[str, int]]:
    """Names of kinds of passages in the reader's language, with how many there are."""
    names = dict(Passage.Kind.choices)
    return [(capfirst(str(names.get(kind, kind))), number) for kind, number in found.get("kinds", {}).items()]


def counts(order: Import) -> list[tuple[str, int]]:
    return [
        (_("new passages"), order.counts["fresh"]),
        (_("the same as before"), order.counts["same"]),
        (_("changed"), order.counts["changed"]),
        (_("gone"), order.counts["gone"]),
    ]


def changes(show: str, listed: Sequence[Any]) -> list[Shown]:
    """One query for all that are listed, in their order."""
    before = {one[0]: one[1] for one in listed} if show == "changed" else {}
    uids = [one[0] if show == "changed" else one for one in listed]
    rows = {str(row.uid): row for row in Passage.objects.filter(uid__in=uids).select_related("edition__document")}
    made = []
    for uid in uids:
        if passage := rows.get(uid):
            words = said(passage)
            if show == "changed":
                runs = word_runs(before[uid], words)
            else:
                runs = [Run(words, REMOVED if show == "gone" else ADDED)]
            made.append(Shown(passage, runs))
    return made
