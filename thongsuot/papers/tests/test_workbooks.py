import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

from thongsuot.papers.files import kind_of
from thongsuot.papers.workbooks import Sheet, write_xlsx


def sheet_xml(data: bytes, name: str = "xl/worksheets/sheet1.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_no_text_becomes_a_formula_or_a_link() -> None:
    rows = [[text] for text in ("=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2", "https://ví.dụ", "{=1}")]
    xml = sheet_xml(write_xlsx([Sheet("Số liệu", ["Tên"], rows)]))
    assert "<f>" not in xml
    assert "hyperlink" not in xml
    assert "=1+1" in xml


def test_numbers_dates_and_texts_keep_their_kind() -> None:
    days = [date(2023, 3, 30), datetime(2023, 3, 30, 2, tzinfo=UTC)]
    row = [3, 1.5, Decimal("2.25"), *days, None, True, "001", 10**18, float("nan")]
    xml = sheet_xml(write_xlsx([Sheet("a", [], [row])]))
    assert "<v>3</v>" in xml
    assert "<v>45015</v>" in xml
    assert "1000000000000000000</t>" in xml
    assert "001</t>" in xml


def test_the_same_sheets_give_the_same_bytes_and_pass_the_gate() -> None:
    made = [write_xlsx([Sheet("a", ["b"], [["c"]])], on=date(2023, 3, 30)) for _turn in range(2)]
    assert made[0] == made[1]
    assert kind_of(made[0]) == "xlsx"


def test_any_name_makes_a_sheet() -> None:
    names = ["Số/liệu: [1]*?", "", "x" * 50, "x" * 50, "X" * 50]
    with zipfile.ZipFile(io.BytesIO(write_xlsx([Sheet(name, [], []) for name in names]))) as archive:
        assert len([name for name in archive.namelist() if name.startswith("xl/worksheets/")]) == 5
