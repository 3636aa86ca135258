"""Reading a paper that came in: number, type, date, issuer and subject from its official heading."""

import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from lxml import etree

from thongsuot.papers.files import UnfitFile
from thongsuot.viet.text import fold, nfc

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TYPE_NAMES = {
    "nghi quyet": "NQ", "quyet dinh": "QĐ", "chi thi": "CT", "ket luan": "KL", "quy che": "QC", "quy dinh": "QĐ",
    "thong tri": "TT", "huong dan": "HD", "thong bao": "TB", "thong cao": "TC", "bao cao": "BC", "ke hoach": "KH",
    "chuong trinh": "CTr", "chuong trinh hanh dong": "CTHĐ", "de an": "ĐA", "phuong an": "PA", "to trinh": "TTr",
    "cong van": "CV", "bien ban": "BB",
}  # fmt: skip
_NUMBER = re.compile(r"\bsố\s*:?\s*(\d{1,5}[a-eđ]?\s*[-\u2010-\u2015/]\s*\S.*)$", re.IGNORECASE)
_DATE = re.compile(r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})", re.IGNORECASE)
LARGEST_PART = 60 * 1024 * 1024


@dataclass
class PaperHeading:
    """What could be read; ``missing`` names what could not."""

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


def _paragraphs(data: bytes) -> list[tuple[str, bool, bool]]:
    """(text, is in a table cell, is bold) of each paragraph, in reading order."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo("word/document.xml").file_size > LARGEST_PART:
                raise UnfitFile(_("The document is too long to be read here."))
            body = archive.read("word/document.xml")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
        root = etree.fromstring(body, parser)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise UnfitFile(_("The file is damaged. Open it on your computer, save it anew and send that.")) from error
    found = []
    for paragraph in root.iter(f"{W}p"):
        pieces = []
        for node in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br"):
            pieces.append(node.text or "" if node.tag == f"{W}t" else " ")
        text = " ".join(nfc("".join(pieces)).split())
        if not text:
            continue
        in_table = any(ancestor.tag == f"{W}tc" for ancestor in paragraph.iterancestors())
        bold = any(b.get(f"{W}val") not in ("0", "false") for b in paragraph.iter(f"{W}b"))
        found.append((text, in_table, bold))
    return found


def plain_text(data: bytes) -> list[str]:
    """The document's paragraphs, in order, NFC."""
    return [text for text, _cell, _bold in _paragraphs(data)]


def read_heading(data: bytes) -> PaperHeading:
    """Read the official heading of a DOCX; never fails on a document without one."""
    lines = _paragraphs(data)
    head = PaperHeading()
    top = lines[:40]
    number_at = title_at = None
    for index, (text, _cell, _bold) in enumerate(top):
        if not head.number and (match := _NUMBER.search(text)):
            head.number = re.sub(r"\s*([-/])\s*", r"\1", re.sub("[\u2010-\u2015]", "-", match[1])).split(" ")[0].strip(".,;")
            number_at = index
        if not head.issued_on and (match := _DATE.search(text)):
            try:
                head.issued_on = date(int(match[3]), int(match[2]), int(match[1]))
                head.place = text[: match.start()].strip(" ,")
            except ValueError:
                pass
        if title_at is None and (code := TYPE_NAMES.get(fold(text))):
            head.doc_type, head.type_name, title_at = code, text, index
    letters = [t for t, _c, _b in top[: number_at if number_at is not None else 0]]
    bodies = [
        t for t in letters
        if t not in {"*", "-----"} and "dang cong san" not in fold(t) and "cong hoa xa hoi" not in fold(t) and "doc lap" not in fold(t) and not _DATE.search(t)
    ]  # fmt: skip
    head.system = "state" if any("cong hoa xa hoi" in fold(t) for t in letters) else "party"
    if bodies:
        head.issuer = bodies[-1]
        head.superior = bodies[0] if len(bodies) > 1 else ""
    if title_at is not None:
        parts = []
        for text, cell, bold in top[title_at + 1 : title_at + 6]:
            if text.strip("-* ") == "" or cell or (parts and not bold) or re.match(r"^([IVX]+[-.]|\d+\.|Căn cứ|- )", text):
                break
            parts.append(text)
        head.subject = " ".join(parts)
    if head.number and not head.doc_type and (match := re.search(r"[-/]([A-ZĐa-z]{2,4})[-/]", head.number)):
        head.doc_type = match[1]
    for name in ("number", "doc_type", "issued_on", "issuer", "subject"):
        if not getattr(head, name):
            head.missing.append(name)
    return head
