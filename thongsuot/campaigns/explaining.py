"""An obligation explains itself: one sentence on where it stands, and the next step."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from thongsuot.campaigns.models import Obligation, Requirement, State
from thongsuot.viet.calendar import working_days_between

Kind = Requirement.Kind

NEXT_STEPS = {
    Kind.PLAN: gettext_lazy("Write your own plan, or say that you act directly on the plan above."),
    Kind.MEETING: gettext_lazy("Call a thematic meeting, keep its register and close it."),
    Kind.READING: gettext_lazy("Have the members read the assigned passages; it counts once half of them have."),
    Kind.CHECK: gettext_lazy("Have the members take the recall check; it counts once half of them have."),
    Kind.SELF_REVIEW: gettext_lazy("Answer the self-review and hand it in."),
    Kind.ACTIONS: gettext_lazy("Open actions on what the self-review found, and do them with evidence."),
    Kind.REPORT: gettext_lazy("Check the figures of your report, add your own words and send it up."),
}


@dataclass(frozen=True)
class Explanation:
    sentence: str
    next_step: str = ""
    url: str = ""


def explain(obligation: Obligation, on: date) -> Explanation:
    """Where it stands on that day, and what to do. Needs requirement, campaign and excused_by at hand."""
    state = obligation.state(on)
    due = f"{obligation.due_on:%d/%m/%Y}"
    match state:
        case State.DONE:
            return Explanation(_("Done on %(day)s, in time for %(due)s.") % {"day": _day(obligation), "due": due})
        case State.LATE:
            return Explanation(_late(obligation, due))
        case State.EXCUSED:
            return Explanation(_excused(obligation))
        case State.OVERDUE:
            sentence = _overdue(obligation, due, on)
        case State.UNDER_WAY:
            began = f"{obligation.began_on:%d/%m/%Y}"
            sentence = _("Begun on %(began)s, not finished; %(left)s") % {"began": began, "left": _left(obligation, on)}
        case State.WAITING:
            sentence = _("Not begun; %(left)s") % {"left": _left(obligation, on)}
    return Explanation(sentence, _next_step(obligation, on), _url(obligation))


def _day(obligation: Obligation) -> str:
    return f"{obligation.fulfilled_on:%d/%m/%Y}" if obligation.fulfilled_on else ""


def _late(obligation: Obligation, due: str) -> str:
    days = working_days_between(obligation.due_on, obligation.fulfilled_on or obligation.due_on)
    return ngettext(
        "Done on %(day)s, %(count)d working day after it was due on %(due)s.",
        "Done on %(day)s, %(count)d working days after it was due on %(due)s.",
        days,
    ) % {"day": _day(obligation), "count": days, "due": due}


def _excused(obligation: Obligation) -> str:
    who = obligation.excused_by.full_name if obligation.excused_by else _("the system")
    return _("Excused by %(who)s: %(reason)s") % {"who": who, "reason": obligation.excused_reason}


def _overdue(obligation: Obligation, due: str, on: date) -> str:
    days = working_days_between(obligation.due_on, on)
    return ngettext(
        "It was due on %(due)s and is %(count)d working day late.",
        "It was due on %(due)s and is %(count)d working days late.",
        days,
    ) % {"due": due, "count": days}


def _left(obligation: Obligation, on: date) -> str:
    due = f"{obligation.due_on:%d/%m/%Y}"
    days = working_days_between(on, obligation.due_on)
    if days == 0:
        return _("it is due today, %(due)s.") % {"due": due}
    return ngettext(
        "it is due on %(due)s, %(count)d working day from now.",
        "it is due on %(due)s, %(count)d working days from now.",
        days,
    ) % {"due": due, "count": days}


def _next_step(obligation: Obligation, on: date) -> str:
    kind = Kind(obligation.requirement.kind)
    if kind == Kind.PLAN and obligation.began_on:
        return _("Finish the draft and issue it, or say that you act directly on the plan above.")
    return str(NEXT_STEPS[kind])


def _url(obligation: Obligation) -> str:
    """Rooms above show their own way through the slot ``campaigns.obligation.next``."""
    if obligation.requirement.kind != Kind.PLAN:
        return ""
    return reverse("campaigns:plan_create", args=[obligation.requirement.campaign.uid, obligation.unit.uid])
