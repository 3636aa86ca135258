"""What this room has to say on pages of the rooms below: ways to a meeting, and the meetings there were."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from thongsuot.campaigns.models import Fulfilment, Obligation, Requirement, Topic
from thongsuot.meetings.models import Meeting
from thongsuot.people.rights import Act, may, scope
from thongsuot.units.models import Unit

SHOWN = 5


def unit_meetings(unit: Unit, request: HttpRequest) -> str:
    today, person = timezone.localdate(), request.person  # type: ignore[attr-defined]
    if not may(person, Act.SEE, unit, today):
        return ""
    meetings = list(unit.meetings.filter(voided_at__isnull=True).order_by("-held_on", "-pk")[:SHOWN])
    may_call = may(person, Act.RECORD, unit, today)
    if not meetings and not may_call:
        return ""
    context = {"unit": unit, "meetings": meetings, "may_call": may_call}
    return render_to_string("meetings/_unit_meetings.html", context, request)


def obligation_next(obligation: Obligation, request: HttpRequest) -> str:
    """The way to do it now, for whoever keeps the unit's registers."""
    if obligation.requirement.kind != Requirement.Kind.MEETING:
        return ""
    if not may(request.person, Act.RECORD, obligation.unit, timezone.localdate()):  # type: ignore[attr-defined]
        return ""
    begun = (
        Meeting.objects.filter(
            unit=obligation.unit_id,
            campaign=obligation.requirement.campaign_id,
            kind=Meeting.Kind.THEMATIC,
            closed_at__isnull=True,
            voided_at__isnull=True,
        )
        .order_by("held_on")
        .first()
    )
    context = {"obligation": obligation, "begun": begun}
    return render_to_string("meetings/_obligation_next.html", context, request)


def fulfilment(fact: Fulfilment, request: HttpRequest) -> str:
    if fact.cause_kind != Meeting._meta.label:
        return ""
    return render_to_string("meetings/_fulfilment.html", {"fact": fact}, request)


def topic_actions(topic: Topic, request: HttpRequest) -> str:
    """Call a meeting on this content."""
    if not topic.campaign.is_issued or not scope(request.person, Act.RECORD, timezone.localdate()):  # type: ignore[attr-defined]
        return ""
    return render_to_string("meetings/_topic_actions.html", {"topic": topic}, request)
