"""What pages of the rooms below show of learning: the way to study, and what a unit has read."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from thongsuot.campaigns.access import campaigns_seen_by
from thongsuot.campaigns.models import Obligation, Requirement, Topic
from thongsuot.campaigns.rounds import came_from, way_back
from thongsuot.learning import access
from thongsuot.units.models import Unit
from thongsuot.web.templatetags.web import in_language

OURS = (Requirement.Kind.READING, Requirement.Kind.CHECK)


def study_topic(topic: Topic, request: HttpRequest) -> str | None:
    """On a core content's page: read it in place."""
    if getattr(request, "person", None) is None:
        return None
    return render_to_string("learning/_study_topic.html", {"topic": topic}, request=request)


def back_to_step(_chapter: object, request: HttpRequest) -> str | None:
    """On a page of the library to which a step of a trail led."""
    person, place = getattr(request, "person", None), came_from(request)
    if person is None or place is None:
        return None
    topic = Topic.objects.filter(campaign__in=campaigns_seen_by(person, timezone.localdate()), uid=place[0]).first()
    if topic is None:
        return None
    url = reverse("learning:step_study", args=[topic.uid, max(place[1], 1)])
    return way_back(request, url=url, number=place[1], title=in_language(topic, "title"))


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
