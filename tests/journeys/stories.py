"""What several journeys begin with: a campaign issued to the district, and the plan that binds those below."""

import tomllib
from pathlib import Path
from typing import Any

from tests.journeys.server import ROOT
from tests.journeys.visitor import Visitor

CITY, DISTRICT = "Thành uỷ Hà Nội", "Quận uỷ Thanh Xuân"
COMMITTEE, CELL = "Đảng bộ phường Hạ Đình", "Chi bộ Minh hoạ 1, phường Hạ Đình"
TOPICS = ("Hiểu đúng chủ trương", "Phòng ngừa từ sớm, từ xa", "Trên dưới đồng lòng")
PLAN_ASKED = "Xây dựng kế hoạch của đơn vị, hoặc thực hiện ngay theo kế hoạch cấp trên"


def plan_147() -> dict[str, Any]:
    """The facts of the city's plan as the example keeps them."""
    return tomllib.loads((ROOT / "thongsuot" / "example" / "content" / "plan-147.toml").read_text(encoding="utf-8"))


def fill_in_campaign(officer: Visitor, title: str) -> None:
    officer.stands_on("Đợt sinh hoạt mới").fill(
        {"Tên": title, "Mục đích": "Hiểu đúng, liên hệ đúng, làm đến nơi."}
        | {f"Nội dung cốt lõi {number}": topic for number, topic in enumerate(TOPICS, start=1)}
    )


def issue_to_the_district(officer: Visitor) -> None:
    officer.follow("Ban hành").choose("Ban hành đến", DISTRICT).press("Xem trước")
    officer.press("Ban hành tới các tổ chức này")


def issued_campaign(officer: Visitor, title: str) -> str:
    """Made and issued to the district and all below it; returns its address."""
    fill_in_campaign(officer.go("/campaigns/new/"), title)
    officer.press("Lưu").stands_on(title)
    issue_to_the_district(officer)
    officer.reads("Đã ban hành")
    return officer.path


def issue_own_plan(writer: Visitor) -> None:
    """From the empty draft on: tasks as asked, the words of the head, issued."""
    writer.stands_on("Dự thảo kế hoạch").press("Gợi ý nhiệm vụ từ các yêu cầu").reads("Đã gợi ý")
    writer.fill(
        {
            "Mục đích, yêu cầu": "Thống nhất nhận thức và hành động ở từng nơi.",
            "Phân công thực hiện": "Văn phòng theo dõi, tổng hợp hằng tuần.",
        }
    )
    writer.press("Lưu và kiểm tra").press("Ban hành kế hoạch")


def saved(folder: Path, name: str, content: bytes) -> Path:
    (file := folder / name).write_bytes(content)
    return file


CAMPAIGN = "Đợt sinh hoạt chính trị, tư tưởng về phòng, chống tham nhũng, tiêu cực năm 2023"
TODAY = "2023-06-20"


def call_meeting(head: Visitor, title: str) -> str:
    """Of the cell, today, on the first core content with the passages of its trail; returns its address."""
    head.go("/campaigns/").follow(CAMPAIGN).follow("Nội dung cốt lõi").follow("1. ")
    head.follow("Triệu tập sinh hoạt về nội dung này").stands_on("Triệu tập buổi sinh hoạt")
    head.fill({"Nội dung": title, "Ngày": TODAY, "Bắt đầu lúc": "07:00", "Địa điểm": "Nhà văn hoá khu 3"})
    head.press("Triệu tập").stands_on(title)
    return head.path
