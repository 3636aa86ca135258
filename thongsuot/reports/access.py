"""The one door to reports, dashboards and figures."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.campaigns import access as campaigns_access
from thongsuot.campaigns.models import Campaign
from thongsuot.people.models import Person
from thongsuot.people.rights import Act, scope
from thongsuot.reports.models import Report, Signal
from thongsuot.reports.signals import FIRST_TO_AUTHOR
from thongsuot.units.models import Position, Unit
from thongsuot.units.tree import path_units


def is_inside(person: Person, unit: Unit, on: date) -> bool:
    """Members and office-holders of the unit itself."""
    return unit.pk in scope(person, Act.SEE, on).units


def reports_seen_by(person: Person, on: date) -> QuerySet[Report]:
    """A draft is its unit's own until it is sent."""
    seen = scope(person, Act.SEE, on)
    above = Position.objects.filter(
        unit=OuterRef("unit"), hierarchy=OuterRef("campaign__hierarchy"), parent__isnull=False
    )
    found: QuerySet[Report] = seen.filter(Report.objects.all()).filter(
        Q(submitted_at__isnull=False) | Q(unit__in=seen.units)
    )
    related = (
        "unit__kind",
        "campaign__book",
        "campaign__directive",
        "campaign__hierarchy",
        "submitted_by",
        "decided_by",
    )
    return found.annotate(goes_up=Exists(above)).select_related(*related)


def report_to_see(person: Person, uid: UUID, on: date) -> Report:
    """The report, or 404: one out of reach must not be told from one that is not there."""
    return get_object_or_404(reports_seen_by(person, on), uid=uid)


def unit_to_see(person: Person, uid: UUID, on: date) -> Unit:
    found: Unit = get_object_or_404(
        scope(person, Act.SEE, on).filter(Unit.objects.select_related("kind"), "pk"), uid=uid
    )
    return found


def campaigns_seen_by(person: Person, on: date) -> QuerySet[Campaign]:
    return campaigns_access.campaigns_seen_by(person, on).filter(issued_on__isnull=False)


def campaign_to_see(person: Person, uid: UUID, on: date) -> Campaign:
    return get_object_or_404(campaigns_seen_by(person, on), uid=uid)


def units_directed(person: Person, on: date) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=scope(person, Act.DIRECT, on).units).select_related("kind")


def home_units(person: Person, on: date) -> QuerySet[Unit]:
    """The units that the person belongs to or serves, the highest first."""
    return Unit.objects.filter(pk__in=scope(person, Act.SEE, on).units).order_by("kind__rank", "sort_key")


def in_reach(person: Person, units: Iterable[int], on: date) -> set[int]:
    """Which of these units the person sees."""
    return set(scope(person, Act.SEE, on).unit_ids().filter(unit_id__in=set(units)))


def children_seen_by(person: Person, campaign: Campaign, unit: Unit, on: date) -> QuerySet[Position]:
    """Places directly below the unit, as far as the person sees them."""
    places = Position.objects.filter(hierarchy_id=campaign.hierarchy_id, parent=unit)
    found: QuerySet[Position] = scope(person, Act.SEE, on).filter(places)
    return found.select_related("unit__kind").order_by("lft")


def sees_below(person: Person, report: Report, on: date) -> bool:
    """Whether units below that of the report may be named to the person."""
    places = Position.objects.filter(hierarchy_id=report.campaign.hierarchy_id, parent=report.unit_id)
    return not places.exists() or scope(person, Act.SEE, on).filter(places).exists()


def trail(person: Person, campaign: Campaign, unit: Unit, on: date, *here: str) -> list[tuple[str, str]]:
    """Breadcrumbs from the root down; units out of reach are named without a way to them."""
    path = path_units(unit, campaign.hierarchy)
    seen = in_reach(person, [step.pk for step in path], on)
    crumbs = [(_("Reports"), reverse("reports:report_list"))]
    crumbs += [
        (step.name, reverse("reports:dashboard", args=[campaign.uid, step.uid]) if step.pk in seen else "")
        for step in path
    ]
    return [*crumbs, *((name, "") for name in here)]


def signals_seen_by(person: Person, on: date, at: datetime) -> QuerySet[Signal]:
    """Signs of formalism of the person's own units; of units below only once these could explain them."""
    seen = scope(person, Act.SEE, on)
    own = Q(unit__in=scope(person, Act.RECORD, on).units)
    explained = ~Q(explanation="") | Q(found_at__lte=at - FIRST_TO_AUTHOR)
    found: QuerySet[Any] = seen.filter(Signal.objects.all()).filter(own | explained)
    return found.select_related("unit", "campaign")


def signal_to_explain(person: Person, uid: UUID, on: date) -> Signal:
    """Only who keeps the unit's records explains its signs."""
    own = Signal.objects.filter(unit__in=scope(person, Act.RECORD, on).units)
    return get_object_or_404(own.select_related("unit", "campaign"), uid=uid)
