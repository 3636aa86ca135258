"""References to articles, clauses and points in running Vietnamese text, one at a time even where they are listed.

"khoản 1, 2 và 3 Điều 5" are three references; "điểm a khoản 1, điểm b khoản 2 Điều 5" two, both of Điều 5;
"khoản 1 Điều này" means the article that it stands in. Which document is meant is for the caller to say.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

_SEP = r"(?:\s*,\s*|\s*;\s*|\s+(?:và|hoặc|hay|đến)\s+)"
# "khoản 2, 30 ngày": what counts something is no further clause.
_NO_UNIT = r"(?!\s*(?:%|ngày|tháng|năm\b|người|lần|giờ|triệu|tỷ|tỉ|đồng|phần|m2|ha\b|km))"
_P = r"(?:[a-zđ]\d{0,2}(?:\.\d{1,2})?|\d{1,2}(?:\.\d{1,3})+)(?![\w/])"
_C = r"\d{1,3}[a-zđ]?(?![\w/]|[.,]\d)" + _NO_UNIT
_A = r"\d{1,4}[a-zđ]?(?![\w/]|[.,]\d)" + _NO_UNIT
_TOKEN = re.compile(
    rf"(?<!\w)(?:(?:các\s+)?(?P<point>điểm)\s+(?P<points>{_P}(?:{_SEP}{_P})*|này(?!\w))"
    rf"|(?:các\s+)?(?P<clause>khoản)\s+(?P<clauses>{_C}(?:{_SEP}{_C})*|này(?!\w))"
    rf"|(?:các\s+)?(?P<article>Điều|Đ\.)\s*(?P<articles>{_A}(?:{_SEP}{_A})*|này(?!\w)))",
    re.IGNORECASE,
)
_VALUE = re.compile(r"này|\d{1,4}(?:\.\d{1,3})+|\d{1,4}[a-zđ]?|[a-zđ]\d{0,2}(?:\.\d{1,2})?", re.IGNORECASE)
_SEPARATOR = re.compile(_SEP, re.IGNORECASE)
_JOINS = re.compile(
    r"\s*(?:,|;)?\s*(?:(?:và|hoặc|hay|đến|cũng như|cùng với)\s+)?(?:tại\s+|quy định tại\s+|từ\s+)?", re.IGNORECASE
)
_LISTED = re.compile(r"(?:khoản|điểm)\s+[\w, ]{1,30}\s*,?\s*$", re.IGNORECASE)
_ASCENDS = re.compile(r"\s*,?\s*(?:(?:của|thuộc|tại|[-\u2010-\u2015])\s+)?")
_DESCENDS = re.compile(r"\s*,?\s*")
_ABOUT_THIS = re.compile(r"(?:tại|theo|của|thuộc|trong|với|ở)\s*$", re.IGNORECASE)
_LEVEL = {"point": 0, "clause": 1, "article": 2}
THIS = "này"


@dataclass
class Reference:
    """``article`` and ``clause`` may be THIS; what is not said is empty."""

    start: int
    end: int
    article: str = ""
    clause: str = ""
    point: str = ""

    @property
    def anchor(self) -> str:
        parts = [f"dieu-{self.article}"] if self.article else []
        parts += [f"khoan-{self.clause}"] if self.clause else []
        parts += [f"diem-{self.point}"] if self.point else []
        return ".".join(parts).lower()


@dataclass
class _Token:
    level: int
    start: int
    end: int
    values: list[tuple[str, int, int]]


@dataclass
class _Group:
    """Tokens that ascend: điểm a · khoản 2 · Điều 4. ``joined`` says that it goes on from the group before."""

    tokens: list[_Token]
    joined: bool = False
    inherited: dict[int, str] = field(default_factory=dict)

    def said(self, level: int) -> str:
        token = next((token for token in self.tokens if token.level == level), None)
        # Of a list at a higher level ("điểm a các khoản 1, 2 Điều 5") the first holds.
        return token.values[0][0] if token else self.inherited.get(level, "")


def find_references(text: str) -> list[Reference]:
    """In order, none overlapping; the text is NFC."""
    groups = _groups(text, list(_tokens(text)))
    for before, group in pairwise(groups):
        if not group.joined or group.tokens[0].level >= before.tokens[-1].level:
            continue
        # "Điều 3, khoản 2": downwards, where nothing higher follows.
        if not group.said(2) and before.tokens[-1].level == 2:
            group.inherited[2] = before.tokens[-1].values[-1][0]
        elif not group.said(1) and before.tokens[-1].level == 1 and 2 in before.inherited:
            group.inherited |= {1: before.tokens[-1].values[-1][0], 2: before.inherited[2]}
    for before, group in zip(reversed(groups[:-1]), reversed(groups[1:]), strict=True):
        if group.joined and before.tokens[-1].level < 2:
            for level in range(before.tokens[-1].level + 1, 3):
                if not before.said(level) and group.said(level):
                    before.inherited[level] = group.said(level)
    return _merged([reference for group in groups for reference in _references(group)], text)


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        kind = next(name for name in _LEVEL if match[name])
        words = match[f"{kind}s"]
        if words.lower() == THIS and kind == "article" and not _is_this_article(text, match):
            continue
        at = match.start(f"{kind}s")
        values = [(v[0].lower(), at + v.start(), at + v.end()) for v in _values(words)]
        if values:
            yield _Token(_LEVEL[kind], match.start(), match.end(), values)


def _values(words: str) -> Iterator[re.Match[str]]:
    at = 0
    while match := _VALUE.match(words, at):
        yield match
        separator = _SEPARATOR.match(words, match.end())
        if not separator:
            return
        at = separator.end()


def _is_this_article(text: str, match: re.Match[str]) -> bool:
    """ "Điều này" begins many a sentence that speaks of no article."""
    before = text[max(0, match.start() - 40) : match.start()]
    if match["article"] != "Điều":
        return False
    return bool(_ABOUT_THIS.search(before) or _LISTED.search(before))


def _groups(text: str, tokens: Sequence[_Token]) -> list[_Group]:
    groups: list[_Group] = []
    for token in tokens:
        last = groups[-1].tokens[-1] if groups else None
        gap = text[last.end : token.start] if last else ""
        if last and token.level > last.level and _ASCENDS.fullmatch(gap):
            groups[-1].tokens.append(token)
        else:
            groups.append(_Group([token], joined=bool(last and _JOINS.fullmatch(gap))))
    return groups


def _references(group: _Group) -> Iterator[Reference]:
    lowest, highest = group.tokens[0], group.tokens[-1]
    for n, (value, start, end) in enumerate(lowest.values):
        said = {level: group.said(level) for level in range(lowest.level + 1, 3)} | {lowest.level: value}
        is_last = n == len(lowest.values) - 1
        yield Reference(
            lowest.start if n == 0 else start, highest.end if is_last else end,
            article=said.get(2, ""), clause=said.get(1, ""), point=said.get(0, ""),
        )  # fmt: skip
    # "khoản 1 Điều 5 và 6": the articles after the first stand for themselves.
    if highest is not lowest:
        for value, start, end in highest.values[1:]:
            level = highest.level
            yield Reference(
                start, end, article=value if level == 2 else group.said(2), clause=value if level == 1 else ""
            )


def _merged(references: list[Reference], text: str) -> list[Reference]:
    """ "Điều 3 khoản 2" read downwards is one reference, not the article and then its clause."""
    made: list[Reference] = []
    for one in sorted(references, key=lambda each: (each.start, -each.end)):
        last = made[-1] if made else None
        if last and _goes_down(last, one, text):
            made[-1] = Reference(last.start, one.end, last.article, one.clause or last.clause, one.point)
            continue
        if last and one.start < last.end:
            # "khoản 1 Điều 5 và 6": the first ends where the article after it begins.
            last.end = max(last.start + 1, len(text[: one.start].rstrip(" ,;")))
            last.end -= len(match[0]) if (match := re.search(r"\s*,?\s+(?:và|hoặc|hay|đến)$", text[: last.end])) else 0
        made.append(one)
    return made


def _goes_down(last: Reference, one: Reference, text: str) -> bool:
    if last.point or last.article != one.article or "Điều" in text[one.start : one.end]:
        return False
    if not _DESCENDS.fullmatch(text, last.end, one.start):
        return False
    if not last.clause:
        return bool(one.clause)
    return bool(one.point) and one.clause in ("", last.clause) and "khoản" not in text[one.start : one.end]


# -- laws by their names

_TYPES = "Bộ luật|Luật|Pháp lệnh|Hiến pháp"
_STOP = frozenset(
    re.findall(
        r"\w+",
        """và của được quy định này số ngày năm theo tại để là phải khi do trong với hoặc đã không thì có cho các những
        về từ đến đối hay bằng trên mà nêu nói đó trừ nếu đang cũng""",
    )
)
# Names that hold a comma or one of the words above: where they end cannot be guessed.
_COMMON = tuple(
    re.split(
        r"\s*\|\s*",
        """Phòng, chống tham nhũng|Phòng, chống ma túy|Phòng, chống rửa tiền|Phòng, chống bạo lực gia đình
        |Phòng, chống mua bán người|Phòng, chống tác hại của rượu, bia|Phòng, chống thiên tai|Phòng, chống khủng bố
        |Phổ biến, giáo dục pháp luật|Thi đua, khen thưởng|Thực hành tiết kiệm, chống lãng phí|Cán bộ, công chức
        |Ban hành văn bản quy phạm pháp luật|Quản lý, sử dụng tài sản công|Xử lý vi phạm hành chính
        |Nhập cảnh, xuất cảnh, quá cảnh, cư trú của người nước ngoài tại Việt Nam|Thực hiện dân chủ ở cơ sở
        |Mặt trận Tổ quốc Việt Nam|An toàn, vệ sinh lao động|Trách nhiệm bồi thường của Nhà nước
        |Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân|Khám bệnh, chữa bệnh|Hôn nhân và gia đình
        |Sử dụng năng lượng tiết kiệm và hiệu quả|Tổ chức Chính phủ|Tổ chức Quốc hội|Bảo vệ bí mật nhà nước""",
    )
)
_NAMED = re.compile(rf"(?<!\w)(?P<type>{_TYPES})\s+(?P<name>[A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ][^\W\d_]+)")
_OWN = re.compile(
    r"(?<!\w)(?:Bộ luật|Luật|Pháp lệnh|Nghị định|Thông tư|Nghị quyết|Quyết định|Quy chế|Kế hoạch|Chỉ thị) này(?!\w)"
)
_YEAR = re.compile(r"\s+(?:năm\s+)?((?:19|20)\d\d)(?!\d|/)")
_WORD = re.compile(r"\s+([^\W\d_]+)(?!\w)")


@dataclass
class Named:
    """A law cited by its name; ``year`` only where it is said. ``is_own``: "Luật này"."""

    start: int
    end: int
    name: str = ""
    year: int | None = None
    is_own: bool = False


class KnownNames:
    """Names of laws without their type ("Phòng, chống tham nhũng"), ready to be looked for; the longest first."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.by_first_word: dict[str, list[str]] = {}
        for name in sorted({*names, *_COMMON}, key=len, reverse=True):
            if words := name.split():
                self.by_first_word.setdefault(words[0].strip(",").lower(), []).append(name.lower())


_USUAL = KnownNames()


def find_names(text: str, known: KnownNames = _USUAL) -> list[Named]:
    """Laws by name: as long as one of the known names reaches, else up to the first word that no name holds."""
    found = [Named(match.start(), match.end(), is_own=True) for match in _OWN.finditer(text)]
    for match in _NAMED.finditer(text):
        begin = match.start("name")
        end = _known_end(text, begin, known.by_first_word) or _guessed_end(text, match.end("name"))
        words = " ".join(text[match.start() : end].split())
        year = _YEAR.match(text, end)
        found.append(Named(match.start(), year.end() if year else end, words, int(year[1]) if year else None))
    return sorted(found, key=lambda each: each.start)


def _known_end(text: str, begin: int, names: dict[str, list[str]]) -> int:
    first = re.match(r"[^\W\d_]+", text[begin:])
    for name in names.get(first[0].lower(), ()) if first else ():
        end = begin + len(name)
        if text[begin:end].lower() == name and not text[end : end + 1].isalpha():
            return end
    return 0


def _guessed_end(text: str, end: int) -> int:
    for _n in range(9):
        word = _WORD.match(text, end)
        if not word or word[1].lower() in _STOP or word[1][:1].isupper():
            break
        end = word.end()
    return end
