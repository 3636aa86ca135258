"""Three months of life in the example, told by the same verbs that people use.

Everything is drawn from one seed: each loading tells the same story, and those act who hold the office
for it. Dates lie between the city plan (30 March 2023) and the morning on which the story stands.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from thongsuot.campaigns import cascade, excusing, launching
from thongsuot.campaigns.models import Answer, Campaign, Obligation, Plan, Topic
from thongsuot.example.clock import STORY_NOW
from thongsuot.example.organisation import MEMBER, REFORM, Organisation
from thongsuot.learning import checking, reading, reflecting
from thongsuot.learning.models import Question
from thongsuot.meetings import calling, minutes, register
from thongsuot.meetings.models import Attendance, Meeting
from thongsuot.people.models import Membership, Person
from thongsuot.practice import acting, reviewing, verifying
from thongsuot.practice.models import Action, CriterionAnswer, SelfReview, Verification
from thongsuot.reports import gathering, sending
from thongsuot.units.models import Unit
from thongsuot.viet.calendar import working_day_on_or_after

TODAY = STORY_NOW.date()
Say = Callable[[str], None]


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """That hour in Hà Nội; nothing is recorded after the story's present."""
    wanted = datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=7)
    return min(wanted, STORY_NOW)


@dataclass
class Story:
    organisation: Organisation
    campaign: Campaign
    chance: Random
    content: dict[str, Any]
    topics: list[Topic] = field(default_factory=list)
    right: dict[int, int] = field(default_factory=dict)  # the right option, by the key of the question
    _turn: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.topics = list(self.campaign.topics.all())
        self.right = dict(Question.objects.values_list("pk", "right"))

    def next_of(self, name: str) -> dict[str, Any]:
        """The made-up pieces of a kind, one after the other, round and round."""
        pieces = self.content[name]
        turn = self._turn.get(name, 0)
        self._turn[name] = turn + 1
        piece: dict[str, Any] = pieces[turn % len(pieces)]
        return piece

    def working_day(self, first: date, last: date) -> date:
        day = first + timedelta(days=self.chance.randrange((last - first).days + 1))
        return min(working_day_on_or_after(day), last)

    def one_of(self, unit: Unit, *roles: str) -> Person:
        """The first of these offices that the unit has filled."""
        holders = self.organisation.holders
        return next(holders[unit.pk, role] for role in roles if (unit.pk, role) in holders)

    def verifier(self, unit: Unit) -> Person:
        """Who looks after the unit's work from above and does not belong to it."""
        above, own = self.organisation.above(unit), self.organisation.members.get(unit.pk, [])
        holders = [self.organisation.holders.get((above.pk, role)) for role in ("verifier", "officer", "head")]
        return next(person for person in holders if person and person not in own)


def city_plan(story: Story) -> Plan:
    """Plan 147 of the city itself, from which the campaign comes."""
    plan, day = story.content["plan_city"], date(2023, 3, 30)
    return _own_plan(story, story.organisation.city, plan, day, likes="", number=147)


def district_plan(story: Story) -> Plan:
    """The district writes its own plan and answers each item of the city's, where there is one."""
    district, day = story.organisation.district, date(2023, 4, 12)
    return _own_plan(story, district, story.content["plan_district"], day, likes="")


def _own_plan(
    story: Story, unit: Unit, content: dict[str, Any], day: date, *, likes: str, number: int | None = None
) -> Plan:
    at, by = moment(day - timedelta(days=4)), story.one_of(unit, "officer", "head")
    plan = cascade.start_plan(story.campaign, unit, by=by, at=at)
    words = {name: content.get(name, "") for name in ("purpose", "content", "audience", "organisation", "own_part")}
    if likes:
        words = {name: text.replace("{unit}", unit.name) for name, text in words.items()}
    cascade.write_plan(plan, by=by, at=at, **words)
    requirements = {r.kind: r for r in story.campaign.requirements.all()}
    own = [
        cascade.add_item(
            plan, by=by, at=at, work=item["work"], who=item["who"], due_on=item["due_on"],
            responsibility=item.get("responsibility", ""), authority=item.get("authority", ""),
            product=item.get("product", ""), requirement=requirements.get(item.get("requirement", "")),
        )
        for item in content["items"]
    ]  # fmt: skip
    below = cascade.has_units_below(plan)
    for n, item in enumerate(cascade.unanswered_items(plan)):
        if below and n % 3 == 1:
            cascade.answer_item(plan, item, Answer.Kind.PASSED_DOWN, by=by, at=at)
        elif n % 7 == 5:
            why = "Việc của cấp trên trực tiếp tổ chức."
            cascade.answer_item(plan, item, Answer.Kind.NOT_APPLICABLE, by=by, at=at, reason=why)
        else:
            cascade.answer_item(plan, item, Answer.Kind.OURS, by=by, at=at, own_item=own[n % len(own)])
    return cascade.issue_plan(plan, by=story.one_of(unit, "head"), on=day, at=moment(day), number=number)


def committees_answer(story: Story) -> None:
    """Most write a plan or act directly, some late, one nearly word for word as the district; some do not."""
    due = {
        o.unit_id: o.due_on
        for o in Obligation.objects.filter(requirement__kind="plan", unit__in=story.organisation.committees)
    }
    for n, committee in enumerate(story.organisation.committees):
        last = due.get(committee.pk, date(2023, 5, 15))
        if n in (22, 26):
            continue
        first, until = (3, 14) if n in (9, 15, 20) else ((date(2023, 4, 20) - last).days, 0)
        day = story.working_day(last + timedelta(days=first), last + timedelta(days=until))
        drafts = story.content["plan_committees"]
        if n % 5 == 4:
            cascade.act_directly(story.campaign, committee, by=story.one_of(committee, "head"), on=day, at=moment(day))
        elif n == 12:
            _own_plan(story, committee, story.content["plan_copied"], day, likes="district")
        else:
            _own_plan(story, committee, drafts[n % len(drafts)], day, likes="own")
    for n, cell in enumerate(story.organisation.base_cells):
        if n % 6 == 5 or cell in story.organisation.base_cells[EXCUSED]:
            continue
        if cell.founded_on < REFORM:
            day = story.working_day(date(2023, 4, 24), date(2023, 5, 24))
        else:
            day = story.working_day(date(2023, 6, 6), date(2023, 6, 16))
        cascade.act_directly(story.campaign, cell, by=story.one_of(cell, "head"), on=day, at=moment(day))


EXCUSED = slice(-5, None)  # of the cells founded in June


def new_cells_join(story: Story) -> None:
    """The cells founded in June are asked too; the smallest are released from a plan of their own."""
    city, day = story.organisation.city, date(2023, 6, 5)
    launching.issue_campaign(
        story.campaign, to=city, by=story.organisation.holder(city, "officer"), on=day, at=moment(day)
    )
    excused = story.organisation.base_cells[EXCUSED]
    obligations = Obligation.objects.filter(unit__in=excused, requirement__kind__in=["plan", "self_review"])
    for obligation in obligations.select_related("unit", "requirement"):
        excusing.excuse(
            obligation, reason="Chi bộ mới thành lập trong tháng 6/2023, thực hiện theo kế hoạch của Quận uỷ.",
            by=story.one_of(story.organisation.district, "head"), at=moment(date(2023, 6, 8)),
        )  # fmt: skip


def hold(
    story: Story, unit: Unit, day: date, *, title: str, kind: str, closed: bool = True, recorded_after: int = 0,
    approved: bool = True, topic: int = 0,
) -> Meeting:  # fmt: skip
    """A meeting from the call to the approved minutes, as far as it got."""
    chance, organisation = story.chance, story.organisation
    chosen = story.topics[topic % len(story.topics)]
    steps = list(chosen.steps.select_related("passage"))
    head, clerk = organisation.holder(unit, "head"), organisation.holder(unit, "clerk")
    agenda: list[dict[str, Any]] = [
        {"title": "Nêu mục đích, yêu cầu của buổi sinh hoạt", "presenter": "Bí thư"},
        {
            "title": f"Nghiên cứu: {chosen.title}", "topic": chosen, "presenter": "Đảng viên được phân công",
            "passage": steps[0].passage if steps else None,
        },
        {"title": "Thảo luận, liên hệ với tình hình của chi bộ", "topic": chosen},
        {"title": "Kết luận, giao việc"},
    ]  # fmt: skip
    meeting = calling.call_meeting(
        unit, title=title, kind=kind, held_on=day, starts_at=time(chance.choice([8, 14, 19]), chance.choice([0, 30])),
        by=head, at=moment(min(day, TODAY) - timedelta(days=chance.randint(3, 7))), campaign=story.campaign,
        place=chance.choice(["Hội trường", "Nhà sinh hoạt cộng đồng", "Phòng họp chi bộ"]), agenda=agenda, chair=head,
        note_taker=clerk, form=chance.choice(["in_person", "in_person", "in_person", "mixed"]),
    )  # fmt: skip
    if not closed:
        return meeting
    recorded = moment(day + timedelta(days=recorded_after), 21)
    register.record(meeting, list(_lines(story, meeting)), by=clerk, at=recorded)
    length = chance.choice([95, 110, 125, 140])
    ends = (datetime.combine(day, meeting.starts_at) + timedelta(minutes=length)).time()
    meeting = register.close(meeting, ends_at=ends, by=clerk, at=recorded)
    draft = minutes.draft(meeting, by=clerk, at=recorded)
    case = story.next_of("causes")
    draft.local_case = case.get("limits", "")
    draft.conclusion = (
        case.get("lessons", "") or "Chi bộ thống nhất các việc đã giao; đưa kết quả vào kỳ sinh hoạt sau."
    )
    draft.save(update_fields=["local_case", "conclusion"])
    members = organisation.members.get(unit.pk, [])
    for _n in range(chance.choice([0, 1, 1, 2])):
        if members:
            task = story.next_of("actions")
            minutes.decide(
                meeting, by=clerk, at=recorded, work=task["work"], who=chance.choice(members[:8]),
                due_on=day + timedelta(days=chance.choice([14, 21, 30, 60])), product=task["product"],
                responsibility=task.get("responsibility", ""), authority=task.get("authority", ""),
            )  # fmt: skip
    if approved:
        minutes.approve(draft, by=head, at=moment(min(day + timedelta(days=recorded_after + 2), TODAY), 8))
    return meeting


def _lines(story: Story, meeting: Meeting) -> Iterator[register.Line]:
    chance = story.chance
    share = chance.uniform(0.72, 0.97)
    first = True
    for line in meeting.register.all():
        if line.membership_kind == Membership.Kind.EXEMPT and chance.random() < 0.8:
            continue
        if first or chance.random() < share:
            yield register.Line(line.person_id, Attendance.Status.PRESENT, spoke=chance.random() < 0.35)
        elif chance.random() < 0.8:
            reason = chance.choice(["đi công tác", "ốm", "việc gia đình", "trực cơ quan"])
            yield register.Line(line.person_id, Attendance.Status.EXCUSED, reason)
        else:
            yield register.Line(line.person_id, Attendance.Status.ABSENT)
        first = False


def district_session(story: Story, content: dict[str, Any]) -> Meeting:
    """The session of the article, in the hall of the district; its day is made up, its content is not."""
    organisation, day = story.organisation, date(2023, 4, 20)
    officer = organisation.holder(organisation.district, "officer")
    topics = {topic.number: topic for topic in story.topics}
    agenda = [
        {"title": item["title"], "presenter": item.get("presenter", ""), "topic": topics.get(item.get("topic", 0))}
        for item in content["agenda"]
    ]
    meeting = calling.call_meeting(
        organisation.district, title=content["title"], kind=Meeting.Kind.CONFERENCE, held_on=day, starts_at=time(8, 0),
        by=officer, at=moment(date(2023, 4, 13)), campaign=story.campaign, place=content.get("place", "Hội trường"),
        agenda=agenda,
    )  # fmt: skip
    key_people = [person for (_unit, role), person in organisation.holders.items() if role in ("head", "officer")]
    calling.add_to_register(meeting, _distinct(key_people), by=officer, at=moment(day, 7))
    register.record(meeting, list(_lines(story, meeting)), by=officer, at=moment(day, 12))
    return register.close(meeting, ends_at=time(11, 15), by=officer, at=moment(day, 12))


def _distinct(people: list[Person]) -> list[Person]:
    return list({person.pk: person for person in people}.values())


def cells_meet(story: Story, say: Say) -> None:
    """Thematic meetings of the cells: most on time, some late, some only called, some not at all."""
    cells = story.organisation.all_cells
    for n, cell in enumerate(cells):
        if n % 25 == 0:
            say(f"{n}/{len(cells)}")
        first = max(date(2023, 5, 3), cell.founded_on + timedelta(days=8))
        if n % 9 == 8 or first > date(2023, 6, 15):
            continue
        if n % 11 == 7:
            hold(story, cell, date(2023, 6, 27), title="Sinh hoạt chuyên đề về tác phẩm", kind="thematic", closed=False)
            continue
        # One meeting is recorded a month after its date: a sign that shows.
        is_back_dated = n == 60
        after = 30 if is_back_dated else 0
        day = date(2023, 5, 5) if is_back_dated else story.working_day(first, date(2023, 6, 16))
        hold(
            story, cell, day, title="Sinh hoạt chuyên đề về tác phẩm", kind="thematic", recorded_after=after,
            approved=n % 10 != 3, topic=n,
        )  # fmt: skip
        if n % 4 == 0 and day < date(2023, 5, 25):
            later = story.working_day(day + timedelta(days=14), date(2023, 6, 16))
            hold(story, cell, later, title="Sinh hoạt thường kỳ tháng 6", kind="regular", topic=n + 1)


def cells_learn(story: Story, say: Say) -> None:
    """Members read, answer and reflect; in some cells nearly all, in others few, in some nobody."""
    cells = story.organisation.all_cells
    own_cell = story.organisation.cells[story.organisation.committees[0].pk][0]
    for n, cell in enumerate(cells):
        if n % 25 == 0:
            say(f"{n}/{len(cells)}")
        zeal = 0.6 if cell == own_cell else story.chance.choice([0.0, 0.15, 0.4, 0.75, 0.95])
        for position, person in enumerate(story.organisation.members[cell.pk]):
            # The member whom one may sign in as has everything still before him.
            if position != MEMBER and story.chance.random() < zeal:
                _learn(story, cell, person, thoroughly=story.chance.random() < zeal)


def _learn(story: Story, cell: Unit, person: Person, *, thoroughly: bool) -> None:
    chance = story.chance
    first_day = max(date(2023, 5, 2), cell.founded_on)
    topics = list(story.topics) if thoroughly else [chance.choice(story.topics)]
    for topic in topics:
        day = story.working_day(first_day, TODAY - timedelta(days=1))
        reading.mark_read(topic, person, unit=cell, on=day, by=person, at=moment(day, 20))
        if chance.random() < 0.4:
            check = checking.draw(topic, person=person, unit=cell, by=person, at=moment(day, 20, 10))
            given = {
                str(pk): story.right[pk] if chance.random() < 0.78 else (story.right[pk] + 1) % 4
                for pk, _order in check.questions
            }
            checking.finish(check, given, by=person, at=moment(day, 20, 20))
    if chance.random() < 0.35:
        words = story.next_of("reflections")
        spoken = bool(words.get("is_spoken"))
        reflection = reflecting.hand_in(
            story.campaign, person=person, unit=cell, useful=words["useful"], my_work=words["my_work"],
            will_do=words["will_do"], by=story.one_of(cell, "clerk") if spoken else person, on=day,
            at=moment(day, 21), is_spoken=spoken,
        )  # fmt: skip
        head = story.one_of(cell, "head")
        if person != head and chance.random() < 0.6:
            reflecting.accept(reflection, by=head, at=moment(day + timedelta(days=3), 8))


LEVELS = ["done", "done", "partly", "partly", "not_done"]


def units_review_themselves(story: Story) -> None:
    """Some reviews are verified, some wait, some came back, some are only begun."""
    organisation = story.organisation
    neighbours = [cell for ward in organisation.committees[:4] for cell in organisation.cells[ward.pk][1:3]]
    for n, unit in enumerate([*organisation.committees[:14], *organisation.base_cells[:10], *neighbours]):
        begun = story.working_day(date(2023, 5, 22), date(2023, 6, 5))
        by = story.one_of(unit, "clerk", "officer")
        review = reviewing.start(story.campaign, unit, by=by, at=moment(begun))
        is_begun_only = n % 6 == 5
        for answer in list(review.answers.all())[: 5 if is_begun_only else None]:
            level = story.chance.choice(LEVELS)
            words = story.content["answers"].get((answer.code, level)) or story.next_of("any_answer")
            reviewing.answer(review, answer.code, level, by=by, at=moment(begun), note=words["note"])
            answer.refresh_from_db()
            if level in ("done", "partly"):
                title = words.get("evidence") or "Biên bản, sổ theo dõi của đơn vị"
                acting.add_evidence(answer, title=title, by=by, at=moment(begun, 10))
        case = story.next_of("causes")
        own = {name: case.get(name, "") for name in ("strengths", "limits", "causes", "risk_points", "proposals")}
        reviewing.say(review, {**own, "limits": own["limits"] or "Còn chậm công khai."}, by=by, at=moment(begun, 11))
        if is_begun_only:
            continue
        sent = begun + timedelta(days=5)
        reviewing.submit(review, by=by, on=sent, at=moment(sent))
        _weakness_to_action(story, unit, review, sent)
        if n % 3 != 2:
            review.refresh_from_db()
            _verify_review(story, review, sent + timedelta(days=4), returned=3 if n in (4, 25) else None)


def _verify_review(story: Story, review: SelfReview, day: date, *, returned: int | None) -> None:
    by = story.verifier(review.unit)
    for n, answer in enumerate(review.answers.select_related("review__unit")):
        if n == returned:
            why = "Minh chứng chưa cho thấy ngày công khai."
            verifying.judge(answer, "returned", by=by, at=moment(day), note=why)
        else:
            lower = "partly" if answer.level == "done" and story.chance.random() < 0.25 else answer.level
            verifying.judge(answer, "accepted", by=by, at=moment(day), level=lower)
    verifying.finish(review, by=by, at=moment(day, 15))


def _weakness_to_action(story: Story, unit: Unit, review: SelfReview, day: date) -> None:
    if weak := CriterionAnswer.objects.filter(review=review, level="not_done").first():
        task = story.next_of("actions")
        acting.open_action(
            unit, campaign=story.campaign, work=task["work"], who=story.one_of(unit, "head"),
            due_on=day + timedelta(days=30), product=task["product"], by=story.one_of(unit, "clerk", "officer"), on=day,
            at=moment(day, 16), weakness=weak, responsibility=task.get("responsibility", ""),
            authority=task.get("authority", ""),
        )  # fmt: skip


def actions_move(story: Story) -> None:
    """Some actions are done and verified, some wait for a verifier, one comes back, some are overdue."""
    for n, action in enumerate(Action.objects.select_related("unit", "campaign", "who").order_by("pk")):
        if n % 3 == 2:
            continue
        done = min(action.opened_on + timedelta(days=story.chance.randint(5, 20)), TODAY)
        acting.add_evidence(action, title=f"Ảnh, văn bản: {action.product}"[:200], by=action.who, at=moment(done))
        if n % 3 == 1 and n % 2:
            continue
        acting.report_done(action, by=action.who, on=done, at=moment(done, 10))
        if n % 5 == 0:
            continue
        checked = min(done + timedelta(days=3), TODAY)
        head = story.one_of(action.unit, "head")
        by = story.verifier(action.unit) if action.who == head else head
        if n % 13 == 4:
            acting.verify(action, Verification.Verdict.RETURNED, by=by, on=checked, at=moment(checked, 11),
                          note="Minh chứng chưa cho thấy việc đã làm xong.")  # fmt: skip
        else:
            acting.verify(action, Verification.Verdict.ACCEPTED, by=by, on=checked, at=moment(checked, 11))


def reports_go_up(story: Story) -> None:
    """Some report early; some of these reports are accepted, one comes back, some are only begun."""
    organisation = story.organisation
    neighbours = [cell for ward in organisation.committees[:3] for cell in organisation.cells[ward.pk][1:4]]
    for n, unit in enumerate([*organisation.committees[:9], *organisation.base_cells[:6], *neighbours]):
        day = story.working_day(date(2023, 6, 12), date(2023, 6, 19))
        by, above = story.one_of(unit, "head"), story.verifier(unit)
        report = gathering.start_report(
            story.campaign, unit, period_from=date(2023, 4, 1), period_to=date(2023, 6, 10), by=by, at=moment(day)
        )
        if n % 5 == 4:
            continue
        words = story.next_of("causes")
        named = {name: words.get(name, "") for name in ("results", "limits", "causes", "lessons", "proposals")}
        named["limits"] = named["limits"] or "Một số chi bộ làm chậm."
        sending.keep_words(report, named, by=by, at=moment(day))
        sending.submit(report, by=by, on=day, at=moment(day, 10))
        if n == 3:
            why = "Nói rõ vì sao hai chi bộ chưa sinh hoạt, và khi nào sẽ sinh hoạt."
            sending.return_report(report, why, by=above, at=moment(TODAY, 7))
        elif n % 3 == 0:
            sending.accept(report, by=above, at=moment(TODAY, 7, 30))
