"""Campaigns as everyone sees them: what is asked, of whom, by when, why, and how far it is."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.campaigns import access, cascade, launching
from thongsuot.campaigns.forms import IssueForm
from thongsuot.campaigns.labels import STATES
from thongsuot.campaigns.models import Campaign, Obligation, Plan, Requirement, State
from thongsuot.people.rights import Act, may, scope
from thongsuot.viet.calendar import working_day_on_or_after
from thongsuot.web.charts import stacked
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, go, page
from thongsuot.web.paging import paged

TABS = {
    "asked": gettext_lazy("What is asked"),
    "topics": gettext_lazy("Core contents"),
    "progress": gettext_lazy("Progress"),
    "history": gettext_lazy("History"),
}


@require_GET
def campaign_list(request: Request) -> HttpResponse:
    today = timezone.localdate()
    campaigns = paged(request, access.campaigns_seen_by(request.person, today).order_by("-starts_on", "pk"), per=20)
    rows = access.obligations_seen_by(request.person, today).filter(requirement__campaign__in=[c.pk for c in campaigns])
    counts = {row["requirement__campaign_id"]: row for row in rows.counted_by_state(today, "requirement__campaign_id")}
    for campaign in campaigns:
        campaign.counts = counts.get(campaign.pk)  # type: ignore[attr-defined]
    may_launch = access.units_that_launch(request.person, today).exists()
    return page(request, "campaigns/campaign_list.html", {"campaigns": campaigns, "may_launch": may_launch})


@require_GET
def campaign_detail(request: Request, uid: UUID) -> HttpResponse:
    today = timezone.localdate()
    campaign = access.campaign_to_see(request.person, uid, today)
    may_direct = may(request.person, Act.DIRECT, campaign.unit, today)
    tab = request.GET.get("tab", "asked")
    tab = tab if tab in TABS else "asked"
    context: dict[str, Any] = {
        "campaign": campaign,
        "tab": tab,
        "tabs": [(label, f"?tab={name}", name == tab) for name, label in TABS.items()],
        "may_direct": may_direct,
        # Nobody asks the issuing unit for a plan, but those below answer the items of its plan.
        "may_plan": may_direct and campaign.is_issued and not cascade.current_plan(campaign, campaign.unit),
    }
    match tab:
        case "asked":
            context |= _asked(request, campaign)
        case "topics":
            context["topics"] = campaign.topics.prefetch_related("steps__passage__edition__document")
        case "progress":
            context |= _progress(request, campaign)
    return page(request, "campaigns/campaign_detail.html", context, part="tab")


def _asked(request: Request, campaign: Campaign) -> dict[str, Any]:
    """Each requirement with its reason, and what the person's own units owe."""
    today = timezone.localdate()
    directed = scope(request.person, Act.DIRECT, today).units | scope(request.person, Act.RECORD, today).units
    own: dict[int, list[Obligation]] = {}
    obligations = Obligation.objects.filter(requirement__campaign=campaign, unit_id__in=directed)
    for obligation in obligations.select_related("unit").order_by("unit__sort_key"):
        obligation.shown = obligation.state(today)  # type: ignore[attr-defined]
        own.setdefault(obligation.requirement_id, []).append(obligation)
    requirements = list(
        campaign.requirements.select_related("passage__edition__document").prefetch_related("for_kinds")
    )
    for one in requirements:
        one.works_on = working_day_on_or_after(one.due_on)  # type: ignore[attr-defined]
        one.own = own.get(one.pk, [])  # type: ignore[attr-defined]
    owing = {obligation.unit_id for rows in own.values() for obligation in rows}
    planning = directed & {*owing, campaign.unit_id}
    plans = Plan.objects.filter(campaign=campaign, unit_id__in=planning, withdrawn_at__isnull=True)
    return {"requirements": requirements, "plans": plans.select_related("unit"), "states": STATES}


def _progress(request: Request, campaign: Campaign) -> dict[str, Any]:
    """By requirement: how many of the units in the person's reach stand where."""
    today = timezone.localdate()
    seen = access.obligations_seen_by(request.person, today).filter(requirement__campaign=campaign)
    counts = {row["requirement_id"]: row for row in seen.counted_by_state(today, "requirement_id")}
    rows = [_progress_row(one, counts[one.pk]) for one in campaign.requirements.all() if one.pk in counts]
    top = campaign.plans.filter(issued_on__isnull=False, withdrawn_at__isnull=True, acts_directly=False)
    plans = access.plans_seen_by(request.person, today).filter(pk__in=top.values("pk")).select_related("unit")
    return {"rows": rows, "states": STATES, "cascades": plans.order_by("unit__kind__rank", "unit__sort_key")[:10]}


def _progress_row(requirement: Requirement, counts: dict[str, int]) -> dict[str, Any]:
    list_url = reverse("campaigns:obligation_list")
    by_state = {state.value: counts[state.value] for state in State}
    return {
        "requirement": requirement,
        "done": counts[State.DONE] + counts[State.LATE],
        "all": counts["all"] - counts[State.EXCUSED],
        "cells": [
            (STATES[state], counts[state.value], f"{list_url}?requirement={requirement.uid}&state={state.value}")
            for state in State
        ],
        "chart": stacked(by_state, title=_("Units by state")),
    }


@require_http_methods(["GET", "POST"])
def campaign_issue(request: Request, uid: UUID) -> HttpResponse:
    """Choose the subtree, see what it will mean, then issue."""
    today = timezone.localdate()
    campaign = access.campaign_to_direct(request.person, uid, today)
    units = access.units_to_issue_to(campaign)
    chosen = request.POST or request.GET or {"to": str((campaign.issued_to or campaign.unit).uid)}
    form = IssueForm(chosen, units=units)
    to = form.cleaned_data["to"] if form.is_valid() else None
    if request.method == "POST" and to:
        try:
            count = launching.issue_campaign(campaign, to=to, by=request.person, on=today, at=timezone.now())
            sentence = ngettext(
                "Issued: %(count)d obligation has been handed out.",
                "Issued: %(count)d obligations have been handed out.",
                count,
            )
            messages.success(request, sentence % {"count": count})
            return go(request, "campaigns:campaign_detail", campaign.uid)
        except Refused as error:
            form.add_error(None, str(error))
    asked = launching.preview(campaign, to=to, on=today) if to else []
    context = {"campaign": campaign, "form": form, "to": to, "asked": asked, "total": sum(one.units for one in asked)}
    return page(request, "campaigns/campaign_issue.html", context, status=422 if form.errors else 200)
