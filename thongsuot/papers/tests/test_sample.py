from datetime import date

from thongsuot.papers.reading import plain_text, read_heading
from thongsuot.papers.sample import MADE_UP, city_plan_docx


def test_the_sample_plan_is_read_as_plan_147_of_the_city() -> None:
    content = {
        "subject": "tổ chức học tập tác phẩm",
        "bases": ["Hướng dẫn số 97-HD/BTGTW, ngày 08/3/2023", "Kết luận số 21-KL/TW, ngày 25/10/2021"],
        "sections": [
            {"heading": "Mục đích", "paragraphs": ["Học."]},
            {"heading": "Nội dung", "points": ["một", "hai"], "lettered": True},
            {"heading": "Lịch", "level": 1, "table": {"head": ["TT", "Việc"], "rows": [["1", "Đọc"]]}},
        ],
    }
    data = city_plan_docx(content)
    head = read_heading(data)
    assert (head.number, head.doc_type, head.issued_on) == ("147-KH/TU", "KH", date(2023, 3, 30))
    assert head.missing == []
    assert "b) hai" in plain_text(data)
    assert MADE_UP


def test_the_sample_plan_stands_without_any_content() -> None:
    assert read_heading(city_plan_docx({})).number == "147-KH/TU"
