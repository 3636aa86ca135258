"""What a mend does to drafts: to those of the text that stands, and again to those of every newer one.

A passage is known again by its words, nearly the same ones will do. Nothing here touches the database.
"""

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from rapidfuzz import fuzz, process

from thongsuot.library.formats import drafts as kinds
from thongsuot.library.formats.drafts import Draft
from thongsuot.library.formats.signs import ARTICLE, CLAUSE, POINT, bare
from thongsuot.viet.text import fold, nfc

WRITE, KIND, SPLIT, JOIN, REMOVE, RIGHT = "write", "kind", "split", "join", "remove", "right"
WRITTEN = ("label", "heading", "text", "alt", "printed_page")
# Likeness in percent from which a passage is known again; at its old address a little less will do.
ALIKE, ALIKE_AT_HOME = 82.0, 60.0
# Words shorter than this are too common to be looked for inside a longer passage.
_LEAST_INSIDE = 20
_RANKS = {
    kinds.ANNEX: 0, kinds.PART: 1, kinds.CHAPTER: 2, kinds.SECTION: 3, kinds.SUBSECTION: 4, kinds.ARTICLE: 5,
    kinds.CLAUSE: 6, kinds.POINT: 7,
}  # fmt: skip
_LEAF = 99
# Headings and articles always stand by their order; clauses, points and words only where they must.
_BY_ORDER = _RANKS[kinds.CLAUSE]
_TITLES = (kinds.ANNEX, kinds.PART, kinds.CHAPTER, kinds.SECTION, kinds.SUBSECTION)


class NotFound(Exception):
    """The text holds no such passage, or its words changed just where they were mended."""


@dataclass
class Wish:
    """A mend without its history. ``place`` is where the passage stood, counted from 0."""

    verb: str
    anchor: str
    kind: str
    said: str
    values: dict[str, Any] = field(default_factory=dict)
    place: int = 0


@dataclass
class Change:
    """What a mend changed, and so how to go back."""

    rows: dict[str, dict[str, Any]] = field(default_factory=dict)  # anchor now → the draft as it was
    made: list[str] = field(default_factory=list)
    gone: list[dict[str, Any]] = field(default_factory=list)  # {"after": anchor before it, "draft": …}
    joined: dict[str, str] = field(default_factory=dict)  # anchor that is gone → anchor that holds its words

    def touches(self) -> set[str]:
        return {*self.rows, *self.made, *(each["draft"]["anchor"] for each in self.gone), *self.joined.values()}


def said_by(draft: Draft) -> str:
    return f"{draft.heading}\n{draft.text}".strip()


def apply(drafts: list[Draft], wish: Wish, *, at: int | None = None) -> tuple[Draft | None, Change]:
    """Do it to the drafts, in place. Returns the draft it was about (None where the text is right already).

    ``at`` is where the passage stands, if that is known: else it is looked for by its words. Raises NotFound and
    leaves the drafts as they were.
    """
    before = [copy.copy(draft) for draft in drafts]
    order = list(drafts)
    try:
        found = _do(drafts, wish, find(drafts, wish) if at is None else at)
    except NotFound:
        drafts[:] = order
        for draft, old in zip(order, before, strict=True):
            draft.__dict__.update(old.__dict__)
        raise
    change = _difference(order, before, drafts)
    if found and wish.verb == JOIN:
        change.joined = {each["draft"]["anchor"]: found.anchor for each in change.gone}
    return found, change


def revert(drafts: list[Draft], change: Mapping[str, Any]) -> None:
    """Undo it, in place. Raises NotFound where what it made has been changed since."""
    by_anchor = {draft.anchor: draft for draft in drafts}
    if any(anchor not in by_anchor for anchor in (*change["rows"], *change["made"])):
        raise NotFound
    made = set(change["made"])
    drafts[:] = [draft for draft in drafts if draft.anchor not in made]
    for anchor, old in change["rows"].items():
        by_anchor[anchor].__dict__.update(old)
    for each in change["gone"]:
        place = next((n + 1 for n, draft in enumerate(drafts) if draft.anchor == each["after"]), 0)
        drafts.insert(place, Draft(**each["draft"]))


def _do(drafts: list[Draft], wish: Wish, at: int | None) -> Draft | None:
    if at is None:
        if _is_so_already(drafts, wish):
            return None
        raise NotFound
    draft = drafts[at]
    old_rank, old_parent, old_anchor = _rank(draft), draft.parent, draft.anchor
    if wish.verb == WRITE:
        _write(draft, wish.values)
        return draft
    if wish.verb == RIGHT:
        return draft
    if wish.verb == KIND:
        _turn_into(drafts, draft, wish.values["kind"])
        _reparent(drafts, at, min(old_rank, _rank(draft)), {old_parent, old_anchor, draft.anchor})
        return draft
    if wish.verb == SPLIT:
        return _split(drafts, at, wish.values)
    if wish.verb == JOIN:
        return _join(drafts, at, wish.values)
    drafts.pop(at)
    _reparent(drafts, at, old_rank, {old_parent, old_anchor})
    return draft


def stands(drafts: Sequence[Draft], wish: Wish) -> bool:
    """Whether a passage says just what the mended one said."""
    wanted = _words(wish.said)
    return any(_words(said_by(draft)) == wanted for draft in drafts)


def find(drafts: Sequence[Draft], wish: Wish) -> int | None:
    """The place of the passage that the mend is about."""
    wanted = _words(wish.said)
    words = [_words(said_by(draft)) for draft in drafts]
    same = [n for n, said in enumerate(words) if said == wanted]
    if same:
        # The same words may stand on every page: the one of its kind, then at its address, then nearest counts.
        def rank(n: int) -> tuple[bool, bool, int]:
            return drafts[n].kind != wish.kind, drafts[n].anchor != wish.anchor, abs(n - wish.place)

        return min(same, key=rank)
    if not wanted:
        return None
    best = process.extractOne(wanted, words, scorer=fuzz.ratio, score_cutoff=ALIKE)
    if best:
        return int(best[2])
    home = next((n for n, draft in enumerate(drafts) if draft.anchor == wish.anchor), None)
    if home is not None and fuzz.ratio(words[home], wanted, score_cutoff=ALIKE_AT_HOME):
        return home
    return None


def _is_so_already(drafts: Sequence[Draft], wish: Wish) -> bool:
    """The newer text has it right by itself."""
    if wish.verb == WRITE:
        wanted = _words(f"{wish.values.get('heading', '')} {wish.values.get('text', '')}")
        return bool(wanted) and any(wanted == _words(said_by(draft)) for draft in drafts)
    if wish.verb == JOIN:
        wanted = _words(wish.said)
        return len(wanted) >= _LEAST_INSIDE and any(wanted in _words(said_by(draft)) for draft in drafts)
    if wish.verb == SPLIT:
        cut = _words(wish.values["cut"])
        return any(
            _words(said_by(draft)).startswith(cut)
            and fuzz.ratio(_words(f"{said_by(before)} {said_by(draft)}"), _words(wish.said)) >= ALIKE
            for before, draft in pairwise(drafts)
        )
    return wish.verb == REMOVE


def _write(draft: Draft, values: Mapping[str, Any]) -> None:
    for name in WRITTEN:
        if name in values:
            setattr(draft, name, _rewritten(getattr(draft, name), values.get(f"was_{name}", ""), values[name]))


def _rewritten(now: str, was: str, wanted: str) -> str:
    """``wanted`` where the words are those that were mended; else the same changes made in the newer words."""
    if now in (was, wanted) or not was:
        return wanted
    old, new, made = _tokens(was), _tokens(wanted), _tokens(now)
    for tag, a, b, c, d in reversed(SequenceMatcher(None, old, new, autojunk=False).get_opcodes()):
        if tag != "equal":
            made = _replaced(made, old, a, b, new[c:d])
    return "".join(made)


def _replaced(made: list[str], old: list[str], a: int, b: int, new: list[str]) -> list[str]:
    for around in (6, 4, 2):
        head, tail = old[max(0, a - around) : a], old[b : b + around]
        wanted = [*head, *old[a:b], *tail]
        places = [n for n in range(len(made) - len(wanted) + 1) if made[n : n + len(wanted)] == wanted]
        if len(places) == 1:
            start = places[0] + len(head)
            return [*made[:start], *new, *made[start + b - a :]]
    raise NotFound


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+|\s+|[^\w\s]", text)


def _split(drafts: list[Draft], at: int, values: Mapping[str, Any]) -> Draft:
    draft = drafts[at]
    name = "text" if draft.text else "heading"
    words = getattr(draft, name)
    place = _place_of(words, values["cut"])
    first, second = words[:place].strip(), words[place:].strip()
    if not first or not second:
        raise NotFound
    old_rank, old_parent = _rank(draft), draft.parent
    fresh = Draft(
        kinds.PARAGRAPH, _free(f"{draft.anchor}-b", {each.anchor for each in drafts}), draft.parent,
        printed_page=draft.printed_page, sheet=draft.sheet,
    )  # fmt: skip
    # Whoever cites the passage cites its body: a heading that was cut off its beginning is the new one.
    body_second = values["first"] in _TITLES and values["second"] == draft.kind
    head, tail = (fresh, draft) if body_second else (draft, fresh)
    setattr(draft, name, second if body_second else first)
    fresh.text = first if body_second else second
    drafts[at : at + 1] = [head, tail]
    _turn_into(drafts, head, values["first"])
    _turn_into(drafts, tail, values["second"])
    highest = min(old_rank, _rank(head), _rank(tail))
    _reparent(drafts, at, highest, {old_parent, draft.anchor, fresh.anchor})
    return draft


def _place_of(text: str, cut: str) -> int:
    place = text.find(cut)
    if place > 0:
        return place
    # The words changed a little: the same first words, however many blanks and marks stand between them.
    wanted = re.findall(r"\w+", cut)[:6]
    loose = re.search(r"\W+".join(re.escape(word) for word in wanted), text, re.IGNORECASE) if wanted else None
    if not loose or loose.start() == 0:
        raise NotFound
    return loose.start()


def _join(drafts: list[Draft], at: int, values: Mapping[str, Any]) -> Draft:
    if at == 0:
        raise NotFound
    draft, before = drafts[at], drafts[at - 1]
    if before.kind == kinds.PLATE and not before.text:
        before.text = said_by(draft)
    elif before.kind in _RANKS and not before.text and before.kind not in (kinds.CLAUSE, kinds.POINT):
        before.heading = f"{before.heading} {_plain(said_by(draft))}".strip()[:400]
    else:
        before.text = f"{before.text}{values.get('glue', ' ')}{said_by(draft)}".strip()
    drafts.pop(at)
    _reparent(drafts, at, _rank(draft), {draft.parent, draft.anchor})
    return before


def _turn_into(drafts: Sequence[Draft], draft: Draft, kind: str) -> None:
    """Words to where that kind has them, with the number in them as label and address."""
    if draft.kind == kind:
        return
    old, was = draft.anchor, draft.kind
    draft.kind = kind
    if was in _TITLES and kind in _TITLES:
        return
    words = _whole(draft, was)
    taken = {each.anchor for each in drafts if each is not draft}
    if was in _RANKS:
        draft.label = ""
    draft.heading, draft.text = "", words
    if kind in _TITLES:
        draft.heading, draft.text = _plain(words)[:400], ""
    elif kind == kinds.ARTICLE and (match := ARTICLE.match(bare(words.partition("\n")[0]))):
        number = f"{match[1]}{match[2]}"
        draft.label, draft.heading = f"Điều {number}", (match[3] or "").strip()[:400]
        draft.text = words.partition("\n")[2].strip()
        draft.anchor = _free(f"dieu-{number}", taken)
    elif kind in (kinds.CLAUSE, kinds.POINT):
        _number_item(drafts, draft, kind, words, taken)
    if draft.anchor != old:
        for each in drafts:
            each.parent = draft.anchor if each.parent == old else each.parent


def _whole(draft: Draft, kind: str) -> str:
    """All its words with the number that a label holds, as they are printed."""
    words = said_by(draft)
    if kind in (kinds.CLAUSE, kinds.POINT):
        number = draft.anchor.rpartition("-")[2]
        return f"{number}{'.' if kind == kinds.CLAUSE else ')'} {words}"
    return f"{draft.label}. {words}" if kind in _RANKS and draft.label else words


def _number_item(drafts: Sequence[Draft], draft: Draft, kind: str, words: str, taken: set[str]) -> None:
    sign, name, above = (
        (CLAUSE, "khoan", (kinds.ARTICLE,)) if kind == kinds.CLAUSE else (POINT, "diem", (kinds.CLAUSE, kinds.ARTICLE))
    )
    at = next(n for n, each in enumerate(drafts) if each is draft)
    over = next((each for each in reversed(drafts[:at]) if each.kind in above), None)
    draft.heading, draft.text = "", words
    if over and (match := sign.match(words)):
        number = f"{match[1]}{match[2]}"
        draft.text = match[3].strip()
        draft.label = f"{over.label} {'khoản' if kind == kinds.CLAUSE else 'điểm'} {number}"
        draft.anchor = _free(f"{over.anchor}.{name}-{number}", taken)


def _rank(draft: Draft) -> int:
    return _RANKS.get(draft.kind, _LEAF)


def _reparent(drafts: list[Draft], at: int, highest: int, touched: set[str]) -> None:
    """From that place on, up to the next heading as high as the changed one: who stands below whom, by their order."""
    if highest == _LEAF:
        return
    opened: dict[int, Draft] = {}
    for n, draft in enumerate(drafts):
        rank = _rank(draft)
        if n > at + 1 and rank <= highest:
            break
        if n >= at:
            standing = {each.anchor for each in opened.values()}
            if rank < _BY_ORDER or draft.parent in touched or draft.parent not in {"", *standing}:
                limit = rank if rank != _LEAF else _RANKS[kinds.ARTICLE]
                over = max((r for r in opened if r < limit), default=None)
                draft.parent = opened[over].anchor if over is not None else ""
        if rank != _LEAF:
            opened = {r: each for r, each in opened.items() if r < rank}
            opened[rank] = draft


def _difference(order: Sequence[Draft], before: Sequence[Draft], drafts: Sequence[Draft]) -> Change:
    change = Change()
    stays = {id(draft) for draft in drafts}
    known = {id(draft) for draft in order}
    for n, (draft, old) in enumerate(zip(order, before, strict=True)):
        if id(draft) not in stays:
            change.gone.append({"after": before[n - 1].anchor if n else "", "draft": asdict(old)})
        elif draft != old:
            change.rows[draft.anchor] = asdict(old)
    change.made = [draft.anchor for draft in drafts if id(draft) not in known]
    return change


def _free(anchor: str, taken: set[str]) -> str:
    name, nth = anchor[:80], 1
    while name in taken:
        nth += 1
        name = f"{anchor[:75]}-{nth}"
    return name


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[*_`\\]", "", text).split())


def _words(text: str) -> str:
    return " ".join(fold(nfc(text)).split())
