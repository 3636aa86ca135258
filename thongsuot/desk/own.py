"""What is asked of the person as a member: reading, checking, reflecting, own actions, meetings to come."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from thongsuot.campaigns.models import Campaign, Obligation, Requirement, Topic
from thongsuot.desk.asks import Ask, to
from thongsuot.learning.models import Check, Reading, Reflection
from thongsuot.meetings.models import Meeting
from thongsuot.people.models import Membership, Person
from thongsuot.practice.models import Action


def titled(subject: Campaign | Topic | Requirement, name: str = "title") -> str:
    english = getattr(subject, f"{name}_en", "")
    return str(english if get_language() == "en" and english else getattr(subject, name))


@dataclass(frozen=True)
class Mine:
    learning: list[Ask]
    actions: list[Ask]
    meetings: list[Meeting]


def asked_as_member(person: Person, on: date) -> Mine:
    """Six queries for any number of campaigns, topics and actions."""
    units = list(Membership.objects.in_force(on).filter(person=person).values_list("unit_id", flat=True))
    return Mine(_learning(person, units, on), _actions(person, on), _meetings(units, on))


def _learning(person: Person, units: list[int], on: date) -> list[Ask]:
    if not units:
        return []
    asked = Obligation.objects.filter(
        unit__in=units, requirement__kind__in=[Requirement.Kind.READING, Requirement.Kind.CHECK]
    )
    due = dict(asked.order_by("-due_on").values_list("requirement__campaign_id", "due_on"))
    topics = (
        Topic.objects.filter(campaign__in=due, campaign__starts_on__lte=on)
        .exclude(campaign__ends_on__lt=on)
        .select_related("campaign")
        .annotate(
            has_read=Exists(Reading.objects.filter(topic=OuterRef("pk"), person=person)),
            has_checked=Exists(Check.objects.filter(topic=OuterRef("pk"), person=person, finished_at__isnull=False)),
            has_reflected=Exists(
                Reflection.objects.filter(campaign=OuterRef("campaign_id"), person=person, handed_in_at__isnull=False)
            ),
        )
        .order_by("campaign__starts_on", "campaign_id", "number")
    )
    asks: list[Ask] = []
    unreflected: dict[int, Campaign] = {}
    for topic in topics:
        day = due[topic.campaign_id]
        why = _("Core content %(number)d of “%(campaign)s”.") % {
            "number": topic.number,
            "campaign": titled(topic.campaign),
        }
        if not topic.has_read:
            sentence, button = _("Read: %(topic)s"), _("Read now")
        elif not topic.has_checked:
            sentence, button = _("Answer five short questions: %(topic)s"), _("Answer")
        else:
            sentence = button = ""
        if sentence:
            url = to("learning:topic_study", topic.uid)
            asks.append(Ask(sentence % {"topic": titled(topic)}, why, url, button, day, is_overdue=day < on))
        if not topic.has_reflected:
            unreflected[topic.campaign_id] = topic.campaign
    asks.extend(
        Ask(
            _("Write your reflection"),
            _("Three short answers on “%(campaign)s”; you may also speak it to the clerk.")
            % {"campaign": titled(campaign)},
            to("learning:reflection_edit", campaign.uid),
            _("Write"),
        )
        for campaign in unreflected.values()
    )
    return asks


def _actions(person: Person, on: date) -> list[Ask]:
    mine = Action.objects.filter(
        who=person, reported_done_on__isnull=True, verified_on__isnull=True, cancelled_at__isnull=True
    )
    return [
        Ask(
            action.work,
            _("Product: %(product)s") % {"product": action.product},
            to("practice:action_detail", action.uid),
            _("Show what was done"),
            action.due_on,
            action.unit.name,
            is_overdue=action.due_on < on,
        )
        for action in mine.select_related("unit").order_by("due_on", "pk")[:20]
    ]


def _meetings(units: list[int], on: date) -> list[Meeting]:
    coming = Meeting.objects.filter(unit__in=units, held_on__gte=on, closed_at__isnull=True, voided_at__isnull=True)
    return list(coming.select_related("unit").order_by("held_on", "starts_at")[:5]) if units else []
