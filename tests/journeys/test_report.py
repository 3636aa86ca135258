"""A report fills itself, goes up with the head's own words, comes back, goes again, is accepted and stays as it was."""

import io
import re

from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from tests.journeys.stories import CAMPAIGN, CELL, COMMITTEE, call_meeting
from tests.journeys.test_cascade import paragraphs
from tests.journeys.test_meeting import PRESENT, mark
from tests.journeys.visitor import Visitor

HASH = re.compile(r"[0-9a-f]{64}")
HELD = "Số hội nghị, buổi sinh hoạt đã tổ chức"


def begun_report(writer: Visitor, first_day: str) -> str:
    writer.go("/reports/").follow("Lập báo cáo").choose("Đợt sinh hoạt", CAMPAIGN)
    writer.fill({"Từ ngày": first_day, "Đến ngày": "2023-06-20"})
    return writer.press("Lấy số liệu").reads("dự thảo", HELD).path


def write_and_send(writer: Visitor, results: str) -> None:
    writer.follow("Viết nhận xét").fill({"Kết quả": results, "Hạn chế": "Hai đồng chí chưa đọc hết."}).press("Lưu")
    writer.press("Gửi cấp trên").reads("Đã gửi báo cáo. Số liệu đã được chốt.", "đã gửi, chờ xem xét")


def frozen_hash(visitor: Visitor) -> str:
    return HASH.search(visitor.page.locator("main").inner_text())[0]


def test_a_cells_report_goes_up_comes_back_and_is_accepted_and_a_late_meeting_shows_as_a_correction(arrive):
    cell, committee = arrive("cell-head"), arrive("committee-head")
    report = begun_report(cell, "2023-05-02")
    cell.press("Gửi cấp trên").reads("Hãy viết phần nhận xét")
    write_and_send(cell, "Chi bộ đã họp, đã liên hệ.")
    first = frozen_hash(cell)

    committee.go("/work/").reads(f"báo cáo của {CELL}").go(report).fill(
        {"Lý do trả lại": "Nói rõ vì sao chưa đọc hết."}
    )
    committee.press("Trả lại với lý do này").reads("Đã trả lại báo cáo kèm lý do.")
    cell.go(report).reads("Lý do trả lại:", "Nói rõ vì sao chưa đọc hết.")
    write_and_send(cell, "Chi bộ đã họp; hai đồng chí đi công tác dài ngày, sẽ đọc trong tháng 7.")
    assert frozen_hash(cell) != first

    committee.go(report).reads("đi công tác dài ngày").press("Chấp nhận").reads("Đã chấp nhận báo cáo.")
    cell.go(report).reads("đã chấp nhận", "nguyên vẹn")
    accepted = frozen_hash(cell)

    meeting = call_meeting(cell, "Sinh hoạt ghi nhận sau khi báo cáo đã gửi")
    cell.go(f"{meeting}register/")
    mark(cell, 0, PRESENT)
    cell.press("Còn lại có mặt").press("Lưu và chốt").fill({"Kết thúc lúc": "08:00"}).press("Chốt điểm danh")
    cell.reads("Đã chốt điểm danh").go(report).reads_soon("Số liệu thay đổi sau khi gửi").reads(HELD, "nguyên vẹn")
    assert frozen_hash(cell) == accepted


def test_every_figure_of_the_committee_opens_down_to_the_meeting_behind_it(arrive):
    committee = arrive("committee-head")
    report = begun_report(committee, "2023-04-02")
    attended, done = "Số người đã tham dự ít nhất một lần", "Việc làm đã xong, có minh chứng, đã thẩm định"
    for figure in (HELD, "Lượt người dự", attended, done):
        row = committee.page.get_by_role("row").filter(has_text=figure).first
        expect(row).to_contain_text(re.compile(r"[1-9]"))
    write_and_send(committee, "Các chi bộ đã sinh hoạt chuyên đề.")

    paper = paragraphs(committee.download("DOCX"))
    for words in ("BÁO CÁO", "Các chi bộ đã sinh hoạt chuyên đề.", HELD):
        assert words in paper
    book = CalamineWorkbook.from_filelike(io.BytesIO(committee.download("XLSX")))
    cells = [str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]
    assert HELD in cells

    row = committee.page.get_by_role("row").filter(has_text=HELD).first
    row.get_by_role("link").first.click()
    committee.reads("Đảng bộ phường Hạ Đình").follow("Sinh hoạt chuyên đề về tác phẩm")
    committee.reads("Chương trình", "Biên bản", "phường Hạ Đình")

    district = arrive("district-officer").go("/work/").reads(COMMITTEE).go(report).press("Chấp nhận")
    district.reads("Đã chấp nhận báo cáo.").go("/reports/?state=accepted").reads(COMMITTEE)
