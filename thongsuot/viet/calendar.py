"""Working days, public holidays, and dates in words."""

from datetime import date, timedelta
from functools import lru_cache

import holidays


@lru_cache(maxsize=64)
def _calendar_of(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("VN", years=year)


@lru_cache(maxsize=4096)
def is_working_day(day: date) -> bool:
    """Weekdays but the public holidays, and the Saturdays worked for a day off that joins two holidays."""
    return _calendar_of(day.year).is_working_day(day)


def working_day_on_or_after(day: date) -> date:
    """A deadline that falls on a day off moves to the next working day."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, count: int) -> date:
    """The day that lies ``count`` working days after ``day``."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after ``start`` up to and with ``end``; negative when ``end`` lies before."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def in_words(day: date) -> str:
    """ngày 05 tháng 02 năm 2023: day and months 1, 2 padded (Decree 30/2020, App. I)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"
