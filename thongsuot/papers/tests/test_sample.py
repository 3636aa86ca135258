from datetime import date

from thongsuot.papers.reading import plain_text, read_heading
from thongsuot.papers.sample import city_plan_docx

CONTENT = {
    "subject_vi": "tổ chức học tập tác phẩm",
    "issued_on": date(2023, 3, 30),
    "basis_vi": ["Căn cứ Hướng dẫn số 97-HD/BTGTW, ngày 08/3/2023;", "Ban Thường vụ xây dựng kế hoạch như sau:"],
    "part": [
        {"heading_vi": "I- MỤC ĐÍCH", "paragraphs_vi": ["1. Học."]},
        {"heading_vi": "II- TỔ CHỨC", "paragraphs_vi": ["1. Cấp uỷ làm.", "2. Ban theo dõi."]},
    ],
    "item": [{"work_vi": "Có kế hoạch", "who_vi": "Quận uỷ", "due_on": date(2023, 4, 14), "product_vi": "Kế hoạch"}],
    "mark_vi": "BẢN MINH HOẠ",
}


def test_the_sample_plan_is_read_as_plan_147_of_the_city() -> None:
    data = city_plan_docx(CONTENT)
    head = read_heading(data)
    assert (head.number, head.doc_type, head.issued_on) == ("147-KH/TU", "KH", date(2023, 3, 30))
    assert (head.issuer, head.subject, head.missing) == ("THÀNH UỶ HÀ NỘI", "tổ chức học tập tác phẩm", [])
    text = plain_text(data)
    assert {"I- MỤC ĐÍCH", "II- TỔ CHỨC", "Rõ thẩm quyền", "14/04/2023", "2. Ban theo dõi."} <= set(text)
    assert text.index("Ban Thường vụ xây dựng kế hoạch như sau:") < text.index("I- MỤC ĐÍCH")


def test_the_sample_plan_stands_without_any_content() -> None:
    assert read_heading(city_plan_docx({})).number == "147-KH/TU"
