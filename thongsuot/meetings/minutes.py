"""Minutes: drafted from agenda and register, completed by the clerk, approved by the head."""

import hashlib
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from thongsuot.journal.noting import note
from thongsuot.ledger.measures import measure
from thongsuot.ledger.posting import post
from thongsuot.meetings.calling import require_recorder
from thongsuot.meetings.models import Attendance, Decision, Meeting, Minutes
from thongsuot.papers.numbering import take_number
from thongsuot.people import rights
from thongsuot.people.models import Membership, Person
from thongsuot.web.errors import Refused

MINUTES_APPROVED = measure("minutes_approved", gettext_lazy("Minutes approved"))

# Rooms above follow an approval in its own transaction (practice opens the decided actions).
FOLLOWERS: list[Callable[[Minutes, Person | None, datetime], None]] = []


class MinutesIncomplete(Refused):
    """What the minutes still lack."""


def _names(meeting: Meeting, status: str) -> str:
    lines = meeting.register.filter(status=status).select_related("person")
    return "; ".join(f"{x.person.full_name} ({x.reason})" if x.reason else x.person.full_name for x in lines)


def opening_text(meeting: Meeting) -> str:
    """What the register says, in the words of the minutes (always Vietnamese: it goes on paper)."""
    register = list(meeting.register.values_list("status", "membership_kind"))
    kinds = [kind for _status, kind in register]
    count = {status: sum(s == status for s, _kind in register) for status in Attendance.Status.values}
    lines = [
        f"Tổng số đảng viên: {len(register)} (chính thức {kinds.count('full')}, dự bị {kinds.count('probationary')},"
        f" sinh hoạt tạm thời {kinds.count('temporary')}); miễn sinh hoạt: {kinds.count(Membership.Kind.EXEMPT)}.",
        f"Có mặt: {count['present']}.",
        f"Vắng mặt có lý do: {count['excused']}." + (f" Gồm: {names}." if (names := _names(meeting, 'excused')) else ""),
        f"Vắng mặt không có lý do: {count['absent']}." + (f" Gồm: {names}." if (names := _names(meeting, 'absent')) else ""),
    ]
    if meeting.guests:
        lines.append(f"Khách mời, người theo dõi: {meeting.guests}.")
    return "\n\n".join(lines)


@transaction.atomic
def draft(meeting: Meeting, *, by: Person | None, at: datetime) -> Minutes:
    """The minutes of a meeting whose register is closed; those already begun are returned."""
    require_recorder(meeting.unit, by, at.date())
    if not meeting.is_closed or meeting.voided_at:
        raise MinutesIncomplete(_("Close the register first: the minutes are drafted from it."))
    minutes, fresh = Minutes.objects.get_or_create(
        meeting=meeting, defaults={"opening": opening_text(meeting), "drafted_at": at, "drafted_by": by}
    )
    if fresh:
        note(meeting, gettext_noop("minutes drafted"), by=by, at=at)
    return minutes


@transaction.atomic
def decide(
    meeting: Meeting, *, by: Person | None, at: datetime, work: str, who: Person, due_on: date, product: str,
    **more: Any,
) -> Decision:  # fmt: skip
    """A task decided in the meeting, with its six clear things; until the minutes are approved."""
    require_recorder(meeting.unit, by, at.date())
    if Minutes.objects.filter(meeting=meeting, approved_at__isnull=False).exists():
        raise MinutesIncomplete(_("The minutes are approved: open a new action instead of changing them."))
    if due_on < meeting.held_on:
        raise MinutesIncomplete(_("The task would be due before the meeting. Check its date."))
    order = (meeting.decisions.aggregate(last=Max("order"))["last"] or 0) + 1
    return Decision.objects.create(
        meeting=meeting, order=order, work=work.strip(), who=who, due_on=due_on, product=product.strip(), **more
    )


def text_of(minutes: Minutes) -> dict[str, Any]:
    """All that is approved, for the hash and for the paper."""
    meeting = minutes.meeting
    return {
        "opening": minutes.opening,
        "agenda": [[i.title, i.presenter, i.discussion, i.conclusion] for i in meeting.agenda.all()],
        "local_case": minutes.local_case,
        "conclusion": minutes.conclusion,
        "votes": [minutes.votes_for, minutes.votes_against, minutes.votes_other],
        "decisions": [[d.work, str(d.who), d.due_on.isoformat(), d.product] for d in meeting.decisions.all()],
    }


@transaction.atomic
def approve(minutes: Minutes, *, by: Person | None, at: datetime) -> Minutes:
    """The head approves: numbered, frozen with a hash; what was decided becomes actions.

    Approving twice changes nothing. Raises NotAllowed, MinutesIncomplete.
    """
    minutes = Minutes.objects.select_for_update(of=("self",)).select_related("meeting__unit__kind").get(pk=minutes.pk)
    meeting = minutes.meeting
    if by is not None:
        rights.require(by, rights.Act.APPROVE, meeting.unit, at.date())
    if minutes.is_approved:
        return minutes
    if not minutes.conclusion.strip():
        raise MinutesIncomplete(_("The chair's conclusion is missing. Write it, then approve."))
    minutes.number = str(take_number(meeting.unit, "BB", on=at.date(), by=by))
    minutes.approved_at, minutes.approved_by = at, by
    text = json.dumps(text_of(minutes), ensure_ascii=False, sort_keys=True)
    minutes.sha256 = hashlib.sha256(text.encode()).hexdigest()
    minutes.save()
    if meeting.campaign:
        post(meeting.campaign.book, MINUTES_APPROVED, unit=meeting.unit, on=at.date(), at=at, cause=minutes, by=by)
    note(meeting, gettext_noop("minutes approved"), by=by, at=at, changes={"sha256": ["", minutes.sha256]})
    for follow in FOLLOWERS:
        follow(minutes, by, at)
    return minutes
