"""All that a passage cites, each place with the document that it lies in, as far as the words say it."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from thongsuot.library.names import KnownNames, find_names, name_key
from thongsuot.library.numbers import find_anchors, find_numbers, find_short_numbers
from thongsuot.library.references import THIS, Reference, find_references

NUMBER, NAME, ARTICLE, PART, PLACE = "number", "name", "article", "part", "place"


@dataclass(frozen=True)
class Meant:
    """A document as it was named: by its number, by its name, or as the text itself."""

    number: str = ""
    name: str = ""  # key of a law that is named only
    is_own: bool = False
    dated: date | None = None


OWN = Meant(is_own=True)


@dataclass
class Mention:
    """``kind``: number, name (of a document); article, part (chapter, annex), place (figure) in one.

    ``between`` are articles of a range that are meant and not named: "từ Điều 5 đến Điều 9".
    """

    kind: str
    start: int
    end: int
    meant: Meant
    anchor: str = ""
    between: list[str] = field(default_factory=list)


@dataclass
class Standing:
    """Where a passage stands, which settles what its shorter words mean."""

    number: str = ""
    issued_on: date | None = None
    within: str = ""  # the passage's own anchor: what "Điều này" means
    bare: Meant = OWN  # "Điều 20" alone
    # "nghị định" → what "Nghị định" alone means here; None: what a bare article means
    type_alone: Callable[[str], Meant | None] = lambda _type: None
    # "59" → "59/2019/NĐ-CP", of "Nghị định 59"; empty if unknown
    short: Callable[[str], str] = lambda _number: ""
    # (name, year, day) → number, empty if unknown
    number_of: Callable[[str, int | None, date | None], str] = lambda _name, _year, _on: ""
    names: KnownNames = field(default_factory=KnownNames)


_TYPE = (
    r"(?:Luật|Bộ luật|Nghị định|Thông tư liên tịch|Thông tư liên bộ|Thông tư|Quyết định|Nghị quyết liên tịch"
    r"|Nghị quyết|Pháp lệnh|Hiến pháp|Chỉ thị|Quy định|Hướng dẫn|Kết luận|Kế hoạch|Thông báo|Thông tri|Quy chế"
    r"|Quy trình|Chương trình|Văn bản hợp nhất|Văn bản|Công văn|Sắc lệnh|Điều lệ"
    r"|Penal Code|Civil Code|Labour Code|Decree|Circular"
    r"|Plan|Regulation|Directive|Law|Guidance|Resolution|Decision|Conclusion)"
)
# From "Điều 20" to its document: "của Nghị định số", ", ", "Quy chế … ban hành kèm theo Quyết định số".
_OF = re.compile(
    rf"\s*[,.]?\s*(?:[-\u2010-\u2015]\s*)?(?:(?:của|thuộc|tại|trong|ở|of|in)\s+)?(?:the\s+)?"
    r"(?:(?:Quy định|Quy chế|Quy trình|Điều lệ|Danh mục|Hướng dẫn|Biểu|Mẫu)?[^.;:\n]{0,90}?"
    r"(?:ban hành\s+)?kèm theo\s+)?"
    rf"(?:{_TYPE}\s+)?(?:số\s*:?\s*|No\.?\s*)?\[?",
    re.IGNORECASE,
)
# "Điều 234 về tội …, của Bộ luật Hình sự": what the article is about stands between.
_ABOUT = re.compile(r"\s*,?\s+(?:về|quy định về|on)\s", re.IGNORECASE)
_ABOUT_OF = re.compile(
    rf"\s*,?\s+(?:quy định\s+)?về\s[^.;:\n]{{2,220}}?(?<!quy định)\scủa\s+(?:{_TYPE}\s+)?(?:số\s*)?", re.IGNORECASE
)
_ROW = re.compile(
    r"\s*(?:[,;]|và|hoặc|hay|đến|tới|and|or|to|[,;]\s*(?:và|hoặc|hay))\s*(?:các\s+)?(?:từ\s+)?", re.IGNORECASE
)
_JUST_BEFORE = re.compile(r"\s*[,:(]\s*(?:tại\s+)?|\s+(?:tại\s+|ở\s+)?")
_TYPE_ALONE = re.compile(
    r"\s*(?:của\s+|of\s+the\s+)?(Bộ luật|Luật|Nghị định|Pháp lệnh|Nghị quyết|Quyết định|Thông tư|Law|Decree)"
    r"(?!\s*(?:số|này|\d))(?!\w)"
)
_NUMBERED = re.compile(r"\s*,?\s*\(?(?:(?:Luật|Bộ luật|Pháp lệnh)\s+)?(?:số\s*:?\s*)?\[?", re.IGNORECASE)
_ENGLISH = re.compile(
    r"(?:point\s+(?P<point>[a-zđ])\s*,?\s+(?:of\s+)?)?(?:clause\s+(?P<clause>\d{1,3})\s*,?\s+(?:of\s+)?)?"
    r"\bArt(?:icle|\.)\s*(?P<article>\d{1,4})(?:\((?P<c>\d{1,3})\)(?:\((?P<p>[a-zđ])\))?"
    r"|,?\s+clause\s+(?P<c2>\d{1,3})(?:,?\s+point\s+(?P<p2>[a-zđ])\b)?)?",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"(?<!\w)(?:Figure|Fig\.)\s*(\d{1,4})(?!\w)")
_CHAPTER = re.compile(
    r"(?<!\w)(?:[Mm]ục\s+(?P<section>\d{1,2}|[IVX]{1,4})\s*,?\s*(?:của\s+)?)?[Cc]hương\s+"
    # Books number their own chapters; laws are meant by such a number only where one is named behind it.
    r"(?P<chapter>[IVXLC]{1,6}(?![\w.])|\d{1,2}(?=\s*,?\s+(?:của\s+)?(?:Luật|Bộ luật|Nghị định|Pháp lệnh)\b))"
)
_HEADING_GOES_ON = re.compile(r"\s*[.:\u2010-\u2015-]?\s*(?:$|[A-ZĐÀ-Ỹ]{2})")
_FAR = 320


def find_mentions(text: str, standing: Standing) -> list[Mention]:
    """In the order of the text, which is NFC."""
    documents = _Along(_documents(text, standing))
    places = _places(text, standing)
    meant: Meant | None = None
    rows = list(_rows(text, places))
    for n in range(len(rows) - 1, -1, -1):
        row = rows[n]
        next_row = rows[n + 1] if n + 1 < len(rows) else None
        following = meant if next_row and _leads_on(text, row, next_row[0]) else None
        meant = _meant(text, row, documents, standing, following)
        for place in row:
            if not place.meant.is_own:
                place.meant = meant
    found = [*documents.mentions, *places]
    for one in found:
        if one.kind == PLACE:
            one.meant = Meant()
        elif one.meant.number and one.meant.number == standing.number:
            one.meant = replace(one.meant, is_own=True)
    return sorted(found, key=lambda one: (one.start, one.end))


class _Along:
    """Mentions in the order of the text; what stands before or after a place is found at once."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.mentions = sorted(mentions, key=lambda one: (one.start, -one.end))
        self.starts = [one.start for one in self.mentions]

    def after(self, at: int) -> Mention | None:
        n = bisect_left(self.starts, at)
        return self.mentions[n] if n < len(self.mentions) else None

    def before(self, at: int) -> Mention | None:
        n = bisect_left(self.starts, at)
        return self.mentions[n - 1] if n and self.mentions[n - 1].end <= at else None

    def is_free(self, start: int, end: int) -> bool:
        n = bisect_left(self.starts, end)
        return not n or self.mentions[n - 1].end <= start


def _documents(text: str, standing: Standing) -> list[Mention]:
    """Those that are named by number or name, and the text itself: "Luật này"."""
    numbers = (each for each in find_numbers(text) if each.kind != "other")
    along = _Along(Mention(NUMBER, each.start, each.end, Meant(each.normalised, dated=each.dated)) for each in numbers)
    found = list(along.mentions)
    for short in find_short_numbers(text):
        number = short.normalised or standing.short(short.number)
        if number and along.is_free(short.start, short.end):
            found.append(Mention(NUMBER, short.start, short.end, Meant(number)))
    by_start = {each.start: each for each in found}
    for named in find_names(text, standing.names):
        if named.is_own:
            found.append(Mention(NAME, named.start, named.end, OWN))
            continue
        numbered = _NUMBERED.match(text, named.end)
        same = by_start.get(numbered.end()) if numbered and numbered.end() > named.end else None
        number = same.meant.number if same else standing.number_of(named.name, named.year, standing.issued_on)
        found.append(Mention(NAME, named.start, named.end, Meant(number, name_key(named.name))))
    return found


def _places(text: str, standing: Standing) -> list[Mention]:
    own_article, _dot, rest = standing.within.partition(".")
    own_clause = re.match(r"khoan-(\w+)", rest)
    found = []
    for one in find_references(text):
        is_own = one.article == THIS
        if is_own and not own_article.startswith("dieu-"):
            continue
        anchor = _anchor(one, own_article.removeprefix("dieu-") if is_own else one.article, own_clause)
        meant = OWN if is_own else Meant()
        found.append(Mention(ARTICLE, one.start, one.end, meant, anchor, [f"dieu-{n}" for n in one.between()]))
    found += _english(text)
    along = _Along(found)
    for match in _CHAPTER.finditer(text):
        section = f"-muc-{match['section'].lower()}" if match["section"] else ""
        is_heading = not text[: match.start()].strip() and _HEADING_GOES_ON.match(text, match.end())
        if not is_heading and along.is_free(match.start(), match.end()):
            found.append(
                Mention(PART, match.start(), match.end(), Meant(), f"chuong-{match['chapter'].lower()}{section}")
            )
    for each in find_anchors(text):
        if each.anchor.startswith(("phu-luc-", "hinh-")) and along.is_free(each.start, each.end):
            kind = PART if each.anchor.startswith("phu-luc-") else PLACE
            found.append(Mention(kind, each.start, each.end, Meant(), each.anchor))
    return sorted(found, key=lambda one: one.start)


def _anchor(one: Reference, article: str, own_clause: re.Match[str] | None) -> str:
    clause = own_clause[1] if one.clause == THIS and own_clause else "" if one.clause == THIS else one.clause
    if not article:
        return one.anchor
    parts = (
        f"dieu-{article}",
        clause and f"khoan-{clause}",
        one.point and (clause or not one.clause) and f"diem-{one.point}",
    )
    return ".".join(part for part in parts if part).lower()


def _english(text: str) -> Iterator[Mention]:
    for match in _ENGLISH.finditer(text):
        clause, point = match["clause"] or match["c"] or match["c2"], match["point"] or match["p"] or match["p2"]
        anchor = f"dieu-{match['article']}" + (f".khoan-{clause}" if clause else "")
        anchor += f".diem-{point.lower()}" if clause and point else ""
        yield Mention(ARTICLE, match.start(), match.end(), Meant(), anchor)
    for match in _FIGURE.finditer(text):
        yield Mention(PLACE, match.start(), match.end(), Meant(), f"hinh-{match[1]}")


def _rows(text: str, places: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Places that are listed together: the document named after the last of them holds for all."""
    row: list[Mention] = []
    for place in places:
        if row and not _ROW.fullmatch(text, row[-1].end, place.start):
            yield row
            row = []
        row.append(place)
    if row:
        yield row


def _leads_on(text: str, row: Sequence[Mention], after: Mention) -> bool:
    """ "Điều 234 về tội …, Điều 244 về tội … của Bộ luật Hình sự": the next row's document may be this one's too."""
    if after.meant.is_own or after.start - row[-1].end > _FAR:
        return False
    between = text[row[-1].end : after.start]
    return bool(_ABOUT.match(between)) and not re.search(r"[.:\n]", between)


def _meant(text: str, row: Sequence[Mention], documents: _Along, standing: Standing, following: Meant | None) -> Meant:
    """The document named after ("Điều 26 của Nghị định 59") or before ("Nghị định 59, Điều 26") the row."""
    begin, end = row[0].start, row[-1].end
    before, after = documents.before(begin), documents.after(end)
    is_before = bool(before and _JUST_BEFORE.fullmatch(text, before.end, begin))
    is_near = bool(after and after.start - end <= _FAR)
    # "Nghị định 59, Điều 26, Luật …": the comma parts it from what comes after.
    is_parted = is_before and "," in text[end : after.start] if after and is_near else True
    if after and not is_parted and _OF.fullmatch(text, end, after.start):
        return after.meant
    if before and is_before:
        return before.meant
    if after and is_near and _ABOUT_OF.fullmatch(text, end, after.start):
        return after.meant
    if alone := _TYPE_ALONE.match(text, end):
        word = _TYPES_VI.get(alone[1], alone[1].lower())
        return standing.type_alone(word) or standing.bare
    return following or standing.bare


_TYPES_VI = {"Law": "luật", "Decree": "nghị định"}
