"""A cell relates the study to itself, the committee looks at the evidence; a weakness becomes a task that is done."""

import io
import re

from PIL import Image
from playwright.sync_api import expect

from tests.journeys.stories import CELL, saved
from tests.journeys.visitor import Visitor

DONE, PARTLY, NOT_DONE, NOT_APPLICABLE = "đã làm", "làm một phần", "chưa làm", "không áp dụng"


def photo() -> bytes:
    Image.new("RGB", (320, 200), "#c8a").save(out := io.BytesIO(), "JPEG")
    return out.getvalue()


def criteria(visitor: Visitor):
    return visitor.page.locator("main section.criterion")


def answer_group(clerk: Visitor, *, weak: str = "") -> None:
    """Done, with a word on what shows it; one criterion as named not done."""
    for criterion in criteria(clerk).all():
        if criterion.get_attribute("id") == weak:
            clerk.field(NOT_DONE, within=criterion).check()
            clerk.fill({"Ghi chú": "Chưa ai được giao việc này."}, within=criterion)
            continue
        clerk.field(DONE, within=criterion).check()
        criterion.locator("summary").click()
        clerk.fill({"Minh chứng cho thấy điều gì": "Sổ theo dõi của chi bộ"}, within=criterion)


def test_a_cell_reviews_itself_and_the_committee_sets_its_mark_beside(arrive, tmp_path):
    clerk = arrive("cell-clerk").go("/practice/self-reviews/")
    clerk.page.locator("main").get_by_role("button", name="Bắt đầu").first.click()
    clerk.page.wait_for_url("**/edit/A/")
    review = clerk.path.removesuffix("edit/A/")

    first = criteria(clerk).first
    clerk.field(DONE, within=first).check()
    first.locator("summary").click()
    clerk.upload("Tệp", saved(tmp_path, "so.exe", b"MZ" + bytes(300)), within=first)
    clerk.press("Lưu").reads("Chỗ này chỉ nhận các loại tệp")
    clerk.upload("Tệp", saved(tmp_path, "lich-kiem-tra.jpg", photo()), within=criteria(clerk).first)
    clerk.fill({"Minh chứng cho thấy điều gì": "Lịch kiểm tra có ký nhận"}, within=criteria(clerk).first)
    clerk.press("Lưu").reads("Đã lưu.")
    expect(criteria(clerk).first.get_by_role("link", name="Lịch kiểm tra có ký nhận").first).to_be_visible()

    clerk.go(f"{review}submit/").reads("Còn thiếu 16 điểm.", "A2 chưa trả lời.").follow("Trả lời tiếp")
    for group in "ABEHIKL":
        clerk.go(f"{review}edit/{group}/")
        answer_group(clerk, weak="K2")
        clerk.press("Lưu và sang nhóm sau").reads("Đã lưu.")
    clerk.fill({"Hạn chế": "Chưa công khai lịch tiếp dân."}).press("Lưu và xem lại").reads("Đã đủ")
    clerk.press("Gửi cấp trên").reads("Đã gửi.", "16/16", "30/32")

    committee = arrive("committee-head").go("/work/").reads(CELL).go(review).follow("Thẩm định")
    committee.reads("Còn 16 câu chưa thẩm định.")
    with committee.page.expect_download() as waiting:
        committee.follow("Lịch kiểm tra có ký nhận")
    assert Image.open(waiting.value.path()).format == "JPEG"
    for criterion in criteria(committee).all():
        committee.field("Chấp nhận", within=criterion).check()
    lower, without = criteria(committee).first, committee.page.locator("#A3")
    committee.choose("Mức qua thẩm định", PARTLY, within=lower)
    committee.field("Trả lại", within=without).check()
    committee.press("Lưu và kết thúc thẩm định").reads("A3: ")
    committee.fill({"Ghi chú": "Nêu số, ngày của kế hoạch."}, within=without)
    committee.press("Lưu và kết thúc thẩm định").stands_on(re.compile(CELL)).reads("bị trả lại")

    clerk.go(review).reads("bị trả lại", "Nêu số, ngày của kế hoạch.").go(f"{review}edit/A/")
    third = clerk.page.locator("#A3")
    clerk.fill({"Ghi chú": "Kế hoạch 03-KH/CB ngày 10/02/2023."}, within=third).press("Lưu").reads("Đã lưu.")
    clerk.go(f"{review}submit/").press("Gửi cấp trên").reads("chờ thẩm định")
    committee.go(f"{review}verify/").reads("Còn 1 câu chưa thẩm định.")
    committee.field("Chấp nhận", within=committee.page.locator("#A3")).check()
    committee.press("Lưu và kết thúc thẩm định").reads("đã thẩm định", "30/32", "29/32")
    clerk.go(review).reads("30/32", "29/32")

    weak = clerk.page.locator("#K2")
    weak.get_by_role("link", name=re.compile("^Mở một việc làm")).click()
    clerk.reads("K2.", "Chưa ai được giao việc này.")
    me = clerk.page.locator(".account-name").inner_text()
    work = "Lập sổ nhận diện rủi ro của chi bộ"
    clerk.choose("Người thực hiện", me)
    clerk.fill({"Việc": work, "Thời gian": "2023-07-05", "Sản phẩm": "Sổ có chữ ký của chi uỷ"})
    clerk.press("Mở việc làm").stands_on(work).reads("Không có minh chứng thì việc chưa được coi là xong.", "K2")
    action = clerk.path
    expect(clerk.page.get_by_role("button", name="Báo hoàn thành")).to_have_count(0)
    clerk.fill({"Cho thấy điều gì": "Ảnh trang đầu của sổ"})
    clerk.upload("Tệp", saved(tmp_path, "so.jpg", photo())).press("Thêm").reads("Đã thêm.", "so.jpg")
    clerk.press("Báo hoàn thành").reads("Đã báo hoàn thành. Người khác sẽ thẩm định.")
    clerk.go(f"{action}verify/").reads("Việc này do người khác thẩm định")
    expect(clerk.page.get_by_role("button", name="Lưu")).to_have_count(0)

    committee.go("/work/").reads(work)
    head = arrive("cell-head").go(action).follow("Thẩm định")
    head.field("Chấp nhận: việc đã xong, minh chứng cho thấy rõ").check()
    head.press("Lưu").stands_on(work).reads("đã thẩm định")
    clerk.go(review).follow(work, within="#K2").reads("đã thẩm định")
