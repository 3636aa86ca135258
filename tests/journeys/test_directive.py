"""The city's officer: a directive comes in as a file, becomes a campaign, and reaches every unit below at once."""

import re

import pytest

from tests.journeys.stories import (
    CELL,
    COMMITTEE,
    DISTRICT,
    PLAN_ASKED,
    TOPICS,
    fill_in_campaign,
    plan_147,
    saved,
)  # fmt: skip
from thongsuot.papers.sample import city_plan_docx

FILE = "Văn bản chỉ đạo, tệp Word (DOCX)"
CONFIRM = "Xác nhận văn bản chỉ đạo"


@pytest.fixture
def officer(arrive):
    return arrive("city-officer").go("/campaigns/").follow("Tiếp nhận văn bản chỉ đạo")


def test_plan_147_is_read_confirmed_made_a_campaign_and_asked_of_the_district(officer, arrive, tmp_path):
    officer.upload(FILE, saved(tmp_path, "147.docx", city_plan_docx(plan_147()))).press("Tải lên và đọc")
    officer.stands_on(CONFIRM).reads("Văn bản được viện dẫn", "97-HD/BTGTW", "21-KL/TW")
    read = {"Số, ký hiệu": "147-KH/TU", "Loại văn bản": "KH", "Ngày ban hành": "2023-03-30"}
    read |= {"Cơ quan ban hành": "Thành uỷ Hà Nội"}
    assert {label: officer.field(label).input_value() for label in read} == read
    assert officer.field("Trích yếu").input_value().startswith("tổ chức đợt sinh hoạt chính trị, tư tưởng")

    officer.press("Xác nhận và lập đợt sinh hoạt")
    title = "Đợt sinh hoạt theo Kế hoạch 147"
    fill_in_campaign(officer, title)
    assert officer.field("Căn cứ").locator("option:checked").inner_text().startswith("147-KH/TU")
    # National Day falls on a Saturday that year: the date moves past it and the day off in lieu.
    first = officer.page.locator("#row-1")
    first.locator("summary").click()
    officer.fill({"Thời hạn": "2023-09-02"}, within=first)
    officer.press("Lưu").stands_on(title).reads("02/09 → 05/09/2023", "Dự thảo: chưa giao việc cho ai.", "147-KH/TU")
    address = officer.path

    cell = arrive("cell-clerk")
    assert cell.page.request.get(cell.address + address).status == 404

    officer.follow("Ban hành").choose("Ban hành đến", DISTRICT).press("Xem trước")
    officer.reads(f"Những việc giao cho {DISTRICT}", "Đảng bộ cơ sở: 27", "Chi bộ cơ sở: 51", "02/09/2023 là ngày nghỉ")
    officer.press("Ban hành tới các tổ chức này").reads("Đã ban hành: giao 872 việc phải làm.")

    district = arrive("district-officer").go("/campaigns/").follow(title).reads(PLAN_ASKED, "05/09/2023", DISTRICT)
    district.follow("Nội dung cốt lõi").reads(*TOPICS)
    district.follow("Tiến độ").reads("0/28 · 0,0 %", "0/136 · 0,0 %")
    for slug, unit in (("committee-head", COMMITTEE), ("cell-clerk", CELL)):
        arrive(slug).go(address).reads("chưa làm", unit)
    arrive("member").go(address).reads(PLAN_ASKED)


def test_a_directive_that_the_library_does_not_hold_stands_there_with_what_it_cites(officer, tmp_path):
    facts = plan_147()
    facts |= {"number": "152-KH/TU", "basis_vi": ["Căn cứ Quy định số 999-QĐ/TW, ngày 08/3/2023;", *facts["basis_vi"]]}
    officer.upload(FILE, saved(tmp_path, "152.docx", city_plan_docx(facts))).press("Tải lên và đọc")
    officer.stands_on(CONFIRM).reads("999-QĐ/TW – chưa có trong thư viện")
    officer.follow("97-HD/BTGTW").stands_on(re.compile("Hướng dẫn học tập"))
    officer.page.go_back()
    officer.press("Xác nhận và lập đợt sinh hoạt").reads("152-KH/TU", "đã có trong thư viện")
    officer.go("/library/").follow("152-KH/TU").reads("Thành uỷ Hà Nội")
    officer.follow("Bắt đầu đọc").reads("hiểu sâu những nội dung cốt lõi của tác phẩm")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("147.docx", b"not a document", "Chỗ này chỉ nhận các loại tệp: DOCX."),
        ("147.docx", b"", "Tệp trống"),
        ("147.pdf", b"%PDF-1.4 broken", "Tệp bị hỏng."),
        ("147.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "bản Word hoặc Excel cũ"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence(officer, tmp_path, name, content, sentence):
    officer.upload(FILE, saved(tmp_path, name, content)).press("Tải lên và đọc")
    officer.stands_on("Tiếp nhận văn bản chỉ đạo").reads(sentence, within="main .error")
