"""Without a mouse: a unit answers a plan, a cell meets, a member studies, with Tab, arrows, Enter and Space alone."""

import re
from typing import Any

from playwright.sync_api import Locator, expect

from tests.journeys.stories import COMMITTEE, issue_own_plan, issued_campaign
from tests.journeys.test_meeting import line
from tests.journeys.visitor import Visitor

FAR = 500  # presses of Tab; a page that needs more has no end


class ByKeyboard(Visitor):
    """Whatever is pressed is first reached with Tab, and its focus shows."""

    def key(self, name: str) -> None:
        self.page.keyboard.press(name)

    def reach(self, place: Locator) -> None:
        place.wait_for()
        for _press in range(FAR):
            if self.is_on(place):
                assert place.evaluate("it => it.matches(':focus-visible')"), "the focus does not show"
                return
            self.key("Tab")
        raise AssertionError(f"Tab does not reach {place}")

    def is_on(self, place: Locator) -> bool:
        return bool(place.evaluate("it => it === document.activeElement"))

    def touch(self, place: Locator) -> None:
        self.reach(place)
        with self.page.expect_navigation():
            self.key("Enter")

    def unfold(self, summary: Locator) -> None:
        self.reach(summary)
        self.key("Enter")

    def fill(self, answers: dict[str, str], *, within: str | Locator = "main", nth: int = 0) -> Visitor:
        for label, text in answers.items():
            field = self.field(label, within=within, nth=nth)
            self.reach(field)
            if field.get_attribute("type") in ("date", "time"):
                self._type_numbers(field, text)
            else:
                self.key("ControlOrMeta+A")
                self.page.keyboard.insert_text(text)
        return self

    def _type_numbers(self, field: Locator, text: str) -> None:
        """In the order of day and month, and with the halves of the day, that this browser has."""
        year_or_hour, *rest = re.split("[-:]", text)
        orders = [[*rest, year_or_hour], [*reversed(rest), year_or_hour]] if "-" in text else [[text], [text, "A"]]
        for order in orders:
            self.page.keyboard.type("".join(order).replace(":", ""))
            if field.input_value() == text:
                return
            while self.is_on(field):
                self.key("Shift+Tab")
            self.reach(field)
        raise AssertionError(f"{text} cannot be typed")

    def choose(self, label: str, option: Any, *, within: str | Locator = "main") -> Visitor:
        field = self.field(label, within=within)
        self.reach(field)
        for _press in range(field.locator("option").count()):
            if field.locator("option:checked").inner_text().strip() == option:
                return self
            self.key("ArrowDown")
        raise AssertionError(f"{option} cannot be chosen")

    def tick(self, place: Locator) -> None:
        """A box, or one of several choices: Tab reaches the chosen or first of them, the arrows the others."""
        if place.get_attribute("type") == "radio":
            group = self.page.locator(f"input[name='{place.get_attribute('name')}']")
            chosen = group.locator("xpath=self::*[@checked]")
            self.reach(chosen if chosen.count() else group.first)
            while not self.is_on(place):
                self.key("ArrowDown")
        else:
            self.reach(place)
        if not place.is_checked():
            self.key("Space")
        assert place.is_checked()


def test_the_first_press_of_tab_offers_to_skip_the_navigation(arrive):
    member = arrive("member", kind=ByKeyboard).go("/work/")
    member.key("Tab")
    expect(member.page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    member.key("Enter")
    expect(member.page.locator("main")).to_be_focused()


def test_a_committee_answers_the_plan_above_by_keyboard(arrive):
    city = arrive("city-officer")
    campaign = issued_campaign(city, "Đợt sinh hoạt trả lời bằng bàn phím")
    city.follow("Xây dựng kế hoạch riêng").press("Xây dựng kế hoạch riêng")
    issue_own_plan(city)

    committee = arrive("committee-head", kind=ByKeyboard)
    committee.go(campaign).follow(COMMITTEE).follow("Làm ngay").press("Xây dựng kế hoạch riêng")
    committee.follow("Trả lời từng nhiệm vụ")
    cards = committee.page.locator("main form section.card")
    expect(cards).to_have_count(7)
    for card in cards.all()[:-1]:
        committee.tick(committee.field("giao xuống dưới", within=card))
    own = cards.last
    committee.tick(committee.field("đơn vị tự làm", within=own))
    committee.unfold(own.locator("summary"))
    committee.fill(
        {
            "Việc": "Tổng hợp báo cáo hằng tháng",
            "Người, bộ phận thực hiện": "Văn phòng Đảng uỷ",
            "Thời gian": "2023-09-29",
            "Sản phẩm": "Báo cáo",
        },
        within=own,
    )
    committee.press("Lưu các câu trả lời").reads("Mọi nhiệm vụ đã được trả lời.", "29/09/2023")
    issue_own_plan(committee)
    committee.reads("Đã ban hành, số")


def test_a_cell_meets_by_keyboard(arrive):
    head = arrive("cell-head", kind=ByKeyboard).go("/meetings/").follow("Triệu tập buổi sinh hoạt")
    title = "Sinh hoạt ghi bằng bàn phím"
    head.fill({"Nội dung": title, "Ngày": "2023-06-19", "Bắt đầu lúc": "08:15"}).press("Triệu tập").stands_on(title)
    meeting = head.path

    clerk = arrive("cell-clerk", kind=ByKeyboard).go(meeting).follow("Điểm danh")
    clerk.tick(line(clerk, 0).get_by_label("Vắng có lý do", exact=True))
    reason = line(clerk, 0).get_by_label(re.compile("^Lý do"))
    clerk.reach(reason)
    clerk.page.keyboard.insert_text("ốm")
    clerk.press("Còn lại có mặt").reads("15 có mặt · 1 vắng có lý do").press("Lưu và chốt")
    clerk.fill({"Kết thúc lúc": "09:30"}).press("Chốt điểm danh").follow("Soạn biên bản")
    worker = clerk.field("Người thực hiện").locator("option").nth(1).inner_text()
    clerk.fill({"Kết luận của chủ trì": "Chi bộ thống nhất.", "Việc": "Lập sổ theo dõi"})
    clerk.choose("Người thực hiện", worker).fill({"Thời gian": "2023-07-03", "Sản phẩm": "Sổ theo dõi"})
    clerk.press("Lưu và đọc toàn văn").reads("Lập sổ theo dõi", worker, "03/07/2023")

    head.go(meeting).follow("Đọc và duyệt").press("Phê duyệt biên bản").reads("Việc được giao từ nay được theo dõi.")


def test_a_member_studies_by_keyboard(arrive):
    member = arrive("member", kind=ByKeyboard).go("/learning/").follow("2. Nhất quán phương châm")
    member.press("Tôi đã đọc").reads("Đã ghi nhận.").press("Trả lời câu hỏi")
    for question in member.page.locator("main form.check fieldset").all():
        member.tick(question.locator("input").nth(1))
    member.press("Gửi câu trả lời").stands_on(re.compile(r"Đúng \d/\d câu")).follow("Đến bài thu hoạch")
    member.fill(
        {
            "Điều bổ ích nhất": "Phòng từ việc nhỏ.",
            "Liên hệ với công việc của bản thân": "Tôi giữ kho của tổ.",
            "Việc tôi sẽ làm": "Kiểm kê vào ngày cuối tháng.",
        }
    )
    member.page.keyboard.press("Tab")
    expect(member.page.locator("main form button")).to_be_focused()
    with member.page.expect_navigation():
        member.key("Enter")
    member.reads("Đã nộp.")
