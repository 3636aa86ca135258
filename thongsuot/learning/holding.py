"""What this room holds about a person: for the person."""

from typing import Any

from thongsuot.people.models import Person


def held(person: Person) -> dict[str, Any]:
    """Readings, own scores and the reflection, as plain JSON."""
    return {
        "readings": [
            {"topic": row.topic.title, "on": row.read_on.isoformat()}
            for row in person.readings.select_related("topic").order_by("read_on", "pk")
        ],
        "checks": [
            {"topic": row.topic.title, "on": row.finished_at.date().isoformat(), "right": row.right, "asked": row.asked}
            for row in person.checks.filter(finished_at__isnull=False).select_related("topic").order_by("finished_at")
            if row.finished_at
        ],
        "reflections": [
            {"campaign": row.campaign.title, "useful": row.useful, "my_work": row.my_work, "will_do": row.will_do}
            for row in person.reflections.select_related("campaign").order_by("pk")
        ],
    }


def forget(person: Person) -> None:
    """The person's own words; that they read, answered and wrote is a count and stays."""
    person.reflections.update(useful="", my_work="", will_do="")
    person.checks.update(answers={})
