"""How a passage is named in a paper, and a quotation that is ready to stand in one.

State documents as Decree 30/2020 asks ("điểm a khoản 2 Điều 20 Luật … số 36/2018/QH14 ngày 20/11/2018"), Party
documents with the comma before the day, books with author and page of the printed edition.
"""

import re
from dataclasses import dataclass

from thongsuot.library.models import Document, Edition, Passage
from thongsuot.library.rendering import words_of
from thongsuot.papers.letterhead import TYPE_NAMES, short_date

# Named by type and name alone: everyone knows who passes them.
_BY_NAME = re.compile(r"^(Bộ luật|Luật|Pháp lệnh|Hiến pháp)\b")
_TYPES = re.compile(
    r"^(Nghị định|Thông tư liên tịch|Thông tư|Nghị quyết liên tịch|Nghị quyết|Quyết định|Chỉ thị|Kế hoạch|Kết luận"
    r"|Hướng dẫn|Thông báo|Quy chế|Quy định|Chương trình|Đề án|Báo cáo|Công văn)\s+"
)
_CODES = TYPE_NAMES | {"NĐ": "Nghị định", "TT": "Thông tư", "TTLT": "Thông tư liên tịch", "QyĐ": "Quy định"}
_PLACE = re.compile(
    r"^(?P<top>(?:Điều|Mục|Article|Section) \S+?)"
    r"(?: (?P<clause>(?:khoản|clause) \S+?))?(?: (?P<point>(?:điểm|point) \S+))?$"
)
_ANNEX = re.compile(r"^phu-luc(?:-(?P<number>[\w-]+?))?\.")


@dataclass(frozen=True)
class Form:
    """What stands before and after the place of a passage when it is named."""

    before: str
    after: str

    def of(self, place: str) -> str:
        """The whole citation; of the document itself where the place is empty."""
        return f"{self.before}{place}{self.after}" if place else self.whole

    @property
    def whole(self) -> str:
        """The text as a whole."""
        return f"{self.before}{self.after}".strip(" ,")


def form_of(edition: Edition) -> Form:
    document, language = edition.document, edition.language
    name = named(document, language)
    if document.number:
        return Form("", f"{', ' if language == 'en' else ' '}{name}")
    return Form(f"{name}, ", "")


def named(document: Document, language: str = "vi") -> str:
    """The document in running text."""
    return _in_english(document) if language == "en" else _in_vietnamese(document)


def _in_english(document: Document) -> str:
    title = document.title_en or document.title
    if not document.number:
        return _as_a_book(document, title)
    number = "" if document.number in title else f" No. {document.number}"
    day = f" of {document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    return f"{title}{number}{day}"


def _in_vietnamese(document: Document) -> str:
    title = document.title.strip().rstrip(".")
    if not document.number:
        return _as_a_book(document, title)
    day = f"ngày {short_date(document.issued_on)}" if document.issued_on else ""
    if document.number in title:
        return f"{title} {day}".strip()
    if _BY_NAME.match(title):
        return " ".join(part for part in (title, f"số {document.number}", day) if part)
    typed = _TYPES.match(title)
    type_name = typed[1] if typed else _CODES.get(document.doc_type, document.doc_type)
    about = title[typed.end() :] if typed else title
    number = " ".join(part for part in (type_name, f"số {document.number}") if part)
    # Party papers write a comma before the day (HD 36), papers of the State none.
    day = day and (f", {day}" if document.system == "party" else f" {day}")
    issuer = f" của {document.issuer}" if document.issuer else ""
    return f"{number}{day}{issuer} {_going_on(about)}".strip()


def _as_a_book(document: Document, title: str) -> str:
    return f"{document.author}: {title}" if document.author else title


def _going_on(about: str) -> str:
    """The subject goes on from what stands before it in small letters; abbreviations stay."""
    return about if about[:2].isupper() else f"{about[:1].lower()}{about[1:]}"


def place_of(passage: Passage, language: str = "vi", within: str = "") -> str:
    """Where it stands: "điểm a khoản 2 Điều 20", "Chương 1, đoạn 3, tr. 12".

    ``within`` is the heading it stands under, for what has no name of its own.
    """
    label = passage.label
    if found := _PLACE.match(label):
        order = ("point", "clause", "top")
        label = (", " if language == "en" else " ").join(found[part] for part in order if found[part])
        if annex := _ANNEX.match(passage.anchor):
            word = "Annex" if language == "en" else "Phụ lục"
            label += f" {word} {(annex['number'] or '').upper()}".rstrip()
        return label
    if passage.kind == Passage.Kind.FOOTNOTE:
        label = ("footnote " if language == "en" else "chú thích ") + label.lstrip("fe")
    place = label or passage.heading or within
    page = f"{'p.' if language == 'en' else 'tr.'} {passage.printed_page}" if passage.printed_page else ""
    return ", ".join(part for part in (place, page) if part)


def cite(edition: Edition, passage: Passage, within: str = "") -> str:
    """How to name this passage in a paper."""
    return form_of(edition).of(place_of(passage, edition.language, within))


def in_quotation_marks(text: str) -> str:
    """In Vietnamese quotation marks; marks inside become single ones."""
    inner = re.sub(r'"([^"\n]*)"', r"‘\1’", text.strip().replace("“", "‘").replace("”", "’"))
    return f"“{inner}”"


def quotation(passages: list[Passage], cited: str, address: str, most: int = 6000) -> str:
    """The words of these passages, where they stand, and the address that lasts, ready to be put into a paper."""
    words = "\n".join(words_of(passage) for passage in passages)
    if len(words) > most:
        words = f"{words[:most].rsplit(' ', 1)[0]}…"
    return f"{in_quotation_marks(words)} ({cited}). {address}"
