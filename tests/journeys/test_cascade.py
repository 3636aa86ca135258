"""District and committees answer: by a plan of their own, item by item, or by acting directly on the plan above."""

import io
import re

import docx
import pytest
from playwright.sync_api import expect

from tests.journeys.stories import CITY, COMMITTEE, DISTRICT, PLAN_ASKED, issue_own_plan, issued_campaign


@pytest.fixture
def campaign(arrive):
    """Issued, and bound by a plan of the city with seven tasks."""
    officer = arrive("city-officer")
    address = issued_campaign(officer, "Đợt sinh hoạt có kế hoạch các cấp")
    officer.follow("Xây dựng kế hoạch riêng").press("Xây dựng kế hoạch riêng")
    issue_own_plan(officer)
    officer.reads("Đã ban hành, số")
    return address


def paragraphs(file: bytes) -> str:
    paper = docx.Document(io.BytesIO(file))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def test_the_district_answers_the_city_item_by_item_and_its_committee_acts_directly(campaign, arrive):
    district = arrive("district-officer").go("/work/")
    district.reads(PLAN_ASKED).go(campaign).follow(DISTRICT).reads("Chưa bắt đầu; hạn là ngày", "còn 15 ngày làm việc")
    district.follow("Làm ngay").stands_on("Đơn vị trả lời thế nào?").reads(CITY, "Tổ chức sinh hoạt chuyên đề")
    district.press("Xây dựng kế hoạch riêng").reads("Còn 7 nhiệm vụ chưa trả lời.")

    district.follow("Kiểm tra và ban hành").reads("Trước khi ban hành", "Phần “mục đích, yêu cầu” còn trống.")
    district.page.go_back()
    district.follow("Trả lời từng nhiệm vụ")
    cards = district.page.locator("main form section.card")
    expect(cards).to_have_count(7)
    for card in cards.all():
        district.field("giao xuống dưới", within=card).check()
    own, not_ours = cards.nth(1), cards.nth(3)
    district.field("đơn vị tự làm", within=own).check()
    own.locator("summary").click()
    district.fill(
        {
            "Việc": "Hội nghị cán bộ chủ chốt nghiên cứu ba nội dung",
            "Người, bộ phận thực hiện": "Ban Tuyên giáo Quận uỷ",
            "Thời gian": "2023-07-21",
            "Trách nhiệm": "Chuẩn bị tài liệu, báo cáo viên",
            "Thẩm quyền": "Mời các ban của Quận uỷ phối hợp",
            "Sản phẩm": "Biên bản hội nghị",
        },
        within=own,
    )
    district.field("không áp dụng", within=not_ours).check()
    district.press("Lưu các câu trả lời")
    district.reads("Nêu lý do", "Một số câu trả lời chưa lưu")
    district.fill({"Vì": "Quận uỷ không có đảng viên sinh hoạt trực tiếp"}, within=not_ours)
    district.press("Lưu các câu trả lời")
    district.reads("Mọi nhiệm vụ đã được trả lời.", "Ban Tuyên giáo Quận uỷ")
    issue_own_plan(district)
    district.reads("Đã ban hành, số", "Giao xuống dưới", "Không áp dụng, vì Quận uỷ", "Đơn vị tự làm: Hội nghị cán bộ")
    number = re.search(r"\d+-KH/QU", district.page.locator("h1").inner_text())[0]

    paper = paragraphs(district.download("DOCX"))
    dated = "ngày 20 tháng 6 năm 2023"
    for words in ("ĐẢNG CỘNG SẢN VIỆT NAM", f"Số {number}", "KẾ HOẠCH", "Ban Tuyên giáo Quận uỷ", dated):
        assert words in paper
    district.go(campaign).follow(DISTRICT).reads("đúng hạn", number)

    committee = arrive("committee-head").go("/work/").reads(PLAN_ASKED).go(campaign).follow(COMMITTEE)
    committee.follow("Làm ngay").reads(number, "Hội nghị cán bộ chủ chốt").press("Thực hiện ngay")
    committee.stands_on("Thực hiện ngay theo kế hoạch cấp trên").go(campaign).follow(COMMITTEE).reads("đúng hạn")

    district.go(campaign).follow(f"kế hoạch riêng số {number}")
    district.follow("Triển khai xuống dưới")
    row = district.page.get_by_role("row").filter(has_text=COMMITTEE)
    expect(row).to_contain_text("thực hiện ngay")
