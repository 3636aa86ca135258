"""Builders for tests: documents and texts that came in as they do in life."""

from datetime import date
from itertools import count
from typing import Any

from thongsuot.library.importing import load_handbook, load_outline
from thongsuot.library.models import Document, Edition
from thongsuot.units.models import Unit

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
