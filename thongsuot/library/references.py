"""References to articles, clauses and points in running Vietnamese text, one at a time even where they are listed.

"khoản 1, 2 và 3 Điều 5" are three references; "điểm a khoản 1, điểm b khoản 2 Điều 5" two, both of Điều 5;
"khoản 1 Điều này" means the article that it stands in. Which document is meant is for the caller to say.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

THIS = "này"
POINT, CLAUSE, ARTICLE = 0, 1, 2
_SEP = r"(?:\s*[,;]\s*(?:(?:và|hoặc|hay)\s+)?|\s+(?:và|hoặc|hay|đến|tới)\s+)"
# "khoản 2, 30 ngày": what counts something is no further clause.
_NO_UNIT = (
    r"(?!\s*(?:%|\((?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\b|(?-i:ngày|tháng|năm|người|lần|giờ|phút|triệu|tỷ|tỉ|nghìn|đồng|phần|bản|bộ(?!\s+luật)|m2|ha|km|kg|tuổi)"
    r"(?!\w)))"
)
_BEFORE_HIGHER = r"(?=\s*,?\s*(?:của\s+)?(?:khoản|điều|mục|Khoản|Điều|Mục)\s)"
_P = rf"(?:[a-zđ]\d{{0,2}}(?:\.\d{{1,2}})?|\d{{1,2}}(?:\.\d{{1,3}})+|\d{{1,2}}{_BEFORE_HIGHER})(?![\w/])\)?"
_C = r"\d{1,3}[a-zđ]?(?![\w/]|[.,]\d)" + _NO_UNIT
_A = r"\d{1,4}[a-zđ]?(?![\w/]|[.,]\d)" + _NO_UNIT
# "tạiĐiều 98", "tạikhoản 2": run into the word before.
_BEGIN = r"(?:(?<!\w)|(?<=tại)|(?<=theo)|(?-i:(?<=[a-zà-ỹ])(?=[ĐÐ]iều)))"
_TOKEN = re.compile(
    rf"{_BEGIN}(?P<each>các\s+)?(?:(?P<point>điểm)\s+(?P<points>{_P}(?:{_SEP}{_P})*|này(?!\w))"
    rf"|(?P<clause>khoản)\s+(?P<clauses>{_C}(?:{_SEP}{_C})*|này(?!\w))"
    rf"|(?P<article>[ĐÐ]iều|[Đđ]\.)\s*(?P<articles>{_A}(?:{_SEP}{_A})*|này(?!\w)))",
    re.IGNORECASE,
)
_LEVELS = (("point", POINT), ("clause", CLAUSE), ("article", ARTICLE))
_VALUE = re.compile(r"này|\d{1,4}(?:\.\d{1,3})+|\d{1,4}[a-zđ]?|[a-zđ]\d{0,2}(?:\.\d{1,2})?", re.IGNORECASE)
_SEPARATOR = re.compile(rf"\)?{_SEP}", re.IGNORECASE)
_JOINS = re.compile(
    r"(?:\s*\([^()\n]{1,100}\))?\s*[,;]?\s*(?:(?:và|hoặc|hay|đến|tới|cũng như|cùng với|và/hoặc)\s+)?"
    r"(?:hết\s+|từ\s+|một trong\s+)?"
    r"(?:(?:quy định|nêu)?\s*tại\s+|từ\s+)?",
    re.IGNORECASE,
)
_ASCENDS = re.compile(r"\s*,?\s*(?:\(\s*)?(?:(?:của|thuộc|tại|ở|[-\u2010-\u2015])\s*)?(?:quy định tại\s+)?")
_DESCENDS = re.compile(r"\s*[,:]?\s*")
_THROUGH = re.compile(r"\s*,?\s*(?:đến|tới)\s+(?:hết\s+)?", re.IGNORECASE)
# "Điều 11. Xử lý vi phạm": a heading, at the start of a line or of what is quoted.
_HEADING = re.compile(r"(?:^|\n|[“\"])[\s*]*$")
_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?:\n“\"])[\s*]*$")
_ABOUT_THIS = re.compile(r"(?:tại|theo|của|thuộc|trong|với|ở|và|hoặc|trừ|từ)\s*$", re.IGNORECASE)
# Circulars of before 2008 have parts in the place of articles: "điểm b khoản 2 mục II Thông tư này".
_SECTION = re.compile(r"\s*,?\s*(?:của\s+)?(?:mục|phần)\s+(?P<n>[IVXLC]{1,6}|\d{1,2})(?!\w)", re.IGNORECASE)


@dataclass
class Reference:
    """``article`` and ``clause`` may be THIS; what is not said is empty.

    ``since`` is the article that a range began with, where this one ends it: "từ Điều 5 đến Điều 9".
    """

    start: int
    end: int
    article: str = ""
    clause: str = ""
    point: str = ""
    section: str = ""
    since: "Reference | None" = field(default=None, repr=False, compare=False)

    @property
    def anchor(self) -> str:
        parts = [f"dieu-{self.article}"] if self.article else [f"muc-{self.section}"] if self.section else []
        parts += [f"khoan-{self.clause}"] if self.clause else []
        parts += [f"diem-{self.point}"] if self.point else []
        return ".".join(parts).lower()

    def between(self, most: int = 60) -> Iterator[str]:
        """The articles of a range that are not named themselves."""
        if self.since and self.article.isdigit() and self.since.article.isdigit():
            first, last = int(self.since.article) + 1, int(self.article)
            if not self.clause and not self.since.clause and last - first <= most:
                yield from (str(number) for number in range(first, last))


@dataclass
class _Token:
    level: int
    start: int
    word: int  # where its own word begins, behind "các"
    end: int
    values: list[tuple[str, int, int]]
    is_each: bool  # "các điều 214 và 215"
    above: dict[int, str] = field(default_factory=dict)  # by level
    higher: "_Token | None" = None  # that follows it: khoản 2 · Điều 4
    lower: "_Token | None" = None  # that has said this token's first value already, before or after it
    under: "_Token | None" = None  # that it is read downwards from: Điều 4 · khoản 2
    # "khoản 2 các điều 5 và 6": what else it is said of, (level, value, start, end).
    further: list[tuple[int, str, int, int]] = field(default_factory=list)

    def begins(self) -> int:
        return self.under.begins() if self.under else self.word

    def ends(self) -> int:
        return self.higher.first_ends() if self.higher else self.end

    def first_ends(self) -> int:
        return self.values[0][2] if len(self.values) > 1 else self.ends()


def find_references(text: str) -> list[Reference]:
    """In order, none overlapping; the text is NFC. Time grows with the length of the text only."""
    tokens = list(_tokens(text))
    gaps = [text[a.end : b.start] if b.start - a.end < 140 else "\0" for a, b in pairwise(tokens)]
    _look_right(tokens, gaps)
    _look_left(tokens, gaps)
    found: list[Reference] = []
    for token in tokens:
        found += _references(token, text)
    found.sort(key=lambda one: one.start)
    for before, one in pairwise(found):
        if before.end > one.start:
            before.end = max(before.start + 1, before.start + len(_TRAILING.sub("", text[before.start : one.start])))
        elif _THROUGH.fullmatch(text, before.end, one.start):
            one.since = before
    return found


_TRAILING = re.compile(r"(?:\s*[,;]|\s+(?:và|hoặc|hay|đến|tới|các|từ))*\s*$")


def _tokens(text: str) -> Iterator[_Token]:
    before: _Token | None = None
    for match in _TOKEN.finditer(text):
        kind, level = next((name, level) for name, level in _LEVELS if match[name])
        words = match[f"{kind}s"]
        if words.lower() == THIS and not _is_this(text, match, level, before):
            continue
        if level == ARTICLE and _is_heading(text, match):
            continue
        at = match.start(f"{kind}s")
        values = [(v[0].lower(), at + v.start(), at + v.end()) for v in _values(words)]
        if values:
            before = _Token(
                level, match.start(), match.start(kind), match.end(), values, bool(match["each"]) and len(values) > 1
            )
            yield before


def _values(words: str) -> Iterator[re.Match[str]]:
    at = 0
    while match := _VALUE.match(words, at):
        yield match
        separator = _SEPARATOR.match(words, match.end())
        if not separator:
            return
        at = separator.end()


def _is_this(text: str, match: re.Match[str], level: int, before: _Token | None) -> bool:
    """ "Điều này" begins many a sentence that speaks of no article, and "khoản này" may be a sum of money."""
    if before and before.level < level and _ASCENDS.fullmatch(text, before.end, match.start()):
        return level != POINT
    if level == ARTICLE and match["article"] in ("Điều", "Ðiều"):
        return not _SENTENCE_BEGINS.search(text[max(0, match.start() - 8) : match.start()])
    return level == CLAUSE and bool(_ABOUT_THIS.search(text[max(0, match.start() - 12) : match.start()]))


def _is_heading(text: str, match: re.Match[str]) -> bool:
    return text[match.end() : match.end() + 2] in (". ", ".") and bool(
        _HEADING.search(text[max(0, match.start() - 8) : match.start()])
    )


def _look_right(tokens: Sequence[_Token], gaps: Sequence[str]) -> None:
    """Upwards: điểm a · khoản 2 · Điều 4, and what is listed before shares what stands above the last."""
    for n in range(len(tokens) - 2, -1, -1):
        token, after, gap = tokens[n], tokens[n + 1], gaps[n]
        if after.level > token.level and _ASCENDS.fullmatch(gap):
            token.above = {after.level: after.values[0][0], **after.above}
            token.further = [(after.level, *value) for value in after.values[1:]] if after.is_each else after.further
            token.higher, after.lower = after, token
        elif after.level <= token.level and _JOINS.fullmatch(gap):
            token.above = {level: value for level, value in after.above.items() if level > token.level}


def _look_left(tokens: Sequence[_Token], gaps: Sequence[str]) -> None:
    """Downwards, where nothing higher follows: Điều 3 · khoản 2 · điểm a."""
    for n in range(1, len(tokens)):
        token, before, gap = tokens[n], tokens[n - 1], gaps[n - 1]
        if token.level == ARTICLE or ARTICLE in token.above:
            continue
        if before.level > token.level and _DESCENDS.fullmatch(gap):
            token.above = {**token.above, before.level: before.values[-1][0], **before.above}
            if before.lower is None and len(before.values) == 1:
                before.lower, token.under = token, before
        elif before.level <= token.level and _JOINS.fullmatch(gap):
            token.above = {level: value for level, value in before.above.items() if level > token.level} | token.above


def _references(token: _Token, text: str) -> Iterator[Reference]:
    if token.is_each and token.lower and token.lower.further:
        return  # each has been said with what stands before
    section = "" if token.level == ARTICLE or ARTICLE in token.above else _section_after(text, token)
    for n, (value, start, end) in enumerate(token.values):
        if n == 0 and token.lower:
            continue
        said = {**token.above, token.level: value}
        begins = token.begins() if n == 0 else start
        ends = token.ends() if n == len(token.values) - 1 else end
        if one := _reference(begins, ends, said, section):
            yield one
    if not token.lower:
        for level, value, start, end in token.further:
            for each, _start, _end in token.values:
                if one := _reference(start, end, {**token.above, level: value, token.level: each}, section):
                    yield one


def _reference(start: int, end: int, said: dict[int, str], section: str) -> Reference | None:
    if said.get(CLAUSE) == THIS:
        said.setdefault(ARTICLE, THIS)
    article = said.get(ARTICLE, "")
    if not article and not section:
        return None
    return Reference(start, end, article, said.get(CLAUSE, ""), said.get(POINT, ""), "" if article else section)


def _section_after(text: str, token: _Token) -> str:
    match = _SECTION.match(text, token.ends())
    return match["n"].lower() if match else ""
