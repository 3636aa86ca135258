"""Whether a document is in force on a day, derived from its dates and from what other documents do to it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from thongsuot.library.models import Document, Relation

Kind = Relation.Kind
_ENDING = (Kind.REPLACES, Kind.REPEALS)


class State(TextChoices):
    NOT_YET = "not_yet", _("not yet in force")
    IN_FORCE = "in_force", _("in force")
    AMENDED = "amended", _("in force, amended")
    ENDED = "ended", _("no longer in force")
    UNKNOWN = "unknown", _("not known whether in force")


# The tone of its badge: meanings that the shared parts know.
TONES = {
    State.NOT_YET: "under_way", State.IN_FORCE: "done", State.AMENDED: "late", State.ENDED: "overdue",
    State.UNKNOWN: "excused",
}  # fmt: skip
# Books and handbooks are not in force or out of it.
_BINDING = (Document.Kind.LAW, Document.Kind.DECREE, Document.Kind.DIRECTIVE)


@dataclass
class Force:
    """``since`` and ``until`` are the days on which the state began and ends, where they are known."""

    state: State
    since: date | None = None
    until: date | None = None
    amended_by: list[Relation] = field(default_factory=list)
    ended_by: list[Relation] = field(default_factory=list)

    @property
    def tone(self) -> str:
        return TONES[self.state]


def force_of(document: Document, on: date) -> Force | None:
    """None for what binds nobody: books, and papers without a number."""
    return forces([document], on).get(document.pk)


def forces(documents: Iterable[Document], on: date) -> dict[int, Force]:
    """Of many documents with one query; only confirmed relations count."""
    binding = [document for document in documents if document.kind in _BINDING and document.number]
    changes: dict[int, list[Relation]] = defaultdict(list)
    keys = Q(target__in=[document.pk for document in binding])
    rows = Relation.objects.filter(keys, state=Relation.State.CONFIRMED) if binding else Relation.objects.none()
    for relation in rows.select_related("document"):
        changes[relation.target_id or 0].append(relation)
    return {document.pk: _force(document, changes[document.pk], on) for document in binding}


def ended_among(documents: Iterable[Document], on: date) -> set[int]:
    """Keys of those no longer in force on that day; what ended them is not fetched. One query."""
    binding = [document for document in documents if document.kind in _BINDING and document.number]
    ending = Relation.objects.filter(state=Relation.State.CONFIRMED, kind__in=_ENDING, anchor="").order_by()
    rows = ending.filter(target__in=[document.pk for document in binding]).values_list("target", "from_on")
    ended = {target for target, since in (rows if binding else ()) if target and (since is None or since <= on)}
    return ended | {one.pk for one in binding if one.in_force_to and one.in_force_to <= on}


def _force(document: Document, changes: list[Relation], on: date) -> Force:
    holding = [one for one in changes if one.holds_on(on)]
    ended = [one for one in holding if one.kind in _ENDING and not one.anchor]
    amended = [one for one in holding if one not in ended]
    since, until = document.in_force_from, document.in_force_to
    if ended or (until and until <= on):
        days = [one.from_on for one in ended if one.from_on] + ([until] if until else [])
        return Force(State.ENDED, since=min(days, default=None), ended_by=ended, amended_by=amended)
    # What is planned to end it, later.
    ends = [
        one.from_on for one in changes if one.kind in (Kind.REPLACES, Kind.REPEALS) and not one.anchor and one.from_on
    ]
    until = min([*ends, *([until] if until else [])], default=None)
    if (since and since > on) or (not since and document.issued_on and document.issued_on > on):
        return Force(State.NOT_YET, since=since, until=until)
    if amended:
        latest = max((one.from_on for one in amended if one.from_on), default=None)
        return Force(State.AMENDED, since=latest, until=until, amended_by=amended)
    if since:
        return Force(State.IN_FORCE, since=since, until=until)
    return Force(State.UNKNOWN, until=until)
