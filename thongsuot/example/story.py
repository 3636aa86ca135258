"""Three months of life in the example, told by the same verbs that people use.

Everything is drawn from one seed: each loading tells the same story. Dates lie between the city plan
(30 March 2023) and the day on which the story stands (20 June 2023).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from thongsuot.campaigns import cascade, excusing
from thongsuot.campaigns.models import Answer, Campaign, Obligation, Plan
from thongsuot.example.organisation import Organisation
from thongsuot.learning import checking, reading, reflecting
from thongsuot.learning.models import Question
from thongsuot.meetings import calling, minutes, register
from thongsuot.meetings.models import Attendance, Meeting
from thongsuot.people.models import Membership, Person
from thongsuot.practice import acting, reviewing, verifying
from thongsuot.practice.models import Action, CriterionAnswer, Verification
from thongsuot.reports import gathering, sending
from thongsuot.units.models import Unit
from thongsuot.viet.calendar import working_day_on_or_after

TODAY = date(2023, 6, 20)
Say = Callable[[str], None]


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """That hour in Hà Nội."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@dataclass
class Story:
    organisation: Organisation
    campaign: Campaign
    chance: Random
    content: dict[str, Any]
    _turn: dict[str, int] = field(default_factory=dict)

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


def district_plan(story: Story) -> Plan:
    """The district writes its own plan and answers each item of the city's, where there is one."""
    district, day = story.organisation.district, date(2023, 4, 12)
    return _own_plan(story, district, story.content["plan_district"], day, likes="")


def _own_plan(story: Story, unit: Unit, content: dict[str, Any], day: date, *, likes: str) -> Plan:
    at = moment(day - timedelta(days=4))
    plan = cascade.start_plan(story.campaign, unit, by=None, at=at)
    words = {name: content.get(name, "") for name in ("purpose", "content", "audience", "organisation", "own_part")}
    if likes:
        words = {name: text.replace("{unit}", unit.name) for name, text in words.items()}
    cascade.write_plan(plan, by=None, at=at, **words)
    requirements = {r.kind: r for r in story.campaign.requirements.all()}
    own = []
    for item in content["items"]:
        own.append(
            cascade.add_item(
                plan, by=None, at=at, work=item["work"], who=item["who"], due_on=item["due_on"],
                responsibility=item.get("responsibility", ""), authority=item.get("authority", ""),
                product=item.get("product", ""), requirement=requirements.get(item.get("requirement", "")),
            )  # fmt: skip
        )
    below = cascade.has_units_below(plan)
    for n, item in enumerate(cascade.unanswered_items(plan)):
        if below and n % 3 == 1:
            cascade.answer_item(plan, item, Answer.Kind.PASSED_DOWN, by=None, at=at)
        elif n % 7 == 5:
            cascade.answer_item(
                plan, item, Answer.Kind.NOT_APPLICABLE, by=None, at=at, reason="Việc của cấp trên trực tiếp tổ chức."
            )
        else:
            cascade.answer_item(plan, item, Answer.Kind.OURS, by=None, at=at, own_item=own[n % len(own)])
    return cascade.issue_plan(plan, by=None, on=day, at=moment(day))


def committees_answer(story: Story) -> None:
    """Most write a plan or act directly, some late, one nearly word for word as the district; some do not."""
    due = {o.unit_id: o.due_on for o in Obligation.objects.filter(requirement__kind="plan", unit__in=story.organisation.committees)}
    for n, committee in enumerate(story.organisation.committees):
        last = due.get(committee.pk, date(2023, 5, 15))
        if n in (22, 26):
            continue
        late = n in (9, 15, 20)
        day = story.working_day(last + timedelta(days=3), last + timedelta(days=14)) if late else story.working_day(date(2023, 4, 20), last)
        if n % 5 == 4:
            cascade.act_directly(story.campaign, committee, by=None, on=day, at=moment(day))
        elif n == 12:
            _own_plan(story, committee, story.content["plan_copied"], day, likes="district")
        else:
            _own_plan(story, committee, story.content["plan_committees"][n % len(story.content["plan_committees"])], day, likes="own")
    for n, cell in enumerate(story.organisation.base_cells):
        if cell.founded_on > date(2023, 5, 1) or n % 6 == 5:
            continue
        day = story.working_day(date(2023, 4, 24), date(2023, 5, 24))
        cascade.act_directly(story.campaign, cell, by=None, on=day, at=moment(day))


def excuses(story: Story) -> None:
    """The cells founded in June are released from what was due before they stood."""
    obligations = Obligation.objects.filter(unit__in=story.organisation.base_cells[-5:], requirement__kind__in=["plan"])
    for obligation in obligations.select_related("unit", "requirement"):
        excusing.excuse(
            obligation, reason="Chi bộ mới thành lập trong tháng 6/2023, thực hiện theo kế hoạch của Quận uỷ.", by=None,
            at=moment(date(2023, 6, 8)),
        )  # fmt: skip


def hold(
    story: Story, unit: Unit, day: date, *, title: str, kind: str, closed: bool = True, recorded_after: int = 0,
    approved: bool = True, topic: int = 0,
) -> Meeting:  # fmt: skip
    """A meeting from the call to the approved minutes, as far as it got."""
    chance, organisation = story.chance, story.organisation
    topics = list(story.campaign.topics.all())
    chosen = topics[topic % len(topics)]
    steps = list(chosen.steps.select_related("passage"))
    head = organisation.holders.get((unit.pk, "head"))
    clerk = organisation.holders.get((unit.pk, "clerk"))
    agenda = [
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
        by=None, at=moment(day - timedelta(days=chance.randint(3, 8))), campaign=story.campaign,
        place=chance.choice(["Hội trường", "Nhà sinh hoạt cộng đồng", "Phòng họp chi bộ"]), agenda=agenda, chair=head,
        note_taker=clerk, form=chance.choice(["in_person", "in_person", "in_person", "mixed"]),
    )  # fmt: skip
    if not closed:
        return meeting
    recorded = moment(day + timedelta(days=recorded_after), 21)
    register.record(meeting, list(_lines(story, meeting)), by=None, at=recorded)
    length = chance.choice([95, 110, 125, 140])
    ends = (datetime.combine(day, meeting.starts_at) + timedelta(minutes=length)).time()
    meeting = register.close(meeting, ends_at=ends, by=None, at=recorded)
    draft = minutes.draft(meeting, by=None, at=recorded)
    case = story.next_of("causes")
    draft.local_case = case.get("limits", "")
    draft.conclusion = case.get("lessons", "") or "Chi bộ thống nhất các việc đã giao; đưa kết quả vào kỳ sinh hoạt sau."
    draft.save(update_fields=["local_case", "conclusion"])
    members = organisation.members.get(unit.pk, [])
    for _n in range(chance.choice([0, 1, 1, 2])):
        if members:
            task = story.next_of("actions")
            minutes.decide(
                meeting, by=None, at=recorded, work=task["work"], who=chance.choice(members[:8]),
                due_on=day + timedelta(days=chance.choice([14, 21, 30, 60])), product=task["product"],
                responsibility=task.get("responsibility", ""), authority=task.get("authority", ""),
            )  # fmt: skip
    if approved:
        minutes.approve(draft, by=None, at=moment(min(day + timedelta(days=recorded_after + 2), TODAY), 8))
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
    topics = {topic.number: topic for topic in story.campaign.topics.all()}
    agenda = [
        {"title": item["title"], "presenter": item.get("presenter", ""), "topic": topics.get(item.get("topic", 0))}
        for item in content["agenda"]
    ]
    meeting = calling.call_meeting(
        organisation.district, title=content["title"], kind=Meeting.Kind.CONFERENCE, held_on=day, starts_at=time(8, 0),
        by=None, at=moment(date(2023, 4, 13)), campaign=story.campaign, place=content.get("place", "Hội trường"),
        agenda=agenda, chair=organisation.holder(organisation.district, "head"),
    )  # fmt: skip
    key_people = [person for (_unit, role), person in organisation.holders.items() if role in ("head", "officer")]
    calling.add_to_register(meeting, _distinct(key_people), by=None, at=moment(day))
    register.record(meeting, list(_lines(story, meeting)), by=None, at=moment(day, 12))
    return register.close(meeting, ends_at=time(11, 15), by=None, at=moment(day, 12))


def _distinct(people: list[Person]) -> list[Person]:
    return list({person.pk: person for person in people}.values())


def cells_meet(story: Story, say: Say) -> None:
    """Thematic meetings of the cells: most on time, some late, some only called, some not at all."""
    cells = story.organisation.all_cells
    for n, cell in enumerate(cells):
        if n % 25 == 0:
            say(f"{n}/{len(cells)}")
        first = max(date(2023, 5, 3), cell.founded_on + timedelta(days=3))
        if n % 9 == 8 or first > date(2023, 6, 15):
            continue
        if n % 11 == 7:
            hold(story, cell, date(2023, 6, 27), title="Sinh hoạt chuyên đề về tác phẩm", kind="thematic", closed=False)
            continue
        # One meeting is recorded six weeks after its date: a sign that shows.
        after = 30 if n == 20 else 0
        day = date(2023, 5, 5) if n == 20 else story.working_day(first, date(2023, 6, 16))
        hold(
            story, cell, day, title="Sinh hoạt chuyên đề về tác phẩm", kind="thematic", recorded_after=after,
            approved=n % 10 != 3, topic=n,
        )  # fmt: skip
        if n % 4 == 0 and day < date(2023, 5, 25):
            later = story.working_day(day + timedelta(days=14), date(2023, 6, 16))
            hold(story, cell, later, title="Sinh hoạt thường kỳ tháng 6", kind="regular", topic=n + 1)


def cells_learn(story: Story, say: Say) -> None:
    """Members read, answer and reflect; in some cells nearly all, in others few, in some nobody."""
    topics = list(story.campaign.topics.all())
    right = dict(Question.objects.values_list("pk", "right"))
    cells = story.organisation.all_cells
    for n, cell in enumerate(cells):
        if n % 25 == 0:
            say(f"{n}/{len(cells)}")
        zeal = story.chance.choice([0.0, 0.2, 0.5, 0.7])
        if cell.pk == story.organisation.cells[story.organisation.committees[0].pk][0].pk:
            zeal = 0.6
        for position, person in enumerate(story.organisation.members[cell.pk]):
            # The member whom one may sign in as has everything still before him.
            if position == 8 or story.chance.random() > zeal * 0.55:
                continue
            day = story.working_day(max(date(2023, 5, 2), cell.founded_on), TODAY)
            topic = topics[story.chance.randrange(len(topics))]
            reading.mark_read(topic, person, unit=cell, on=day, by=None, at=moment(day, 20))
            if story.chance.random() < 0.6 and right:
                check = checking.draw(topic, person=person, unit=cell, by=None, at=moment(day, 20, 10))
                given = {
                    str(pk): right[pk] if story.chance.random() < 0.78 else (right[pk] + 1) % 4
                    for pk, _order in check.questions
                }
                checking.finish(check, given, by=None, at=moment(day, 20, 20))
            if story.chance.random() < 0.45:
                words = story.next_of("reflections")
                reflection = reflecting.hand_in(
                    story.campaign, person=person, unit=cell, useful=words["useful"], my_work=words["my_work"],
                    will_do=words["will_do"], by=None, on=day, at=moment(day, 21),
                    is_spoken=words.get("is_spoken", False),
                )  # fmt: skip
                if story.chance.random() < 0.6:
                    reflecting.accept(reflection, by=None, at=moment(min(day + timedelta(days=3), TODAY), 8))


LEVELS = ["done", "done", "partly", "partly", "not_done"]


def units_review_themselves(story: Story) -> None:
    """Some reviews are verified, some wait, some came back, some are only begun."""
    for n, unit in enumerate([*story.organisation.committees[:14], *story.organisation.base_cells[:10]]):
        begun = story.working_day(date(2023, 5, 22), date(2023, 6, 5))
        review = reviewing.start(story.campaign, unit, by=None, at=moment(begun))
        answers = list(review.answers.all())
        for answer in answers[: 5 if n % 6 == 5 else None]:
            level = story.chance.choice(LEVELS)
            words = story.content["answers"].get((answer.code, level)) or story.next_of("any_answer")
            reviewing.answer(review, answer.code, level, by=None, at=moment(begun), note=words["note"])
            answer.refresh_from_db()
            if level in ("done", "partly"):
                title = words.get("evidence") or "Biên bản, sổ theo dõi của đơn vị"
                acting.add_evidence(answer, title=title, by=None, at=moment(begun, 10))
        case = story.next_of("causes")
        own = {name: case.get(name, "") for name in ("strengths", "limits", "causes", "risk_points", "proposals")}
        reviewing.say(review, {**own, "limits": own["limits"] or "Còn chậm công khai."}, by=None, at=moment(begun, 11))
        if n % 6 == 5:
            continue
        sent = begun + timedelta(days=5)
        reviewing.submit(review, by=None, on=sent, at=moment(sent))
        _weakness_to_action(story, unit, review.pk, sent)
        if n % 3 == 2:
            continue
        review.refresh_from_db()
        checked = sent + timedelta(days=4)
        for k, answer in enumerate(review.answers.select_related("review__unit")):
            if n == 4 and k == 3:
                verifying.judge(answer, "returned", by=None, at=moment(checked), note="Minh chứng chưa cho thấy ngày công khai.")
            else:
                lower = "partly" if answer.level == "done" and story.chance.random() < 0.25 else answer.level
                verifying.judge(answer, "accepted", by=None, at=moment(checked), level=lower)
        verifying.finish(review, by=None, at=moment(checked, 15))


def _weakness_to_action(story: Story, unit: Unit, review_id: int, day: date) -> None:
    weak = CriterionAnswer.objects.filter(review_id=review_id, level="not_done").first()
    head = story.organisation.holders.get((unit.pk, "head"))
    if weak and head:
        task = story.next_of("actions")
        acting.open_action(
            unit, campaign=story.campaign, work=task["work"], who=head, due_on=day + timedelta(days=30),
            product=task["product"], by=None, on=day, at=moment(day, 16), weakness=weak,
            responsibility=task.get("responsibility", ""), authority=task.get("authority", ""),
        )  # fmt: skip


def actions_move(story: Story) -> None:
    """Some actions are done and verified, some wait for a verifier, one comes back, some are overdue."""
    for n, action in enumerate(Action.objects.select_related("unit", "campaign").order_by("pk")):
        if n % 3 == 2:
            continue
        done = min(action.opened_on + timedelta(days=story.chance.randint(5, 20)), TODAY)
        acting.add_evidence(action, title=f"Ảnh, văn bản: {action.product}"[:200], by=None, at=moment(done))
        if n % 3 == 1 and n % 2:
            continue
        acting.report_done(action, by=None, on=done, at=moment(done, 10))
        if n % 5 == 0:
            continue
        checked = min(done + timedelta(days=3), TODAY)
        if n % 13 == 4:
            acting.verify(action, Verification.Verdict.RETURNED, by=None, on=checked, at=moment(checked, 11),
                          note="Minh chứng chưa cho thấy việc đã làm xong.")  # fmt: skip
        else:
            acting.verify(action, Verification.Verdict.ACCEPTED, by=None, on=checked, at=moment(checked, 11))


def reports_go_up(story: Story) -> None:
    """A third of the base organisations report early; some are accepted, one comes back."""
    for n, unit in enumerate([*story.organisation.committees[:9], *story.organisation.base_cells[:6]]):
        day = story.working_day(date(2023, 6, 12), date(2023, 6, 19))
        report = gathering.start_report(
            story.campaign, unit, period_from=date(2023, 4, 1), period_to=date(2023, 6, 10), by=None, at=moment(day)
        )
        if n % 5 == 4:
            continue
        words = story.next_of("causes")
        named = {name: words.get(name, "") for name in ("results", "limits", "causes", "lessons", "proposals")}
        sending.keep_words(report, {**named, "limits": named["limits"] or "Một số chi bộ làm chậm."}, by=None, at=moment(day))
        sending.submit(report, by=None, on=day, at=moment(day, 10))
        if n == 3:
            sending.return_report(
                report, "Nói rõ vì sao hai chi bộ chưa sinh hoạt, và khi nào sẽ sinh hoạt.", by=None, at=moment(TODAY, 7)
            )
        elif n % 3 == 0:
            sending.accept(report, by=None, at=moment(TODAY, 7, 30))


