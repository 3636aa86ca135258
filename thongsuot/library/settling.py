"""Drafts meet the passages that stand: what is the same keeps its identity, what is gone stays for who cited it."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from rapidfuzz import fuzz

from thongsuot.library import anchoring
from thongsuot.library.formats.drafts import Draft
from thongsuot.library.models import Edition, Passage, Picture
from thongsuot.library.rows import as_it_is, write_rows
from thongsuot.viet.text import fold, nfc

# Two texts are the same passage from this likeness on, in percent; with the same address a little less will do.
ALIKE, ALIKE_AT_HOME = 82.0, 60.0
# How far from its old place, in passages, a changed one is looked for.
_REACH = 40
_FIELDS = [
    "parent", "position", "kind", "anchor", "label", "heading", "text", "printed_page", "picture", "image", "alt",
    "is_withdrawn", "now_in", "sheet",
]  # fmt: skip
_NUMBERED = ("dieu-", "chuong-", "muc-", "phan-", "phu-luc", "kem-theo")


@dataclass
class Settled:
    """What became of the passages. ``changed`` holds (passage, what it said before)."""

    kept: int = 0
    fresh: list[Passage] = field(default_factory=list)
    changed: list[tuple[Passage, str]] = field(default_factory=list)
    gone: list[Passage] = field(default_factory=list)


def settle(
    edition: Edition, drafts: Sequence[Draft], *, by_text: bool = False, pictures: Mapping[str, Picture] | None = None
) -> Settled:
    """Bring the edition's passages to these drafts; one that is gone is withdrawn, never deleted.

    Identity goes by the anchor: its author gave it, or it is the number of an article. With ``by_text`` the passages
    of a book, whose anchors only count, are known again by what they say.
    """
    _refuse_doubles(drafts)
    standing = list(edition.passages.order_by("position", "pk"))
    matched = _match(drafts, standing, by_text=by_text)
    settled = Settled()
    used = {passage.pk for passage in matched.values()}
    settled.gone = [passage for passage in standing if passage.pk not in used and not passage.is_withdrawn]
    _make_way(edition, standing, drafts, matched)
    placed: dict[str, Passage] = {}
    waiting = list(enumerate(drafts, start=1))
    # Parents first: each round places those whose parent stands.
    while waiting:
        ready = [(n, draft) for n, draft in waiting if not draft.parent or draft.parent in placed]
        if not ready:
            raise ValueError(f"no such parent: {waiting[0][1].parent}")
        fresh: list[Passage] = []
        there: list[Passage] = []
        for position, draft in ready:
            passage = matched.get(draft.anchor) or Passage(edition=edition)
            before = f"{passage.heading}\n{passage.text}" if passage.pk and not passage.is_withdrawn else None
            row = as_it_is(passage, _FIELDS) if passage.pk else None
            _fill(passage, draft, position, placed.get(draft.parent), pictures or {})
            _count(settled, passage, before)
            placed[passage.anchor] = passage
            if row is None:
                fresh.append(passage)
            elif row != as_it_is(passage, _FIELDS):
                there.append(passage)
        Passage.objects.bulk_create(fresh, batch_size=500)
        write_rows(there, _FIELDS)
        done = {n for n, _draft in ready}
        waiting = [pair for pair in waiting if pair[0] not in done]
    edition.passages.filter(pk__in=[passage.pk for passage in settled.gone]).update(is_withdrawn=True, parent=None)
    if settled.gone or settled.changed:
        anchoring.follow(edition)
    return settled


def _count(settled: Settled, passage: Passage, before: str | None) -> None:
    if before is None:
        settled.fresh.append(passage)
    elif before == f"{passage.heading}\n{passage.text}":
        settled.kept += 1
    else:
        settled.changed.append((passage, before.strip()))


def _match(drafts: Sequence[Draft], standing: Sequence[Passage], *, by_text: bool) -> dict[str, Passage]:
    """Which passage each draft is; those that are new have none."""
    by_anchor = {passage.anchor: passage for passage in standing}
    if not by_text:
        return {draft.anchor: by_anchor[draft.anchor] for draft in drafts if draft.anchor in by_anchor}
    found: dict[str, Passage] = {}
    taken: set[int] = set()

    def take(draft: Draft, passage: Passage) -> None:
        found[draft.anchor] = passage
        taken.add(passage.pk)

    for draft in drafts:
        if draft.anchor.startswith(_NUMBERED) and (passage := by_anchor.get(draft.anchor)):
            take(draft, passage)
    by_words: dict[tuple[str, str], list[Passage]] = defaultdict(list)
    for passage in standing:
        if passage.pk not in taken:
            by_words[passage.kind, _words(passage)].append(passage)
    for draft in drafts:
        same = by_words.get((draft.kind, _words(draft)))
        if draft.anchor not in found and same and _words(draft):
            at_home = next((n for n, passage in enumerate(same) if passage.anchor == draft.anchor), 0)
            take(draft, same.pop(at_home))
    left = [passage for passage in standing if passage.pk not in taken]
    _match_alike([draft for draft in drafts if draft.anchor not in found], drafts, left, found, take)
    return found


def _match_alike(
    missing: list[Draft],
    drafts: Sequence[Draft],
    left: list[Passage],
    found: Mapping[str, Passage],
    take: Callable[[Draft, Passage], None],
) -> None:
    """Nearly the same words near the same place: after the passage that the draft before it is."""
    before: dict[str, int] = {}
    position = 0
    for draft in drafts:
        before[draft.anchor] = position
        if passage := found.get(draft.anchor):
            position = passage.position
    # By kind and place: a long book that was rewritten throughout is compared with its neighbourhood only.
    free: dict[str, list[tuple[int, str, Passage]]] = defaultdict(list)
    for passage in left:
        free[passage.kind].append((passage.position, _words(passage), passage))
    for draft in missing:
        near = free[draft.kind]
        begin = bisect_left(near, before[draft.anchor] - _REACH, key=itemgetter(0))
        end = bisect_right(near, before[draft.anchor] + _REACH, key=itemgetter(0))
        words, best, likeness = _words(draft), -1, 0.0
        for n in range(begin, end):
            needed = ALIKE_AT_HOME if near[n][2].anchor == draft.anchor else ALIKE
            alike = fuzz.ratio(near[n][1], words, score_cutoff=needed)
            if alike > likeness:
                best, likeness = n, alike
        if best >= 0:
            take(draft, near.pop(best)[2])


def _words(piece: Draft | Passage) -> str:
    return " ".join(fold(f"{piece.heading} {piece.text}").split())


def _make_way(
    edition: Edition, standing: Sequence[Passage], drafts: Sequence[Draft], matched: Mapping[str, Passage]
) -> None:
    """Addresses that change hands are freed first, since no two passages may have one."""
    wanted = {draft.anchor for draft in drafts}
    stays = {passage.pk for anchor, passage in matched.items() if passage.anchor == anchor}
    moving = [passage for passage in standing if passage.anchor in wanted and passage.pk not in stays]
    for passage in moving:
        passage.anchor = f"truoc-{passage.uid.hex}"
    write_rows(moving, ["anchor"])


def _refuse_doubles(drafts: Sequence[Draft]) -> None:
    seen: set[str] = set()
    for draft in drafts:
        if draft.anchor in seen:
            raise ValueError(f"two passages are called {draft.anchor}")
        seen.add(draft.anchor)


def _fill(
    passage: Passage, draft: Draft, position: int, parent: Passage | None, pictures: Mapping[str, Picture]
) -> None:
    for name in ("kind", "anchor", "text", "printed_page", "picture", "alt"):
        setattr(passage, name, nfc(getattr(draft, name)))
    passage.label, passage.heading = nfc(draft.label)[:120], nfc(draft.heading)[:400]
    passage.position, passage.parent, passage.is_withdrawn = position, parent, False
    passage.now_in, passage.sheet = None, draft.sheet
    passage.image = pictures.get(draft.image)
