"""What documents do to each other, read in their words: amends, replaces, repeals. A librarian confirms it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from thongsuot.library.models import Document, Edition, Passage, Relation
from thongsuot.library.numbers import find_numbers
from thongsuot.viet.text import nfc

Kind, State = Relation.Kind, Relation.State
# Before the number: "thay thế Nghị định số …", "bãi bỏ Điều 5 Nghị định số …".
_REPLACES = re.compile(r"(?<!được )(?<!bị )thay thế(?: cho)?(?!\s+(?:cụm từ|từ))\s[^.;:\n]{0,220}$", re.IGNORECASE)
_REPEALS = re.compile(r"(?<!được )(?<!bị )(?:bãi bỏ|hủy bỏ|huỷ bỏ)\s[^.;:\n]{0,220}$", re.IGNORECASE)
_AMENDS = re.compile(r"(?:^|[.;:\n]\s*|Điều \d+[.:]\s*)(?:\d+\.\s*)?sửa đổi[^.;:\n]{0,160}$", re.IGNORECASE)
# Behind it: "… hết hiệu lực thi hành", "… được sửa đổi, bổ sung bởi …" (that one acts).
_ENDS = re.compile(r"[^.;:\n]{0,160}?hết hiệu lực", re.IGNORECASE)
_IS_AMENDED_BY = re.compile(
    r"[^.;:\n]{0,120}?(?:đã\s+)?(?:được|bị)\s+(?:sửa đổi|bổ sung|thay thế|bãi bỏ)[^.;:\n]{0,80}?(?:bởi|theo|tại|bằng)\s"
    r"[^.;:\n]{0,80}$",
    re.IGNORECASE,
)
_BY_TITLE = re.compile(r"^(?:luật\s+|bộ luật\s+)?(?:sửa đổi|bổ sung|bãi bỏ)\b", re.IGNORECASE)


def relate(edition: Edition) -> int:
    """Propose what the text says its document does to others; what a librarian settled already stays as it is."""
    document = edition.document
    if not document.number:
        return 0
    passages = edition.passages.filter(is_withdrawn=False).filter(
        Q(text__contains="thay thế") | Q(text__contains="bãi bỏ") | Q(text__contains="hết hiệu lực")
        | Q(text__contains="sửa đổi") | Q(text__contains="Sửa đổi") | Q(text__contains="Bãi bỏ")
        | Q(text__contains="Thay thế") | Q(heading__contains="Sửa đổi") | Q(heading__contains="Bãi bỏ")
    )  # fmt: skip
    found = [relation for passage in passages for relation in _in_passage(passage, document)]
    found += _in_title(document)
    return keep(found)


def _in_title(document: Document) -> Iterator[Relation]:
    if _BY_TITLE.search(document.title):
        kind = Kind.REPEALS if "bãi bỏ" in document.title.lower()[:30] else Kind.AMENDS
        for number in find_numbers(document.title):
            if number.normalised != document.number:
                yield _relation(document, number.normalised, kind, matched=document.title)


def _in_passage(passage: Passage, document: Document) -> Iterator[Relation]:
    text = f"{passage.heading}\n{passage.text}".strip() if passage.heading else passage.text
    numbers = [number for number in find_numbers(text) if number.kind != "other"]
    acting = ""
    for number, after in zip(numbers, [*numbers[1:], None], strict=False):
        if acting == number.normalised or number.normalised == document.number:
            continue  # it is named as what acts, or is the text itself
        before = text[max(0, number.start - 260) : number.start]
        between = text[number.end : after.start] if after else ""
        if after and _IS_AMENDED_BY.fullmatch(between):
            acting = after.normalised
            continue
        kind = _kind(before, text[number.end : number.end + 200])
        if kind:
            matched = text[max(0, number.start - 60) : number.end + 40].strip()
            yield _relation(document, number.normalised, kind, passage=passage, matched=matched, anchor=_part(before))


def _kind(before: str, behind: str) -> str:
    replaces, repeals = _REPLACES.search(before), _REPEALS.search(before)
    if replaces and (not repeals or replaces.start() > repeals.start()):
        return Kind.REPLACES
    if repeals:
        return Kind.REPEALS
    if _ENDS.match(behind):
        return Kind.REPEALS
    return Kind.AMENDS if _AMENDS.search(before) else ""


_ARTICLE_OF = re.compile(r"(?:khoản\s+(\w+)\s+)?Điều\s+(\d{1,4}[a-zđ]?)\s+(?:của\s+)?[^,.;\d]{0,40}$", re.IGNORECASE)


def _part(before: str) -> str:
    """ "bãi bỏ Điều 5 Nghị định số …": only that article is meant."""
    match = re.search(
        r"(?:khoản\s+(\w+)\s+)?Điều\s+(\d{1,4}[a-zđ]?)\s+(?:của\s+)?[^,.;\d]{0,40}$", before, re.IGNORECASE
    )
    return (f"dieu-{match[2]}" + (f".khoan-{match[1]}" if match[1] else "")).lower() if match else ""


def _relation(document: Document, number: str, kind: str, *, matched: str = "", **facts: Any) -> Relation:
    return Relation(
        document=document, number=document.number, target_number=number[:60], kind=kind,
        from_on=document.in_force_from or document.issued_on, matched=nfc(matched)[:200], **facts,
    )  # fmt: skip


_FROM = re.compile(r"kể từ ngày\s+(\d{1,2})/(\d{1,2})/(\d{4})")


def relations_of_source(document: Document, lines: Iterable[Mapping[str, Any]]) -> int:
    """From a collection's own field ``amended_by``: official, and so confirmed. ``lines`` are articles."""
    found: dict[tuple[str, str, str], Relation] = {}
    for line in lines:
        said = nfc(str(line.get("amended_by") or ""))
        article = re.search(r"\d{1,4}[a-zđ]?", str(line.get("src_article") or ""))
        if not said or not document.number or not article:
            continue
        kind = Kind.REPEALS if re.search(r"bãi bỏ|hết hiệu lực", said[:60]) else Kind.AMENDS
        days = [_day(match) for match in _FROM.finditer(said)]
        for n, number in enumerate(find_numbers(said)):
            anchor = f"dieu-{article[0]}".lower()
            found[number.normalised, kind, anchor] = Relation(
                number=number.normalised[:60], target=document, target_number=document.number, kind=kind, anchor=anchor,
                from_on=days[min(n, len(days) - 1)] if days else None, state=State.CONFIRMED, matched=said[:200],
            )  # fmt: skip
    return keep(found.values())


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None


def keep(relations: Iterable[Relation]) -> int:
    """Add those that are new; both documents are found by their numbers, where the library holds them."""
    found = list(relations)
    Relation.objects.bulk_create(found, ignore_conflicts=True, batch_size=500)
    join({one.number for one in found} | {one.target_number for one in found})
    return len(found)


def join(numbers: Iterable[str]) -> None:
    """Relations that waited for documents of these numbers find them."""
    wanted = sorted({number for number in numbers if number})
    for start in range(0, len(wanted), 400):
        few = wanted[start : start + 400]
        rows = list(
            Relation.objects.filter(
                Q(document=None, number__in=few) | Q(target=None, target_number__in=few)
            ).select_related("document", "target")
        )
        needed = {one.number for one in rows} | {one.target_number for one in rows}
        documents = {
            document.number: document
            for document in Document.objects.filter(number__in=sorted(needed)[:800]).order_by("issued_on")
        }
        for one in rows:
            one.document = one.document or documents.get(one.number)
            one.target = one.target or documents.get(one.target_number)
        Relation.objects.bulk_update(rows, ["document", "target"], batch_size=500)
