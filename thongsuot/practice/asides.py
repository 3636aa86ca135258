"""What pages of the rooms below show of practice: the way to review, the actions that came of a plan, one's own."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from thongsuot.campaigns.models import Fulfilment, Obligation, Plan, Requirement
from thongsuot.meetings.models import Meeting
from thongsuot.people.models import Person
from thongsuot.people.rights import Act, may
from thongsuot.practice.labels import ACTION
from thongsuot.practice.models import Action, SelfReview


def next_for_obligation(obligation: Obligation, request: HttpRequest) -> str | None:
    """On what a unit was asked: begin or continue its self-review, open its actions."""
    person, today = getattr(request, "person", None), timezone.localdate()
    kind, unit = obligation.requirement.kind, obligation.unit
    ours = (Requirement.Kind.SELF_REVIEW, Requirement.Kind.ACTIONS)
    if kind not in ours or not may(person, Act.RECORD, unit, today):
        return None
    context: dict[str, Any] = {"obligation": obligation, "campaign": obligation.requirement.campaign, "unit": unit}
    if kind == Requirement.Kind.SELF_REVIEW:
        context["review"] = SelfReview.objects.filter(campaign=context["campaign"], unit=unit).first()
    return render_to_string("practice/_next.html", context, request=request)


def fact_behind(fulfilment: Fulfilment, request: HttpRequest) -> str | None:
    """From what met an obligation to its page; no query."""
    names = {"practice.Action": "practice:action_detail", "practice.SelfReview": "practice:self_review_detail"}
    if fulfilment.cause_kind not in names:
        return None
    return format_html(
        '<a href="{}">{}</a>', reverse(names[fulfilment.cause_kind], args=[fulfilment.cause_uid]), _("Open")
    )


def actions_of_plan(plan: Plan, request: HttpRequest) -> str | None:
    """On an issued plan: its tasks as actions, and the way to open one."""
    if not plan.is_issued or plan.acts_directly:
        return None
    person, today = getattr(request, "person", None), timezone.localdate()
    opened = _shown(Action.objects.filter(plan_item__plan=plan).select_related("who", "unit"))
    may_open = may(person, Act.RECORD, plan.unit, today) and not plan.withdrawn_at
    items = [item for item in plan.items.all() if item.pk not in {one.plan_item_id for one in opened}]
    if not opened and not (may_open and items):
        return None
    context = {"actions": opened, "items": items if may_open else []}
    return render_to_string("practice/_plan_actions.html", context, request=request)


def actions_of_meeting(meeting: Meeting, request: HttpRequest) -> str | None:
    """On a meeting: what became of its decisions."""
    opened = _shown(Action.objects.filter(decision__meeting=meeting).select_related("who", "unit"))
    if not opened:
        return None
    return render_to_string(
        "practice/_plan_actions.html", {"actions": opened, "items": [], "is_inner": True}, request=request
    )


def own_actions(person: Person, request: HttpRequest) -> str | None:
    """Among a member's study: the actions she was given."""
    mine = Action.objects.filter(who=person, cancelled_at__isnull=True).select_related("who", "unit")
    context = {"actions": _shown(mine.order_by("verified_on", "due_on")[:10])}
    return render_to_string("practice/_own_actions.html", context, request=request)


def _shown(actions: Any) -> list[Action]:
    today = timezone.localdate()
    rows = list(actions)
    for action in rows:
        action.shown = ACTION[action.state(today)]
    return rows
