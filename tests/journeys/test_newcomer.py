"""Somebody who has just started the product: how it starts, who may come in, and what is said where something fails."""

import base64
import hashlib
import hmac
import re
import struct
import subprocess
import time
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.server import ROOT, START, free_port, started, surroundings
from tests.journeys.visitor import Visitor

PASSWORD = "thong-suot"


def refusal(data: Path, port: int) -> str:
    """What start says as it stops by itself."""
    done = subprocess.run(START, cwd=ROOT, env=surroundings(data, port, ""), capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_start_says_where_it_is_and_who_may_come_in(address, data):
    said = (data / "start.log").read_text()
    assert f"{address}/demo/" in said
    assert "Chi bộ Minh hoạ" not in said
    for words in ("Thư viện · Library", "chi bộ 25/136", "cell-head", PASSWORD):
        assert words in said


def test_a_second_start_loads_nothing_again_and_takes_the_server_along_when_stopped(address, data, database):
    log = data / "second.log"
    with started(data, database, log) as again:
        assert again != address
    said = log.read_text()
    assert "Thư viện" not in said
    assert int(re.search(r"Ready after (\d+) s", said)[1]) <= 15


def test_a_port_in_use_and_a_folder_that_cannot_be_written_get_a_sentence(address, data, tmp_path):
    port = int(address.rsplit(":", 1)[1])
    assert f"Cổng {port} đang có chương trình khác dùng" in refusal(data, port)
    (file := tmp_path / "file").write_text("not a folder")
    assert "Không ghi được vào thư mục dữ liệu" in refusal(file / "data", free_port())


def test_one_click_brings_a_newcomer_to_what_is_asked_of_that_person(arrive):
    visitor = arrive().go("/")
    visitor.follow("Đăng nhập", within="header")
    visitor.stands_on("Đăng nhập").follow("Dùng thử")
    visitor.stands_on("Chọn vai để vào thử").reads("Chuyên viên", "Bí thư", "Đảng viên", "20/6/2023")
    assert visitor.page.locator("main ul.grid > li").count() == 9
    visitor.page.locator('form[action="/demo/sign-in/committee-head"] button:not([name])').click()
    visitor.stands_on("Việc của tôi hôm nay").reads("Đảng bộ phường Hạ Đình")


def test_a_wrong_password_gets_a_sentence_and_the_right_one_comes_in(arrive):
    visitor = arrive().go("/work/").stands_on("Đăng nhập")
    visitor.fill({"Tên đăng nhập": "district-head", "Mật khẩu": "khong-phai"}).press("Đăng nhập")
    visitor.reads("Tên đăng nhập hoặc mật khẩu không đúng.")
    assert visitor.field("Tên đăng nhập").input_value() == "district-head"
    visitor.fill({"Mật khẩu": PASSWORD}).press("Đăng nhập")
    visitor.stands_on("Việc của tôi hôm nay")
    visitor.page.locator("header .menu-account summary").click()
    visitor.press("Đăng xuất", within="header")
    visitor.go("/work/").stands_on("Đăng nhập")


def one_time_code(secret: str) -> str:
    """What an app on the phone would show now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def give_code(visitor: Visitor, label: str, secret: str, button: str) -> None:
    """The code of this half minute; typed again where the half minute ended between reading and sending."""
    for _attempt in range(2):
        visitor.fill({label: one_time_code(secret)}).press(button)
        visitor.page.wait_for_load_state()
        if not visitor.page.locator("main .error").count():
            return


def test_a_second_factor_can_be_set_up_and_is_asked_from_then_on(arrive):
    visitor = arrive().go("/account/login/")
    visitor.fill({"Tên đăng nhập": "speaker", "Mật khẩu": PASSWORD}).press("Đăng nhập")
    visitor.stands_on("Việc của tôi hôm nay").go("/people/me/account/").reads("Đang tắt.").follow("Thiết lập")
    visitor.fill({"Mật khẩu": PASSWORD}).press("Xác nhận").stands_on("Bật ứng dụng xác thực")
    secret = visitor.field("Chuỗi bí mật").input_value()
    give_code(visitor, "Mã của ứng dụng xác thực", secret, "Bật")
    visitor.stands_on("Mã khôi phục").reads("Đã bật ứng dụng xác thực.", "Còn 10 trong 10 mã khôi phục.")
    visitor.go("/people/me/account/").reads("Đang bật")

    later = arrive().go("/account/login/")
    later.fill({"Tên đăng nhập": "speaker", "Mật khẩu": PASSWORD}).press("Đăng nhập").stands_on("Xác thực hai lớp")
    later.fill({"Mã": "000000"}).press("Đăng nhập").stands_on("Xác thực hai lớp")
    expect(later.page.locator("main .error")).to_be_visible()
    give_code(later, "Mã", secret, "Đăng nhập")
    later.stands_on("Việc của tôi hôm nay")
