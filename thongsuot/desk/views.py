"""My work today."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from thongsuot.campaigns.asked import behind_by_requirement
from thongsuot.desk.asks import Ask, pressing
from thongsuot.desk.deciding import meetings_to_keep, waits_for
from thongsuot.desk.owed import owed_by_units
from thongsuot.desk.own import asked_as_member
from thongsuot.notices import access as notices
from thongsuot.people.models import Office
from thongsuot.web.http import Request, page

FIRST = 3  # so few that one begins
DENSE = 12  # rows of what the own units owe; the rest stands in the campaigns' list


@require_GET
def home(request: Request) -> HttpResponse:
    """What is asked of me now: the next few things, then all of it by sort."""
    person, today = request.person, timezone.localdate()
    mine = asked_as_member(person, today)
    keeping = meetings_to_keep(person, today)
    decisions = waits_for(person, today)
    unit_asks = owed_by_units(person, today)
    everything = sorted([*keeping, *unit_asks, *mine.actions, *mine.learning], key=pressing)
    first = [*decisions[:1], *everything][:FIRST]
    unread = notices.unread_of(person).select_related("unit")
    context = {
        "today": today,
        "first": first,
        # Nothing is said twice: the lists below hold what is not among the first.
        "decisions": _rest(decisions, first),
        "keeping": _rest(keeping, first),
        "unit_asks": _rest(unit_asks, first)[:DENSE],
        "more_asks": max(0, len(_rest(unit_asks, first)) - DENSE),
        "actions": _rest(mine.actions, first),
        "learning": _rest(mine.learning, first),
        "meetings": mine.meetings,
        "notices": list(unread[:5]),
        "behind": behind_by_requirement(person, today),
        "offices": list(Office.objects.in_force(today).filter(person=person).select_related("unit")),
    }
    return page(request, "desk/home.html", context)


def _rest(asks: list[Ask], first: list[Ask]) -> list[Ask]:
    return [ask for ask in asks if ask not in first]
