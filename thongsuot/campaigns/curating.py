"""The curator lays a trail: takes passages up, orders and introduces them, and looks again when a text changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thongsuot.campaigns.models import Topic, TrailStep
from thongsuot.campaigns.moments import day_of
from thongsuot.campaigns.spans import Span, Texts, words_of
from thongsuot.campaigns.walking import MOST
from thongsuot.journal.noting import note, write
from thongsuot.library.models import Passage
from thongsuot.library.reading import in_language
from thongsuot.people.models import Person
from thongsuot.people.rights import Act, require
from thongsuot.web.errors import Refused

LAID = gettext_noop("trail laid")
ADDED = gettext_noop("step added to a trail")
MOVED = gettext_noop("steps of a trail moved")
REWORDED = gettext_noop("step of a trail introduced anew")
TAKEN_OUT = gettext_noop("step taken out of a trail")
PUT_BACK = gettext_noop("step put back on a trail")
LOOKED_AT = gettext_noop("changed step of a trail looked at")
REPLACED = gettext_noop("step of a trail given another passage")
# Parts of a line that no form names.
gettext_noop("core content"), gettext_noop("step"), gettext_noop("place on the trail"), gettext_noop("steps")

UP, DOWN, TOP, BOTTOM = "up", "down", "top", "bottom"


class MovedOn(Refused):
    """Someone else changed the same thing meanwhile; the page shows it as it stands now."""


@transaction.atomic
def add_step(
    topic: Topic,
    passage: Passage,
    *,
    last: Passage | None = None,
    introduction: str = "",
    introduction_en: str = "",
    by: Person | None,
    at: datetime,
) -> TrailStep:
    """At the end of the trail. Refuses what stands on it already and what is too long for one step.

    A trail points at the Vietnamese text where there is one: readers of English meet the same place in theirs.
    """
    topic = _locked(topic, by, at)
    first, end = _chosen(passage, last)
    steps = list(topic.steps.select_related("passage", "last"))
    _refuse_twice(steps, first, end)
    step = TrailStep.objects.create(
        topic=topic,
        passage=first,
        last=end,
        order=len(steps) + 1,
        introduction=introduction.strip()[:400],
        introduction_en=introduction_en.strip()[:400],
        said=_said(first, end),
    )
    _reorder(topic, [*steps, step])
    _note(topic, ADDED, by, at, step=["", str(step)], place=["", str(step.order)])
    return step


@transaction.atomic
def move_step(step: TrailStep, to: str, *, version: int, by: Person | None, at: datetime) -> TrailStep:
    """One place UP or DOWN, or to the TOP or BOTTOM of the trail; ``version`` is of the order that she saw."""
    topic = _locked(step.topic, by, at)
    _same_order(topic, version)
    steps = list(topic.steps.all())
    was = next((n for n, one in enumerate(steps) if one.pk == step.pk), None)
    if was is None:
        raise MovedOn(_gone())
    goes = {UP: max(was - 1, 0), DOWN: min(was + 1, len(steps) - 1), TOP: 0, BOTTOM: len(steps) - 1}.get(to, was)
    if goes != was:
        steps.insert(goes, steps.pop(was))
        _reorder(topic, steps)
        _note(topic, MOVED, by, at, step=["", str(step)], place=[str(was + 1), str(goes + 1)])
    return step


@transaction.atomic
def order_trail(topic: Topic, uids: Sequence[UUID], *, version: int, by: Person | None, at: datetime) -> None:
    """All steps in a new order, as they were dragged."""
    topic = _locked(topic, by, at)
    _same_order(topic, version)
    steps = {step.uid: step for step in topic.steps.all()}
    if set(uids) != set(steps) or len(uids) != len(steps):
        raise MovedOn(_("This is not the trail as it stands now. Look at it, and move the step again."))
    before = list(steps)
    if before != list(uids):
        _reorder(topic, [steps[uid] for uid in uids])
        moved = [before.index(uid) + 1 for uid in uids]
        _note(topic, MOVED, by, at, place=[_row(range(1, len(moved) + 1)), _row(moved)])


def _row(numbers: Iterable[int]) -> str:
    return " ".join(map(str, numbers))


@transaction.atomic
def reword_step(
    step: TrailStep, *, introduction: str, introduction_en: str, revision: int, by: Person | None, at: datetime
) -> TrailStep:
    """``revision`` is that of the words that she saw: two curators do not write over each other."""
    topic = _locked(step.topic, by, at)
    step = _standing(step)
    if step.revision != revision:
        raise MovedOn(
            _("Someone else has written this introduction anew meanwhile. Yours was not saved: see theirs first.")
        )
    words = {"introduction": introduction.strip()[:400], "introduction_en": introduction_en.strip()[:400]}
    if changes := write(step, words):
        step.revision += 1
        step.save(update_fields=[*words, "revision"])
        _note(topic, REWORDED, by, at, step=["", str(step)], **changes)
    return step


@transaction.atomic
def take_out(step: TrailStep, *, by: Person | None, at: datetime) -> TrailStep:
    """Off the trail, not lost: it can be put back where it stood."""
    topic = _locked(step.topic, by, at)
    step = _standing(step)
    step.taken_out_at = at
    step.save(update_fields=["taken_out_at"])
    _reorder(topic, list(topic.steps.all()))
    _note(topic, TAKEN_OUT, by, at, step=[str(step), ""], place=[str(step.order), ""])
    return step


@transaction.atomic
def put_back(step: TrailStep, *, by: Person | None, at: datetime) -> TrailStep:
    """Where it stood, or at the end of a trail that has become shorter."""
    topic = _locked(step.topic, by, at)
    step = TrailStep.with_taken_out.select_related("passage", "last").get(pk=step.pk)
    if step.taken_out_at is None:
        return step
    steps = list(topic.steps.select_related("passage", "last"))
    _refuse_twice(steps, step.passage, step.last)
    step.taken_out_at = None
    step.save(update_fields=["taken_out_at"])
    steps.insert(min(step.order - 1, len(steps)), step)
    _reorder(topic, steps)
    _note(topic, PUT_BACK, by, at, step=["", str(step)], place=["", str(step.order)])
    return step


@transaction.atomic
def look_at(step: TrailStep, *, by: Person | None, at: datetime) -> TrailStep:
    """The curator has seen how the text stands now, and keeps the step."""
    topic = _locked(step.topic, by, at)
    step = _standing(step)
    says = _said(step.passage, step.last)
    if says != step.said:
        step.said = says
        step.save(update_fields=["said"])
        _note(topic, LOOKED_AT, by, at, step=["", str(step)])
    return step


@transaction.atomic
def replace_passage(step: TrailStep, passage: Passage, *, by: Person | None, at: datetime) -> TrailStep:
    """Another passage in the place of one that is gone; introduction and place stay."""
    topic = _locked(step.topic, by, at)
    step = _standing(step)
    was = str(step)
    step.passage, step.last = _chosen(passage, None)
    step.said = _said(step.passage, None)
    step.revision += 1
    step.save(update_fields=["passage", "last", "said", "revision"])
    _note(topic, REPLACED, by, at, step=[was, str(step)])
    return step


@dataclass(frozen=True)
class Laid:
    """A step to be laid: a passage, or those up to ``last``, and the line that introduces it."""

    passage: Passage
    introduction: str = ""
    introduction_en: str = ""
    last: Passage | None = None


@transaction.atomic
def lay_trail(topic: Topic, laid: Iterable[Laid], *, by: Person | None, at: datetime) -> list[TrailStep]:
    """The whole trail at once. What stood on it keeps its step; what is named no more is taken out."""
    topic = _locked(topic, by, at)
    standing = {(step.passage_id, step.last_id): step for step in topic.steps.all()}
    rows = list(laid)
    texts = Texts([(row.passage, row.last) for row in rows])
    steps = []
    for n, row in enumerate(rows, start=1):
        step = standing.pop((row.passage.pk, row.last.pk if row.last else None), None)
        step = step or TrailStep(topic=topic, passage=row.passage, last=row.last, order=n)
        step.introduction, step.introduction_en = row.introduction[:400], row.introduction_en[:400]
        step.said = words_of(texts.of(row.passage, row.last))
        step.save()
        steps.append(step)
    TrailStep.objects.filter(pk__in=[step.pk for step in standing.values()]).update(taken_out_at=at)
    _reorder(topic, steps)
    _note(topic, LAID, by, at, steps=["", str(len(steps))])
    return steps


def _locked(topic: Topic, by: Person | None, at: datetime) -> Topic:
    """One curator at a time writes to a trail."""
    topic = Topic.objects.select_for_update(of=("self",)).select_related("campaign__unit").get(pk=topic.pk)
    if by is not None:
        require(by, Act.DIRECT, topic.campaign.unit, day_of(at))
    return topic


def _same_order(topic: Topic, version: int) -> None:
    if topic.trail_version != version:
        raise MovedOn(_("Someone else has changed this trail meanwhile. Look at it, and move the step again."))


def _gone() -> str:
    return _("Someone else has taken this step out of the trail meanwhile.")


def _refuse_twice(steps: Sequence[TrailStep], first: Passage, last: Passage | None) -> None:
    for place, step in enumerate(steps, start=1):
        if (step.passage, step.last) == (first, last):
            raise Refused(_("This stands on the trail already, as step %(place)s.") % {"place": place})


def _standing(step: TrailStep) -> TrailStep:
    found = TrailStep.objects.select_related("passage__edition__document", "last").filter(pk=step.pk).first()
    if found is None:
        raise MovedOn(_gone())
    return found


def _reorder(topic: Topic, steps: Sequence[TrailStep]) -> None:
    moved = [step for n, step in enumerate(steps, start=1) if step.order != n]
    for n, step in enumerate(steps, start=1):
        step.order = n
    TrailStep.objects.bulk_update(moved, ["order"])
    topic.trail_version += 1
    topic.save(update_fields=["trail_version"])


def _chosen(passage: Passage, last: Passage | None) -> Span:
    """The span in Vietnamese where the document has it; refused when it is gone, upside down or too long."""
    if passage.is_withdrawn or (last and last.is_withdrawn):
        raise Refused(_("This passage no longer stands in the text: choose one that does."))
    first, end = _in_vietnamese(passage, last)
    if end == first:
        end = None
    if end and (end.edition_id != first.edition_id or end.position < first.position):
        raise Refused(_("A step goes from one passage to a later one of the same text."))
    if len(Texts([(first, end)]).of(first, end)) > MOST:
        sentence = _("That is more than %(most)s passages: choose a section or a few passages of it.")
        raise Refused(sentence % {"most": MOST})
    return first, end


def _in_vietnamese(passage: Passage, last: Passage | None) -> Span:
    first, end = in_language(passage, "vi"), in_language(last, "vi") if last else None
    # A run whose end is missing in Vietnamese stays as it was read.
    return (passage, last) if end and end.edition_id != first.edition_id else (first, end)


def _said(first: Passage, last: Passage | None) -> str:
    return words_of(Texts([(first, last)]).of(first, last))


def _note(topic: Topic, verb: str, by: Person | None, at: datetime, **changes: list[str]) -> None:
    if place := changes.pop("place", None):
        changes["place on the trail"] = place
    note(topic.campaign, verb, by=by, at=at, changes={"core content": ["", topic.title], **changes})
