"""Finding document numbers and references to articles in Vietnamese text.

Party numbers read 147-KH/TU, State ones 36/2018/QH14 or 12/UBND-VX. Real text holds blanks, other
dashes, missing marks and mixed styles: these are found too, marked as not standard and with the form
that is meant. A number alone names no document: Party numbers restart with each committee term.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

D = "[-\u2010-\u2015]"
# Longest first, in any case.
_TYPES = "BCTĐ|CTHĐ|VBHN|TTLT|QyĐ|QĐi|CTr|TTr|TCB|NQ|QĐ|QD|QC|QH|CT|KL|TT|HD|TB|TC|BC|KH|ĐA|DA|PA|CV|BB|BS|GM|CL|CĐ"
# Numbers inside addresses of the web and names of files are none.
_BEGIN, _END = r"(?<![\w/=&%#])", r"(?![\w/=&%])"
# BNN&PTNT, UBND, TTg, GDTrH
_PART = r"[A-ZĐ][A-ZĐ0-9a-zưƯ]*(?:&[A-ZĐ]+)*"
PARTY = re.compile(
    rf"{_BEGIN}(?P<no>\d{{1,5}}[a-e]?)\s?{D}\s?(?P<t>(?i:{_TYPES}))\s?/\s?"
    rf"(?P<iss>[A-ZĐƯ][A-ZĐƯa-zđư]{{0,9}}(?:{D}[A-ZĐƯ0-9]{{1,9}})*){_END}"
)
# 18-L/CTN, 9-LCT/HĐNN8: laws of before 2000.
OLD_LAW = re.compile(rf"{_BEGIN}(?P<no>\d{{1,3}})\s?{D}\s?(?P<t>LCT|PL|L)\s?/\s?(?P<iss>CTN|H[ĐD]NN\d?){_END}")
STATE_YEAR = re.compile(
    rf"{_BEGIN}(?P<no>\d{{1,5}}[a-eđ]?)\s?/\s?(?P<y>(?:19|20)\d\d)\s?/\s?"
    rf"(?P<sym>QH\d{{1,2}}|UBTVQH\d{{1,2}}|NQ\.HĐTP|TTLT/{_PART}(?:{D}{_PART})*"
    rf"|[A-ZĐ][A-ZĐa-z]{{1,5}}{D}{_PART}(?:{D}{_PART})*"
    rf"|[A-ZĐ][A-ZĐa-z]{{1,5}}\s?{D}\s?(?:CP|TTg|[A-ZĐ]{{3,}}(?:&[A-ZĐ]+)*)){_END}"
)
STATE_NO_YEAR = re.compile(
    rf"{_BEGIN}(?<!\d[-\u2010-\u2015])(?P<no>\d{{1,5}}[a-eđ]?)/(?P<sym>[A-ZĐ][A-ZĐa-z]{{1,6}}(?:{D}{_PART})+){_END}"
)
# 06/2022-QH15 for 06/2022/QH15; and 56/CP or 26-CP, as the Government numbered until 1996.
LAW_WITH_DASH = re.compile(rf"{_BEGIN}(?P<no>\d{{1,5}})\s?/(?P<y>(?:19|20)\d\d){D}(?P<sym>QH\d{{1,2}}){_END}")
OLD_GOVERNMENT = re.compile(rf"{_BEGIN}(?P<no>\d{{1,4}})(?P<d>/|{D})(?P<sym>CP|TTg|HĐBT)(?![\w/-])")

_CANON = {each.lower(): each for each in _TYPES.split("|")} | {"qd": "QĐ"}
_PARTY_ISSUERS = re.compile(r"TU|HU|QU|ĐU\w*|TW|CB|TƯ|UBKT\w*|B[A-ZĐ]+TW|VPTW")
_STATE_ISSUERS = re.compile(r"CP|TTg|HĐBT|CTN|QH\d*|UBTVQH\d*|TCT|TCHQ")
_COURT = re.compile(r"(?:QĐ|BA)?(?:ST|PT|GĐT)?-?(?:HS|DS|HC|HNGĐ|KDTM|LĐ)(?:-?(?:ST|PT|GĐT))?|(?:QĐST|QĐPT)-\w+")
# "Mẫu số 01/CK-NSNN" numbers a form, "QCVN 01/BYT" a standard.
_OF_A_FORM = re.compile(
    r"(?:mẫu|biểu|phụ lục|qcvn|tcvn|mã hiệu|tờ khai|phiếu)\s*(?:mẫu\s*)?(?:số)?\s*:?[\s\[(“\"*]*$", re.IGNORECASE
)
_NEXT_FORM = re.compile(r"[\s\]),;]*(?:(?:và|hoặc|hay|đến)\s+)?(?:mẫu\s+)?(?:số\s*)?:?\s*", re.IGNORECASE)
# "số31-QĐ/TW", "59/2019/NĐ-CPngày": run into the word before or after.
_RUN_TOGETHER = re.compile(
    r"(?i:(?<=số)(?=\d))|(?:(?<=[A-ZĐ\d])|(?<=TTg))(?=(?:ngày|ban hành|của|về|quy định|sửa đổi|được|tại"
    r"|và|hoặc|để|đề nghị|gửi|cho|thực hiện|có|theo|thì|nếu)(?!\w)|ngày(?=\d))"
)


@dataclass(frozen=True)
class Found:
    """A number in a text; ``start`` and ``end`` are offsets in the text as it was given."""

    kind: str  # party | state | other (courts)
    matched: str
    start: int
    end: int
    normalised: str
    number: str
    type: str
    issuer: str
    year: int | None = None
    is_standard: bool = True
    suggestion: str = ""
    dated: date | None = None  # "…, ngày 28-12-2010": what tells Party papers of two terms apart


@dataclass(frozen=True)
class Anchor:
    """A reference to a place in a document."""

    matched: str
    start: int
    end: int
    anchor: str  # dieu-20.khoan-2.diem-a · phu-luc-III · trang-345 · hinh-27
    is_own: bool = False  # of the text that it stands in: "khoản 1 Điều này"


class _Read:
    """The text made even for reading (NFC, a blank after "số" and before "ngày"), and where each letter came from."""

    def __init__(self, text: str) -> None:
        self.given = text
        self.text = text
        self.origin: Sequence[int] = range(len(text))
        if not unicodedata.is_normalized("NFC", text):
            letters = [(start, each) for start, letter in composed_letters(text) for each in letter]
            self.text = "".join(each for _start, each in letters)
            self.origin = [start for start, _each in letters]
        self.run_in: set[int] = set()
        if cuts := [match.start() for match in _RUN_TOGETHER.finditer(self.text)]:
            self._part(cuts)
        self.end = len(text)

    def _part(self, cuts: list[int]) -> None:
        pieces: list[str] = []
        origin: list[int] = []
        last = 0
        for cut in cuts:
            pieces += [self.text[last:cut], " "]
            origin += [*self.origin[last:cut], self.origin[cut]]
            self.run_in.add(self.origin[cut])
            last = cut
        self.text = "".join([*pieces, self.text[last:]])
        self.origin = [*origin, *self.origin[last:]]

    def span(self, match: re.Match[str]) -> tuple[int, int]:
        """Where the match lies in the text as it was given, and that what was parted is no part of it."""
        end = match.end()
        return self.origin[match.start()], self.origin[end] if end < len(self.origin) else self.end

    def is_run_in(self, start: int, end: int) -> bool:
        return start in self.run_in or end in self.run_in


def composed_letters(text: str) -> Iterator[tuple[int, str]]:
    """(offset, letter with its marks composed) of each letter."""
    if unicodedata.is_normalized("NFC", text):
        yield from enumerate(text)
        return
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not unicodedata.combining(text[at]):
            yield start, unicodedata.normalize("NFC", text[start:at])
            start = at


Described = tuple[str, str, str, str]  # kind, type, issuer, normalised


def find_numbers(text: str) -> list[Found]:
    """All document numbers in a text, in order, none overlapping; the text may be NFC or NFD."""
    read = _Read(text)
    taken = _Taken()
    found: list[Found] = []
    for pattern, describe in _FORMS:
        last_form = -1
        for match in pattern.finditer(read.text):
            start, end = read.span(match)
            if not taken.is_free(start, end):
                continue
            if pattern in _STATE and _is_of_a_form(read.text, match.start(), last_form):
                last_form = match.end()
                continue
            kind, doc_type, issuer, meant = describe(match)
            matched = text[start:end]
            as_meant = _plain(unicodedata.normalize("NFC", matched)) == meant
            standard = as_meant and not read.is_run_in(start, end)
            year = match.groupdict().get("y")
            taken.add(start, end)
            found.append(
                Found(
                    kind, matched, start, end, meant, match["no"], doc_type, issuer,
                    year=int(year) if year else None, is_standard=standard, suggestion="" if standard else meant,
                    dated=_date_after(read.text, match.end()),
                )
            )  # fmt: skip
    return sorted(found, key=lambda each: each.start)


_DATED = re.compile(
    r"\s*,?\s*(?:ngày\s*|\(|dated\s+)?(\d{1,2})\s*(?:[-/.]|tháng)\s*(\d{1,2})\s*(?:[-/.]|năm)\s*((?:19|20)\d\d)(?!\d)"
)


def _date_after(text: str, at: int) -> date | None:
    if match := _DATED.match(text, at):
        try:
            return date(int(match[3]), int(match[2]), int(match[1]))
        except ValueError:
            return None
    return None


class _Taken:
    """Stretches of the text that are spoken for; asking is quick however many there are."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: dict[int, int] = {}

    def is_free(self, start: int, end: int) -> bool:
        n = bisect_right(self.starts, start)
        before = self.starts[n - 1] if n else -1
        after = self.starts[n] if n < len(self.starts) else end
        return after >= end and (before < 0 or self.ends[before] <= start)

    def add(self, start: int, end: int) -> None:
        self.starts.insert(bisect_right(self.starts, start), start)
        self.ends[start] = end


def _is_of_a_form(text: str, start: int, last_form: int) -> bool:
    if last_form >= 0 and start - last_form < 20 and _NEXT_FORM.fullmatch(text, last_form, start):
        return True
    return bool(_OF_A_FORM.search(text[max(0, start - 24) : start]))


def _plain(text: str) -> str:
    return re.sub(D, "-", text)


def _party(match: re.Match[str]) -> Described:
    doc_type = _CANON[match["t"].lower()]
    # Ư is written for W in TW (trung ương).
    issuer = re.sub(r"TƯ$", "TW", _plain(match["iss"]))
    if _STATE_ISSUERS.fullmatch(issuer) and doc_type in ("NQ", "QĐ", "CT", "TB", "CĐ", "TTr"):
        # 01-NQ/CP: a State number typed in the Party's way.
        return "state", doc_type, issuer, f"{match['no']}/{doc_type}-{issuer}"
    kind = "state" if _STATE_ISSUERS.fullmatch(issuer) else "party"
    return kind, doc_type, issuer, f"{match['no']}-{doc_type}/{issuer}"


def _old_law(match: re.Match[str]) -> Described:
    issuer = match["iss"].replace("HD", "HĐ")
    return "state", match["t"], issuer, f"{match['no']}-{match['t']}/{issuer}"


def _state_with_year(match: re.Match[str]) -> Described:
    symbol = re.sub(r"^ND-CP$", "NĐ-CP", re.sub(r"\s", "", _plain(match["sym"])))
    doc_type, _dash, issuer = symbol.partition("-")
    if symbol.startswith(("QH", "UBTVQH")):
        # Laws and resolutions of the National Assembly share one series: the symbol does not say which.
        doc_type, issuer = "", symbol
    kind = "other" if _COURT.fullmatch(symbol) else "state"
    return kind, doc_type, issuer, f"{match['no']}/{match['y']}/{symbol}"


def _state_without_year(match: re.Match[str]) -> Described:
    symbol = _plain(match["sym"])
    doc_type, _dash, issuer = symbol.partition("-")
    if _PARTY_ISSUERS.fullmatch(issuer) and doc_type in _CANON.values():
        # 01/NQ-TU: a Party number typed in the State's way.
        issuer = re.sub(r"TƯ$", "TW", issuer)
        return "party", doc_type, issuer, f"{match['no']}-{doc_type}/{issuer}"
    if doc_type not in _CANON.values() and doc_type != "NĐ":
        # A letter's symbol holds the issuer and the drafting division: 12/UBND-VX.
        return "other" if _COURT.fullmatch(symbol) else "state", "CV", symbol, f"{match['no']}/{symbol}"
    return "state", doc_type, issuer, f"{match['no']}/{symbol}"


def _old_government(match: re.Match[str]) -> Described:
    return "state", "", match["sym"], _plain(match[0])


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Described]], ...] = (
    (PARTY, _party),
    (OLD_LAW, _old_law),
    (STATE_YEAR, _state_with_year),
    (LAW_WITH_DASH, _state_with_year),
    (STATE_NO_YEAR, _state_without_year),
    (OLD_GOVERNMENT, _old_government),
)
_STATE = (STATE_YEAR, STATE_NO_YEAR)


_BETWEEN = rf"[\s,]*(?:{D}\s*)?(?:của\s+)?"
_ANCHOR = re.compile(
    rf"(?:(?:(?<!\w)điểm\s+(?P<point>[a-zđ]{{1,2}}|\d+(?:\.\d+)+)(?!\w){_BETWEEN})?"
    rf"(?:(?<!\w)khoản\s+(?P<clause>\d{{1,3}})(?!\w){_BETWEEN})?(?<!\w)Điều\s+(?P<article>\d{{1,4}}[a-zđ]?)(?!\w))"
    r"|(?<!\w)phụ lục\s+(?:số\s+)?(?P<annex>[IVXLC]{1,6}|\d{1,2}|[A-ZĐ])(?!\w)"
    r"|(?<!\w)trang\s+(?P<page>\d{1,4})(?!\w)"
    r"|(?<!\w)(?:ảnh|hình)\s+(?:số\s+)?(?P<plate>\d{1,4})(?!\w)",
    re.IGNORECASE,
)


def find_anchors(text: str) -> list[Anchor]:
    """References to articles, clauses, points, annexes, printed pages and plates, in order."""
    read = _Read(text)
    found = []
    for match in _ANCHOR.finditer(read.text):
        start, end = read.span(match)
        found.append(Anchor(text[start:end], start, end, _anchor(match)))
    return found


def _anchor(match: re.Match[str]) -> str:
    if match["page"]:
        return f"trang-{match['page']}"
    if match["plate"]:
        return f"hinh-{match['plate']}"
    if match["annex"]:
        return f"phu-luc-{match['annex'].upper()}"
    anchor = f"dieu-{match['article'].lower()}"
    if match["clause"]:
        anchor += f".khoan-{match['clause']}"
    if match["point"]:
        anchor += f".diem-{match['point'].lower()}"
    return anchor


_SHORT = re.compile(
    r"(?<!\w)(?P<t>Nghị định|NĐ|Decree|Thông tư|TT|Circular|Luật|Law)\s*(?:số\s+|No\.?\s+)?"
    r"(?P<no>\d{1,5})(?:/(?P<y>(?:19|20)\d\d))?(?![\w/-]|[.,]\d)(?!\s*(?:điều|chương|khoản|văn bản|về))"
)


@dataclass(frozen=True)
class Short:
    """ "Nghị định 59", "NĐ 85/2025": ``normalised`` where the words alone say it, else empty."""

    start: int
    end: int
    type: str
    number: str  # 59, or 85/2025
    normalised: str


def find_short_numbers(text: str) -> list[Short]:
    """Numbers that leave out their symbol: which document is meant is for the caller to know. The text is NFC."""
    found = []
    for match in _SHORT.finditer(text):
        is_decree = match["t"] in ("Nghị định", "NĐ", "Decree")
        if match["t"] in ("NĐ", "TT") and not match["y"]:
            continue
        number = match["no"] + (f"/{match['y']}" if match["y"] else "")
        # A decree of our days is always the Government's.
        known = f"{number}/NĐ-CP" if is_decree and match["y"] and int(match["y"]) >= 1997 else ""
        found.append(Short(match.start(), match.end(), match["t"], number, known))
    return found
