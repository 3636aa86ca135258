"""Finding document numbers and references to articles in Vietnamese text.

Party numbers read 147-KH/TU, State ones 36/2018/QH14 or 12/UBND-VX. Real text holds blanks, other
dashes, missing marks and mixed styles: these are found too, marked as not standard and with the form
that is meant. A number alone names no document: Party numbers restart with each committee term.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

D = "[-\u2010-\u2015]"
# Longest first, in any case.
_TYPES = "BCTĐ|CTHĐ|VBHN|TTLT|QyĐ|QĐi|CTr|TTr|TCB|NQ|QĐ|QD|QC|QH|CT|KL|TT|HD|TB|TC|BC|KH|ĐA|DA|PA|CV|BB|BS|GM|CL|CĐ"
PARTY = re.compile(
    rf"(?<![\w/])(?P<no>\d{{1,5}}[a-e]?)\s?{D}\s?(?P<t>(?i:{_TYPES}))\s?/\s?"
    rf"(?P<iss>[A-ZĐƯ][A-ZĐƯa-zđư]{{0,9}}(?:{D}[A-ZĐƯ0-9]{{1,9}})*)(?![\w/])"
)
STATE_YEAR = re.compile(
    rf"(?<![\w/])(?P<no>\d{{1,5}}[a-eđ]?)\s?/(?P<y>(?:19|20)\d\d)/"
    rf"(?P<sym>QH\d{{1,2}}|PL-UBTVQH\d{{1,2}}|[A-ZĐ][A-ZĐa-z]{{1,5}}{D}[A-ZĐ][A-ZĐ0-9a-zưƯ]*(?:{D}[A-ZĐ][A-ZĐ0-9a-z]*)*)(?![\w/])"
)
STATE_NO_YEAR = re.compile(
    rf"(?<![\w/])(?P<no>\d{{1,5}}[a-eđ]?)/(?P<sym>[A-ZĐ][A-ZĐa-z]{{1,6}}(?:{D}[A-ZĐ][A-ZĐ0-9a-z]*)+)(?![\w/])"
)
# 06/2022-QH15 for 06/2022/QH15; and 56/CP, as the Government numbered until 1996.
LAW_WITH_DASH = re.compile(rf"(?<![\w/])(?P<no>\d{{1,5}})\s?/(?P<y>(?:19|20)\d\d){D}(?P<sym>QH\d{{1,2}})(?![\w/])")
OLD_GOVERNMENT = re.compile(r"(?<![\w/])(?P<no>\d{1,4})/(?P<sym>CP|TTg|HĐBT)(?![\w/-])")

_CANON = {each.lower(): each for each in _TYPES.split("|")} | {"qd": "QĐ"}
_PARTY_ISSUERS = re.compile(r"TU|HU|QU|ĐU\w*|TW|CB|TƯ|UBKT\w*|B[A-ZĐ]+TW|VPTW")
_COURT = re.compile(r"(?:QĐ|BA)?(?:ST|PT|GĐT)?-?(?:HS|DS|HC|HNGĐ|KDTM|LĐ)(?:-?(?:ST|PT|GĐT))?|(?:QĐST|QĐPT)-\w+")


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


@dataclass(frozen=True)
class Anchor:
    """A reference to a place in a document."""

    matched: str
    start: int
    end: int
    anchor: str  # dieu-20.khoan-2.diem-a · phu-luc-III · trang-345 · hinh-27
    is_own: bool = False  # of the text that it stands in: "khoản 1 Điều này"


class _Read:
    """The text made even for reading (NFC, a blank after "số"), and where each letter of it came from."""

    def __init__(self, text: str) -> None:
        self.given = text
        letters: list[str] = []
        self.origin: list[int] = []
        for start, letter in composed_letters(text):
            if letter.isdigit() and "".join(letters[-2:]).lower() == "số":
                letters.append(" ")
                self.origin.append(start)
            for each in letter:
                letters.append(each)
                self.origin.append(start)
        self.origin.append(len(text))
        self.text = "".join(letters)

    def span(self, match: re.Match[str]) -> tuple[int, int]:
        return self.origin[match.start()], self.origin[match.end()]

    def is_run_in(self, start: int) -> bool:
        before = unicodedata.normalize("NFC", self.given[max(0, start - 5) : start])
        return before.lower().endswith("số")


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


def find_numbers(text: str) -> list[Found]:
    """All document numbers in a text, in order, none overlapping; the text may be NFC or NFD."""
    read = _Read(text)
    found: list[Found] = []
    for pattern, describe in (
        (PARTY, _party),
        (STATE_YEAR, _state_with_year),
        (LAW_WITH_DASH, _state_with_year),
        (STATE_NO_YEAR, _state_without_year),
        (OLD_GOVERNMENT, _old_government),
    ):
        for match in pattern.finditer(read.text):
            start, end = read.span(match)
            if any(start < other.end and other.start < end for other in found):
                continue
            kind, doc_type, issuer, meant = describe(match)
            matched = text[start:end]
            standard = _plain(unicodedata.normalize("NFC", matched)) == meant and not read.is_run_in(start)
            year = match.groupdict().get("y")
            found.append(
                Found(
                    kind, matched, start, end, meant, match["no"], doc_type, issuer,
                    year=int(year) if year else None, is_standard=standard, suggestion="" if standard else meant,
                )
            )  # fmt: skip
    return sorted(found, key=lambda each: each.start)


def _plain(text: str) -> str:
    return re.sub(D, "-", text)


def _party(match: re.Match[str]) -> tuple[str, str, str, str]:
    doc_type = _CANON[match["t"].lower()]
    # Ư is written for W in TW (trung ương).
    issuer = re.sub(r"TƯ$", "TW", _plain(match["iss"]))
    return "party", doc_type, issuer, f"{match['no']}-{doc_type}/{issuer}"


def _state_with_year(match: re.Match[str]) -> tuple[str, str, str, str]:
    symbol = re.sub(r"^ND-CP$", "NĐ-CP", _plain(match["sym"]))
    doc_type, _dash, issuer = symbol.partition("-")
    if symbol.startswith("QH"):
        # Laws and resolutions of the National Assembly share one series: the symbol does not say which.
        doc_type, issuer = "", symbol
    kind = "other" if _COURT.fullmatch(symbol) else "state"
    return kind, doc_type, issuer, f"{match['no']}/{match['y']}/{symbol}"


def _state_without_year(match: re.Match[str]) -> tuple[str, str, str, str]:
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


def _old_government(match: re.Match[str]) -> tuple[str, str, str, str]:
    return "state", "", match["sym"], match[0]


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
