"""Reading a paper that came in: number, type, date, issuer and subject from its official heading."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lxml import etree

from thongsuot.papers.files import UnfitFile
from thongsuot.viet.text import fold, nfc

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
LARGEST_PART = 60 * 1024 * 1024
# The heading ends long before: what stands further down belongs to the text.
HEADING_LINES = 60
LONGEST_SUBJECT = 600

TYPE_NAMES = {
    "nghi quyet": "NQ", "quyet dinh": "QĐ", "chi thi": "CT", "ket luan": "KL", "quy che": "QC", "quy dinh": "QĐ",
    "thong tri": "TT", "thong tu": "TT", "huong dan": "HD", "thong bao": "TB", "thong cao": "TC", "bao cao": "BC",
    "ke hoach": "KH", "chuong trinh": "CTr", "chuong trinh hanh dong": "CTHĐ", "de an": "ĐA", "du an": "DA",
    "phuong an": "PA", "quy hoach": "QH", "chien luoc": "CL", "to trinh": "TTr", "cong van": "CV", "bien ban": "BB",
    "cong dien": "CĐ", "giay moi": "GM", "nghi dinh": "NĐ",
}  # fmt: skip

DASH = "[-\u2010-\u2015]"
_NUMBER = re.compile(
    rf"^\s*s[ốôo]\s*[:.]?\s*(?P<no>\d{{1,5}}[a-eđ]?)?\s*(?P<rest>(?:{DASH}|/)\s*[A-ZĐƯ][\wĐđƯư]*(?:\s?(?:{DASH}|/)\s?[A-ZĐƯ\d][\wĐđƯư]*)*"
    rf"|/\s*(?:19|20)\d\d\s*/\s*[A-ZĐƯ][\wĐđƯư]*(?:\s?{DASH}\s?[A-ZĐƯ][\wĐđƯư]*)*)",
    re.IGNORECASE,
)
_DATE = re.compile(r"ngày\s*(?P<day>\d{1,2})\s*tháng\s*(?P<month>\d{1,2})\s*năm\s*(?P<year>\d{4})", re.IGNORECASE)
_SHORT_DATE = re.compile(
    r"(?:^|,|ngày)\s*(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})\s*[/.-]\s*(?P<year>\d{4})\s*$", re.IGNORECASE
)
_UNDATED = re.compile(r"ngày[\s.…]*\d{0,2}[\s.…]*tháng[\s.…]*\d{0,2}[\s.…]*năm", re.IGNORECASE)
_BODY_BEGINS = re.compile(
    r"^(?:[IVX]+\s*[-.]|\d+\s*[.)]|[a-zđ]\)|- |Căn cứ|Thực hiện |Kính gửi|Xét |Điều \d|Hôm nay|Hồi )", re.IGNORECASE
)
_ORNAMENT = re.compile(r"^[\s*_=~.\u2010-\u2015-]*$")
_MOTTOES = ("dang cong san viet nam", "cong hoa xa hoi chu nghia viet nam", "doc lap tu do hanh phuc")

WHERE = {
    "letterhead": gettext_lazy("in the letterhead"),
    "first lines": gettext_lazy("in the first lines"),
    "title": gettext_lazy("under the title"),
    "number": gettext_lazy("from the number"),
    "text": gettext_lazy("in the text"),
}
SURE, LIKELY, GUESS = 0.95, 0.7, 0.4


@dataclass(frozen=True)
class Line:
    """A line as it is seen: a paragraph, or what a break or tab sets apart within one."""

    text: str
    in_table: bool
    is_bold: bool
    is_centred: bool
    column: int  # of a table row, or of the parts between tabs
    paragraph: int

    @property
    def place(self) -> str:
        return "letterhead" if self.in_table else "first lines"


@dataclass
class PaperHeading:
    """What could be read; ``missing`` names what could not. All of it is to be confirmed by a person."""

    number: str = ""
    doc_type: str = ""
    type_name: str = ""
    issuer: str = ""
    superior: str = ""
    place: str = ""
    issued_on: date | None = None
    subject: str = ""
    system: str = "party"
    missing: list[str] = field(default_factory=list)
    where: dict[str, str] = field(default_factory=dict)  # a key of WHERE
    confidence: dict[str, float] = field(default_factory=dict)  # 0 to 1

    def note(self, name: str, value: Any, where: str, confidence: float) -> None:
        setattr(self, name, value)
        self.where[name], self.confidence[name] = where, confidence


def plain_text(data: bytes) -> list[str]:
    """The document's paragraphs, in order, NFC. Raises UnfitFile when it cannot be opened."""
    return [text for text in (" ".join("".join(_pieces(each)).split()) for each in _paragraphs(data)) if text]


def read_heading(data: bytes) -> PaperHeading:
    """Read the official heading of a DOCX; without one, the answer is partly or wholly empty.

    Raises UnfitFile when the bytes are no document at all.
    """
    lines = _lines(data)
    head = PaperHeading()
    _read_system(head, lines)
    number_at = _read_number(head, lines)
    date_at = _read_date(head, lines)
    title_at = _read_type(head, lines)
    _read_issuer(head, lines, [at for at in (number_at, date_at, title_at) if at is not None])
    _read_subject(head, lines, title_at, number_at)
    for name in ("number", "doc_type", "issued_on", "issuer", "subject"):
        if not getattr(head, name):
            head.missing.append(name)
    return head


# The file


def _paragraphs(data: bytes) -> Iterator[Any]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo("word/document.xml").file_size > LARGEST_PART:
                raise UnfitFile(_("The document is too long to be read here."))
            body = archive.read("word/document.xml")
        if b"<!DOCTYPE" in body:
            raise ValueError("a DTD has no place in an office document")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
        root = etree.fromstring(body, parser)
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, KeyError, EOFError, ValueError, RuntimeError,
            NotImplementedError) as error:  # fmt: skip
        raise UnfitFile(_("The file is damaged. Open it on your computer, save it anew and send that.")) from error
    # What old programs show in place of a text box repeats its words.
    return (each for each in root.iter(f"{W}p") if next(each.iterancestors(FALLBACK), None) is None)


def _pieces(paragraph: Any) -> Iterator[str]:
    """The paragraph's own text; a text box inside it is a paragraph of its own. Tab and break stay as signs."""
    for node in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen"):
        if next(node.iterancestors(f"{W}p"), None) is not paragraph:
            continue
        if next(node.iterancestors(f"{W}moveFrom", f"{W}tabs", FALLBACK), None) is not None:
            continue
        kind = node.tag.removeprefix(W)
        yield nfc(node.text or "") if kind == "t" else {"tab": "\t", "noBreakHyphen": "-"}.get(kind, "\n")


def _lines(data: bytes) -> list[Line]:
    found: list[Line] = []
    for n, paragraph in enumerate(_paragraphs(data)):
        # Letters whose marks stand apart may lie in two runs: they are put together after joining.
        text = nfc("".join(_pieces(paragraph)))
        if not text.strip():
            continue
        cell = next(paragraph.iterancestors(f"{W}tc"), None)
        column = sum(1 for _each in cell.itersiblings(f"{W}tc", preceding=True)) if cell is not None else 0
        bold = any(each.get(f"{W}val") not in ("0", "false") for each in paragraph.iter(f"{W}b"))
        aligned = paragraph.find(f"{W}pPr/{W}jc")
        centred = aligned is not None and aligned.get(f"{W}val") == "center"
        for row in text.split("\n"):
            # Blanks in a row stand for columns, but not inside "Số      -KH/TU".
            parts = re.split(r"\t+|(?<=[^\s:ốỐ])\s{4,}(?![-/])", row)
            for m, part in enumerate(part for part in parts if part.strip()):
                found.append(Line(" ".join(part.split()), cell is not None, bold, centred, column + m, n))
        if len(found) > HEADING_LINES:
            break
    return found[:HEADING_LINES]


# The heading, piece by piece


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", fold(text)).split())


def _read_system(head: PaperHeading, lines: list[Line]) -> None:
    said = [_bare(line.text) for line in lines]
    if any("cong hoa xa hoi chu nghia" in text for text in said):
        head.note("system", "state", "letterhead", SURE)
    elif any("dang cong san viet nam" in text for text in said):
        head.note("system", "party", "letterhead", SURE)


def _read_number(head: PaperHeading, lines: list[Line]) -> int | None:
    for at, line in enumerate(lines):
        match = _NUMBER.search(line.text)
        if not match:
            continue
        rest = re.sub(DASH, "-", re.sub(r"\s+", "", match["rest"]))
        if code := _type_in(rest):
            head.note("doc_type", code, "number", SURE if match["no"] else LIKELY)
        if match["no"]:
            head.note("number", match["no"] + rest, line.place, SURE if line.in_table else LIKELY)
            if "system" not in head.where:
                head.note("system", "state" if rest.startswith("/") else "party", "number", LIKELY)
        return at
    return None


def _type_in(symbol: str) -> str:
    """KH in -KH/TU and /KH-UBND; a State letter has none: /UBND-VX is a công văn."""
    match = re.match(r"(?:/(?:19|20)\d\d)?[-/]([A-ZĐa-zđ]{2,5})[-/]", symbol)
    known = {each.lower(): each for each in (*TYPE_NAMES.values(), "QyĐ", "TTLT", "VBHN", "BS")}
    if match and match[1].lower() in known:
        return known[match[1].lower()]
    return "CV" if symbol.startswith("/") else ""


def _read_date(head: PaperHeading, lines: list[Line]) -> int | None:
    for pattern, confidence in ((_DATE, SURE), (_SHORT_DATE, LIKELY)):
        for at, line in enumerate(lines):
            if _BODY_BEGINS.match(line.text) or len(line.text) > 80:
                continue
            if match := pattern.search(line.text):
                try:
                    issued_on = date(int(match["year"]), int(match["month"]), int(match["day"]))
                except ValueError:
                    continue
                head.note("issued_on", issued_on, line.place, confidence)
                place = line.text[: match.start()].strip(" ,")
                if place:
                    head.note("place", place, line.place, confidence)
                return at
    return next((at for at, line in enumerate(lines) if _UNDATED.search(line.text)), None)


def _read_type(head: PaperHeading, lines: list[Line]) -> int | None:
    """The line that holds the type's name alone, or in capitals before the subject."""
    for at, line in enumerate(lines):
        code = TYPE_NAMES.get(_bare(line.text))
        if code:
            # Quyết định and quy định share QĐ; the number's own code stands where it agrees.
            head.note("type_name", line.text, "title", SURE)
            if head.doc_type != code:
                head.note("doc_type", code, "title", SURE)
            return at
    for at, line in enumerate(lines):
        opening = re.match(r"([A-ZĐÀ-Ỹ]+(?: [A-ZĐÀ-Ỹ]+){0,3})\s+(?=[a-zđà-ỹ])", line.text)
        if opening and (code := TYPE_NAMES.get(_bare(opening[1]))):
            head.note("type_name", opening[1], "title", LIKELY)
            if head.doc_type != code:
                head.note("doc_type", code, "title", LIKELY)
            return at
    return None


def _read_issuer(head: PaperHeading, lines: list[Line], marks: list[int]) -> None:
    """The organisations above the number: the last bold ones issue, what stands above them is the superior."""
    if not marks:
        return
    upper = [
        line for line in lines[: min(marks)]
        if not _ORNAMENT.match(line.text) and _bare(line.text) not in _MOTTOES and not _DATE.search(line.text)
        and not any(motto in _bare(line.text) for motto in _MOTTOES[:2])
    ]  # fmt: skip
    left = [line for line in upper if line.column == 0] or upper
    if not left or any(len(line.text) > 200 for line in left):
        return
    bold = [line for line in left if line.is_bold]
    issuing = bold if bold and len(bold) < len(left) else left[-1:]
    above = [line for line in left if line not in issuing]
    sure = SURE if issuing[0].in_table and bold else LIKELY
    head.note("issuer", " ".join(line.text for line in issuing), issuing[0].place, sure)
    if above:
        head.note("superior", " ".join(line.text for line in above), above[0].place, sure)


def _read_subject(head: PaperHeading, lines: list[Line], title_at: int | None, number_at: int | None) -> None:
    if title_at is None:
        _read_letter_subject(head, lines, number_at)
        return
    title = lines[title_at]
    parts = [] if _bare(title.text) in TYPE_NAMES else [title.text[len(head.type_name) :].strip()]
    stands_out = False
    for line in lines[title_at + 1 :]:
        if _ORNAMENT.match(line.text) or line.in_table != title.in_table or _BODY_BEGINS.match(line.text):
            break
        plain = not (line.is_bold or line.is_centred or line.paragraph == title.paragraph)
        if plain and parts:
            break
        stands_out = stands_out or line.is_bold
        parts.append(line.text)
        if plain:
            break
    subject = " ".join(parts)
    if 0 < len(subject) <= LONGEST_SUBJECT:
        head.note("subject", subject, "title", SURE if stands_out else LIKELY)


def _read_letter_subject(head: PaperHeading, lines: list[Line], number_at: int | None) -> None:
    """A letter (công văn) has its subject under the number."""
    for at, line in enumerate(lines):
        match = re.match(r"(?:V/v\s*:?|Về việc)\s*", line.text, re.IGNORECASE)
        if not match:
            continue
        more = []
        for following in lines[at + 1 :]:
            if following.column != line.column or not following.in_table or _ORNAMENT.match(following.text):
                break
            more.append(following.text)
        head.note("subject", " ".join([line.text[match.end() :], *more]), "letterhead", LIKELY)
        if not head.doc_type and number_at is not None:
            head.note("doc_type", "CV", "number", GUESS)
        return
