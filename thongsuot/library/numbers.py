"""Finding document numbers and references to articles in Vietnamese text.

Party numbers read 147-KH/TU, State ones 36/2018/QH14 or 12/UBND-VX. Real text holds blanks, other
dashes, missing marks and mixed styles: these are found too and marked as not standard.
"""

import re
from dataclasses import dataclass

D = "[-\u2010-\u2015]"
_TYPES = (
    "BCTĐ|CTHĐ|VBHN|TTLT|QyĐ|CTr|TTr|TCB|NQ|QĐ|QD|QC|QH|CT|KL|TT|HD|TB|TC|BC|KH|ĐA|DA|PA|CV|BB|BS|GM|CL|CĐ"
)
PARTY = re.compile(
    rf"(?<![\w/])(?P<no>\d{{1,5}}[a-e]?)\s?{D}\s?(?P<t>(?i:{_TYPES}))\s?/\s?"
    rf"(?P<iss>[A-ZĐƯ][A-ZĐƯa-zđư]{{0,9}}(?:{D}[A-ZĐƯ0-9]{{1,9}})*)(?![\w/])"
)
STATE_YEAR = re.compile(
    rf"(?<![\w/])(?P<no>\d{{1,5}}[a-eđ]?)/(?P<y>(?:19|20)\d\d)/"
    rf"(?P<sym>QH\d{{1,2}}|PL-UBTVQH\d{{1,2}}|[A-ZĐ][A-ZĐa-z]{{1,5}}{D}[A-ZĐ][A-ZĐ0-9a-zưƯ]*(?:{D}[A-ZĐ][A-ZĐ0-9a-z]*)*)(?![\w/])"
)
STATE_NO_YEAR = re.compile(
    rf"(?<![\w/])(?P<no>\d{{1,5}}[a-eđ]?)/(?P<sym>[A-ZĐ][A-ZĐa-z]{{1,6}}(?:{D}[A-ZĐ][A-ZĐ0-9a-z]*)+)(?![\w/])"
)
_CANON = {t.lower(): t for t in _TYPES.split("|")} | {"qd": "QĐ"}
_PARTY_ISSUERS = re.compile(r"TU|HU|QU|ĐU\w*|TW|CB|UBKT\w*|B[A-ZĐ]+TW")


@dataclass(frozen=True)
class Found:
    """A number in a text; ``start`` and ``end`` are offsets in the text as given."""

    kind: str  # party | state | other
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


def _plain(text: str) -> str:
    return re.sub(D, "-", text)


def _spaced(text: str) -> tuple[str, list[int]]:
    """The text with a blank between "số" and a digit run into it, and where each letter came from."""
    out: list[str] = []
    origin: list[int] = []
    for index, letter in enumerate(text):
        if letter.isdigit() and index >= 2 and text[index - 2 : index].lower() == "số":
            out.append(" ")
            origin.append(index)
        out.append(letter)
        origin.append(index)
    return "".join(out), [*origin, len(text)]


def find_numbers(text: str) -> list[Found]:
    """All document numbers in an NFC text, in order, none overlapping."""
    spaced, origin = _spaced(text)
    found: list[Found] = []
    taken: list[range] = []

    def add(match: re.Match[str], make: Found) -> None:
        if not any(match.start() < span.stop and span.start < match.end() for span in taken):
            taken.append(range(match.start(), match.end()))
            found.append(make)

    for match in PARTY.finditer(spaced):
        start, end = origin[match.start()], origin[match.end() - 1] + 1
        matched = text[start:end]
        doc_type = _CANON[match["t"].lower()]
        issuer = _plain(match["iss"])
        tidy_issuer = re.sub(r"TƯ$", "TW", issuer)
        normalised = f"{match['no']}-{doc_type}/{tidy_issuer}"
        standard = _plain(matched) == normalised and not _run_in(text, start)
        add(match, Found("party", matched, start, end, normalised, match["no"], doc_type, tidy_issuer,
                         is_standard=standard, suggestion="" if standard else normalised))  # fmt: skip
    for match in STATE_YEAR.finditer(spaced):
        start, end = origin[match.start()], origin[match.end() - 1] + 1
        symbol = _plain(match["sym"])
        kind_, _dash, issuer = symbol.partition("-")
        if symbol.startswith("QH"):
            kind_, issuer = "Luật", symbol
        tidy = re.sub(r"^ND-CP$", "NĐ-CP", symbol)
        normalised = f"{match['no']}/{match['y']}/{tidy}"
        standard = _plain(text[start:end]) == normalised and not _run_in(text, start)
        court = kind_ in {"QĐST", "HSST", "HNGĐ", "DSST", "DS"} or issuer in {"DS", "HS", "HNGĐ", "KDTM"}
        add(match, Found("other" if court else "state", text[start:end], start, end, normalised, match["no"],
                         "NĐ" if tidy == "NĐ-CP" else kind_, issuer, int(match["y"]),
                         standard, "" if standard else normalised))  # fmt: skip
    for match in STATE_NO_YEAR.finditer(spaced):
        start, end = origin[match.start()], origin[match.end() - 1] + 1
        kind_, _dash, issuer = _plain(match["sym"]).partition("-")
        normalised = f"{match['no']}/{kind_}-{issuer}"
        # 01/NQ-TU: a Party number typed in the State's way.
        suggestion = f"{match['no']}-{kind_}/{issuer}" if _PARTY_ISSUERS.fullmatch(issuer) and kind_ in _CANON.values() else ""
        add(match, Found("party" if suggestion else "state", text[start:end], start, end, suggestion or normalised,
                         match["no"], kind_, issuer, None, not suggestion, suggestion))  # fmt: skip
    return sorted(found, key=lambda each: each.start)


def _run_in(text: str, start: int) -> bool:
    return text[max(0, start - 2) : start].lower() == "số"


_ANCHOR = re.compile(
    r"(?:(?:điểm\s+(?P<point>[a-zđ])\s*,?\s+)?khoản\s+(?P<clause>\d{1,3})\s*,?\s+)?Điều\s+(?P<article>\d{1,4}[a-zđ]?)(?!\w)"
    r"|(?<!\w)trang\s+(?P<page>\d{1,4})(?!\w)|(?<!\w)(?:ảnh|hình)\s+(?P<plate>\d{1,4})(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Anchor:
    matched: str
    start: int
    end: int
    anchor: str  # dieu-20.khoan-2.diem-a · trang-345 · hinh-27


def find_anchors(text: str) -> list[Anchor]:
    """References to articles, clauses, points, printed pages and plates."""
    found = []
    for match in _ANCHOR.finditer(text):
        if match["page"]:
            anchor = f"trang-{match['page']}"
        elif match["plate"]:
            anchor = f"hinh-{match['plate']}"
        else:
            anchor = f"dieu-{match['article'].lower()}"
            if match["clause"]:
                anchor += f".khoan-{match['clause']}"
            if match["point"]:
                anchor += f".diem-{match['point'].lower()}"
        found.append(Anchor(match[0], match.start(), match.end(), anchor))
    return found
