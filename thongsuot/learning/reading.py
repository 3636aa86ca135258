"""A person says that the passages of a topic were read; nobody measures how."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy, gettext_noop

from thongsuot.campaigns.fulfilment import fulfil
from thongsuot.campaigns.models import Campaign, Obligation, Requirement, Topic
from thongsuot.campaigns.moments import day_of
from thongsuot.journal.noting import note
from thongsuot.learning.models import Check, Reading
from thongsuot.ledger.measures import measure
from thongsuot.ledger.posting import post
from thongsuot.people import rights
from thongsuot.people.models import Membership, Person
from thongsuot.units.models import Unit

READING_DONE = measure("reading_done", gettext_lazy("People who read a core content"), counts="people")

# A unit has read when half of those who take part have read every core content.
SHARE_FOR_UNIT = 0.5


def require_self_or_clerk(person: Person, unit: Unit, by: Person | None, on: date) -> None:
    """People speak for themselves; the clerk may note it for someone without a phone."""
    if by is not None and by != person:
        rights.require(by, rights.Act.RECORD, unit, on)


def expected_people(unit: Unit, on: date) -> int:
    """Members on that day, less those exempt from meetings."""
    return Membership.objects.in_force(on).filter(unit=unit).exclude(kind=Membership.Kind.EXEMPT).count()


@transaction.atomic
def mark_read(topic: Topic, person: Person, *, unit: Unit, on: date, by: Person | None, at: datetime) -> Reading:
    """Note that the person has read the topic's passages. Saying it twice counts once."""
    require_self_or_clerk(person, unit, by, day_of(at))
    reading, fresh = Reading.objects.get_or_create(
        topic=topic,
        person=person,
        defaults={"unit": unit, "read_on": on, "recorded_at": at, "recorded_by": by},
    )
    if fresh:
        campaign = topic.campaign
        if by is not None and by != person:
            changes = {gettext_noop("reader"): ["", person.full_name]}
            note(topic, gettext_noop("reading noted"), by=by, at=at, unit=unit, changes=changes)
        post(campaign.book, READING_DONE, unit=unit, on=on, at=at, cause=reading, by=by, person=person)
        done = Reading.objects.filter(topic__campaign=campaign, unit=unit).count()
        wanted = expected_people(unit, on) * campaign.topics.count() * SHARE_FOR_UNIT
        meet_as_a_unit(campaign, Requirement.Kind.READING, unit, reading, done, wanted, on=on, at=at, by=by)
    return reading


def meet_as_a_unit(
    campaign: Campaign, kind: Requirement.Kind, unit: Unit, cause: Reading | Check, done: int, wanted: float, *,
    on: date, at: datetime, by: Person | None,
) -> None:  # fmt: skip
    """The first one begins what the unit owes, the one that reaches the share meets it.

    The share is of those who belong to the unit now: when members leave, the next one may meet it.
    """
    owed = Obligation.objects.filter(
        requirement__campaign=campaign, requirement__kind=kind, unit=unit, fulfilled_on__isnull=True
    )
    begun = list(owed.values_list("began_on", flat=True))
    if not begun:
        return
    if None in begun:
        fulfil(campaign, kind, unit=unit, on=on, cause=cause, at=at, by=by, complete=False)
    if done >= max(wanted, 1):
        fulfil(campaign, kind, unit=unit, on=on, cause=cause, at=at, by=by)
