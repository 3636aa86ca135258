"""Anybody, not signed in, without a script or a cookie: the campaign, its contents, texts, news, progress."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.stories import CAMPAIGN


@pytest.fixture(params=["desk", "phone"])
def reader(request, arrive):
    more = {"size": PHONE} if request.param == "phone" else {}
    return arrive(java_script_enabled=False, **more).go("/")


def test_a_reader_without_a_script_sees_everything_that_is_public(reader):
    reader.stands_on(CAMPAIGN).reads("Số người dự", "Nội dung cốt lõi", "Tin bài")
    reader.follow("Xem đợt sinh hoạt").reads("147-KH/TU", "Thành uỷ Hà Nội", "30/03/2023 – 31/07/2023")
    reader.follow("Một số vấn đề rút ra").reads("Bắt đầu từ ba dấu hiệu").follow("Đọc từng bước")
    reader.reads("Bước 1/").follow("Bước tiếp theo").reads("Bước 2/").follow("Đọc cả chương").reads("Ba dấu hiệu")

    reader.go("/").follow("Tin bài", within="header").follow("Quận Thanh Xuân mở đợt học tập")
    reader.reads("21/04/2023", "Thanh Xuân")
    expect(reader.page.locator("main figure img").first).to_be_visible()

    reader.follow("Tiến độ", within="header").stands_on("Tiến độ").reads("Tính đến 20/06/2023", "dưới năm tổ chức")
    expect(reader.page.get_by_role("row").filter(has_text="Đảng bộ cơ sở").first).to_contain_text(re.compile(r"\d+/27"))
    assert reader.context.cookies() == []


@pytest.mark.parametrize(
    ("words", "first"),
    [("phong ngua", "hòng ngừa"), ("Phòng ngừa", "hòng ngừa"), ("dieu 20 khoan 2", "Điều 20 khoản 2")],
)
def test_the_library_is_searched_with_marks_and_without(reader, words, first):
    reader.follow("Thư viện", within="header").fill({"Tìm trong thư viện": words}).press("Tìm kiếm")
    expect(reader.page.locator("main ol.hits > li").first).to_contain_text(first)


def test_a_reader_chooses_english_without_a_script(reader):
    reader.press("English", within="header")
    reader.reads("Core contents", "People who came").follow("See the campaign").reads("On the basis of")
    reader.press("Tiếng Việt", within="header").reads("Nội dung cốt lõi")
