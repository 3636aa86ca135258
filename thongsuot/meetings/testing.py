"""Builders for tests: meetings from the call to the approved minutes, made by doing."""

from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import count
from typing import Any

from thongsuot.campaigns.models import Campaign
from thongsuot.campaigns.testing import a_campaign, a_passage, a_small_city, an_issued_campaign
from thongsuot.ledger.folding import fold_all
from thongsuot.ledger.models import Total
from thongsuot.meetings import calling, minutes, register
from thongsuot.meetings.models import Attendance, Meeting, Minutes
from thongsuot.people.models import Person
from thongsuot.people.testing import a_person, members
from thongsuot.units.models import Unit
from thongsuot.units.testing import NOW, TODAY

_numbers = count(1)
PRESENT, EXCUSED, ABSENT = Attendance.Status.PRESENT, Attendance.Status.EXCUSED, Attendance.Status.ABSENT


def a_meeting(
    unit: Unit | None = None, *, campaign: Campaign | None = None, on: date = TODAY, at: datetime = NOW, **more: Any
) -> Meeting:
    """A called thematic meeting with an agenda; its register holds the unit's members of that day."""
    unit = unit or a_small_city()["cell_a1"]
    values: dict[str, Any] = {
        "title": f"Sinh hoạt chuyên đề {next(_numbers)}",
        "kind": Meeting.Kind.THEMATIC,
        "starts_at": time(8, 0),
        "place": "Nhà sinh hoạt cộng đồng",
        "agenda": [{"title": "Nghiên cứu nội dung một", "presenter": "Bí thư"}, {"title": "Thảo luận, liên hệ"}],
    }
    return calling.call_meeting(unit, held_on=on, by=None, at=at, campaign=campaign, **(values | more))


def record(
    meeting: Meeting, *, present: Sequence[Person] | int = (), excused: Sequence[Person] = (),
    absent: Sequence[Person] = (), by: Person | None = None, at: datetime = NOW, spoke: bool = False,
) -> list[register.Conflict]:  # fmt: skip
    """``present`` may be a number: so many from the top of the list."""
    there = [line.person for line in meeting.register.select_related("person")]
    chosen = there[:present] if isinstance(present, int) else present
    lines = [register.Line(person.pk, PRESENT, spoke=spoke) for person in chosen]
    lines += [register.Line(person.pk, EXCUSED, "đi công tác") for person in excused]
    lines += [register.Line(person.pk, ABSENT) for person in absent]
    return register.record(meeting, lines, by=by, at=at)


def a_closed_meeting(
    unit: Unit | None = None, *, present: Sequence[Person] | int = 1, campaign: Campaign | None = None,
    at: datetime = NOW, ends_at: time = time(10, 0), spoke: bool = False, **more: Any,
) -> Meeting:  # fmt: skip
    """A meeting that counts. A number for ``present`` makes as many members where the unit has fewer."""
    meeting = a_meeting(unit, campaign=campaign, at=at, **more)
    if isinstance(present, int) and meeting.register.count() < present:
        members(meeting.unit, present - meeting.register.count())
        calling.fill_register(meeting)
    record(meeting, present=present, at=at, spoke=spoke)
    return register.close(meeting, ends_at=ends_at, by=None, at=at)


def a_draft(meeting: Meeting | None = None, *, conclusion: str = "Chi bộ thống nhất các việc đã giao.") -> Minutes:
    meeting = meeting or a_closed_meeting(present=2)
    minutes.draft(meeting, by=None, at=NOW)
    return minutes.write(meeting, parts={"conclusion": conclusion}, by=None, at=NOW)


def a_decision(meeting: Meeting, who: Person | None = None, **more: Any):
    return minutes.decide(
        meeting, by=None, at=NOW, work=more.pop("work", "Niêm yết công khai các khoản thu"),
        who=who or a_person(member_of=meeting.unit), due_on=more.pop("due_on", date(2023, 6, 30)),
        product=more.pop("product", "Bảng niêm yết"), **more,
    )  # fmt: skip


def approved_minutes(meeting: Meeting | None = None) -> Minutes:
    return minutes.approve(a_draft(meeting), by=None, at=NOW)


def total(campaign: Campaign, measure: str, unit: Unit | None = None) -> int:
    """What the ledger says over a unit and all below it."""
    fold_all()
    found = Total.objects.filter(book=campaign.book, unit=unit or campaign.unit, measure=measure, period=0).first()
    return found.amount if found else 0


__all__ = [
    "ABSENT",
    "EXCUSED",
    "NOW",
    "PRESENT",
    "TODAY",
    "a_campaign",
    "a_closed_meeting",
    "a_decision",
    "a_draft",
    "a_meeting",
    "a_passage",
    "a_person",
    "a_small_city",
    "an_issued_campaign",
    "approved_minutes",
    "members",
    "record",
    "total",
]
