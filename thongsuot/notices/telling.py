"""Tell people something, once each."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from thongsuot.notices.models import Notice
from thongsuot.people.models import Person
from thongsuot.units.models import Unit


def tell(
    people: Iterable[Person],
    text: str,
    *,
    once: str,
    at: datetime,
    unit: Unit | None = None,
    url: str = "",
    values: dict[str, Any] | None = None,
    **more: Any,
) -> None:
    """``text`` is an English msgid ("%(plan)s was issued.") marked with gettext_noop by the caller."""
    Notice.objects.bulk_create(
        [
            Notice(
                person=person, unit=unit, text=text, values={**(values or {}), **more}, url=url, at=at, once=once[:120]
            )
            for person in people
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
