"""Deadlines know weekends and the public holidays of Vietnam."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.viet.calendar import (
    add_working_days,
    in_words,
    is_working_day,
    working_day_on_or_after,
    working_days_between,
)

DAYS = st.dates(date(2020, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        date(2023, 1, 1), date(2023, 4, 30), date(2023, 5, 1), date(2023, 9, 2), date(2024, 4, 30), date(2025, 9, 2),
        date(2026, 5, 1),
        # The first day of the lunar year, and the tenth of its third month (Hùng Vương).
        date(2023, 1, 22), date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17),
        date(2023, 4, 29), date(2024, 4, 18), date(2025, 4, 7), date(2026, 4, 26),
        date(2026, 11, 24),  # Culture Day, a day off since 2026
    ],
)  # fmt: skip
def test_public_holidays_are_no_working_days(day) -> None:
    assert not is_working_day(day)


@pytest.mark.parametrize(
    ("last_before", "first_after"),
    [
        # Tết, the lunar New Year
        (date(2023, 1, 19), date(2023, 1, 27)), (date(2024, 2, 7), date(2024, 2, 15)),
        (date(2025, 1, 24), date(2025, 2, 3)), (date(2026, 2, 13), date(2026, 2, 23)),
        # 30 April and 1 May; in 2023 together with Hùng Vương
        (date(2023, 4, 28), date(2023, 5, 4)), (date(2024, 4, 26), date(2024, 5, 2)),
        (date(2025, 4, 29), date(2025, 5, 5)), (date(2026, 4, 29), date(2026, 5, 4)),
        # Hùng Vương; what falls on a Sunday is made up on the Monday
        (date(2024, 4, 17), date(2024, 4, 19)), (date(2025, 4, 4), date(2025, 4, 8)),
        (date(2026, 4, 24), date(2026, 4, 28)),
        # 2 September, with the day before or after
        (date(2023, 8, 31), date(2023, 9, 5)), (date(2024, 8, 30), date(2024, 9, 4)),
        (date(2025, 8, 29), date(2025, 9, 3)), (date(2026, 8, 28), date(2026, 9, 3)),
    ],
)  # fmt: skip
def test_around_the_long_holidays_the_next_working_day_is_the_first_after_them(last_before, first_after) -> None:
    assert is_working_day(last_before)
    assert working_day_on_or_after(last_before + timedelta(days=1)) == first_after
    assert add_working_days(last_before, 1) == first_after


@pytest.mark.parametrize("day", [date(2024, 5, 4), date(2025, 4, 26), date(2026, 8, 22)])
def test_a_saturday_worked_for_a_bridging_day_counts(day) -> None:
    assert day.weekday() == 5
    assert is_working_day(day)
    assert not is_working_day(day + timedelta(days=1))


@pytest.mark.parametrize("day", [date(2023, 3, 30), date(2023, 4, 28), date(2023, 6, 20), date(2026, 11, 25)])
def test_plain_weekdays_are(day) -> None:
    assert is_working_day(day)


def test_what_falls_due_on_the_long_weekend_is_due_after_it() -> None:
    due = working_day_on_or_after(date(2023, 4, 30))
    assert due > date(2023, 5, 1)
    assert is_working_day(due)


@given(DAYS, st.integers(0, 60))
def test_counting_and_adding_agree(day, count) -> None:
    later = add_working_days(day, count)
    assert working_days_between(day, later) == count
    assert working_days_between(later, day) == -count


@given(DAYS)
def test_a_deadline_moves_forward_and_never_far(day) -> None:
    moved = working_day_on_or_after(day)
    assert day <= moved <= day + timedelta(days=14)
    assert is_working_day(moved)


def test_dates_in_words_as_official_papers_write_them() -> None:
    assert in_words(date(2023, 2, 5)) == "ngày 05 tháng 02 năm 2023"
    assert in_words(date(2023, 3, 30)) == "ngày 30 tháng 3 năm 2023"
