"""What the first lines of a paper say of it: type, number, date, issuer, title (Decree 30/2020, App. I)."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from thongsuot.library.formats.drafts import About
from thongsuot.library.formats.signs import LONGEST_HEADING, ROMAN_ITEM, bare, is_capitals, opens_anything
from thongsuot.library.numbers import find_numbers

_DATE = re.compile(r"ngày\s+(\d{1,2})\s*(?:tháng|[/.-])\s*(\d{1,2})\s*(?:năm|[/.-])\s*(\d{4})", re.IGNORECASE)
_TYPES = {
    "luật": ("law", "Luật"), "bộ luật": ("law", "Bộ luật"), "pháp lệnh": ("law", "PL"), "hiến pháp": ("law", "HP"),
    "nghị định": ("decree", "NĐ"), "thông tư": ("decree", "TT"), "nghị quyết": ("directive", "NQ"),
    "thông tư liên tịch": ("decree", "TTLT"), "quyết định": ("directive", "QĐ"), "chỉ thị": ("directive", "CT"),
    "kế hoạch": ("directive", "KH"), "hướng dẫn": ("directive", "HD"), "kết luận": ("directive", "KL"),
    "quy định": ("directive", "QĐ"), "quy chế": ("directive", "QC"), "chương trình": ("directive", "CTr"),
    "thông báo": ("directive", "TB"), "báo cáo": ("other", "BC"), "văn bản hợp nhất": ("law", "VBHN"),
}  # fmt: skip
_ISSUERS = {"QH": "Quốc hội", "CP": "Chính phủ", "TTg": "Thủ tướng Chính phủ", "UBTVQH": "Ủy ban Thường vụ Quốc hội"}
# A paragraph that tells a date is no letterhead.
_LONGEST_LINE = 100
_NOT_ISSUER = re.compile(r"CỘNG H[OÒ]À? ?X|Độc lập|ĐẢNG CỘNG SẢN|^Số|^\W*$|ngày \d", re.IGNORECASE)


def about_of(texts: Sequence[str], *, is_law: bool = False) -> About:
    """Number, date, issuer and title from the first lines of a paper, as far as they stand there."""
    about = About()
    # The head ends where the text begins; references in the text are not the paper's own number.
    head = [bare(text) for text in texts]
    end = next((n for n, text in enumerate(head) if _begins_text(text)), len(head))
    head = head[: min(end, 30)]
    for text in head:
        _number_and_date(about, text)
    for n, text in enumerate(head):
        name = text.lower().strip(" .:*")
        if name in _TYPES and is_capitals(text):
            about.kind, doc_type = _TYPES[name]
            about.doc_type = about.doc_type or doc_type
            subject = _subject(head[n + 1 :])
            is_said = subject.lower().startswith(name)
            about.title = (subject if is_said else f"{name.capitalize()} {subject}").strip()[:400]
            break
    if not about.issuer and head and is_capitals(head[0]) and not _NOT_ISSUER.search(head[0]) and not about.title:
        about.issuer = head[0][:200]
    about.kind = about.kind or ("law" if is_law else "")
    return about


def complete(about: About, texts: Sequence[str]) -> None:
    """Number and date from the lines below a paper: a consolidated text is numbered where it is certified."""
    for text in map(bare, texts):
        if opens_anything(text) or is_type(text):
            return
        if re.match(r"Số\s*:|.{2,40}, ngày ", text):
            _number_and_date(about, text)


def _begins_text(text: str) -> bool:
    return bool(opens_anything(text) or ROMAN_ITEM.match(text) or text.startswith("Căn cứ"))


def is_letterhead(text: str) -> bool:
    """A line of the two columns over a paper: who issues it, the motto, the number."""
    return len(text) < _LONGEST_LINE and (is_capitals(text) or bool(_NOT_ISSUER.search(text)))


def is_type(text: str) -> bool:
    """LUẬT, QUYẾT ĐỊNH: the type of a paper on a line of its own."""
    return is_capitals(text) and text.lower().strip(" .:*") in _TYPES


def are_head(texts: Sequence[str]) -> list[bool]:
    """Which lines say what stands in the document's own record: number, date, issuer, the title in capitals."""
    said, in_head = [], True
    for n, given in enumerate(texts):
        text = bare(given)
        in_head = in_head and n < 30 and not _begins_text(text)
        is_short = len(text) < _LONGEST_LINE
        is_said = is_capitals(text) or (is_short and bool(re.match(r"Số\s*:", text) or _NOT_ISSUER.search(text)))
        said.append(in_head and is_said)
    return said


def _number_and_date(about: About, text: str) -> None:
    match = re.search(r"(?:^|\s)Số\s*:?\s*(.+)", text)
    found = find_numbers(match[1] if match else text) if (match or len(text) < 40) else []
    if found and not about.number:
        about.number, about.doc_type = found[0].normalised, found[0].type
        about.issuer = _ISSUERS.get(re.sub(r"\d+$", "", found[0].issuer), "")
    if len(text) < _LONGEST_LINE and (day := _DATE.search(text)) and not about.issued_on:
        with suppress(ValueError):
            about.issued_on = date(int(day[3]), int(day[2]), int(day[1])).isoformat()


def _subject(lines: Sequence[str]) -> str:
    """The title's words after its type; in capitals they are written as a sentence."""
    words: list[str] = []
    for text in lines:
        if _NOT_ISSUER.search(text) or text.startswith(("Căn cứ", "-----", "___")):
            break
        if words and is_capitals(words[-1]) and not is_capitals(text):
            break
        words.append(text.strip("*"))
        if len(" ".join(words)) > LONGEST_HEADING:
            break
    subject = " ".join(words).strip(" .")
    return _sentence(subject) if is_capitals(subject) else subject


_NAMES = ("việt nam", "quốc hội", "chính phủ", "nhà nước", "đảng", "hà nội", "hồ chí minh")


def _sentence(capitals: str) -> str:
    """PHÒNG, CHỐNG THAM NHŨNG as titles are printed in running text: Phòng, chống tham nhũng."""
    text = capitals.lower()
    for name in _NAMES:
        proper = name.title() if name in ("việt nam", "hà nội", "hồ chí minh") else name.capitalize()
        text = re.sub(rf"\b{name}\b", proper, text)
    return text[:1].upper() + text[1:]
