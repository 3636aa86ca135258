"""The only door to learning for views: one's own for oneself, counts of units for those who keep or direct them."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from thongsuot.campaigns.access import campaign_to_see, campaigns_seen_by, topic_to_see
from thongsuot.campaigns.models import Campaign, Obligation, Topic
from thongsuot.learning.models import Check, Reflection
from thongsuot.people.models import Membership, Person, PersonQuerySet
from thongsuot.people.rights import Act, require, scope
from thongsuot.units.models import Unit

__all__ = ["campaign_to_see", "topic_to_see"]


def unit_of(person: Person, campaign: Campaign, on: date) -> Unit | None:
    """Where the person studies this campaign: of several units the one that it asks something of."""
    belongs = Membership.objects.in_force(on).filter(person=person).values("unit_id")
    asked = Obligation.objects.filter(requirement__campaign=campaign, unit=OuterRef("pk"))
    return (
        Unit.objects.filter(pk__in=belongs)
        .select_related("kind")
        .annotate(is_asked=Exists(asked))
        .order_by("-is_asked", "pk")
        .first()
    )


def campaigns_to_study(person: Person, on: date) -> QuerySet[Campaign]:
    """Issued campaigns that run and ask something of a unit the person belongs to."""
    belongs = Membership.objects.in_force(on).filter(person=person).values("unit_id")
    asked = Obligation.objects.filter(unit__in=belongs).values("requirement__campaign_id")
    return Campaign.objects.filter(issued_on__isnull=False, starts_on__lte=on, pk__in=asked).exclude(ends_on__lt=on)


def own_check(person: Person | None, uid: UUID) -> Check:
    """Nobody else ever opens it."""
    return get_object_or_404(Check.objects.filter(person=person).select_related("topic__campaign", "unit"), uid=uid)


def own_reflection(person: Person, campaign: Campaign) -> Reflection | None:
    return Reflection.objects.filter(campaign=campaign, person=person).select_related("noted_by").first()


def units_looked_after(person: Person | None, on: date) -> QuerySet[Unit]:
    """Units whose records the person keeps, and those below that she checks."""
    kept, below = scope(person, Act.RECORD, on), scope(person, Act.VERIFY, on)
    reach = Q(pk__in=kept.units)
    if below:
        reach |= Q(pk__in=below.unit_ids())
    return Unit.objects.filter(reach).select_related("kind")


def unit_looked_after(person: Person | None, uid: UUID, on: date) -> Unit:
    return get_object_or_404(units_looked_after(person, on), uid=uid)


def unit_to_record(person: Person | None, uid: UUID, on: date) -> Unit:
    unit = unit_looked_after(person, uid, on)
    require(person, Act.RECORD, unit, on)
    return unit


def members_of(unit: Unit, on: date) -> PersonQuerySet:
    return Person.objects.members_of(unit, on).filter(erased_at__isnull=True)


def campaigns_in(unit: Unit, person: Person | None, on: date) -> QuerySet[Campaign]:
    """Issued campaigns that ask something of the unit or of units below it."""
    units = Unit.objects.below(unit).values("pk")
    asked = Obligation.objects.filter(unit__in=units).values("requirement__campaign_id")
    seen = campaigns_seen_by(person, on).filter(issued_on__isnull=False)
    return seen.filter(pk__in=asked).order_by("-starts_on", "pk")


def reflections_to_accept(person: Person | None, on: date) -> QuerySet[Reflection]:
    """Handed in by members of units that the person heads. Nobody else reads them."""
    headed = scope(person, Act.APPROVE, on).units
    return Reflection.objects.filter(unit_id__in=headed, handed_in_at__isnull=False).select_related(
        "person", "unit", "campaign", "noted_by", "accepted_by"
    )


def reflection_to_accept(person: Person | None, uid: UUID, on: date) -> Reflection:
    return get_object_or_404(reflections_to_accept(person, on), uid=uid)


def topics_of(campaign: Campaign) -> QuerySet[Topic]:
    return campaign.topics.order_by("number")
