"""A district in the middle of a campaign, in any size, put straight into the tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from itertools import count
from typing import Any

from thongsuot.campaigns import launching
from thongsuot.campaigns.models import Answer, Campaign, Obligation, Plan
from thongsuot.campaigns.testing import a_plan, an_issued_campaign
from thongsuot.journal.models import Record
from thongsuot.learning.models import Reflection
from thongsuot.ledger.folding import fold_all
from thongsuot.ledger.models import Entry
from thongsuot.meetings.models import Attendance, Meeting, Minutes, Post
from thongsuot.notices.models import Notice
from thongsuot.people.models import Membership, Office, Person
from thongsuot.people.testing import SINCE, a_person
from thongsuot.practice.models import Action, CriterionAnswer, SelfReview
from thongsuot.reports.models import Report, Signal
from thongsuot.units.models import Placement, Unit, UnitName
from thongsuot.units.testing import NOW, TODAY, a_hierarchy, a_kind, a_unit
from thongsuot.units.tree import rebuild_positions
from thongsuot.viet.text import fold, name_sort_key, sort_key

FOUNDED = date(2020, 1, 1)
DUE = TODAY.replace(month=6, day=15)
BELOW = ("base_committee", "cell")
_numbers = count(1)


@dataclass
class District:
    city: Unit
    unit: Unit
    campaign: Campaign
    plan: Plan
    officer: Person

    def grow(self, bases: int) -> None:
        """So many base committees more, each with one cell, and a row of everything in each."""
        committees = self._units(bases, "base_committee", [self.unit] * bases)
        cells = self._units(bases, "cell", committees)
        rebuild_positions(a_hierarchy(), TODAY)
        people = _people(cells, self.officer)
        launching.issue_campaign(self.campaign, to=self.campaign.unit, by=None, on=TODAY, at=NOW)
        self._plans(committees)
        self._meetings(cells, people)
        self._practice(cells, people)
        self._reports(committees)
        self._told(committees)
        fold_all()

    def _units(self, number: int, kind: str, parents: Iterable[Unit]) -> list[Unit]:
        names = [f"{kind} {next(_numbers):05}" for _n in range(number)]
        units = Unit.objects.bulk_create(
            Unit(name=name, folded=fold(name), sort_key=sort_key(name), kind=a_kind(kind), founded_on=FOUNDED)
            for name in names
        )
        UnitName.objects.bulk_create(UnitName(unit=one, name=one.name, valid_from=FOUNDED) for one in units)
        Placement.objects.bulk_create(
            Placement(hierarchy=a_hierarchy(), unit=one, parent=parent, valid_from=FOUNDED)
            for one, parent in zip(units, parents, strict=True)
        )
        return units

    def _plans(self, units: list[Unit]) -> None:
        plans = Plan.objects.bulk_create(
            Plan(campaign=self.campaign, unit=one, above=self.plan, title="Kế hoạch", number=f"{one.pk}-KH/ĐU",
                 issued_on=TODAY, issued_at=NOW, created_at=NOW)
            for one in units
        )  # fmt: skip
        item = self.plan.items.first()
        Answer.objects.bulk_create(Answer(plan=plan, item=item, kind="ours") for plan in plans)

    def _meetings(self, cells: list[Unit], people: list[Person]) -> None:
        meetings = Meeting.objects.bulk_create(
            Meeting(campaign=self.campaign, unit=one, title="Sinh hoạt chuyên đề", held_on=TODAY, starts_at=time(8),
                    called_at=NOW, closed_at=NOW, expected=2, exempt=0)
            for one in cells
        )  # fmt: skip
        Attendance.objects.bulk_create(
            Attendance(meeting=meeting, person=person, membership_kind="full", status="present", recorded_at=NOW)
            for n, meeting in enumerate(meetings)
            for person in people[2 * n : 2 * n + 2]
        )
        Minutes.objects.bulk_create(Minutes(meeting=meeting, drafted_at=NOW) for meeting in meetings)
        Post.objects.bulk_create(
            Post(slug=f"tin-{meeting.pk}", campaign=self.campaign, unit=meeting.unit, meeting=meeting, title="Tin",
                 published_on=TODAY)
            for meeting in meetings
        )  # fmt: skip
        Entry.objects.bulk_create(
            Entry(book=self.campaign.book, unit=meeting.unit, measure=measure, happened_on=TODAY, recorded_at=NOW,
                  amount=1, cause_kind="meetings.Meeting", cause_uid=meeting.uid)
            for meeting in meetings
            for measure in ("meeting_held", "attendance")
        )  # fmt: skip

    def _practice(self, cells: list[Unit], people: list[Person]) -> None:
        reviews = SelfReview.objects.bulk_create(
            SelfReview(campaign=self.campaign, unit=one, template="self_review-2023", variant="party", started_at=NOW,
                       submitted_at=NOW, submitted_on=TODAY)
            for one in cells
        )  # fmt: skip
        CriterionAnswer.objects.bulk_create(
            CriterionAnswer(review=review, code=code, level="partly") for review in reviews for code in ("A1", "A2")
        )
        Action.objects.bulk_create(
            Action(campaign=self.campaign, unit=one, work="Niêm yết", who=people[2 * n], due_on=DUE, product="Bảng",
                   opened_at=NOW, opened_on=TODAY)
            for n, one in enumerate(cells)
        )  # fmt: skip
        Reflection.objects.bulk_create(
            Reflection(campaign=self.campaign, unit=one, person=people[2 * n], useful="a", my_work="b", will_do="c",
                       handed_in_at=NOW, handed_in_on=TODAY)
            for n, one in enumerate(cells)
        )  # fmt: skip

    def _reports(self, units: list[Unit]) -> None:
        Report.objects.bulk_create(
            Report(campaign=self.campaign, unit=one, period_from=FOUNDED, period_to=TODAY, started_at=NOW,
                   submitted_at=NOW, submitted_on=TODAY)
            for one in units
        )  # fmt: skip
        Signal.objects.bulk_create(
            Signal(campaign=self.campaign, unit=one, kind="back_dated", values={"days": 30}, subject_kind="x",
                   subject_uid=one.uid, found_at=NOW, explained_at=NOW)
            for one in units
        )  # fmt: skip

    def _told(self, units: list[Unit]) -> None:
        Notice.objects.bulk_create(
            Notice(person=self.officer, unit=one, text="Việc mới", at=NOW, once=f"n{one.pk}") for one in units
        )
        Record.objects.bulk_create(
            Record(at=NOW, by=self.officer, unit=one, verb="issued", subject_kind="campaigns.Plan", subject_uid=one.uid)
            for one in units
        )


def _people(cells: list[Unit], officer: Person) -> list[Person]:
    """Two members in each cell, the first of them its head."""
    names = [f"Nguyễn Văn Số {next(_numbers)}" for _one in cells for _two in range(2)]
    people = Person.objects.bulk_create(
        Person(full_name=name, folded=fold(name), sort_key=name_sort_key(name), is_made_up=True) for name in names
    )
    Membership.objects.bulk_create(
        Membership(person=person, unit=cells[n // 2], kind="full", valid_from=SINCE) for n, person in enumerate(people)
    )
    Office.objects.bulk_create(
        Office(person=people[2 * n], unit=cell, role="head", hierarchy=a_hierarchy(), valid_from=SINCE)
        for n, cell in enumerate(cells)
    )
    return people


def a_district() -> District:
    """Its officer also heads it: no page is closed to such a person."""
    city = a_unit("Thành uỷ Thử Nghiệm", kind="city")
    unit = a_unit("Quận uỷ Thử Nghiệm", kind="district", under=city)
    asked: dict[str, Any] = dict.fromkeys(("meeting", "reading", "check", "self_review", "actions"), (BELOW, DUE))
    asked |= {"plan": (("district", "base_committee"), DUE), "report": (("district", *BELOW), DUE)}
    campaign = an_issued_campaign(city, asked=asked)
    campaign.is_public = True
    campaign.save()
    plan = a_plan(campaign, unit)
    officer = a_person("Người Xem", head=unit, verifier=unit, speaker=unit)
    return District(city, unit, campaign, plan, officer)


def owed(district: District, kind: str) -> Obligation:
    return Obligation.objects.filter(requirement__campaign=district.campaign, requirement__kind=kind).first()
