from datetime import date

import pytest

from thongsuot.papers.layouts import layout_for, layouts, letter, roman


@pytest.mark.parametrize(
    ("system", "on", "name"),
    [
        ("party", date(2023, 3, 30), "party-hd36"),
        ("party", date(2026, 5, 26), "party-hd36"),
        ("party", date(2026, 5, 27), "party-hd05"),
        ("party", date(2012, 1, 1), "party-hd36"),
        ("state", date(2023, 3, 30), "state-nd30"),
    ],
)
def test_a_paper_takes_the_layout_in_force_on_its_date(system: str, on: date, name: str) -> None:
    assert layout_for(system, on).name == name


def test_a_date_before_the_oldest_layout_is_told() -> None:
    assert not layout_for("party", date(2012, 1, 1)).covers(date(2012, 1, 1))


def test_a_system_without_layouts_is_refused() -> None:
    with pytest.raises(LookupError):
        layout_for("house", date(2023, 1, 1))


def test_every_layout_keeps_within_the_ranges_of_decree_30() -> None:
    for layout in layouts():
        margins = layout.margins_mm
        assert 20 <= margins["top"] <= 25
        assert 30 <= margins["left"] <= 35
        assert 15 <= margins["right"] <= 20
        assert 13 <= layout.body_size <= 15
        assert sum(layout.columns_mm) == layout.text_width_mm


def test_headings_are_numbered_as_each_system_asks() -> None:
    party, state = layout_for("party", date(2023, 1, 1)), layout_for("state", date(2023, 1, 1))
    assert party.heading(1, 4, "Tổ chức") == "IV- TỔ CHỨC"
    assert state.heading(1, 4, "Tổ chức") == "IV. TỔ CHỨC"
    assert party.heading(2, 3, "Yêu cầu") == "3. Yêu cầu"
    assert party.heading(3, 5, "Kinh phí") == "đ) Kinh phí"


def test_points_follow_the_vietnamese_alphabet() -> None:
    assert [letter(n) for n in range(1, 11)] == ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k"]
    assert letter(24) == "aa"
    assert [roman(n) for n in (1, 4, 9, 14, 19, 40)] == ["I", "IV", "IX", "XIV", "XIX", "XXXX"]
