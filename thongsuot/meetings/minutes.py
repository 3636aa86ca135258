"""Minutes: drafted from agenda and register, completed by the clerk, approved by the head."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from thongsuot.campaigns.moments import day_of
from thongsuot.journal import noting
from thongsuot.journal.noting import note
from thongsuot.ledger.measures import measure
from thongsuot.ledger.posting import post
from thongsuot.meetings.calling import require_recorder
from thongsuot.meetings.models import Attendance, Decision, Meeting, Minutes
from thongsuot.meetings.register import summary
from thongsuot.papers.numbering import take_number
from thongsuot.people import rights
from thongsuot.people.models import Person
from thongsuot.web.errors import Refused

MINUTES_APPROVED = measure("minutes_approved", gettext_lazy("Minutes approved"))
WRITTEN = gettext_noop("minutes written")
PARTS = ("opening", "local_case", "conclusion", "votes_for", "votes_against", "votes_other")
SIX = ("work", "who", "due_on", "responsibility", "authority", "product")

# Rooms above follow an approval in its own transaction (practice opens the decided actions).
FOLLOWERS: list[Callable[[Minutes, Person | None, datetime], None]] = []


class MinutesIncomplete(Refused):
    """What the minutes still lack, or why they can no longer change."""


def opening_text(meeting: Meeting) -> str:
    """What the register says, in the words of the minutes (always Vietnamese: it goes on paper)."""
    lines = list(meeting.register.select_related("person"))
    counts = summary(lines)
    kind = counts.by_kind
    made = [
        f"Tổng số đảng viên: {counts.members} (chính thức {kind['full'] + kind['exempt']},"
        f" dự bị {kind['probationary']}, sinh hoạt tạm thời {kind['temporary']});"
        f" miễn sinh hoạt: {counts.exempt}; phải có mặt: {counts.expected}.",
        f"Có mặt: {counts.present}.",
        f"Vắng mặt có lý do: {counts.excused}.{_named(lines, Attendance.Status.EXCUSED)}",
        f"Vắng mặt không có lý do: {counts.absent}.{_named(lines, Attendance.Status.ABSENT)}",
    ]
    if spoke := [line.person.full_name for line in lines if line.spoke]:
        made.append(f"Phát biểu ý kiến: {len(spoke)}. Gồm: {'; '.join(spoke)}.")
    if meeting.guests:
        made.append(f"Khách mời, người theo dõi: {meeting.guests}.")
    if meeting.public_count:
        made.append(f"Người dự ngoài danh sách: {meeting.public_count}.")
    return "\n\n".join(made)


def _named(lines: list[Attendance], status: str) -> str:
    found = [line for line in lines if line.status == status]
    names = "; ".join(f"{x.person.full_name} ({x.reason})" if x.reason else x.person.full_name for x in found)
    return f" Gồm: {names}." if names else ""


@transaction.atomic
def draft(meeting: Meeting, *, by: Person | None, at: datetime) -> Minutes:
    """The minutes of a meeting whose register is closed; those already begun are returned."""
    require_recorder(meeting.unit, by, day_of(at))
    if not meeting.is_closed or meeting.voided_at:
        raise MinutesIncomplete(_("Close the register first: the minutes are drafted from it."))
    minutes, fresh = Minutes.objects.get_or_create(
        meeting=meeting, defaults={"opening": opening_text(meeting), "drafted_at": at, "drafted_by": by}
    )
    if fresh:
        note(meeting, gettext_noop("minutes drafted"), by=by, at=at)
    return minutes


def _open(meeting: Meeting, by: Person | None, at: datetime) -> Minutes | None:
    """The draft, locked; refused once it is approved."""
    require_recorder(meeting.unit, by, day_of(at))
    minutes = Minutes.objects.select_for_update().filter(meeting=meeting).first()
    if minutes and minutes.is_approved:
        raise MinutesIncomplete(_("The minutes are approved: open a new action instead of changing them."))
    return minutes


@transaction.atomic
def write(
    meeting: Meeting, *, by: Person | None, at: datetime, parts: Mapping[str, Any],
    items: Mapping[int, Mapping[str, str]] | None = None,
) -> Minutes:  # fmt: skip
    """Words of the minutes (``parts``) and, by agenda item, discussion and conclusion; until they are approved."""
    minutes = _open(meeting, by, at)
    if minutes is None:
        minutes = draft(meeting, by=by, at=at)
    changed = [*noting.write(minutes, {name: parts[name] for name in PARTS if name in parts})]
    minutes.save()
    for item in meeting.agenda.all():
        if noting.write(item, (items or {}).get(item.pk, {})):
            item.save(update_fields=["discussion", "conclusion"])
            changed.append(item.title)
    if changed:
        note(meeting, WRITTEN, by=by, at=at, changes=noting.unsaid(changed))
    return minutes


@transaction.atomic
def redraft_opening(meeting: Meeting, *, by: Person | None, at: datetime) -> None:
    """The register was corrected: bring the opening of the draft in line with it again."""
    minutes = _open(meeting, by, at)
    if minutes:
        minutes.opening = opening_text(meeting)
        minutes.save(update_fields=["opening"])
        note(meeting, WRITTEN, by=by, at=at, changes=noting.unsaid(["opening"]))


@transaction.atomic
def decide(
    meeting: Meeting, *, by: Person | None, at: datetime, work: str, who: Person, due_on: date, product: str,
    **more: Any,
) -> Decision:  # fmt: skip
    """A task decided in the meeting, with its six clear things; until the minutes are approved."""
    _open(meeting, by, at)
    _check_due(meeting, due_on)
    order = (meeting.decisions.aggregate(last=Max("order"))["last"] or 0) + 1
    decision = Decision.objects.create(
        meeting=meeting, order=order, work=work.strip(), who=who, due_on=due_on, product=product.strip(), **more
    )
    note(meeting, gettext_noop("task decided"), by=by, at=at, changes={"work": ["", decision.work[:200]]})
    return decision


@transaction.atomic
def change_decision(decision: Decision, *, by: Person | None, at: datetime, **values: Any) -> Decision:
    _open(decision.meeting, by, at)
    _check_due(decision.meeting, values.get("due_on") or decision.due_on)
    if changes := noting.write(decision, values):
        decision.save()
        note(decision.meeting, gettext_noop("task changed"), by=by, at=at, changes=changes)
    return decision


@transaction.atomic
def remove_decision(decision: Decision, *, by: Person | None, at: datetime) -> None:
    _open(decision.meeting, by, at)
    note(decision.meeting, gettext_noop("task removed"), by=by, at=at, changes={"work": [decision.work[:200], ""]})
    decision.delete()


def _check_due(meeting: Meeting, due_on: date) -> None:
    if due_on < meeting.held_on:
        raise MinutesIncomplete(_("The task would be due before the meeting. Check its date."))


def text_of(minutes: Minutes) -> dict[str, Any]:
    """All that is approved, for the hash and for the paper."""
    meeting = minutes.meeting
    decisions = meeting.decisions.select_related("who")
    return {
        "opening": minutes.opening,
        "agenda": [[i.title, i.presenter, i.discussion, i.conclusion] for i in meeting.agenda.all()],
        "local_case": minutes.local_case,
        "conclusion": minutes.conclusion,
        "votes": [minutes.votes_for, minutes.votes_against, minutes.votes_other],
        "decisions": [[d.work, str(d.who), d.due_on.isoformat(), d.product] for d in decisions],
    }


def missing_parts(minutes: Minutes) -> list[str]:
    """What stands in the way of an approval, in sentences."""
    missing = []
    if not minutes.conclusion.strip():
        missing.append(_("The chair's conclusion is missing. Write it, then approve."))
    if not minutes.meeting.is_closed:
        missing.append(_("The register is open again. Close it, then approve."))
    return missing


def is_thin(minutes: Minutes) -> bool:
    """Nothing of the unit's own was discussed: allowed, but the head sees it before approving."""
    return not minutes.local_case.strip()


@transaction.atomic
def approve(minutes: Minutes, *, by: Person | None, at: datetime) -> Minutes:
    """The head approves: numbered, frozen with a hash; what was decided becomes actions.

    Approving twice changes nothing. Raises NotAllowed, MinutesIncomplete.
    """
    minutes = (
        Minutes.objects.select_for_update(of=("self",))
        .select_related("meeting__unit__kind", "meeting__campaign__book")
        .get(pk=minutes.pk)
    )
    meeting, on = minutes.meeting, day_of(at)
    if by is not None:
        rights.require(by, rights.Act.APPROVE, meeting.unit, on)
    if minutes.is_approved:
        return minutes
    if meeting.voided_at:
        raise MinutesIncomplete(_("The meeting was voided."))
    if missing := missing_parts(minutes):
        raise MinutesIncomplete(missing[0])
    minutes.number = str(take_number(meeting.unit, "BB", on=on, by=by))
    minutes.approved_at, minutes.approved_by = at, by
    text = json.dumps(text_of(minutes), ensure_ascii=False, sort_keys=True)
    minutes.sha256 = hashlib.sha256(text.encode()).hexdigest()
    minutes.save()
    if meeting.campaign:
        post(meeting.campaign.book, MINUTES_APPROVED, unit=meeting.unit, on=on, at=at, cause=minutes, by=by)
    note(meeting, gettext_noop("minutes approved"), by=by, at=at, changes={"sha256": ["", minutes.sha256]})
    for follow in FOLLOWERS:
        follow(minutes, by, at)
    return minutes
