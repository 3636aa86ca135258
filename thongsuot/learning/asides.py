"""What pages of the rooms below show of learning: the way to study, and what a unit has read."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from thongsuot.campaigns.models import Obligation, Requirement, Topic
from thongsuot.learning import access
from thongsuot.units.models import Unit

OURS = (Requirement.Kind.READING, Requirement.Kind.CHECK)


def study_topic(topic: Topic, request: HttpRequest) -> str | None:
    """On a core content's page: read it in place."""
    if getattr(request, "person", None) is None:
        return None
    return render_to_string("learning/_study_topic.html", {"topic": topic}, request=request)


def next_for_obligation(obligation: Obligation, request: HttpRequest) -> str | None:
    """On what a unit was asked: where its reading stands."""
    if obligation.requirement.kind not in OURS:
        return None
    return _way_to(obligation.unit, request)


def unit_learns(unit: Unit, request: HttpRequest) -> str | None:
    """Among the actions of a unit's page."""
    return _way_to(unit, request)


def _way_to(unit: Unit, request: HttpRequest) -> str | None:
    person, today = getattr(request, "person", None), timezone.localdate()
    if person is None or not access.units_looked_after(person, today).filter(pk=unit.pk).exists():
        return None
    return render_to_string("learning/_unit_learns.html", {"unit": unit}, request=request)
