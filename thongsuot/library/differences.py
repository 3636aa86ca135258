"""Two texts side by side: which passage is which, and what was added and taken away in each.

Works on anything that has the five words of a passage, so also on drafts and on what stood before an import.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from thongsuot.library.formats.drafts import ARTICLE, HEADINGS
from thongsuot.viet.text import nfc

SAME, CHANGED, MOVED, ADDED, REMOVED = "same", "changed", "moved", "added", "removed"
# Likeness in percent from which two passages are one that was mended; at the same address less will do.
ALIKE, ALIKE_AT_HOME = 70.0, 35.0
# How far from its old place, in passages, a changed one is looked for.
_REACH = 40
# Two passages this long, in words, are compared word by word; longer ones as a whole.
_LONGEST = 20_000
_TOKEN = re.compile(r"(?:\w+|[^\w\s])\s*")


class Piece(Protocol):
    """A passage, a draft, or ``Old``."""

    kind: str
    anchor: str
    label: str
    heading: str
    text: str


@dataclass(frozen=True)
class Old:
    """What a passage said once, kept by whoever is about to change it."""

    kind: str
    anchor: str
    label: str = ""
    heading: str = ""
    text: str = ""

    @classmethod
    def of(cls, piece: Piece) -> "Old":
        return cls(piece.kind, piece.anchor, piece.label, piece.heading, piece.text)


@dataclass(frozen=True)
class Run:
    """A stretch of words; ``change`` is empty, ADDED or REMOVED."""

    words: str
    change: str = ""


@dataclass
class Change:
    """What became of one passage. MOVED: the same words under another number."""

    kind: str
    before: Piece | None
    after: Piece | None

    @property
    def piece(self) -> Piece:
        """As it stands now; as it stood, if it is gone."""
        piece = self.after or self.before
        assert piece is not None
        return piece

    @cached_property
    def runs(self) -> list[Run]:
        """Both texts in one row, as a phone shows them."""
        return word_runs(said(self.before) if self.before else "", said(self.after) if self.after else "")

    @property
    def old_runs(self) -> list[Run]:
        """The left column of a desk."""
        return [run for run in self.runs if run.change != ADDED]

    @property
    def new_runs(self) -> list[Run]:
        return [run for run in self.runs if run.change != REMOVED]


@dataclass
class Group:
    """The changes under one heading: an article, a section of a book."""

    heading: Piece | None
    changes: list[Change] = field(default_factory=list)

    @property
    def is_changed(self) -> bool:
        return any(change.kind != SAME for change in self.changes)

    @property
    def kind(self) -> str:
        """ADDED or REMOVED where all of it is, CHANGED where some is, else SAME."""
        kinds = {change.kind for change in self.changes}
        return kinds.pop() if kinds in ({ADDED}, {REMOVED}, {SAME}) else CHANGED

    def shown(self) -> list[Change]:
        """Without what stayed as it was."""
        return [change for change in self.changes if change.kind != SAME]


@dataclass
class Difference:
    """All passages of both texts, in the order of the newer one; what is gone stands where it stood."""

    changes: list[Change]

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(change.kind for change in self.changes)

    @property
    def is_empty(self) -> bool:
        return all(change.kind == SAME for change in self.changes)

    @cached_property
    def groups(self) -> list[Group]:
        """By the nearest heading."""
        groups: list[Group] = []
        for change in self.changes:
            if change.piece.kind in HEADINGS or not groups:
                groups.append(Group(change.piece if change.piece.kind in HEADINGS else None))
            groups[-1].changes.append(change)
        return groups

    def changed_groups(self) -> list[Group]:
        return [group for group in self.groups if group.is_changed]


def said(piece: Piece) -> str:
    return f"{piece.heading}\n{piece.text}".strip()


def compare(before: Iterable[Piece], after: Iterable[Piece]) -> Difference:
    """Passage by passage, each list in its order.

    Known again by the same words at the same address, by the same words near by, by a like text at the same address
    or near by, and at last by the address alone: an article that was written anew is still that article.
    """
    old, new = list(before), list(after)
    partner = _partners(old, new)
    came_after: dict[int, list[Change]] = defaultdict(list)
    placed = {m: n for n, m in partner.items()}
    last = -1
    for n, piece in enumerate(old):
        if n in placed:
            last = placed[n]
        else:
            came_after[last].append(Change(REMOVED, piece, None))
    changes = list(came_after[-1])
    for n, piece in enumerate(new):
        changes.append(_change(old[partner[n]] if n in partner else None, piece))
        changes += came_after[n]
    return Difference(changes)


def _change(before: Piece | None, after: Piece) -> Change:
    if before is None:
        return Change(ADDED, None, after)
    if _key(before) != _key(after):
        return Change(CHANGED, before, after)
    # The paragraphs of a book are only counted: a new count is no news to a reader.
    is_numbered = after.anchor.startswith("dieu-") and before.anchor != after.anchor
    return Change(MOVED if is_numbered else SAME, before, after)


def _key(piece: Piece) -> str:
    return " ".join(nfc(said(piece)).split())


def _partners(old: Sequence[Piece], new: Sequence[Piece]) -> dict[int, int]:
    """{place in the new text: place in the old one}."""
    pairing = _Pairing(old, new)
    pairing.at_home(lambda n, m: pairing.new_keys[n] == pairing.old_keys[m])
    pairing.by_words()
    pairing.at_home(pairing.is_like_at_home)
    pairing.alike()
    # At last by the number alone.
    pairing.at_home(lambda n, _m: new[n].anchor.startswith("dieu-"))
    return pairing.partner


class _Pairing:
    """Which passage is which, found in rounds from the surest to the least sure."""

    def __init__(self, old: Sequence[Piece], new: Sequence[Piece]) -> None:
        self.old, self.new = old, new
        self.old_keys, self.new_keys = [_key(piece) for piece in old], [_key(piece) for piece in new]
        self.place_of = {piece.anchor: m for m, piece in enumerate(old)}
        self.partner: dict[int, int] = {}
        self.taken: set[int] = set()

    def take(self, n: int, m: int) -> None:
        self.partner[n] = m
        self.taken.add(m)

    def missing(self) -> list[int]:
        return [n for n in range(len(self.new)) if n not in self.partner]

    def at_home(self, fits: Callable[[int, int], bool]) -> None:
        """Pairs at one address that fit."""
        for n in self.missing():
            m = self.place_of.get(self.new[n].anchor)
            if m is not None and m not in self.taken and self.old[m].kind == self.new[n].kind and fits(n, m):
                self.take(n, m)

    def is_like_at_home(self, n: int, m: int) -> bool:
        # An article's heading may be written anew, and its clauses should still find each other.
        is_article = self.new[n].kind == ARTICLE and self.new[n].anchor.startswith("dieu-")
        return is_article or bool(fuzz.ratio(self.old_keys[m], self.new_keys[n], score_cutoff=ALIKE_AT_HOME))

    def by_words(self) -> None:
        by_words: dict[tuple[str, str], deque[int]] = defaultdict(deque)
        for m, piece in enumerate(self.old):
            if m not in self.taken and self.old_keys[m]:
                by_words[piece.kind, self.old_keys[m]].append(m)
        for n in self.missing():
            if same := by_words.get((self.new[n].kind, self.new_keys[n])):
                self.take(n, same.popleft())

    def alike(self) -> None:
        """Nearly the same words near the place where the passage before it stood."""
        free: dict[str, list[int]] = defaultdict(list)
        for m, piece in enumerate(self.old):
            if m not in self.taken:
                free[piece.kind].append(m)
        place = 0
        for n, piece in enumerate(self.new):
            if n in self.partner:
                place = self.partner[n]
                continue
            near = free[piece.kind]
            best, likeness = -1, 0.0
            for m in near[bisect_left(near, place - _REACH) : bisect_right(near, place + _REACH)]:
                if (alike := fuzz.ratio(self.old_keys[m], self.new_keys[n], score_cutoff=ALIKE)) > likeness:
                    best, likeness = m, alike
            if best >= 0:
                self.take(n, best)
                near.remove(best)
                place = best


def word_runs(before: str, after: str) -> list[Run]:
    """The words of both texts in one row: kept, taken away, added."""
    old, new = _TOKEN.findall(nfc(before)), _TOKEN.findall(nfc(after))
    if len(old) > _LONGEST or len(new) > _LONGEST:
        return _whole(old, new) if old != new else [Run("".join(new))]
    bare_old, bare_new = [token.rstrip() for token in old], [token.rstrip() for token in new]
    rows: list[tuple[str, list[str], list[str]]] = []
    for step in Indel.opcodes(bare_old, bare_new):
        gone, come = old[step.src_start : step.src_end], new[step.dest_start : step.dest_end]
        is_last = step.src_end == len(old) and step.dest_end == len(new)
        if step.tag == "equal" and (is_last or not _is_chance(rows, gone)):
            rows.append(("", gone, come))
        elif rows and rows[-1][0]:
            rows[-1][1].extend(gone)
            rows[-1][2].extend(come)
        else:
            rows.append((CHANGED, gone, come))
    kept = sum(len(come) for kind, _gone, come in rows if not kind)
    if old and new and kept * 5 < max(len(old), len(new)):
        return _whole(old, new)
    runs: list[Run] = []
    for kind, gone, come in rows:
        if not kind:
            runs.append(Run("".join(come)))
        else:
            runs += _whole(gone, come)
    return runs


def _is_chance(rows: Sequence[tuple[str, list[str], list[str]]], kept: Sequence[str]) -> bool:
    """A word or a comma that two different sentences happen to share only makes the change hard to read."""
    if not rows or not rows[-1][0]:
        return False
    changed = max(len(rows[-1][1]), len(rows[-1][2]))
    return changed > 3 * len(kept) and sum(token[:1].isalnum() for token in kept) < 2


def _whole(gone: Sequence[str], come: Sequence[str]) -> list[Run]:
    pairs = (("".join(gone), REMOVED), ("".join(come), ADDED))
    return [Run(words, change) for words, change in pairs if words]
