"""Somebody who reads: finds the place, sets the page to her eyes, copies a quotation, listens, turns with keys."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.test_access import broken_rules

HANDBOOK = "/library/cam-nang-thong-suot/"
GROUNDS = {
    "light": '{"theme":"light"}',
    "sepia": '{"theme":"sepia"}',
    "dark": '{"theme":"dark"}',
    "large": '{"large":"on"}',
}
SELECT_PASSAGE = """(nth) => {
  const passage = document.querySelectorAll('.text > .paragraph')[nth];
  const range = document.createRange();
  range.selectNodeContents(passage.querySelector('p'));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return passage.querySelector('p').innerText;
}"""
VOICE = """
const said = (window.said = []);
const voices = [{ lang: LANG, name: 'Giọng đọc', localService: true }];
Object.defineProperty(window, 'speechSynthesis', { value: {
  getVoices: () => voices, addEventListener() {}, cancel() {}, speak(words) { said.push(words); },
} });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


@pytest.fixture
def reader(arrive):
    visitor = arrive(permissions=["clipboard-read", "clipboard-write"])
    return visitor.go("/library/")


def test_a_reader_finds_her_way_through_a_text(reader):
    reader.follow("Bắt đầu đọc")
    page = reader.page
    page.locator(".toc-list a", has_text="Quà tặng").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Quà tặng")
    expect(page.locator('.toc-list [aria-current="page"]')).to_contain_text("Quà tặng")
    reader.fill({"Đến…": "tr 3"}).press("Đến", within="#toc")
    page.wait_for_url("**#trang-3")
    expect(page.locator("#trang-3")).to_be_in_viewport()
    expect(page.locator(".reader-progress")).to_contain_text("tr. 3")
    page.locator('.turn [rel="next"]').click()
    page.wait_for_url(lambda url: "#trang-3" not in url)
    reader.follow("Về tài liệu này").stands_on("Cẩm nang Thông Suốt: học, liên hệ và làm")


def test_what_a_reader_chose_is_there_again_on_every_page_and_only_on_her_device(reader):
    page = reader.follow("Bắt đầu đọc").page
    size = "Number.parseFloat(getComputedStyle(document.querySelector('.text')).fontSize)"
    before = page.evaluate(size)
    reader.press("Hiển thị").press("Chữ to hơn").press("Chữ to hơn")
    page.get_by_label("Giấy ngà").check()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Hiển thị")).to_be_focused()
    reader.go(HANDBOOK + "p1-c2/")
    assert page.evaluate(size) > before * 1.2
    assert page.evaluate("document.documentElement.dataset.theme") == "sepia"
    assert reader.context.cookies() == []
    reader.press("Hiển thị").press("Đặt lại như đầu")
    assert page.evaluate(size) == before


def test_words_are_copied_with_their_source(reader):
    page = reader.follow("Bắt đầu đọc").go(HANDBOOK + "p1-c1/").page
    words = page.evaluate(SELECT_PASSAGE, 1)
    page.get_by_role("button", name="Chép kèm nguồn").click()
    expect(page.locator("#reader-said")).to_have_text("Đã chép kèm nguồn.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"“{words.replace('“', '‘').replace('”', '’')[:30]}")
    assert "Cẩm nang Thông Suốt: học, liên hệ và làm, Chương 1, đoạn 2, tr. " in copied
    assert f"{reader.address}/library/passages/" in copied

    page.locator(".permalink").nth(1).click()
    dialog = page.get_by_role("dialog", name="Đoạn này")
    dialog.get_by_role("button", name="Chép kèm nguồn").click()
    expect(dialog).to_contain_text("Đã chép kèm nguồn.")
    page.keyboard.press("Escape")
    expect(page.locator(".permalink").nth(1)).to_be_focused()


def test_keys_turn_passages_and_chapters_never_take_what_is_typed_and_can_be_switched_off(reader):
    page = reader.go(HANDBOOK + "p1-c1/").page
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.id")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.activeElement.id")
    assert first
    assert second not in ("", first)
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == first
    page.keyboard.press("g")
    page.keyboard.type("n?/j")
    expect(page.locator("#to")).to_have_value("n?/j")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Phím tắt")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#reader-q")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.wait_for_url("**/p1-c2/")
    reader.press("Hiển thị")
    page.get_by_label("Dùng phím đơn").uncheck()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("p")
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert reader.path == HANDBOOK + "p1-c2/"


def test_plates_are_looked_at_large_with_arrow_keys(reader):
    page = reader.go(HANDBOOK + "plates/").page
    page.locator("[data-plate-large]").first.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Ảnh")
    expect(dialog).to_contain_text("(1 / ")
    page.keyboard.press("ArrowRight")
    expect(dialog).to_contain_text("(2 / ")
    page.keyboard.press("Escape")
    expect(page.locator("[data-plate-large]").nth(1)).to_be_focused()


def test_on_a_phone_the_contents_open_over_the_text_and_close_again(arrive):
    reader = arrive(size=PHONE).go(HANDBOOK + "p1-c1/")
    page = reader.page
    expect(page.locator("#toc")).to_be_hidden()
    reader.follow("Mục lục", within=".reader-bar")
    expect(page.locator("#toc")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#toc")).to_be_hidden()
    expect(page.locator("[data-opens-toc]")).to_be_focused()
    reader.follow("Đến…", within=".reader-bar")
    expect(page.locator("#to")).to_be_focused()


def test_a_text_is_read_aloud_where_the_device_has_a_voice_for_its_language(arrive):
    reader = arrive()
    reader.page.add_init_script(VOICE.replace("LANG", "'vi-VN'"))
    reader.go(HANDBOOK + "p1-c1/").press("Nghe")
    page = reader.page
    spoken = page.locator("[data-spoken]")
    expect(spoken).to_have_count(1)
    first = spoken.get_attribute("id")
    assert page.evaluate("said.map((one) => one.text).join('')")[:10] in spoken.inner_text()
    reader.press("Đoạn sau")
    assert spoken.get_attribute("id") != first
    reader.press("Tạm dừng")
    reader.press("Thôi đọc thành tiếng")
    expect(spoken).to_have_count(0)


def test_nothing_is_offered_that_the_device_cannot_say(arrive):
    reader = arrive()
    reader.page.add_init_script(VOICE.replace("LANG", "'en-GB'"))
    reader.go(HANDBOOK + "p1-c1/")
    expect(reader.page.locator("[data-listen]")).to_be_hidden()
    reader.go(HANDBOOK + "p1-c1/?lang=en")
    expect(reader.page.locator("[data-listen]")).to_be_visible()


def test_everything_is_read_without_a_script(arrive):
    reader = arrive(java_script_enabled=False, size=PHONE).go(HANDBOOK + "p1-c1/")
    expect(reader.page.get_by_role("button", name="Hiển thị")).to_be_hidden()
    reader.fill({"Đến…": "hình 1"}).press("Đến", within="#toc")
    expect(reader.page.locator("#hinh-1, .plate:target")).to_be_in_viewport()
    reader.page.locator(".permalink").first.click()
    reader.reads("Lời trích kèm nguồn").follow("Xem trong văn bản")
    expect(reader.page.locator("article.text")).to_be_visible()


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_no_ground_shuts_a_reader_out(arrive, ground, language, size):
    reader = arrive(language=language, size=size)
    reader.page.add_init_script(f"localStorage.setItem('reader', '{GROUNDS[ground]}')")
    wrong = []
    for path in ("/library/", HANDBOOK, HANDBOOK + "p1-c1/", HANDBOOK + "plates/", HANDBOOK + "goto/"):
        wrong += broken_rules(reader.go(path).page, f"{path} {ground}")
    reader.go(HANDBOOK + "p1-c1/").page.locator('[data-opens="reader-settings"]').click()
    wrong += broken_rules(reader.page, f"display {ground}")
    reader.page.keyboard.press("Escape")
    reader.page.locator(".permalink").first.click()
    reader.page.locator("#reader-about[open]").wait_for()
    wrong += broken_rules(reader.page, f"passage {ground}")
    assert not wrong, "\n".join(wrong)
