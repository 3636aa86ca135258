"""Each morning: remind of what is due. Rooms above say what and whom."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from thongsuot.notices.telling import tell
from thongsuot.people.models import Person
from thongsuot.units.models import Unit


@dataclass(frozen=True)
class Reminder:
    """``text`` is an English msgid with named places; ``once`` keeps it from being said twice."""

    people: list[Person]
    text: str
    once: str
    unit: Unit | None = None
    url: str = ""
    values: dict[str, Any] = field(default_factory=dict)


# callables(on) -> reminders of that day; added by rooms above in AppConfig.ready().
SOURCES: list[Callable[[date], Iterable[Reminder]]] = []


@transaction.atomic
def remind(*, on: date, at: datetime) -> int:
    """Tell the reminders of that day; a second call on the same day tells nothing new. Returns how many there were."""
    number = 0
    for source in SOURCES:
        for reminder in source(on):
            tell(
                reminder.people,
                reminder.text,
                once=reminder.once,
                at=at,
                unit=reminder.unit,
                url=reminder.url,
                values=reminder.values,
            )
            number += 1
    return number
