"""A person mends what was read; every newer text is mended again by itself."""

import copy
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thongsuot.journal.noting import note
from thongsuot.library import citing, mended
from thongsuot.library.formats.drafts import Draft, Reading
from thongsuot.library.mended import Change, NotFound, Wish
from thongsuot.library.models import Citation, Doubt, Edition, Mend, Passage
from thongsuot.library.rows import write_rows
from thongsuot.library.search import index
from thongsuot.people.models import Person
from thongsuot.units.models import new_uid
from thongsuot.viet.text import nfc
from thongsuot.web.errors import Refused

UNDONE = gettext_noop("mend undone")
SAID = {
    mended.WRITE: gettext_noop("words mended"), mended.KIND: gettext_noop("kind changed"),
    mended.SPLIT: gettext_noop("cut in two"), mended.JOIN: gettext_noop("joined with the passage before"),
    mended.REMOVE: gettext_noop("taken out"), mended.RIGHT: gettext_noop("found right"),
}  # fmt: skip
# A longer text is cited and indexed anew in the background.
AT_ONCE = 1500
_FIELDS = [
    "parent", "position", "kind", "anchor", "label", "heading", "text", "printed_page", "alt", "is_withdrawn",
    "now_in", "sheet",
]  # fmt: skip


class CannotMend(Refused):
    """The sentence says why not and what to do."""


@transaction.atomic
def mend(passage: Passage, verb: str, values: dict[str, Any], *, by: Person | None, at: datetime) -> Mend:
    """Do it to the text that stands, and remember it for every newer one. Raises CannotMend."""
    edition = Edition.objects.select_for_update(of=("self",)).select_related("document").get(pk=passage.edition_id)
    text = _Text(edition)
    place = text.place_of(passage)
    draft = text.drafts[place]
    values = {**values, "place": place}
    made = Mend(
        edition=edition, verb=verb, anchor=draft.anchor, kind=draft.kind, said=mended.said_by(draft), values=values,
        by=by, at=at,
    )  # fmt: skip
    try:
        found, change = mended.apply(text.drafts, _wish(made), at=place)
    except NotFound as error:
        raise CannotMend(_("That does not fit the passage any more. Load the page again and look.")) from error
    made.anchor, made.change = (found or draft).anchor, asdict(change)
    made.save()
    text.write(change)
    doubts = edition.doubts.filter(mend=None, anchor=draft.anchor if verb == mended.RIGHT else passage.anchor)
    if verb == mended.RIGHT and values.get("doubt"):
        doubts = doubts.filter(kind=values["doubt"])
    doubts.update(mend=made, anchor=made.anchor)
    now = mended.said_by(found)[:200] if found and verb != mended.REMOVE else ""
    document = edition.document
    note(document, SAID[verb], by=by, at=at, unit=document.unit, changes={"said": [made.said[:200], now]})
    if verb != mended.RIGHT:
        _follow(edition)
    return made


@transaction.atomic
def undo(made: Mend, *, by: Person | None, at: datetime) -> None:
    """As it was before. Raises CannotMend where a later mend rests on it."""
    edition = Edition.objects.select_for_update(of=("self",)).select_related("document").get(pk=made.edition_id)
    made.refresh_from_db()
    if made.undone_at:
        return
    if not made.is_lost:
        change = _change(made)
        for later in edition.mends.filter(pk__gt=made.pk, undone_at=None, is_lost=False).exclude(verb=mended.RIGHT):
            if _change(later).touches() & change.touches():
                raise CannotMend(
                    _("A later mend rests on this one: “%(mend)s”. Undo that one first.") % {"mend": later}
                )
        text = _Text(edition)
        try:
            mended.revert(text.drafts, made.change)
        except NotFound as error:
            raise CannotMend(_("The text has changed too much since to go back.")) from error
        text.write(Change())
    made.doubts.update(mend=None, anchor=made.change.get("rows", {}).get(made.anchor, {}).get("anchor", made.anchor))
    made.undone_at, made.undone_by = at, by
    made.save()
    document = edition.document
    note(document, UNDONE, by=by, at=at, unit=document.unit, changes={"said": ["", made.said[:200]]})
    if made.verb != mended.RIGHT and not made.is_lost:
        _follow(edition)


def inherit(edition: Edition) -> None:
    """A text of another day begins with the mends of the one before it, or next to it; none of them is done yet."""
    others = edition.document.editions.filter(language=edition.language).exclude(pk=edition.pk)
    before = others.filter(valid_from__lt=edition.valid_from) if edition.valid_from else others
    nearest = before.order_by("-valid_from", "pk").first() or others.order_by("valid_from", "pk").first()
    if nearest is None:
        return
    for made in nearest.mends.filter(undone_at=None, is_lost=False):
        made.pk, made.uid, made.edition, made.change, made._state.adding = None, new_uid(), edition, {}, True
        made.save()


def mend_reading(edition: Edition, reading: Reading) -> dict[str, Mend]:
    """Do all mends of the edition to what was just read. Returns which doubt, by anchor and kind, was answered.

    A mend that finds its place no more is marked as lost; one that only another day's text had falls away unless the
    same words stand here too. The edition must be saved.
    """
    answered: dict[int, list[Mend]] = {}
    named = {draft.anchor: draft for draft in reading.drafts}
    for made in _to_do(edition, reading.drafts):
        try:
            found, change = mended.apply(reading.drafts, _wish(made))
        except NotFound:
            made.is_lost = True
        else:
            made.is_lost, made.change = False, asdict(change)
            if found:
                made.anchor = found.anchor
                answered.setdefault(id(found), []).append(made)
        made.save()
    doubted: dict[str, Mend] = {}
    stays = {id(draft) for draft in reading.drafts}
    for doubt in list(reading.doubts):
        draft = named.get(doubt.anchor)
        if draft is None:
            continue
        doubt.anchor = draft.anchor
        for made in answered.get(id(draft), ()):
            if made.verb != mended.RIGHT or made.values.get("doubt") in (None, "", doubt.kind):
                doubted[f"{doubt.anchor} {doubt.kind}"] = made
        if id(draft) not in stays and f"{doubt.anchor} {doubt.kind}" not in doubted:
            reading.doubts.remove(doubt)
    return doubted


def _to_do(edition: Edition, drafts: Sequence[Draft]) -> Iterator[Mend]:
    """One after the other, as each may rest on those before it."""
    for made in edition.mends.filter(undone_at=None):
        was_done = bool(made.change) or made.is_lost
        if was_done or mended.stands(drafts, _wish(made)):
            yield made
        else:
            made.delete()


def bring_up_to_date(edition: Edition) -> None:
    """Its citations and its entries in the search, after mends."""
    citing.cite(edition)
    citing.resolve_waiting([edition.document])
    index.update(edition.document_id)


def _follow(edition: Edition) -> None:
    """Citations and search entries; those of a long text follow in the background."""
    document = edition.document
    if edition.passages.filter(is_withdrawn=False).count() <= AT_ONCE:
        citing.cite(edition)
        citing.resolve_waiting([document])
        transaction.on_commit(partial(index.update, document.pk), robust=True)
    else:
        from thongsuot.library.tasks import refresh_later

        refresh_later(edition)


def _wish(made: Mend) -> Wish:
    values = {name: value for name, value in made.values.items() if name != "place"}
    return Wish(made.verb, made.anchor, made.kind, made.said, values, made.values.get("place", 0))


def _change(made: Mend) -> Change:
    return Change(**made.change) if made.change else Change()


class _Text:
    """The passages of an edition as drafts, and back into rows."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        rows = list(edition.passages.filter(is_withdrawn=False).order_by("position", "pk"))
        names = {row.pk: row.anchor for row in rows}
        self.drafts = [_draft(row, names) for row in rows]
        self.rows = {id(draft): row for draft, row in zip(self.drafts, rows, strict=True)}
        self._kept = list(self.drafts)  # drafts are known by their identity: none may be collected
        self._was = {id(draft): copy.copy(draft) for draft in self.drafts}

    def place_of(self, passage: Passage) -> int:
        for n, draft in enumerate(self.drafts):
            if self.rows[id(draft)].pk == passage.pk:
                return n
        raise CannotMend(_("The passage does not stand in the text any more."))

    def write(self, change: Change) -> None:
        """Rows to what the drafts say now; what is gone is withdrawn, what comes back is the same passage again."""
        stays = {id(draft) for draft in self.drafts}
        gone = [self.rows[id(draft)] for draft in self._kept if id(draft) not in stays]
        withdrawn = {row.anchor: row for row in self.edition.passages.filter(is_withdrawn=True)}
        places = list(enumerate(self.drafts, start=1))
        rows = [self.rows.get(id(draft)) or withdrawn.get(draft.anchor) for draft in self.drafts]
        self._make_way(rows, gone)
        made = [row or Passage(edition=self.edition) for row in rows]
        by_anchor = {draft.anchor: row for draft, row in zip(self.drafts, made, strict=True)}
        changed = [
            (place, draft, row)
            for (place, draft), row in zip(places, made, strict=True)
            if self._was.get(id(draft)) != draft or row.position != place
        ]
        for place, draft, row in changed:
            for name in ("kind", "anchor", "label", "heading", "text", "printed_page", "alt", "sheet"):
                setattr(row, name, getattr(draft, name))
            row.text, row.label, row.heading = nfc(row.text), nfc(row.label)[:120], nfc(row.heading)[:400]
            row.position, row.is_withdrawn, row.now_in = place, False, None
        Passage.objects.bulk_create([row for _place, _draft, row in changed if not row.pk])
        for _place, draft, row in changed:
            row.parent = by_anchor.get(draft.parent)
        write_rows([row for _place, _draft, row in changed], _FIELDS)
        self._withdraw(gone, change, by_anchor)

    def _make_way(self, rows: Sequence[Passage | None], gone: Sequence[Passage]) -> None:
        """Addresses that change hands are freed first, since no two passages may have one."""
        wanted = {draft.anchor for draft in self.drafts}
        moving = [
            row for draft, row in zip(self.drafts, rows, strict=True) if row and row.pk and row.anchor != draft.anchor
        ]
        moving += [row for row in gone if row.anchor in wanted]
        kept = {row.pk for row in rows if row} | {row.pk for row in gone}
        moving += self.edition.passages.filter(is_withdrawn=True, anchor__in=self._new_anchors()).exclude(pk__in=kept)
        for row in moving:
            row.anchor = f"truoc-{uuid.uuid4().hex}"
        write_rows(moving, ["anchor"])

    def _new_anchors(self) -> list[str]:
        return [d.anchor for d in self.drafts if id(d) not in self.rows or self.rows[id(d)].anchor != d.anchor]

    def _withdraw(self, gone: Sequence[Passage], change: Change, by_anchor: dict[str, Passage]) -> None:
        for row in gone:
            row.is_withdrawn, row.parent = True, None
            if taker := by_anchor.get(change.joined.get(row.anchor, "")):
                row.now_in = taker
                # What cites the passage goes on citing its words.
                Citation.objects.filter(target_passage=row).update(target_passage=taker)
        write_rows(gone, ["is_withdrawn", "parent", "now_in"])


def _draft(row: Passage, names: dict[int, str]) -> Draft:
    return Draft(
        row.kind, row.anchor, names.get(row.parent_id or 0, ""), row.label, row.heading, row.text, row.printed_page,
        row.picture, f"#{row.image_id}" if row.image_id else "", row.alt, row.sheet,
    )  # fmt: skip


def open_doubts(edition: Edition) -> Any:
    """Those that nobody has looked at yet, in the order of the text."""
    return Doubt.objects.filter(edition=edition, mend=None)
