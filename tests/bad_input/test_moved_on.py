"""The back button, the second click, two clerks, and forms sent after the state has moved on: nothing twice, nothing
lost, and a sentence."""

import pytest
from django.urls import reverse

from tests.bad_input.browser import form_on, said, told
from tests.bad_input.test_typed import lost
from tests.bad_input.world import FORMS, a_world
from thongsuot.campaigns import cascade
from thongsuot.campaigns.models import Campaign, Plan, PlanItem
from thongsuot.journal.models import Record
from thongsuot.learning import reflecting
from thongsuot.learning.models import Check, Reflection
from thongsuot.learning.testing import a_reflection, a_topic
from thongsuot.ledger.models import Entry
from thongsuot.library.models import Document
from thongsuot.meetings import minutes, register
from thongsuot.meetings.models import Attendance, Decision, Meeting, Minutes
from thongsuot.papers.models import StoredFile
from thongsuot.people.models import Membership, Office, Person
from thongsuot.practice import acting, verifying
from thongsuot.practice.models import Action, Evidence, SelfReview
from thongsuot.reports import sending
from thongsuot.reports.models import Report, Snapshot
from thongsuot.units.models import Unit
from thongsuot.units.testing import NOW, TODAY

pytestmark = pytest.mark.django_db
COUNTED = (
    Action, Attendance, Campaign, Decision, Document, Entry, Evidence, Meeting, Membership, Minutes, Office, Plan,
    PlanItem, Reflection, Report, SelfReview, Snapshot, StoredFile, Unit,
)  # fmt: skip
# A decided task has no key of its own: a plan or minutes may hold two of the same words.
TWICE_IS_TWO = {"plan_item_create", "decision_create"}


def stock() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in COUNTED}


@pytest.mark.parametrize("name", sorted(set(FORMS) - TWICE_IS_TWO))
def test_a_form_sent_twice_does_its_work_once(client, name) -> None:
    case = FORMS[name](a_world())
    client.force_login(case.who.account)
    form = form_on(client, case.url)
    first = client.post(form.url, form.sent)
    after = stock()
    second = client.post(form.url, form.sent)
    assert stock() == after
    assert second.status_code in ((404,) if name in GONE else (302, 422))
    if second.status_code == 422:
        assert said(second.content)
    elif first.status_code == second.status_code == 302:
        assert client.get(second.url).status_code in (200, 302)


def close(name: str, by: Person) -> None:  # noqa: C901  one case a form
    """A colleague moved on what the form is about, while it stood open."""
    who = {"by": None, "at": NOW}
    match name:
        case "meeting_edit" | "register_edit" | "register_close":
            meeting = Meeting.objects.get()
            register.record(meeting, [register.Line(meeting.register.first().person_id, "present")], **who)
            register.close(meeting, ends_at=None, **who)
        case "register_reopen":
            register.reopen(Meeting.objects.get(), "nhầm", **who)
        case "meeting_void":
            register.void(Meeting.objects.get(), "nhầm", **who)
        case "minutes_edit" | "decision_edit":
            record = Minutes.objects.get()
            minutes.write(record.meeting, parts={"conclusion": "Đã kết luận đầy đủ."}, **who)
            minutes.approve(record, **who)
        case "plan_edit" | "plan_answer" | "plan_item_create" | "plan_item_edit" | "plan_issue":
            plan = Plan.objects.get(issued_on__isnull=True)
            for item in cascade.unanswered_items(plan):
                cascade.answer_item(plan, item, "ours", **who)
            cascade.issue_plan(plan, on=TODAY, **who)
        case "plan_withdraw":
            cascade.withdraw_plan(Plan.objects.get(), reason="nhầm", **who)
        case "report_edit":
            sending.submit(Report.objects.get(), on=TODAY, **who)
        case "report_detail":
            sending.accept(Report.objects.get(), **who)
        case "self_review_verify":
            review = SelfReview.objects.get()
            for answer in review.answers.select_related("review__unit"):
                verifying.judge(answer, "accepted", **who)
            verifying.finish(review, **who)
        case "action_detail" | "action_verify" | "action_cancel":
            acting.cancel(Action.objects.get(), "không còn cần", **who)
        case "evidence_remove":
            acting.remove_evidence(Evidence.objects.get(), "nhầm", by=by, at=NOW)
        case "reflection_edit":
            reflecting.accept(Reflection.objects.get(), **who)


MOVES = (
    "meeting_edit", "register_edit", "register_close", "register_reopen", "meeting_void", "minutes_edit",
    "decision_edit", "plan_edit", "plan_answer", "plan_item_create", "plan_item_edit", "plan_issue", "plan_withdraw",
    "report_edit", "report_detail", "self_review_verify", "action_detail", "action_verify", "action_cancel",
    "evidence_remove", "reflection_edit",
)  # fmt: skip
# What was wished is so already, or single lines are still corrected with a trace: there is nothing to refuse.
AS_WISHED = {
    "register_edit",
    "register_close",
    "register_reopen",
    "meeting_void",
    "plan_issue",
    "plan_withdraw",
    "report_detail",
}
GONE = {"evidence_remove", "merge"}


@pytest.mark.parametrize("name", MOVES)
def test_a_form_that_the_state_left_behind_changes_nothing_and_says_why(client, name) -> None:
    world = a_world()
    case = FORMS[name](world)
    if name == "reflection_edit":
        a_reflection(case.who, world.campaign, world.units["cell_a1"])
    client.force_login(case.who.account)
    form = form_on(client, case.url)
    close(name, case.who)
    before, noted = stock(), Record.objects.count()
    typed = form.sent | {each: [f"{form.sent[each][0]} và thêm"] for each in form.texts}
    response = client.post(form.url, typed, follow=True)
    assert stock() == before
    if name in GONE:
        assert response.status_code == 404
    elif name in AS_WISHED:
        assert response.status_code in (200, 422)
        assert told(response.content)
    else:
        assert response.status_code == 422
        assert lost(form, typed, response) == []
        assert told(response.content)
        assert Record.objects.count() == noted


def test_a_check_finished_before_is_shown_as_it_was_scored(client) -> None:
    world = a_world()
    topic = a_topic(world.campaign)
    member = world.who("member", "cell_a1")
    client.force_login(member.account)
    client.post(reverse("learning:check_start", args=[topic.uid]))
    take = reverse("learning:check_take", args=[Check.objects.get().uid])
    form = form_on(client, take)
    assert client.post(take, form.sent).status_code == 200
    score = Check.objects.get().right
    other = {name: ["2"] for name in form.sent}
    assert client.post(take, other, follow=True).status_code == 200
    assert Check.objects.get().right == score
