"""Why an action exists: the chain from it down to the printed page."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from thongsuot.library.models import Passage
from thongsuot.practice.criteria import template_named
from thongsuot.practice.models import Action
from thongsuot.web.templatetags.web import day, in_language


@dataclass(frozen=True)
class Link:
    """One step down: what it is, its name, its address (empty where no page shows it)."""

    what: str
    name: str
    url: str = ""


def chain(action: Action) -> list[Link]:
    """From the nearest cause to the passage. Needs the relations that access.action_to_see fetches."""
    links: list[Link] = []
    passage = action.passage
    if action.decision:
        links, passage = _from_decision(action, passage)
    elif action.weakness:
        review = action.weakness.review
        criterion = next((c for c in template_named(review.template).criteria if c.code == action.weakness.code), None)
        url = reverse("practice:self_review_detail", args=[review.uid])
        words = in_language(criterion, "text") if criterion else ""
        links.append(Link(_("Weakness found"), f"{action.weakness.code}. {words}", f"{url}#{action.weakness.code}"))
        links.append(Link(_("Self-review"), review.unit.name, url))
        if criterion and not passage:
            links.append(Link(_("Rests on"), in_language(criterion, "anchor")))
    elif action.plan_item:
        links, passage = _from_plan(action, passage)
    if passage:
        document = in_language(passage.edition.document, "title")
        links.append(Link(_("Passage"), f"{passage} · {document}", _to("library:passage", passage.uid)))
    return links


def _from_decision(action: Action, passage: Passage | None) -> tuple[list[Link], Passage | None]:
    decision = action.decision
    assert decision is not None
    meeting, item = decision.meeting, decision.agenda_item
    minutes = getattr(meeting, "minutes", None)
    url = _to("meetings:meeting_detail", meeting.uid)
    links = [Link(_("Decision"), decision.work)]
    if minutes:
        name = minutes.number or _("of %(day)s") % {"day": day(meeting.held_on)}
        links.append(Link(_("Minutes"), name, url))
    links.append(Link(_("Meeting"), f"{meeting.title} · {day(meeting.held_on)}", url))
    if item and item.topic:
        title = in_language(item.topic, "title")
        links.append(Link(_("Core content"), title, reverse("campaigns:topic_detail", args=[item.topic.uid])))
    return links, passage or (item.passage if item else None)


def _from_plan(action: Action, passage: Passage | None) -> tuple[list[Link], Passage | None]:
    item = action.plan_item
    assert item is not None
    plan = item.plan
    links = [
        Link(_("Task of the plan"), item.work),
        Link(_("Plan"), f"{plan.number} · {plan.unit.name}", reverse("campaigns:plan_detail", args=[plan.uid])),
    ]
    if item.requirement:
        links.append(Link(_("What the campaign asks"), in_language(item.requirement, "text")))
    if item.topic:
        title = in_language(item.topic, "title")
        links.append(Link(_("Core content"), title, reverse("campaigns:topic_detail", args=[item.topic.uid])))
    from_requirement = item.requirement.passage if item.requirement else None
    return links, passage or item.passage or from_requirement


def _to(name: str, *args: Any) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
