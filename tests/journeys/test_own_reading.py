"""A reader alone with a text: highlights and notes, where she stopped, and reading without a network."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.test_access import broken_rules
from tests.journeys.visitor import Visitor

BOOK = "/library/cam-nang-thong-suot/"
CHAPTER = f"{BOOK}p1-c2/"
NO_NETWORK = "ERR_INTERNET_DISCONNECTED"
CACHED = """(async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found[request.url] = await (await cache.match(request)).text();
  }
  return found;
})()"""
# A finger cannot be led along a line of letters here; the choice of words is made as the browser would make it.
CHOOSE = """(paragraph) => {
  const range = document.createRange();
  range.selectNodeContents(paragraph);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}"""


def choose_words(reader: Visitor, nth: int) -> str:
    """All of a paragraph; returns its words."""
    paragraph = reader.page.locator(".text .paragraph > p").nth(nth)
    paragraph.scroll_into_view_if_needed()
    words = paragraph.inner_text()
    tools = reader.page.get_by_role("group", name="Đánh dấu những chữ đã chọn")
    for _attempt in range(10):  # until the page's script listens
        paragraph.evaluate(CHOOSE)
        reader.page.wait_for_timeout(300)
        if tools.is_visible():
            break
    expect(tools).to_be_visible()
    return " ".join(words.split())


def bar(reader: Visitor, words: str) -> None:
    reader.touch(reader.page.locator(".mark-bar").get_by_role("button", name=words))


def keep(reader: Visitor, button: str) -> None:
    reader.touch(reader.page.locator(".keep > summary"))
    reader.press(re.compile(f"^{button}"))
    expect(reader.page.locator("keep-offline [data-status]")).to_have_text("Đã giữ trên máy này.", timeout=60_000)
    reader.page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def until(reader: Visitor, script: str) -> None:
    """The page forbids what Playwright's own way of waiting would run in it."""
    for _attempt in range(200):
        if reader.page.evaluate(script):
            return
        reader.page.wait_for_timeout(100)
    raise AssertionError(f"{script} never came true on {reader.path}")


def without_network(reader: Visitor) -> None:
    until(reader, "caches.open('thongsuot-shell').then((cache) => cache.match('/library/notes/')).then(Boolean)")
    reader.context.set_offline(True)


def forget_failures(reader: Visitor) -> None:
    reader.errors[:] = [error for error in reader.errors if NO_NETWORK not in error]


@pytest.fixture(params=["desk", "phone"])
def reader(request, arrive):
    made = arrive(**({"size": PHONE} if request.param == "phone" else {}))
    yield made
    forget_failures(made)


def test_highlights_and_notes_stay_on_the_device_and_are_found_again(reader):
    reader.go(CHAPTER)
    words = choose_words(reader, 0)
    bar(reader, "Tô xanh lá")
    expect(reader.page.locator("mark.own-mark").first).to_have_attribute("data-colour", "green")
    choose_words(reader, 2)
    bar(reader, "Ghi chú")
    panel = reader.page.get_by_role("dialog", name="Chỗ tô và ghi chú")
    panel.get_by_label("Ghi chú").fill("Hỏi ở buổi sinh hoạt tới")
    assert not broken_rules(reader.page, "the note's window")
    reader.touch(panel.get_by_role("button", name="Lưu"))
    reader.page.reload()
    reader.reads("Ghi chú của tôi ở trang này", "Hỏi ở buổi sinh hoạt tới")
    expect(reader.page.get_by_role("button", name=re.compile("^Mở chỗ tô của bạn"))).to_have_count(1)

    reader.go("/library/notes/").reads(words[:60], "Hỏi ở buổi sinh hoạt tới", "Cẩm nang Thông Suốt")
    assert not broken_rules(reader.page, "/library/notes/")
    reader.fill({"Tìm trong ghi chú của tôi": "hoi o buoi"}).reads_not(words[:60]).reads("Hỏi ở buổi sinh hoạt tới")
    reader.fill({"Tìm trong ghi chú của tôi": ""})
    with reader.page.expect_download() as waiting:
        reader.press("Để nhập vào nơi khác (JSON)")
    file = waiting.value.path()
    assert {note["note"] for note in json.loads(file.read_text())["notes"]} == {"", "Hỏi ở buổi sinh hoạt tới"}

    reader.page.once("dialog", lambda dialog: dialog.accept())
    reader.press("Xoá tất cả").reads("Chưa có.")
    reader.upload("Nhập tệp ghi chú (JSON)", file).reads("Đã nhập: 2", words[:60])
    reader.touch(reader.page.locator("main article").first.get_by_role("link"))
    expect(reader.page.locator("mark.own-mark").first).to_be_visible()


def test_a_note_is_read_and_written_by_keyboard_alone(arrive):
    reader = arrive()
    reader.go(CHAPTER).page.locator("article.text .permalink").nth(1).focus()
    reader.page.keyboard.press("Enter")
    reader.page.locator("#device-note").focus()
    reader.page.keyboard.type("Viết bằng bàn phím")
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Enter")
    expect(reader.page.locator("own-notes")).to_contain_text("Viết bằng bàn phím")
    assert not broken_rules(reader.page, "a passage above its text")
    reader.page.keyboard.press("Escape")
    expect(reader.page.locator(".own-reading article")).to_contain_text("Viết bằng bàn phím")


def test_who_comes_back_is_led_to_where_she_stopped(reader):
    reader.go(CHAPTER)
    reader.page.locator(".text .paragraph").last.scroll_into_view_if_needed()
    until(reader, "Boolean(localStorage.getItem('thongsuot.places'))")
    reader.page.wait_for_timeout(900)  # as long as a pause in reading must last to count
    reader.go("/library/").reads("Chỗ đọc dở", "Bộ khung của Luật")
    assert not broken_rules(reader.page, "/library/ with a place")
    reader.go(BOOK).reads("Đọc tiếp:").follow("Đọc tiếp:")
    reader.page.wait_for_url(f"**{CHAPTER}#p1-c2-*")
    reader.go(CHAPTER).follow("Đến chỗ đọc dở").reads("Bạn đọc đến đây")
    expect(reader.page.get_by_text("Bạn đọc đến đây")).to_be_in_viewport()
    assert not reader.context.cookies()


def test_a_chapter_kept_on_the_device_is_read_without_a_network(reader):
    reader.go(CHAPTER)
    choose_words(reader, 0)
    bar(reader, "Tô vàng")
    keep(reader, "Giữ chương này trên máy")
    without_network(reader)
    reader.go(CHAPTER).stands_on("2. Bộ khung của Luật").reads("bản giữ trên máy này")
    expect(reader.page.locator("mark.own-mark").first).to_be_visible()
    reader.page.locator("figure.plate img").scroll_into_view_if_needed()
    until(reader, "document.querySelector('figure.plate img').naturalWidth > 0")
    band = reader.page.locator(".site-header").evaluate("(header) => getComputedStyle(header).backgroundColor")
    assert band == "rgb(124, 21, 39)"

    reader.go(f"{BOOK}p1-c1/").stands_on("Không có mạng").reads("Cẩm nang Thông Suốt", "1/")
    assert not broken_rules(reader.page, "the page without a network")
    reader.go("/library/notes/").stands_on("Ghi chú của tôi").reads("Cẩm nang Thông Suốt")
    reader.go("/library/device/").stands_on("Trên máy này")
    reader.context.set_offline(False)
    reader.go(f"{BOOK}p1-c1/").stands_on("1. Gọi đúng tên")


def test_a_whole_work_is_kept_told_and_removed(reader):
    keep(reader.go(BOOK), "Giữ trọn văn bản")
    without_network(reader)
    reader.go(f"{BOOK}p1-c3/").stands_on(re.compile("^3"))
    reader.context.set_offline(False)
    reader.go("/library/device/").reads("trọn vẹn", "Chỗ trang này đang dùng")
    assert not broken_rules(reader.page, "/library/device/")
    reader.press("Tìm bản mới hơn").reads("Bản trên máy là bản mới nhất.")
    reader.press("Gỡ khỏi máy này").reads("Chưa giữ văn bản nào trên máy này.")
    until(reader, f"({CACHED}).then((found) => !Object.keys(found).some((url) => url.includes('{BOOK}')))")


def test_keeping_can_be_stopped_and_goes_on_from_there(arrive):
    reader = arrive()
    reader.page.route("**/library/cam-nang-thong-suot/p2-*/**", lambda route: None)  # a line that hangs
    reader.go(BOOK).page.locator(".keep > summary").click()
    reader.press(re.compile("^Giữ trọn văn bản")).reads("Đang tải.")
    expect(reader.page.locator("[data-count]")).to_have_text(re.compile(r"^[1-9]\d*/\d+"))
    reader.press("Dừng").reads("Đã dừng.")
    reader.page.unroute_all(behavior="ignoreErrors")
    reader.press(re.compile("^Giữ trọn văn bản"))
    expect(reader.page.locator("keep-offline [data-status]")).to_have_text("Đã giữ trên máy này.", timeout=60_000)
    forget_failures(reader)


def test_everything_leaves_the_device_at_once(arrive):
    reader = arrive().go(CHAPTER)
    choose_words(reader, 0)
    bar(reader, "Tô hồng")
    keep(reader, "Giữ chương này trên máy")
    reader.go("/library/device/").page.once("dialog", lambda dialog: dialog.accept())
    reader.press("Gỡ mọi thứ khỏi máy này").reads("Đã gỡ khỏi máy này.")
    left = reader.page.evaluate(
        "Promise.all([caches.keys(), navigator.serviceWorker.getRegistrations()]).then(([names, workers]) =>"
        " [Object.keys(localStorage), names, workers.length])"
    )
    assert left == [[], [], 0]


def test_what_a_person_keeps_while_signed_in_is_what_everyone_sees(arrive):
    """Signed out again, nothing of hers is left in what the device keeps."""
    member = arrive("member")
    name = member.go("/people/me/").page.locator(".account-name").inner_text()
    keep(member.go(CHAPTER), "Giữ chương này trên máy")
    without_network(member)
    kept = member.page.evaluate(CACHED)
    assert any(url.endswith(CHAPTER) for url in kept)
    assert not [url for url, text in kept.items() if name in text or "csrfmiddlewaretoken" in text]
    assert not [url for url in kept if not re.search(r"/(library|static)/", url)]
    member.go(CHAPTER).stands_on("2. Bộ khung của Luật")
    member.page.goto(f"{member.address}/work/")
    member.stands_on("Không có mạng")
    member.context.set_offline(False)
    forget_failures(member)


def test_notes_go_into_the_account_and_back_and_only_their_person_sees_them(arrive):
    speaker = arrive("speaker").go(CHAPTER)
    words = choose_words(speaker, 0)
    bar(speaker, "Tô xanh dương")
    speaker.go("/library/notes/").press("Chuyển vào tài khoản của tôi").reads("Đã chuyển: 1")
    account = speaker.page.get_by_role("region", name="Cùng tài khoản của tôi")
    expect(account).to_contain_text(words[:60])
    assert not broken_rules(speaker.page, "/library/notes/ signed in")

    elsewhere = arrive("speaker").go(CHAPTER)
    expect(elsewhere.page.locator("mark.own-mark").first).to_have_attribute("data-colour", "blue")
    elsewhere.touch(elsewhere.page.locator(".own-choices > summary"))
    elsewhere.page.get_by_label("Giữ chỗ tô và ghi chú cùng tài khoản của tôi").check()
    elsewhere.press("Lưu").reads("Đã ghi theo lựa chọn của bạn.")
    choose_words(elsewhere, 2)
    bar(elsewhere, "Tô hồng")
    expect(elsewhere.page.locator(".own-reading article")).to_have_count(2)
    assert elsewhere.page.evaluate("localStorage.getItem('thongsuot.marks')") is None

    officer = arrive("city-officer").go(CHAPTER)
    expect(officer.page.locator(".own-reading")).to_contain_text("Chưa có.")
    expect(officer.page.locator("mark.own-mark")).to_have_count(0)

    speaker.go("/library/notes/").touch(speaker.page.get_by_text("Nhập, chuyển hoặc xoá"))
    speaker.press("Chuyển tất cả về máy này").reads("Đã chuyển: 2")
    expect(speaker.page.get_by_role("region", name="Trên máy này").locator("article")).to_have_count(2)
    expect(account).to_contain_text("Chưa có.")


def test_a_note_is_kept_with_the_account_without_a_script(arrive):
    auditor = arrive("auditor", java_script_enabled=False).go(CHAPTER)
    auditor.page.locator("article.text .permalink").nth(1).click()
    auditor.fill({"Ghi chú": "Không cần mã"}).press("Giữ ghi chú").reads("Đã giữ ghi chú.", "Không cần mã")
    auditor.go("/library/notes/").reads("Không cần mã", "Cẩm nang Thông Suốt").press(re.compile("^Xoá"))
    auditor.reads("Đã xoá.").reads_not("Không cần mã")
