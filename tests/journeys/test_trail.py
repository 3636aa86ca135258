"""The officer lays a trail while reading, orders it at the bench; a member walks it on a phone, so does anyone."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.stories import CAMPAIGN
from tests.journeys.test_access import broken_rules

CHAPTER = "/library/cam-nang-thong-suot/p1-c3/"
PASSAGE, PLATE = "p1-c3-09", "p4-c2-02"


def put_on_trail(officer, chapter: str, anchor: str, why: str) -> None:
    """From where it is read: its § opens what there is to know of the passage, the way onto a trail among it."""
    officer.go(f"{chapter}#{anchor}")
    officer.page.locator(f"[id='{anchor}'] .permalink").first.click()
    box = officer.page.locator("#reader-about")
    expect(box).to_be_visible()
    topic = box.locator(f'optgroup[label^="{CAMPAIGN}"] option').first
    box.get_by_label("Đưa vào lộ trình của").select_option(topic.get_attribute("value"))
    box.get_by_label(re.compile("^Vì sao đọc")).fill(why)
    box.get_by_role("button", name="Đưa vào lộ trình").click()
    expect(box).to_contain_text("Đã thêm làm bước")
    assert officer.path.startswith(chapter), "one goes on reading where one was"


def first_words(officer) -> list[str]:
    return officer.page.locator(".bench-step .bench-words strong").all_inner_texts()


def test_the_officer_lays_a_trail_while_reading_and_a_member_walks_it_on_a_phone(arrive):
    officer = arrive("city-officer")
    put_on_trail(officer, CHAPTER, PASSAGE, "Nhìn ra ngoài một lần.")
    put_on_trail(officer, "/library/cam-nang-thong-suot/p4-c2/", PLATE, "Vòng liên hệ trong một hình.")

    officer.go("/campaigns/").follow(CAMPAIGN).follow("Nội dung cốt lõi").follow("1. ").follow("Sửa lộ trình")
    officer.reads("Nhìn ra ngoài một lần.", "trang in", "khoảng")
    before = first_words(officer)
    assert not broken_rules(officer.page, officer.path)
    last = officer.page.locator(".bench-step").last
    last.get_by_role("button", name=re.compile("^Đưa lên:")).click()
    expect(officer.page.locator(".bench-step .bench-words strong").last).to_have_text(before[-2])
    assert first_words(officer) == [*before[:-2], before[-1], before[-2]]

    # With the arrow keys, by one who does not drag, faster than the server answers.
    handle = officer.page.locator(".bench-step").nth(2).locator(".handle")
    handle.focus()
    officer.page.keyboard.press("ArrowUp")
    officer.page.keyboard.press("ArrowUp")
    expect(officer.page.locator(".bench-number").first).to_have_text("1")
    expect(officer.page.locator(".bench-step").first.locator(".handle")).to_be_focused()
    officer.page.reload()
    assert first_words(officer)[:3] == [before[2], before[0], before[1]]

    # By hand: the first step onto the second.
    handle = officer.page.locator(".bench-step").first.locator(".handle")
    handle.evaluate("(handle) => handle.scrollIntoView({ block: 'center', behavior: 'instant' })")
    place = handle.bounding_box()
    officer.page.mouse.move(place["x"] + 9, place["y"] + 9)
    officer.page.mouse.down()
    officer.page.mouse.move(place["x"] + 9, place["y"] + 300, steps=12)
    officer.page.mouse.up()
    expect(officer.page.locator(".bench-number").first).to_have_text("1")
    officer.page.reload()
    assert first_words(officer)[0] == before[0]

    # Taken out, and put back.
    officer.page.locator(".bench-step").last.get_by_role("button", name=re.compile("^Lấy ra")).click()
    officer.reads("Đã lấy ra.").press(re.compile("^Đưa trở lại")).reads("Đã đưa trở lại")

    member = arrive("member", size=PHONE)
    member.go("/learning/").follow("3. Trên dưới đồng lòng, dọc ngang").reads("khoảng").follow("Đọc từng bước")
    member.reads("Bước 1/").follow("Bước tiếp theo").reads("Bước 2/")
    assert not broken_rules(member.page, member.path)
    member.page.keyboard.press("ArrowRight")
    member.reads("Bước 3/").follow("Đọc cả chương").follow("Trở lại bước 3").reads("Bước 3/")
    member.follow("Bước trước").reads("Bước 2/")
    member.page.locator(".walk-all summary").click()
    member.follow("Đọc cả lộ trình trên một trang").reads("Đã đọc trên máy này: 2/")
    member.follow("Đọc tiếp bước 3").reads("Bước 3/")


def test_anyone_walks_a_public_trail_in_either_language_unobserved(arrive):
    reader = arrive(size=PHONE, language="en")
    reader.go("/c/thanh-xuan-2023/topics/2/").follow("Walk the trail step by step").reads("Step 1 of ")
    reader.follow("Đọc tiếng Việt").reads("Step 1 of ").follow("Next step").reads("Step 2 of ")
    expect(reader.page.locator(".stop-text")).to_have_attribute("lang", "vi")
    reader.follow("Read around it").follow("Back to step 2").reads("Step 2 of ")
    assert reader.context.cookies() == []
    assert not broken_rules(reader.page, reader.path)
