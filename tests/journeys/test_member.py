"""A member with a phone reads, answers, reflects and sees own tasks; the clerk writes for one without a phone."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.stories import CAMPAIGN, CELL
from tests.journeys.visitor import Visitor

FIRST_TOPIC = "Một số vấn đề rút ra từ thực tiễn"


def answer_the_questions(visitor: Visitor) -> None:
    """The first option of each, right or wrong."""
    for question in visitor.page.locator("main form.check fieldset").all():
        visitor.touch(question.locator("input").first)


def open_task(head: Visitor, work: str, person: str) -> str:
    head.go("/practice/actions/").follow("Mở một việc làm").reads(CELL)
    head.choose("Đợt sinh hoạt", CAMPAIGN).choose("Người thực hiện", person)
    head.fill({"Việc": work, "Thời gian": "2023-07-14", "Sản phẩm": "Một trang ghi lại năm ý kiến"})
    head.press("Mở việc làm").reads("Đã mở.", person)
    return head.path


def test_a_member_with_a_phone_does_everything_asked_in_one_sitting(arrive):
    member = arrive("member", size=PHONE)
    name = member.go("/people/me/").page.locator(".account-name").inner_text()
    work = "Ghi lại ý kiến của năm hộ dân về giờ tiếp dân"
    open_task(arrive("cell-head"), work, name)

    member.go("/work/").reads(work).follow("Đọc ngay").stands_on(re.compile(FIRST_TOPIC))
    member.reads("Cẩm nang Thông Suốt", "trang in").press("Tôi đã đọc").reads(
        "Đã ghi nhận.", "Đồng chí xác nhận đã đọc"
    )
    member.press("Trả lời câu hỏi").reads("Chỉ riêng đồng chí biết kết quả")
    answer_the_questions(member)
    member.press("Gửi câu trả lời").stands_on(re.compile(r"Đúng \d/5 câu")).reads("Đúng: ", "Xem trong văn bản")

    member.follow("Đến bài thu hoạch").stands_on("Bài thu hoạch của tôi")
    parts = {
        "Điều bổ ích nhất": "Việc nhỏ thành lệ mới là gốc của việc lớn.",
        "Liên hệ với công việc của bản thân": "Tôi phụ trách tiếp dân ở khu phố.",
        "Việc tôi sẽ làm": "Hỏi năm hộ dân trong tháng này.",
    }
    member.fill(parts).press(re.compile("^Nộp")).reads("Đã nộp.", "đã nộp")
    assert {label: member.field(label).input_value() for label in parts} == parts

    ask = member.go("/work/").page.locator("main article, main tr").filter(has_text=work)
    member.touch(ask.get_by_role("link"))
    member.stands_on(work).reads(name, "14/07/2023", "Một trang ghi lại năm ý kiến")
    member.go("/learning/").reads("đã đọc")


def test_the_clerk_notes_what_a_member_without_a_phone_says_and_has_read(arrive):
    clerk = arrive("cell-clerk").go("/learning/").follow(CELL).stands_on(re.compile("kết quả học tập"))
    if clerk.field("Đợt sinh hoạt").count():
        clerk.choose("Đợt sinh hoạt", CAMPAIGN).press("Xem")
    not_yet = (
        clerk.page.locator("section.card").filter(has_text="Danh sách nộp bài thu hoạch").locator("ul.names").first
    )
    speaker = not_yet.locator("li").last.inner_text()
    clerk.choose("Đảng viên", speaker).page.get_by_label(re.compile(FIRST_TOPIC)).check()
    clerk.press("Ghi lại").reads(f"Đã ghi cho đồng chí {speaker}.")

    clerk.follow("Ghi bài thu hoạch phát biểu miệng").choose("Người phát biểu", speaker)
    clerk.fill(
        {
            "Điều bổ ích nhất": "Nghe xong mới rõ thế nào là xung đột lợi ích.",
            "Liên hệ với công việc của bản thân": "Tôi trông nhà văn hoá.",
            "Việc tôi sẽ làm": "Ghi sổ mượn phòng, ai cũng xem được.",
        }
    )
    clerk.press("Ghi lại").reads(f"Đã ghi cho đồng chí {speaker}.")
    expect(not_yet).not_to_contain_text(speaker)

    head = arrive("cell-head").go("/learning/reflections/").reads(speaker, "phát biểu miệng", "Ghi sổ mượn phòng")
    clerk.go("/learning/reflections/").reads_not("Ghi sổ mượn phòng")
    card = head.page.locator("article").filter(has_text=speaker)
    card.get_by_role("button", name=re.compile("^Chấp nhận")).click()
    head.reads(f"Đã nhận bài của đồng chí {speaker}.")
