"""Builders for tests: documents and texts that came in as they do in life."""

from datetime import date
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from thongsuot.library import citing, relating
from thongsuot.library.formats.drafts import Draft, DraftDoubt, Reading
from thongsuot.library.importing import load_handbook, load_outline
from thongsuot.library.loading import load_reading
from thongsuot.library.models import Alias, Document, Edition, Import, Relation
from thongsuot.library.settling import settle
from thongsuot.papers.files import keep
from thongsuot.people.models import Person
from thongsuot.units.models import Unit
from thongsuot.units.testing import NOW

_numbers = count(1)

HANDBOOK = """
<!-- law: 36/2018/QH14 -->
# Phần một. Gọi đúng tên
<!-- page: 5 -->
## Ba dấu hiệu của tham nhũng
### Dấu hiệu thứ nhất
<!-- id: p1-c1-s1-01 -->
Tham nhũng là dùng **chức vụ, quyền hạn** để vụ lợi; xem khoản 2 Điều 20 và Nghị định 59/2019/NĐ-CP.

- Uỷ quyền miệng
- Hoà giải nội bộ
<!-- page: 6 -->
<!-- id: p1-c1-s1-02 -->
Cán bộ phải công khai, minh bạch theo Kế hoạch số 147-KH/TU; xem Hình 1.
<!-- id: hinh-1 -->
![Hình 1. Ba dấu hiệu](plates/none.svg "Ba vòng tròn giao nhau")
### Dấu hiệu thứ hai
<!-- id: p1-c1-s2-01 -->
Nhũng nhiễu là hành vi gây khó khăn, phiền hà. Điều 29 Nghị định 59/2019/NĐ-CP nói về xung đột lợi ích.
## Bốn việc của đơn vị
<!-- id: p1-c2-01 -->
Mỗi đơn vị có bốn việc theo khoản 1 Điều 4 của Luật.
"""

HANDBOOK_EN = """
<!-- law: 36/2018/QH14 -->
# Part one. Calling things by their names
<!-- page: 5 -->
## Three signs of corruption
### The first sign
<!-- id: p1-c1-s1-01 -->
Corruption is using **office** for gain; see Article 20(2) and Decree 59/2019/NĐ-CP.
<!-- id: p1-c1-s1-02 -->
Officials act in the open, as Plan 147-KH/TU says; see Figure 1.
"""

LAW: dict[str, Any] = {
    "number": "36/2018/QH14",
    "title_vi": "Luật Phòng, chống tham nhũng",
    "title_en": "Law on Anti-Corruption",
    "note_vi": "Đề cương của dự án, không phải văn bản luật.",
    "note_en": "The project's outline, not the text of the law.",
    "chapter": [
        {"number": "I", "title_vi": "Những điều chung", "title_en": "General"},
        {
            "number": "II",
            "title_vi": "Phòng ngừa",
            "title_en": "Prevention",
            "section": [{"number": "3", "title_vi": "Quy tắc ứng xử", "title_en": "Code of conduct"}],
        },
    ],
    "article": [
        {
            "number": 4,
            "chapter": "I",
            "section": "",
            "heading_vi": "Trách nhiệm của đơn vị",
            "heading_en": "Duties of a unit",
            "asks_vi": "Bốn việc.",
            "asks_en": "Four duties.",
            "clauses": [{"number": 1, "points": [], "gist_vi": "Phòng ngừa.", "gist_en": "Prevent."}],
        },
        {
            "number": 20,
            "chapter": "II",
            "section": "3",
            "heading_vi": "Quy tắc ứng xử",
            "heading_en": "Code of conduct",
            "asks_vi": "Nêu chuẩn mực.",
            "asks_en": "Sets standards.",
            "clauses": [
                {"number": 2, "points": ["a", "đ"], "gist_vi": "Việc không được làm.", "gist_en": "Not to do."}
            ],
        },
    ],
}


def a_document(title: str = "", *, is_public: bool = True, unit: Unit | None = None, **facts: Any) -> Document:
    n = next(_numbers)
    facts = {"kind": Document.Kind.OTHER, "slug": f"sach-{n}", **facts}
    return Document.objects.create(title=title or f"Văn bản thử {n}", is_public=is_public, unit=unit, **facts)


def a_law() -> Document:
    """The outline of a law with two articles, in both languages."""
    law = a_document(
        LAW["title_vi"],
        title_en=LAW["title_en"],
        kind=Document.Kind.LAW,
        number=LAW["number"],
        issuer="Quốc hội",
        issued_on=date(2018, 11, 20),
        slug="luat-pctn",
    )
    load_outline(law, LAW)
    return law


def a_handbook(text: str = HANDBOOK, **facts: Any) -> Edition:
    title = facts.pop("title", "Cẩm nang thử")
    return load_handbook(a_document(title, kind=Document.Kind.HANDBOOK, **facts), text, "vi")


# A page of a book as a PDF, written by hand; its places are counted when it is made.
def a_small_pdf(*pages: str) -> bytes:
    """A PDF of these pages; each line of a page is one line of letters without marks."""
    objects: list[bytes] = [b"", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for words in pages:
        lines = [f"BT /F1 11 Tf 40 {520 - 15 * n} Td ({line}) Tj ET" for n, line in enumerate(words.splitlines())]
        shown = "\n".join(lines).encode()
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown))
        size = b"/MediaBox[0 0 420 595]/Resources<</Font<</F1 3 0 R>>>>"
        objects.append(b"<</Type/Page/Parent 2 0 R%s/Contents %d 0 R>>" % (size, len(objects)))
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, rows)
    return out + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, len(out))


PDF_PAGE = "Each office reads a chapter a week and says what it means for its own work.\nThe second line of the page."


def an_import(unit: Unit | None = None, **facts: Any) -> Import:
    """A file that waits to be read."""
    file = keep(b"Text.", name="van-ban.txt", media_type="text/plain", by=None, at=NOW, unit=unit)
    return Import.objects.create(file=file, format="txt", unit=unit, sent_at=NOW, **facts)


def an_imported_text(unit: Unit | None = None, *, is_public: bool = False, doubts: int = 1) -> Edition:
    """Three paragraphs of a PDF on two pages, with doubts about the first."""
    document = a_document("Sách nhập thử", unit=unit, is_public=is_public, kind=Document.Kind.BOOK)
    source = keep(
        a_small_pdf(PDF_PAGE, PDF_PAGE), name="sach.pdf", media_type="application/pdf", by=None, at=NOW, unit=unit
    )
    texts = ("Đoạn thứ nhất nói về công khai.", "Đoạn thứ hai nói về minh bạch.", "Đoạn thứ ba nói về tài sản.")
    reading = Reading(
        drafts=[
            Draft("paragraph", f"dau-{n:02}", text=text, printed_page=str(6 + (n > 2)), sheet=1 + (n > 2))
            for n, text in enumerate(texts, start=1)
        ],
        doubts=[DraftDoubt("run-in", "dau-01", f"ngờ {n}") for n in range(doubts)],
    )
    with TemporaryDirectory() as folder:
        return load_reading(document, reading, Path(folder), format="pdf", source=source, at=NOW).edition


def an_alias(number: str, document: Document | None = None, *, by: Person | None = None) -> Alias:
    return Alias.objects.create(number=number, document=document, by=by, at=NOW)


def a_relation(number: str, target_number: str, kind: str = "replaces", **facts: Any) -> Relation:
    """What one document does to another, found by their numbers where they are held."""
    relation = Relation.objects.create(number=number, target_number=target_number, kind=kind, **facts)
    relating.join([number, target_number])
    relation.refresh_from_db()
    return relation


def a_text(document: Document, articles: dict[str, str], *, since: date | None = None) -> Edition:
    """A text of the document from a day on: {"dieu-1": …, "dieu-1.khoan-2": …}, cited and settled."""
    edition, _made = Edition.objects.get_or_create(document=document, language="vi", valid_from=since)
    edition.document = document
    drafts = [Draft("chapter", "chuong-i", "", "Chương I", "Quy định chung")]
    for anchor, text in articles.items():
        label = " ".join(f"{_WORDS[part.split('-')[0]]} {part.split('-')[1]}" for part in anchor.split("."))
        kind = ("article", "clause", "point")[anchor.count(".")]
        parent = anchor.rpartition(".")[0] or "chuong-i"
        drafts.append(
            Draft(kind, anchor, parent, label, text if kind == "article" else "", "" if kind == "article" else text)
        )
    settle(edition, drafts)
    document.has_text = True
    document.save()
    citing.cite(edition)
    citing.resolve_waiting([document])
    return edition


_WORDS = {"dieu": "Điều", "khoan": "khoản", "diem": "điểm"}
