"""What this room holds about a person: for the person."""

from typing import Any

from thongsuot.people.models import Person


def held(person: Person) -> dict[str, Any]:
    """The actions the person was given, as plain JSON."""
    return {
        "actions": [
            {
                "work": row.work,
                "due_on": row.due_on.isoformat(),
                "product": row.product,
                "verified_on": row.verified_on.isoformat() if row.verified_on else None,
            }
            for row in person.actions.order_by("due_on", "pk")
        ]
    }
