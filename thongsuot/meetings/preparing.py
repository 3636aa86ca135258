"""What a new meeting starts from: the last one's place and hour, the campaign's contents as agenda."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from thongsuot.campaigns.models import Campaign, Topic, TrailStep
from thongsuot.meetings.models import Meeting
from thongsuot.people.models import Office, Person
from thongsuot.units.models import Unit
from thongsuot.viet.calendar import working_day_on_or_after

# A sitting has room for a few readings; the rest of a trail is read at home.
MOST_READINGS = 4
# Documents reach the members at least one day before (42-HD/BTCTW, 2025).
DAYS_AHEAD = 1
USUAL_START = time(8, 0)


@dataclass
class Proposal:
    """First values of the form; everything in it may be changed."""

    values: dict[str, Any] = field(default_factory=dict)
    agenda: list[dict[str, Any]] = field(default_factory=list)


def propose(unit: Unit, *, on: date, campaign: Campaign | None = None, topic: Topic | None = None) -> Proposal:
    """A thematic meeting a week ahead, its chair, place and agenda. Always in Vietnamese: it goes on paper."""
    last = unit.meetings.filter(voided_at__isnull=True).order_by("-held_on", "-pk").first()
    day = working_day_on_or_after(on + timedelta(days=7))
    values: dict[str, Any] = {
        "campaign": campaign,
        "kind": Meeting.Kind.THEMATIC if campaign else Meeting.Kind.REGULAR,
        "held_on": day,
        "starts_at": last.starts_at if last else USUAL_START,
        "place": last.place if last else "",
        "form": Meeting.Form.IN_PERSON,
        "chair": holder(unit, Office.Role.HEAD, on),
        "note_taker": holder(unit, Office.Role.CLERK, on),
    }
    with override("vi"):
        if topic:
            values["title"] = _("Thematic meeting: %(topic)s") % {"topic": topic.title}
        elif campaign:
            values["title"] = _("Thematic meeting on the campaign's core contents")
        return Proposal(values, agenda_for(campaign, topic))


def agenda_for(campaign: Campaign | None, topic: Topic | None) -> list[dict[str, Any]]:
    """Opening, readings with their passages, discussion of our own, conclusion; in the language that is active."""
    topics = [topic] if topic else list(campaign.topics.all()) if campaign else []
    return [
        {"title": _("Opening: purpose, roll call, agenda")},
        *_readings(topics),
        {"title": _("Discussion; how it relates to our own unit"), "topic": topic},
        {"title": _("The chair concludes; tasks are given")},
    ]


def _readings(topics: list[Topic]) -> list[dict[str, Any]]:
    steps: dict[int, list[TrailStep]] = {}
    for step in TrailStep.objects.filter(topic__in=topics).select_related("passage"):
        steps.setdefault(step.topic_id, []).append(step)
    rows: list[dict[str, Any]] = []
    for each in topics:
        # One topic: its readings one by one. Several: one row each, with the passage that opens its trail.
        own = steps.get(each.pk, [])[: MOST_READINGS if len(topics) == 1 else 1]
        if len(topics) > 1 or not own:
            rows.append({"title": each.title, "topic": each, "passage": own[0].passage if own else None})
            continue
        for step in own:
            rows.append({"title": str(step.passage)[:300], "topic": each, "passage": step.passage})
    return rows


def is_short_notice(kind: str, held_on: date, today: date) -> bool:
    """A thematic meeting called too late for its documents to be read before."""
    return kind == Meeting.Kind.THEMATIC and today <= held_on < today + timedelta(days=DAYS_AHEAD)


def holder(unit: Unit, role: str, on: date) -> Person | None:
    office = Office.objects.in_force(on).filter(unit=unit, role=role).select_related("person").order_by("pk").first()
    return office.person if office else None
