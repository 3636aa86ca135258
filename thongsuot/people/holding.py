"""What is held about a person, and why: for the person."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from thongsuot.people.models import Person

# callables(person) -> {"name": [rows]}: rooms above add what they hold; every row is plain JSON.
SOURCES: list[Any] = []
# callables() -> [(what, why)]: rooms above say why they hold what they hold.
REASONS: list[Callable[[], list[tuple[str, str]]]] = []


def held_about(person: Person) -> dict[str, Any]:
    """Everything in this installation that names the person, as JSON."""
    account = getattr(person, "account", None)
    last = account.last_login if account else None
    found: dict[str, Any] = {
        "person": {"name": person.full_name, "uid": str(person.uid), "made_up": person.is_made_up},
        "account": {"username": account.username, "last_sign_in": last.isoformat() if last else None}
        if account
        else None,
        "memberships": [
            {"unit": row.unit.name, "kind": row.kind, "from": _iso(row.valid_from), "to": _iso(row.valid_to)}
            for row in person.memberships.select_related("unit").order_by("valid_from")
        ],
        "offices": [
            {
                "unit": row.unit.name,
                "role": row.role,
                "title": row.title,
                "from": _iso(row.valid_from),
                "to": _iso(row.valid_to),
            }
            for row in person.offices.select_related("unit").order_by("valid_from")
        ],
    }
    for source in SOURCES:
        found.update(source(person))
    return found


def reasons() -> list[tuple[str, str]]:
    """What is kept and why, in sentences."""
    return [
        (_("Your name"), _("So that registers, minutes and papers name the right person.")),
        (_("Where you belong, and since when"), _("So that meetings expect the right people and count them once.")),
        (_("Your offices, and since when"), _("They are the only source of what you may see and do here.")),
        (_("Your sign-in name"), _("So that only you act in your name. The password is kept only as a one-way code.")),
        *(pair for told in REASONS for pair in told()),
    ]


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
