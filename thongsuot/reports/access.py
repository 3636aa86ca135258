"""The one door to reports, dashboards and figures."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from thongsuot.campaigns.models import Campaign
from thongsuot.people.models import Person
from thongsuot.people.rights import Act, scope
from thongsuot.reports.models import Report, Signal
from thongsuot.units.models import Unit


def reports_seen_by(person: Person, on: date) -> QuerySet[Report]:
    found: QuerySet[Report] = scope(person, Act.SEE, on).filter(Report.objects.all())
    return found.select_related("unit", "campaign__book", "campaign__directive", "decided_by", "submitted_by")


def report_to_see(person: Person, uid: UUID, on: date) -> Report:
    """The report, or 404: one out of reach must not be told from one that is not there."""
    report = reports_seen_by(person, on).filter(uid=uid).first()
    if report is None:
        raise Http404
    return report


def unit_to_see(person: Person, uid: UUID, on: date) -> Unit:
    unit: Unit | None = scope(person, Act.SEE, on).filter(Unit.objects.select_related("kind"), "pk").filter(uid=uid).first()
    if unit is None:
        raise Http404
    return unit


def campaign_to_see(person: Person, uid: UUID, on: date) -> Campaign:
    """A campaign that was issued, or one of a unit that the person sees."""
    campaign = Campaign.objects.select_related("book", "hierarchy", "directive").filter(uid=uid).first()
    if campaign is None or not (campaign.is_issued or scope(person, Act.SEE, on).includes(campaign.unit)):
        raise Http404
    return campaign


def campaigns_seen_by(person: Person) -> QuerySet[Campaign]:
    return Campaign.objects.filter(issued_on__isnull=False).select_related("book")


def signals_seen_by(person: Person, on: date) -> QuerySet[Signal]:
    """Signs of formalism of the person's own units; of units below only once these could explain them."""
    found: QuerySet[Any] = scope(person, Act.SEE, on).filter(Signal.objects.select_related("unit", "campaign"))
    return found


def signal_to_explain(person: Person, uid: UUID, on: date) -> Signal:
    """Only who keeps the unit's records explains its signs."""
    found: Signal | None = (
        scope(person, Act.RECORD, on).filter(Signal.objects.select_related("unit")).filter(uid=uid).first()
    )
    if found is None:
        raise Http404
    return found


def own_units(person: Person, act: Act, on: date) -> QuerySet[Unit]:
    found: QuerySet[Unit] = scope(person, act, on).filter(Unit.objects.select_related("kind"), "pk")
    return found
