"""What the recogniser promises: the forms that are met, the faults that are forgiven, the traps it avoids."""

import os
import re
import unicodedata
from pathlib import Path

import pytest

from thongsuot.library.numbers import find_anchors, find_numbers

PARTY = """
147-KH/TU 21-KL/TW 97-HD/BTGTW 12-HD/BTCTW 42-HD/BTCTW 36-HD/VPTW 05-HD/VPTW 66-QĐ/TW 399-QĐ/TW 339-QĐ/TW
168-KH/VPTW 226-KL/TW 151-TTr/VPTW 50-CT/TW 01-CT/TW 09-QC/TW 05-TB/BCĐTW 63-HD/BCĐTW 26-HD/BTGDVTW
10-HD/BTGDVTU 96-CV/VPTU 132-CV/TU 251-KH/TU 84-KH/TU 134-CV/UBKTTU 12-BC/BTGTU 06-KH/UBKTTU 24-BS/UBKTTU
81-KH/ĐUK 27-ĐA/QU 06-ĐA/TU 03-CTr/TU 147-CTHĐ/TU 08-KH/ĐU 05-NQ/ĐU 03-BC/CB 42-HD/TWTN-BKT
514-QĐ/TWĐTN-BKT 90-KH/TU 17-KH/TU
""".split()  # noqa: SIM905
STATE = """
36/2018/QH14 91/2025/QH15 132/2025/QH15 203/2025/QH15 694/2008/NQ-UBTVQH12 08/2022/PL-UBTVQH15 59/2019/NĐ-CP
130/2020/NĐ-CP 134/2021/NĐ-CP 13/2023/NĐ-CP 356/2025/NĐ-CP 330/2026/NĐ-CP 31/2011/QĐ-TTg 861/QĐ-TTg 10/CT-TTg
02/CĐ-TTg 04/2014/TT-TTCP 06/2025/TT-TTCP 55/2005/TTLT-BNV-VPCP 03/2020/NQ-HĐTP 22/2019/NQ-HĐND
666/2015/QĐ-UBND 152/QĐ-TTCP 157/QĐ-TTCP 708/KH-BTP 2703/CV-HĐPH 123/TB-VPCP 45/TTr-SNV 10120/HD-BNV
15/QĐ-BNV 27/KH-UBND 12/UBND-VX 01/VBHN-VPQH
""".split()  # noqa: SIM905
CONTEXTS = ["{}", "Kế hoạch số {}, ngày 30/3/2023", "({})", "theo {}.", "“{}”;", "căn cứ {} và quy định khác"]
NOT_STANDARD = [
    ("16 - HD/BTCTW", "16-HD/BTCTW"),
    ("367 - QĐ/TWĐTN", "367-QĐ/TWĐTN"),
    ("339-QD/TW", "339-QĐ/TW"),
    ("30/2020/ND-CP", "30/2020/NĐ-CP"),
    ("03-Ctr/TU", "03-CTr/TU"),
    ("16-HD/BTCTƯ", "16-HD/BTCTW"),
    ("38-HD/BTCTƯ", "38-HD/BTCTW"),
    ("01/NQ-TU", "01-NQ/TU"),
    ("25/CT-TU", "25-CT/TU"),
    ("06/2022-QH15", "06/2022/QH15"),
    ("63 /2025/QĐ-CTUBND", "63/2025/QĐ-CTUBND"),
]
TRAPS = [
    "giai đoạn 2021-2025", "nhiệm kỳ 2025-2030", "28/10/2025", "27-28/3/2021", "08-10/2025", "24/7", "khoản 2/3",
    "TCVN 6909:2001", "QCVN 09/2013", "COVID-19/2020", "198-KH-CĐKT", "NĐ 30/2020", "https://tp.vn/147-KH/TU.pdf",
    "/files/36/2018/QH14/x", "12/15 đảng viên", "80-85 %", "tỷ lệ 3/4", "A4 210 × 297", "", "số",
]  # fmt: skip


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize("number", PARTY + STATE)
def test_a_number_is_found_wherever_it_stands(number: str, context: str) -> None:
    text = context.format(number)
    (found,) = find_numbers(text)
    assert (found.matched, found.normalised, found.is_standard) == (number, number, True)
    assert found.kind == ("party" if number in PARTY else "state")
    assert text[found.start : found.end] == number


@pytest.mark.parametrize(("written", "meant"), NOT_STANDARD)
def test_a_number_with_a_fault_is_found_and_its_right_form_proposed(written: str, meant: str) -> None:
    (found,) = find_numbers(f"Thực hiện {written} về việc học tập")
    assert (found.matched, found.normalised, found.suggestion, found.is_standard) == (written, meant, meant, False)


def test_a_number_run_into_the_word_before_it_is_found() -> None:
    (found,) = find_numbers("Quy định số31-QĐ/TW,ngày 05/2/2023")
    assert (found.matched, found.is_standard, found.suggestion) == ("31-QĐ/TW", False, "31-QĐ/TW")


@pytest.mark.parametrize("after", ["để nộp thuế", "và Điều 12", "ngày20/4/2020", "gửi người nộp thuế"])
def test_a_number_run_into_the_word_after_it_is_found(after: str) -> None:
    (found,) = find_numbers(f"Nghị định số 126/2020/NĐ-CP{after}")
    assert (found.matched, found.is_standard) == ("126/2020/NĐ-CP", False)


@pytest.mark.parametrize("dash", "\u2010\u2011\u2012\u2013\u2014\u2015")
def test_any_dash_will_do(dash: str) -> None:
    (found,) = find_numbers(f"Kế hoạch 147{dash}KH/TU")
    assert (found.normalised, found.is_standard) == ("147-KH/TU", True)


@pytest.mark.parametrize("trap", TRAPS)
def test_what_only_looks_like_a_number_is_left_alone(trap: str) -> None:
    assert find_numbers(f"Trong {trap} này") == []


def test_offsets_point_into_the_text_as_given_even_when_its_marks_stand_apart() -> None:
    text = unicodedata.normalize("NFD", "Theo Quy định số 66-QĐ/TW và Hướng dẫn 36-HD/VPTW, số31-QĐ/TW của Đảng uỷ")
    found = find_numbers(text)
    assert [each.normalised for each in found] == ["66-QĐ/TW", "36-HD/VPTW", "31-QĐ/TW"]
    assert [unicodedata.normalize("NFC", text[each.start : each.end]) for each in found] == [
        "66-QĐ/TW", "36-HD/VPTW", "31-QĐ/TW",
    ]  # fmt: skip


def test_court_numbers_are_told_apart() -> None:
    assert [each.kind for each in find_numbers("bản án 02/2026/QĐST-DS và 15/2020/HS-ST")] == ["other", "other"]


def test_the_parts_of_a_number_are_told() -> None:
    party, law, decree, letter = find_numbers("147-KH/TU; 36/2018/QH14; 59/2019/NĐ-CP; 12/UBND-VX")
    assert (party.number, party.type, party.issuer, party.year) == ("147", "KH", "TU", None)
    assert (law.number, law.issuer, law.year) == ("36", "QH14", 2018)
    assert (decree.type, decree.issuer, decree.year) == ("NĐ", "CP", 2019)
    assert (letter.type, letter.issuer) == ("CV", "UBND-VX")


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("theo Điều 10", ["dieu-10"]),
        ("khoản 1 Điều 17", ["dieu-17.khoan-1"]),
        ("tại điểm a khoản 2 Điều 20 của Luật", ["dieu-20.khoan-2.diem-a"]),
        ("điểm đ, khoản 2, Điều 20", ["dieu-20.khoan-2.diem-đ"]),
        ("(Khoản 2 - Điều 94 Luật PCTN)", ["dieu-94.khoan-2"]),
        ("điểm 9.3.2, Điều 9", ["dieu-9.diem-9.3.2"]),
        ("Phụ lục III", ["phu-luc-III"]),
        ("xem trang 345 và ảnh 27", ["trang-345", "hinh-27"]),
        ("ĐIỀU 5. Phạm vi", ["dieu-5"]),
        ("điều kiện 3, trang phục, ảnh đẹp, khoản tiền 5", []),
    ],
)
def test_references_to_places_in_a_document_are_found(text: str, anchors: list[str]) -> None:
    assert [each.anchor for each in find_anchors(text)] == anchors
    assert [each.anchor for each in find_anchors(unicodedata.normalize("NFD", text))] == [
        unicodedata.normalize("NFC", each) for each in anchors
    ]


SHARED = Path(os.environ.get("THONGSUOT_SHARED", Path(__file__).resolve().parents[4] / "shared" / "data")) / "numbers"
with_real_data = pytest.mark.skipif(not SHARED.is_dir(), reason=f"the real numbers are not here: {SHARED}")


@with_real_data
def test_every_real_party_number_is_found() -> None:
    lines = (SHARED / "party_document_numbers.tsv").read_text(encoding="utf-8").splitlines()[1:]
    numbers = [line.split("\t")[0] for line in lines]
    assert [number for number in numbers if [each.matched for each in find_numbers(number)] != [number]] == []


@with_real_data
def test_every_form_seen_in_the_wild_gives_a_number_or_a_place() -> None:
    lines = (SHARED / "number_forms_seen_in_the_wild.txt").read_text(encoding="utf-8").splitlines()
    silent = [
        line for line in lines
        if line and not line.startswith("#") and not find_numbers(line) and not find_anchors(line)
    ]  # fmt: skip
    # A bare figure and a guidance named by its number alone say too little to be a number.
    assert [line for line in silent if not re.fullmatch(r"\d+|Hướng dẫn 06 .*", line)] == []


def test_reading_is_quick_on_long_hostile_text() -> None:
    for text in ("1-" * 50_000, "điểm a " * 20_000, "12/" * 50_000, "9" * 100_000, "số1" * 30_000):
        assert find_numbers(text) == []
        find_anchors(text)
