"""One box that goes anywhere in a text: "trang 345", "ảnh 27", "Điều 12 khoản 2", "d12 k2", "Chương III", "Mục 2"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from thongsuot.library.contents import CUTS
from thongsuot.library.models import Edition, Passage
from thongsuot.library.search.words import article_anchor
from thongsuot.viet.text import fold, nfc

Kind = Passage.Kind
_PAGE = re.compile(r"^(?:trang|page|tr|pg|p)\.?\s*([0-9]{1,6}|[ivxlc]{1,8})$")
_PLATE = re.compile(r"^(?:anh|hinh|so do|bieu do|figure|fig|plate|picture)\.?\s*([0-9]{1,4}(?:[.-][0-9]{1,4}){0,3})$")
_NUMBER_IN_LABEL = re.compile(r"([0-9]{1,4}(?:[.-][0-9]{1,4}){0,3})[a-z]?$")
_UNIT = r"(phan|part|chuong|chapter|muc|section|tieu muc|subsection|phu luc|annex|appendix)"
_SAID = r"[a-z]{2,6}(?:\s(?:mot|hai|ba|bon|lam|sau|bay|tam|chin))?"
_NUMBER = rf"(?:thu\s+)?([0-9]{{1,3}}[a-z]?(?:\.[0-9]{{1,3}}){{0,3}}|[ivxlc]{{1,8}}|{_SAID})"
_HEADING = re.compile(rf"\b{_UNIT}\.?\s+{_NUMBER}\b")
_KINDS = {
    "phan": Kind.PART, "part": Kind.PART, "chuong": Kind.CHAPTER, "chapter": Kind.CHAPTER, "muc": Kind.SECTION,
    "section": Kind.SECTION, "tieu muc": Kind.SUBSECTION, "subsection": Kind.SUBSECTION, "phu luc": Kind.ANNEX,
    "annex": Kind.ANNEX, "appendix": Kind.ANNEX,
}  # fmt: skip
_WORDS = {
    "mot": 1, "nhat": 1, "one": 1, "first": 1, "hai": 2, "nhi": 2, "two": 2, "ba": 3, "three": 3, "bon": 4, "tu": 4,
    "four": 4, "nam": 5, "five": 5, "sau": 6, "six": 6, "bay": 7, "seven": 7, "tam": 8, "eight": 8, "chin": 9,
    "nine": 9, "muoi": 10, "ten": 10,
}  # fmt: skip
_ROMAN = re.compile(r"^(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$")
_ORDER = {"phan": 0, "chuong": 1, "muc": 2, "tieu muc": 3}


@dataclass(frozen=True)
class Place:
    """A passage, and the fragment of its page's address where it is not its own anchor."""

    passage: Passage
    fragment: str = ""


def find_place(edition: Edition, words: str, *, near: int = 0) -> Place | None:
    """Where the words lead in this text; None where it holds no such place.

    ``near`` is the position at which one reads: of several "Mục 2" the one of the open chapter is meant.
    """
    asked = " ".join(fold(words).split()).strip(" .,:;")
    if not asked:
        return None
    if page := _PAGE.match(asked):
        return _printed_page(edition, page[1])
    if plate := _PLATE.match(asked):
        return _found(_plate(edition, plate[1]))
    if anchor := _article(words):
        return _found(_at(edition, anchor))
    if asked.isdigit():
        return _bare_number(edition, asked)
    named = _HEADING.findall(asked)
    return _found((named and _heading(edition, named, near)) or _by_words(edition, asked))


def nearest_place(edition: Edition, words: str) -> Passage | None:
    """The article, or clause, that holds what was asked for and is not there: Điều 20 for "Điều 20 khoản 99"."""
    anchor = _article(words)
    while "." in anchor:
        anchor = anchor.rpartition(".")[0]
        if found := _at(edition, anchor):
            return found
    return None


def _found(passage: Passage | None) -> Place | None:
    return Place(passage) if passage else None


def _bare_number(edition: Edition, number: str) -> Place | None:
    """A page of the printed edition; of a text without any an article, else a chapter."""
    rows = edition.passages.filter(is_withdrawn=False)
    if rows.exclude(printed_page="").exists():
        return _printed_page(edition, number)
    if rows.filter(kind=Kind.ARTICLE).exists():
        return _found(_at(edition, f"dieu-{int(number)}"))
    return _found(_heading(edition, [("chuong", number)], 0))


def _printed_page(edition: Edition, number: str) -> Place | None:
    """The first passage of that page; of a page on which none begins, the one that goes on over it."""
    rows = edition.passages.filter(is_withdrawn=False).order_by("position")
    wanted = number.lstrip("0") or "0"
    first = rows.filter(printed_page__iexact=wanted).exclude(kind=Kind.FOOTNOTE).first()
    if first:
        return Place(first, f"trang-{first.printed_page}")
    if not wanted.isdigit():
        return None
    pages = rows.exclude(printed_page="").exclude(kind=Kind.FOOTNOTE).values_list("pk", "printed_page")
    numbered = [(int(page), -n, pk) for n, (pk, page) in enumerate(pages) if page.isdigit()]
    last = max([edition.pages or 0, *(page for page, _n, _pk in numbered)]) if numbered else 0
    earlier = [one for one in numbered if one[0] < int(wanted)]
    if not earlier or int(wanted) > last:
        return None
    page = max(earlier)[0]
    # The last passage that began before: it is the one that reaches over.
    pk = min((n, pk) for begun, n, pk in earlier if begun == page)[1]
    return _found(rows.get(pk=pk))


def _plate(edition: Edition, number: str) -> Passage | None:
    rows = list(edition.passages.filter(is_withdrawn=False, kind=Kind.PLATE).order_by("position"))
    numbered = [(found[1], row) for row in rows if (found := _NUMBER_IN_LABEL.search(fold(row.label)))]
    for label, row in numbered:
        if label.replace("-", ".") == number.replace("-", "."):
            return row
    if not numbered and number.isdigit() and 0 < int(number) <= len(rows):
        return rows[int(number) - 1]
    return None


_SHORT = (
    (re.compile(r"(?<!\w)[đd](?:\.\s*|\s?)(?=\d)", re.IGNORECASE), "điều "),
    (re.compile(r"(?<![^\W\d])k(?:\.\s*|\s?)(?=\d)", re.IGNORECASE), " khoản "),
    (re.compile(r"(?<=[\s\d])đ(?:iể|ie)?m?\.\s*(?=[a-zđ]\b)", re.IGNORECASE), " điểm "),
)


def _article(words: str) -> str:
    """dieu-12.khoan-2 also for "d12 k2" and "đ.12 k.2"."""
    text = nfc(words)
    for short, full in _SHORT:
        text = short.sub(full, text)
    return article_anchor(text)


def _at(edition: Edition, anchor: str) -> Passage | None:
    """In the text itself, else in what is attached to it."""
    rows = edition.passages.filter(is_withdrawn=False)
    return rows.filter(anchor=anchor).first() or rows.filter(anchor__endswith=f".{anchor}").order_by("position").first()


def number_of(said: str) -> str:
    """3 for iii, ba and 3; letters of a longer number stay: 3a, 1.2."""
    said = said.strip(" .")
    if _ROMAN.match(said) and said:
        return str(_roman(said))
    if said in _WORDS:
        return str(_WORDS[said])
    tens = said.split()
    if len(tens) == 2 and tens[0] == "muoi" and tens[1] in _WORDS:
        return str(10 + _WORDS[tens[1]])
    return said.lstrip("0") or said


def _roman(said: str) -> int:
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    sizes = [values[letter] for letter in said]
    return sum(-size if size < max(sizes[n:]) else size for n, size in enumerate(sizes))


def _heading(edition: Edition, named: Sequence[tuple[str, str]], near: int) -> Passage | None:
    """ "Mục 2 Chương III" in either order: each is looked for within the one above it."""
    kinds = (*CUTS, Kind.SECTION, Kind.SUBSECTION)
    rows = edition.passages.filter(is_withdrawn=False, kind__in=kinds).order_by("position")
    headings = list(rows.only("position", "kind", "anchor", "label", "heading", "edition_id"))
    first, end = 0, 10**9
    found = None
    for word, said in sorted(named, key=lambda one: _ORDER.get(_vietnamese(one[0]), 1)):
        kind = _KINDS[word]
        within = [row for row in headings if row.kind == kind and first <= row.position < end]
        found = _numbered(within, number_of(said), near)
        if found is None:
            return None
        first = found.position
        rank = kinds.index(kind)
        end = next((row.position for row in headings if row.position > first and kinds.index(row.kind) <= rank), end)
    return found


def _vietnamese(word: str) -> str:
    kind = _KINDS[word]
    return next(name for name, its_kind in _KINDS.items() if its_kind == kind)


def _numbered(rows: Sequence[Passage], number: str, near: int) -> Passage | None:
    """Of several the first from the open chapter on, else the first; where none is numbered, by counting."""
    numbers = [(_own_number(row), row) for row in rows]
    same = [row for own, row in numbers if own == number]
    if not same and not any(own for own, _row in numbers) and number.isdigit() and 0 < int(number) <= len(rows):
        same = [rows[int(number) - 1]]
    after = [row for row in same if row.position >= near]
    return next(iter(after or same), None)


_OWN = re.compile(rf"^(?:{_UNIT}\.?\s+)?{_NUMBER}(?=$|[\s.:)])")


def _own_number(row: Passage) -> str:
    """The number that a heading carries itself, in its label or before its words."""
    name = fold(row.label or row.heading)
    found = _OWN.match(name)
    if not found or not (found[1] or found[2][0].isdigit() or _ROMAN.match(found[2])):
        return ""
    return number_of(found[2])


def _by_words(edition: Edition, asked: str) -> Passage | None:
    """A heading that holds the words; marks do not matter."""
    if len(asked) < 3:
        return None
    rows = edition.passages.filter(is_withdrawn=False).exclude(heading="").order_by("position")
    names = rows.values_list("pk", "label", "heading")
    wanted = next((pk for pk, label, heading in names if asked in fold(f"{label} {heading}")), None)
    return rows.get(pk=wanted) if wanted else None


def offers(edition: Edition) -> list[str]:
    """What one may ask for in this text, as examples that lead somewhere; four small questions."""
    rows = edition.passages.filter(is_withdrawn=False)
    said = []
    pages = list(rows.exclude(printed_page="").order_by("position").values_list("printed_page", flat=True)[:1])
    if pages:
        last = edition.pages or rows.exclude(printed_page="").order_by("-position").values_list("printed_page")[0][0]
        said.append(_("pages %(first)s to %(last)s") % {"first": pages[0], "last": last})
    for kind in (Kind.CHAPTER, Kind.ARTICLE, Kind.PLATE):
        found = list(rows.filter(kind=kind).exclude(label="").order_by("position").values_list("label", flat=True))
        if found:
            said.append(f"{found[0]} – {found[-1]}" if len(found) > 1 else found[0])
    return said
