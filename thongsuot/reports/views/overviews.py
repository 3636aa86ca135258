"""A unit and those below it side by side; a figure opened down to its entries."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from thongsuot.campaigns.models import Campaign
from thongsuot.ledger.measures import is_measure, measure_named
from thongsuot.ledger.models import Entry
from thongsuot.reports import access, gathering, overview
from thongsuot.reports.causes import by_cause, causes_of
from thongsuot.reports.gathering import AskedLine
from thongsuot.reports.lines import PERSONAL, SMALLEST_GROUP, Figure
from thongsuot.units.models import Unit
from thongsuot.web.charts import stacked, timeline
from thongsuot.web.http import Request, page
from thongsuot.web.paging import paged
from thongsuot.web.templatetags.web import share_of

STATES = {
    "done": gettext_lazy("done on time"),
    "late": gettext_lazy("done late"),
    "under_way": gettext_lazy("under way"),
    "waiting": gettext_lazy("waiting"),
    "overdue": gettext_lazy("overdue"),
    "excused": gettext_lazy("excused"),
}


@require_safe
def dashboard(request: Request, campaign: UUID, unit: UUID) -> HttpResponse:
    """A unit and those directly below it, and why not the rest; for whoever sees the unit."""
    on = timezone.localdate()
    chosen = access.campaign_to_see(request.person, campaign, on)
    seen = access.unit_to_see(request.person, unit, on)
    inside = gathering.units_below(chosen, seen)
    asked = gathering.asked_lines(chosen, inside, on)
    states = overview.states_of(asked)
    months = overview.months(chosen, seen, "meeting_held")
    places = paged(request, access.children_seen_by(request.person, chosen, seen, on), 30)
    return page(
        request,
        "reports/dashboard.html",
        {
            "campaign": chosen,
            "unit": seen,
            "trail": access.trail(request.person, chosen, seen, on),
            "rows": overview.rows(chosen, list(places), on),
            "page": places,
            "cards": _cards(chosen, seen, asked, gathering.people_expected(inside, on)),
            "state_chart": stacked(states, title=_("Obligations by state"), labels=STATES),
            "months": timeline(months, title=_("Meetings by month")),
            "month_rows": months,
            "asked_lines": asked,
        },
    )


def _cards(campaign: Campaign, unit: Unit, asked: list[AskedLine], people: int) -> list[tuple[Any, int, str, str]]:
    """The few figures on top: label, number, its share of the whole, measure that it opens down to."""
    amounts = overview.amounts(campaign, unit)

    def share(part: str, whole: str) -> str:
        return share_of(amounts[part], amounts[whole])

    took_part = Figure("R06", amounts["person_attended"], people, 0 < people < SMALLEST_GROUP)
    met = sum(line.met for line in asked)
    return [
        (_("obligations met"), met, share_of(met, sum(line.asked for line in asked)), "obligation_met"),
        (_("meetings held"), amounts["meeting_held"], "", "meeting_held"),
        (_("attendances"), amounts["attendance"], share("attendance", "attendance_expected"), "attendance"),
        (_("people who took part, each once"), took_part.value, took_part.shown, "person_attended"),
        (
            _("actions done, of those opened"),
            amounts["action_done"],
            share("action_done", "action_opened"),
            "action_done",
        ),
    ]


def _day(request: Request, name: str) -> date | None:
    try:
        return parse_date(request.GET.get(name, ""))
    except ValueError:
        return None


@require_safe
def figure_detail(request: Request, campaign: UUID, unit: UUID, measure: str) -> HttpResponse:
    """Every entry that a figure is the sum of, with what caused each; for whoever sees the unit."""
    on = timezone.localdate()
    chosen = access.campaign_to_see(request.person, campaign, on)
    seen = access.unit_to_see(request.person, unit, on)
    if not is_measure(measure):
        raise Http404
    start, end = _day(request, "from"), _day(request, "to")
    entries = gathering.entries_of(chosen.book, seen, start, end).filter(measure=measure)
    name = str(measure_named(measure))
    return page(
        request,
        "reports/figure_detail.html",
        {
            "unit": seen,
            "trail": access.trail(request.person, chosen, seen, on, name),
            "name": name,
            "start": start,
            "end": end,
            **opened(request, entries, [measure], on),
        },
    )


def opened(request: Request, entries: QuerySet[Entry], measures: list[str], on: date) -> dict[str, Any]:
    """What the page of a figure shows: what caused it, or units only where causes would tell about people."""
    total = entries.aggregate(sum=Sum("amount"))["sum"] or 0
    if PERSONAL.intersection(measures):
        groups = overview.by_unit(entries)
        reach = access.in_reach(request.person, (unit.pk for group in groups for unit in group.units), on)
        return {
            "sum": total,
            "is_personal": True,
            "groups": [
                ([unit.name for unit in group.units if unit.pk in reach], len(group.units), group.amount)
                for group in groups
            ],
            # The whole of one handful is that handful.
            "hides_sum": bool(groups) and all(group.amount is None for group in groups),
        }
    shown = paged(request, by_cause(entries), 50)
    return {"sum": total, "page": shown, "causes": causes_of(list(shown), request.person, on)}
