"""A day as people choose or type it."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Wide enough for every document and plan; outside it a year is a slip of the hand (0023, 20230, 9999).
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)


class DayInput(forms.DateInput):
    """A browser's own calendar; what it sends is always year-month-day."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class DayField(forms.DateField):
    widget = DayInput

    def __init__(self, **more: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y"], **more)

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day and not EARLIEST <= day <= LATEST:
            raise ValidationError(_("Check the year: it must lie between 1900 and 2100."), code="invalid")
        return day
