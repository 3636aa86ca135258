"""An ask: one sentence with its why, its date and one way to go on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse


@dataclass(frozen=True)
class Ask:
    sentence: str
    why: str
    url: str
    button: str
    due_on: date | None = None
    unit: str = ""
    is_overdue: bool = False

    @property
    def tone(self) -> str:
        return "overdue" if self.is_overdue else ""


def pressing(ask: Ask) -> tuple[bool, date]:
    """The order in which asks press: those with a date first, the earliest of them first."""
    return (ask.due_on is None, ask.due_on or date.max)


def to(name: str, *args: Any) -> str:
    """The address of a page by its URL name; a name that is not there is our mistake and is told at once."""
    return reverse(name, args=args)
