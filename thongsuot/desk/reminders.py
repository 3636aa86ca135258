"""Mornings: heads and clerks are reminded of what comes due, seven days and one day before, and once when it passed."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext_noop

from thongsuot.campaigns.models import Obligation
from thongsuot.notices.reminding import Reminder
from thongsuot.people.models import Office, Person

DUE_IN_A_WEEK = gettext_noop("Due in seven days, on %(due)s: %(work)s")
DUE_TOMORROW = gettext_noop("Due tomorrow, %(due)s: %(work)s")
OVERDUE = gettext_noop("Was due yesterday, %(due)s: %(work)s")
STEPS = {7: DUE_IN_A_WEEK, 1: DUE_TOMORROW, -1: OVERDUE}


def what_comes_due(on: date) -> Iterator[Reminder]:
    """Two queries, whatever the number of obligations."""
    days = {on + timedelta(days=ahead): text for ahead, text in STEPS.items()}
    due = list(
        Obligation.objects.open()
        .filter(due_on__in=days, unit__dissolved_on__isnull=True)
        .select_related("requirement", "unit")
    )
    told: dict[int, list[Person]] = defaultdict(list)
    roles = [Office.Role.HEAD, Office.Role.CLERK, Office.Role.OFFICER]
    holders = Office.objects.in_force(on).filter(role__in=roles).select_related("person")
    for office in holders:
        told[office.unit_id].append(office.person)
    for obligation in due:
        yield Reminder(
            told[obligation.unit_id],
            days[obligation.due_on],
            once=f"due/{obligation.uid}/{(obligation.due_on - on).days}",
            unit=obligation.unit,
            url=reverse("campaigns:obligation_detail", args=[obligation.uid]),
            values={"due": f"{obligation.due_on:%d/%m/%Y}", "work": obligation.requirement.text},
        )
