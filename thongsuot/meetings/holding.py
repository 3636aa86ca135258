"""What this room holds about a person, and what goes when the person is erased."""

from typing import Any

from thongsuot.people.models import Person


def held(person: Person) -> dict[str, Any]:
    """The person's lines in registers, as plain JSON."""
    lines = person.attendances.select_related("meeting__unit").order_by("meeting__held_on", "pk")
    return {
        "registers": [
            {
                "meeting": line.meeting.title,
                "unit": line.meeting.unit.name,
                "on": line.meeting.held_on.isoformat(),
                "status": line.status,
                "reason": line.reason,
                "spoke": line.spoke,
            }
            for line in lines
        ]
    }


def forget(person: Person) -> None:
    """Why someone was absent is often about their health; that they were is a count and stays."""
    person.attendances.exclude(reason="").update(reason="")
