"""A cell meets: called with an agenda, recorded by the clerk, minuted, approved by the head, its decisions tracked."""

import re

from playwright.sync_api import Locator, expect

from tests.journeys.stories import CELL, call_meeting
from tests.journeys.test_cascade import paragraphs
from tests.journeys.visitor import Visitor

PRESENT, EXCUSED, ABSENT = "Có mặt", "Vắng có lý do", "Vắng không lý do"


def line(visitor: Visitor, number: int) -> Locator:
    """One member's line in the register."""
    return visitor.page.locator("li.register-line").nth(number)


def mark(visitor: Visitor, number: int, status: str) -> None:
    line(visitor, number).get_by_label(status, exact=True).check()


def name_of(visitor: Visitor, number: int) -> str:
    return re.sub(r"^\d+\s+|\s*\(.*\)", "", line(visitor, number).locator("legend").inner_text()).strip()


def test_a_meeting_from_the_call_to_the_tracked_action(arrive):
    head = arrive("cell-head")
    title = "Sinh hoạt chuyên đề tháng 6 về phòng ngừa từ gốc"
    meeting = call_meeting(head, title)
    head.reads("Đã lưu. Đảng viên đã được báo.", "Nội dung cốt lõi 1", "Nhà văn hoá khu 3", CELL)
    expect(head.page.locator("#agenda a[href^='/library/passages/']").first).to_be_visible()

    clerk = arrive("cell-clerk").go("/work/").reads(title).go(meeting).follow("Điểm danh").stands_on("Điểm danh")
    mark(clerk, 0, PRESENT)
    mark(clerk, 1, EXCUSED)
    line(clerk, 1).get_by_label(re.compile("^Lý do")).fill("đi công tác")
    mark(clerk, 2, ABSENT)
    absent, worker = name_of(clerk, 2), name_of(clerk, 4)
    line(clerk, 0).get_by_label("phát biểu").check()
    clerk.press("Còn lại có mặt").reads("14 có mặt · 1 vắng có lý do · 1 vắng không lý do · 0 chưa điểm danh")
    clerk.press("Lưu và chốt").stands_on("Chốt điểm danh").reads("14/16", absent)
    clerk.fill({"Kết thúc lúc": "06:30"}).press("Chốt điểm danh").reads("Giờ kết thúc lại trước giờ bắt đầu.")
    clerk.fill({"Kết thúc lúc": "08:20"}).press("Chốt điểm danh").reads("Đã chốt điểm danh: buổi sinh hoạt được tính.")

    clerk.follow("Soạn biên bản").stands_on("Soạn biên bản")
    assert "14" in clerk.field("Thành phần tham dự").input_value()
    said = clerk.page.locator("section.card").nth(1)
    clerk.fill({"Ý kiến phát biểu": "Đồng chí Bình: việc nhỏ làm ngay."}, within=said)
    clerk.press("Lưu và đọc toàn văn").reads("Trước khi duyệt biên bản").follow("Soạn tiếp")
    task = clerk.page.locator("fieldset.card").first
    clerk.fill({"Kết luận của chủ trì": "Chi bộ thống nhất ba việc."})
    clerk.fill({"Việc": "Niêm yết quy trình giải quyết việc của dân"}, within=task)
    clerk.press("Lưu").reads("Việc được giao phải rõ phần này.")
    clerk.choose("Người thực hiện", worker, within=task)
    clerk.fill(
        {
            "Thời gian": "2023-07-10",
            "Trách nhiệm": "Chịu trách nhiệm trước chi bộ",
            "Thẩm quyền": "Mời công chức địa chính cùng làm",
            "Sản phẩm": "Bảng niêm yết và ảnh chụp",
        },
        within=task,
    )
    clerk.press("Lưu và đọc toàn văn").reads(
        "Bí thư của đơn vị duyệt biên bản.", "Niêm yết quy trình", "việc nhỏ làm ngay"
    )

    head.go("/work/").reads(title).go(meeting).follow("Đọc và duyệt").reads("Chi bộ thống nhất ba việc.")
    head.press("Phê duyệt biên bản").reads("Việc được giao từ nay được theo dõi.")
    paper = paragraphs(head.download("DOCX"))
    for words in ("BIÊN BẢN", title[1:], "Chi bộ thống nhất ba việc.", "Niêm yết quy trình", absent, "đi công tác"):
        assert words in paper

    head.go(meeting).follow("Niêm yết quy trình").stands_on("Niêm yết quy trình giải quyết việc của dân")
    head.reads(worker, "10/07/2023", "Chịu trách nhiệm trước chi bộ", "Mời công chức địa chính", "Bảng niêm yết", title)
    clerk.go(meeting).reads("đã duyệt biên bản")


def test_two_clerks_on_one_register_lose_nothing(arrive):
    head, clerk = arrive("cell-head"), arrive("cell-clerk")
    meeting = call_meeting(head, "Sinh hoạt thường kỳ có hai người điểm danh")
    head.go(f"{meeting}register/")
    clerk.go(f"{meeting}register/")
    mark(clerk, 0, PRESENT)
    mark(clerk, 1, PRESENT)
    clerk.press("Lưu").reads("Đã lưu 2 dòng.")

    mark(head, 0, ABSENT)
    mark(head, 2, EXCUSED)
    line(head, 2).get_by_label(re.compile("^Lý do")).fill("ốm")
    head.press("Lưu").reads("1 dòng vừa được người khác ghi.", "Đã lưu 1 dòng.")
    expect(line(head, 0)).to_contain_text(f"đã ghi “{PRESENT.lower()}”")
    expect(line(head, 0)).to_contain_text(f"Đồng chí chọn “{ABSENT.lower()}”")
    head.go(f"{meeting}register/").reads("2 có mặt · 1 vắng có lý do")

    mark(clerk, 3, PRESENT)
    clerk.press("Lưu").reads("3 có mặt · 1 vắng có lý do")
    expect(line(clerk, 2).get_by_label(re.compile("^Lý do"))).to_have_value("ốm")
