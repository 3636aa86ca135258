"""The cell's meeting once more, all of it in English: what people wrote stays Vietnamese, the pages do not."""

import re

from playwright.sync_api import expect

from tests.journeys.stories import CELL
from tests.journeys.test_cascade import paragraphs
from tests.journeys.test_meeting import line


def test_a_meeting_is_called_recorded_minuted_and_approved_in_english(arrive):
    head = arrive("cell-head", language="en").go("/work/").stands_on("My work today")
    title = "Sinh hoạt chuyên đề, trang tiếng Anh"
    head.follow("Meetings", within=".sidebar").follow("Call a meeting").stands_on("Call a meeting")
    head.fill({"Subject of the meeting": title, "Day": "2023-06-19", "Begins at": "19:00", "Place": "Nhà văn hoá"})
    head.press("Call the meeting").stands_on(title).reads("Saved. The members are told.", "Next step", "Agenda", CELL)
    meeting = head.path

    clerk = arrive("cell-clerk", language="en").go(meeting).follow("Record the register").stands_on("Register")
    line(clerk, 0).get_by_label("Absent with reason", exact=True).check()
    line(clerk, 0).get_by_label(re.compile("^Reason")).fill("ốm")
    clerk.press("Mark the rest present").reads("15 present · 1 absent with reason · 0 absent without reason")
    clerk.press("Save and close").fill({"Ended at": "20:30"}).press("Close the register")
    clerk.reads("The register is closed: the meeting counts.", "15/16 · 93")
    clerk.follow("Draft the minutes").stands_on("Draft of the minutes")
    # A paper of the organisation is Vietnamese, whoever reads the page beside it.
    expect(clerk.field("Who took part")).to_have_value(re.compile("có mặt", re.IGNORECASE))
    clerk.fill({"The chair's conclusion": "Chi bộ thống nhất."}).press("Save and read as a whole")
    clerk.reads("The head of the unit approves them.")

    head.go(meeting).follow("Read and approve").press("Approve the minutes")
    head.reads("Approved. What was decided is now tracked as actions.")
    assert "BIÊN BẢN" in paragraphs(head.download("DOCX"))
    head.press("Tiếng Việt", within="header").reads("Thành phần tham dự")
