"""What happens to people's posts and belongings, told to the rooms above in the same transaction."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.people.models import Person
from thongsuot.units.models import Unit


@dataclass(frozen=True)
class Change:
    person: Person
    verb: str
    unit: Unit | None
    by: Person | None
    at: datetime
    reason: str = ""
    changes: dict[str, list[Any]] = field(default_factory=dict)


class Read(models.TextChoices):
    """What somebody may read about many at once."""

    PEOPLE = "list of people", _("list of people")


@dataclass(frozen=True)
class Reading:
    """Somebody read the data of many people at once."""

    by: Person
    unit: Unit | None
    number: int
    what: Read
    at: datetime


# The journal writes both down.
FOLLOWERS: list[Callable[[Change], None]] = []
READERS: list[Callable[[Reading], None]] = []


def tell(change: Change) -> None:
    for follower in FOLLOWERS:
        follower(change)


def tell_reading(reading: Reading) -> None:
    for reader in READERS:
        reader(reading)
