"""What a text outside the library cites, with offsets in it: for the command line and for whoever reads its output."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from thongsuot.library.attributing import ARTICLE, OWN, PART, PLACE, Meant, Mention, Standing, find_mentions
from thongsuot.library.citing import Whole
from thongsuot.library.formats.heads import about_of
from thongsuot.library.laws import KnownLaws
from thongsuot.library.models import Citation, Passage
from thongsuot.library.references import THIS
from thongsuot.library.resolving import resolve
from thongsuot.viet.text import nfc


@dataclass
class Cited:
    """A reference; ``start`` and ``end`` count characters of the text in NFC."""

    kind: str  # number | name | article | part (chapter or annex)
    matched: str
    start: int
    end: int
    number: str | None
    article: str | None
    clause: str | None
    point: str | None
    resolved: str | None  # uid of the passage, or of the document where no place in it is named
    anchor: str | None = None
    name: str | None = None
    dated: str | None = None  # ISO 8601, as the text dates what it cites


@dataclass
class _Line:
    start: int
    text: str
    within: str


_OPENS_ARTICLE = re.compile(r"\s*(?:Điều|ĐIỀU)\s+(\d{1,4}[a-zđ]?)\s*(?:[.:]|$)")
_OPENS_CLAUSE = re.compile(r"\s*(\d{1,3}[a-zđ]?)\.\s")
# A longer line is read in parts, each to the end of a sentence.
_LONGEST = 20_000


def cited_in_text(given: str) -> list[Cited]:
    """All that the text cites, in its order; each line knows the article and clause in which it stands.

    Offsets count the characters of its NFC form.
    """
    text = nfc(given)
    lines = list(_lines(text))
    own = about_of([line.text.strip() for line in lines if line.text.strip()][:40])
    on = date.fromisoformat(own.issued_on) if own.issued_on else None
    laws = KnownLaws()
    whole = Whole([Passage(text=line.text, anchor=line.within) for line in lines], laws, own.number)
    has_articles = any(line.within for line in lines)
    bare = OWN if has_articles else Meant()
    found: list[tuple[int, Mention, Citation]] = []
    for line in lines:
        standing = Standing(
            number=own.number, issued_on=on, within=line.within, bare=bare,
            type_alone=whole.type_alone, short=whole.short_number, number_of=laws.number, names=laws.names,
        )  # fmt: skip
        for mention in find_mentions(line.text, standing):
            if mention.kind == PLACE:
                continue
            number = own.number if mention.meant.is_own else mention.meant.number
            name = "" if mention.meant.is_own else mention.meant.name
            found.append(
                (
                    line.start,
                    mention,
                    Citation(number=number, name=name, anchor=mention.anchor, dated=mention.meant.dated),
                )
            )
    resolve([citation for _start, _mention, citation in found], on=on)
    made = [_cited(text, start, mention, citation) for start, mention, citation in found]
    return sorted(made, key=lambda one: (one.start, one.end))


def _lines(text: str) -> Iterator[_Line]:
    within, at = "", 0
    for line in text.split("\n"):
        heading = _OPENS_ARTICLE.match(line)
        if heading:
            within = f"dieu-{heading[1]}"
        elif within and (clause := _OPENS_CLAUSE.match(line)):
            within = f"{within.partition('.')[0]}.khoan-{clause[1]}"
        # A heading's own number is no reference.
        skip = heading.end() if heading else 0
        while len(line) - skip > _LONGEST:
            cut = line.rfind(". ", skip, skip + _LONGEST) + 2
            cut = cut if cut > skip + 1 else skip + _LONGEST
            yield _Line(at + skip, line[skip:cut], within)
            skip = cut
        yield _Line(at + skip, line[skip:], within)
        at += len(line) + 1


def _cited(text: str, begin: int, mention: Mention, citation: Citation) -> Cited:
    start, end = begin + mention.start, begin + mention.end
    parts = dict(part.split("-", 1) for part in citation.anchor.split(".") if "-" in part)
    parts = {name: value for name, value in parts.items() if value != THIS}
    is_place = mention.kind in (ARTICLE, PART)
    resolved = None
    if citation.target_passage_id and citation.target_passage:
        resolved = citation.target_passage.uid
    elif citation.target_id and citation.target and not is_place:
        resolved = citation.target.uid
    return Cited(
        kind=mention.kind,
        matched=text[start:end],
        start=start,
        end=end,
        number=citation.number or None,
        article=parts.get("dieu"),
        clause=parts.get("khoan"),
        point=parts.get("diem"),
        resolved=str(resolved) if resolved else None,
        anchor=citation.anchor or None,
        name=citation.name or None,
        dated=citation.dated.isoformat() if citation.dated else None,
    )
