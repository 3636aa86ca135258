"""What is asked of a person's units now: questions for the desk, each a fixed number of queries."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min

from thongsuot.campaigns.models import Campaign, Obligation, ObligationQuerySet, Plan, State
from thongsuot.people.models import Person
from thongsuot.people.rights import Act, scope

WITH_ITS_STORY = ("requirement__campaign", "unit__kind")


def asked_of(person: Person | None, on: date) -> list[Obligation]:
    """Open obligations of the units for which the person may direct or record, the most pressing first."""
    return list(_open_for(person, on).select_related(*WITH_ITS_STORY).order_by("due_on", "pk"))


def _open_for(person: Person | None, on: date) -> ObligationQuerySet:
    units = scope(person, Act.DIRECT, on).units | scope(person, Act.RECORD, on).units
    open_ = Obligation.objects.open().filter(unit_id__in=units, requirement__campaign__starts_on__lte=on)
    return open_.filter(unit__dissolved_on__isnull=True)


def overdue_below(person: Person | None, on: date, limit: int = 20) -> list[Obligation]:
    """The longest overdue obligations of units below those that the person directs."""
    return list(_below(person, on).select_related(*WITH_ITS_STORY).order_by("due_on", "pk")[:limit])


@dataclass(frozen=True)
class Behind:
    campaign_uid: str
    requirement_uid: str
    text: str
    text_en: str
    units: int
    due_on: date


def behind_by_requirement(person: Person | None, on: date) -> list[Behind]:
    """How many units below are overdue with what, one row a requirement."""
    rows = (
        _below(person, on)
        .order_by()
        .values("requirement__campaign__uid", "requirement__uid", "requirement__text", "requirement__text_en")
        .annotate(units=Count("pk"), first_due=Min("due_on"))
        .order_by("first_due", "requirement__uid")
    )
    return [
        Behind(
            str(row["requirement__campaign__uid"]),
            str(row["requirement__uid"]),
            row["requirement__text"],
            row["requirement__text_en"],
            row["units"],
            row["first_due"],
        )
        for row in rows
    ]


def _below(person: Person | None, on: date) -> ObligationQuerySet:
    below = scope(person, Act.VERIFY, on)
    overdue = Obligation.objects.in_state(State.OVERDUE, on).filter(unit__dissolved_on__isnull=True)
    return below.filter(overdue, "unit")  # type: ignore[return-value]


def drafts_of(person: Person | None, on: date) -> list[Plan]:
    """Plans that the person's units have begun and not issued."""
    units = scope(person, Act.DIRECT, on).units
    drafts = Plan.objects.filter(unit_id__in=units, issued_on__isnull=True, withdrawn_at__isnull=True)
    return list(drafts.select_related("campaign", "unit").order_by("created_at"))


def campaigns_of(person: Person | None, on: date) -> list[Campaign]:
    """Campaigns that run and ask something of a unit in the person's reach."""
    units = scope(person, Act.SEE, on).unit_ids()
    asked = Obligation.objects.filter(unit__in=units).values("requirement__campaign_id")
    running = Campaign.objects.filter(issued_on__isnull=False, pk__in=asked).exclude(ends_on__lt=on)
    return list(running.select_related("unit"))
