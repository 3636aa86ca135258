"""Each form of the product, with an object to fill it in about and somebody who may."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from thongsuot.campaigns import cascade
from thongsuot.campaigns.testing import a_draft as a_plan_draft
from thongsuot.campaigns.testing import a_plan, a_small_city, an_issued_campaign, an_item, an_obligation
from thongsuot.learning.testing import a_topic
from thongsuot.library.models import Abbreviation
from thongsuot.library.testing import a_document
from thongsuot.meetings import news
from thongsuot.meetings.testing import a_closed_meeting, a_decision, a_meeting
from thongsuot.meetings.testing import a_draft as a_minutes_draft
from thongsuot.papers.files import store_upload
from thongsuot.papers.testing import a_docx
from thongsuot.people.models import Office, Person
from thongsuot.people.testing import a_person, members
from thongsuot.practice.models import Evidence
from thongsuot.practice.testing import a_reported_action, a_review, a_sent_review, an_action
from thongsuot.reports.models import Signal
from thongsuot.reports.testing import a_report, a_sent_report
from thongsuot.units.models import Unit
from thongsuot.units.testing import NOW, TODAY


@dataclass
class World:
    """A small city in the middle of a campaign."""

    units: dict[str, Unit]
    campaign: Any
    people: dict[str, Person] = field(default_factory=dict)

    def who(self, role: str, unit: str) -> Person:
        """One person an office; the same one when asked again."""
        key = f"{role} {unit}"
        if key not in self.people:
            offices = {role: self.units[unit]} if role != "member" else {}
            belongs = self.units[unit] if role == "member" else None
            self.people[key] = a_person(member_of=belongs, **offices)
        return self.people[key]


def a_world() -> World:
    units = a_small_city()
    due = TODAY.replace(month=6, day=15)
    below = ("base_committee", "base_cell", "cell")
    asked: dict[str, Any] = dict.fromkeys(("meeting", "reading", "check", "self_review", "actions"), (below, due))
    asked |= {"plan": (("district", "base_committee"), due), "report": (("district", *below), due)}
    campaign = an_issued_campaign(units["city"], asked=asked)
    members(units["cell_a1"], 3)
    return World(units, campaign)


@dataclass(frozen=True)
class Case:
    """Where a form stands, and who fills it in."""

    url: str
    who: Person


def _campaign(name: str) -> Callable[[World], Case]:
    return lambda w: Case(reverse(f"campaigns:{name}", args=[w.campaign.uid]), w.who("head", "city"))


def _directive(w: World) -> Case:
    upload = SimpleUploadedFile("147.docx", a_docx())
    officer = w.who("officer", "city")
    file = store_upload(upload, by=officer, at=NOW, unit=w.units["city"], allow=["docx"])
    return Case(reverse("campaigns:directive_confirm", args=[file.uid]), officer)


def _plan(name: str) -> Callable[[World], Case]:
    def build(w: World) -> Case:
        a_plan(w.campaign, w.units["district"])
        plan = a_plan_draft(w.campaign, w.units["committee_a"])
        item = an_item(plan)
        if name == "plan_issue":
            for asked in cascade.unanswered_items(plan):
                cascade.answer_item(plan, asked, "ours", by=None, at=NOW)
        about = item if name == "plan_item_edit" else plan
        return Case(reverse(f"campaigns:{name}", args=[about.uid]), w.who("head", "committee_a"))

    return build


def _plan_withdraw(w: World) -> Case:
    plan = a_plan(w.campaign, w.units["district"])
    return Case(reverse("campaigns:plan_withdraw", args=[plan.uid]), w.who("head", "district"))


def _excuse(w: World) -> Case:
    owed = an_obligation(w.units["cell_a1"], "meeting", campaign=w.campaign)
    return Case(reverse("campaigns:obligation_excuse", args=[owed.uid]), w.who("head", "committee_a"))


def _meeting(name: str, *, closed: bool = False) -> Callable[[World], Case]:
    def build(w: World) -> Case:
        make = a_closed_meeting if closed else a_meeting
        meeting = make(w.units["cell_a1"], campaign=w.campaign)
        if name == "minutes_edit":
            a_minutes_draft(meeting)
        return Case(reverse(f"meetings:{name}", args=[meeting.uid]), w.who("head", "cell_a1"))

    return build


def _decision(w: World) -> Case:
    meeting = a_closed_meeting(w.units["cell_a1"], campaign=w.campaign)
    a_minutes_draft(meeting)
    decision = a_decision(meeting)
    return Case(reverse("meetings:decision_edit", args=[decision.uid]), w.who("head", "cell_a1"))


def _post(name: str) -> Callable[[World], Case]:
    def build(w: World) -> Case:
        meeting = a_closed_meeting(w.units["cell_a1"], campaign=w.campaign, present=6)
        post = news.draft_post(meeting, by=None, at=NOW)
        if name == "post_withdraw":
            news.publish(post, by=None, on=TODAY, at=NOW)
        return Case(reverse(f"meetings:{name}", args=[post.uid]), w.who("head", "cell_a1"))

    return build


def _reflection(w: World) -> Case:
    return Case(reverse("learning:reflection_edit", args=[w.campaign.uid]), w.who("member", "cell_a1"))


def _spoken(w: World) -> Case:
    return Case(reverse("learning:reflection_note", args=[w.units["cell_a1"].uid]), w.who("clerk", "cell_a1"))


def _unit_learning(w: World) -> Case:
    return Case(reverse("learning:unit_learning", args=[w.units["cell_a1"].uid]), w.who("clerk", "cell_a1"))


def _review(group: str) -> Callable[[World], Case]:
    def build(w: World) -> Case:
        review = a_review(w.campaign, w.units["committee_a"])
        return Case(reverse("practice:self_review_edit", args=[review.uid, group]), w.who("head", "committee_a"))

    return build


def _review_verify(w: World) -> Case:
    review = a_sent_review(w.campaign, w.units["committee_a"])
    return Case(reverse("practice:self_review_verify", args=[review.uid]), w.who("verifier", "district"))


def _action_new(w: World) -> Case:
    where = f"{reverse('practice:action_create')}?unit={w.units['cell_a1'].uid}"
    return Case(where, w.who("head", "cell_a1"))


def _action(name: str, *, reported: bool = False, by: str = "cell_a1") -> Callable[[World], Case]:
    def build(w: World) -> Case:
        action = (a_reported_action if reported else an_action)(w.campaign, w.units["cell_a1"])
        return Case(reverse(f"practice:{name}", args=[action.uid]), w.who("head", by))

    return build


def _evidence(w: World) -> Case:
    a_reported_action(w.campaign, w.units["cell_a1"])
    evidence = Evidence.objects.get()
    return Case(reverse("practice:evidence_remove", args=[evidence.uid]), w.who("head", "cell_a1"))


def _report(name: str, *, sent: bool = False, by: str = "committee_a") -> Callable[[World], Case]:
    def build(w: World) -> Case:
        report = (a_sent_report if sent else a_report)(w.campaign, w.units["committee_a"])
        return Case(reverse(f"reports:{name}", args=[report.uid]), w.who("head", by))

    return build


def _report_new(w: World) -> Case:
    return Case(reverse("reports:report_create"), w.who("head", "committee_a"))


def _signal(w: World) -> Case:
    unit = w.units["committee_a"]
    sign = Signal.objects.create(
        campaign=w.campaign, unit=unit, kind="copied_plan", subject_kind="plan", subject_uid=w.campaign.uid,
        values={"share": 93}, found_at=NOW,
    )  # fmt: skip
    return Case(reverse("reports:signal_explain", args=[sign.uid]), w.who("head", "committee_a"))


def _person(name: str) -> Callable[[World], Case]:
    def build(w: World) -> Case:
        person = w.who("member", "cell_a1")
        key: Any = person.uid
        if name == "office_end":
            w.who("clerk", "cell_a1")
            key = Office.objects.get(unit=w.units["cell_a1"], role="clerk").pk
        return Case(reverse(f"people:{name}", args=[key]), w.who("officer", "city"))

    return build


def _reform(verb: str) -> Callable[[World], Case]:
    return lambda w: Case(reverse("units:reform", args=[w.units["cell_a1"].uid, verb]), w.who("officer", "city"))


def _topic(w: World) -> Case:
    topic = a_topic(w.campaign)
    return Case(reverse("campaigns:topic_edit", args=[topic.uid]), w.who("head", "city"))


def _word(name: str) -> Callable[[World], Case]:
    def build(w: World) -> Case:
        word = Abbreviation.objects.create(short="CBCC", full="cán bộ, công chức thử")
        key = [word.pk] if name == "word_edit" else []
        return Case(reverse(f"library:{name}", args=key), w.who("officer", "city"))

    return build


def _document(w: World) -> Case:
    document = a_document("Văn bản của thành phố", unit=w.units["city"], kind="directive", number="5-KH/TU")
    return Case(reverse("library:document_edit", args=[document.slug]), w.who("officer", "city"))


FORMS: dict[str, Callable[[World], Case]] = {
    "directive_confirm": _directive,
    "campaign_create": lambda w: Case(reverse("campaigns:campaign_create"), w.who("officer", "city")),
    "campaign_edit": _campaign("campaign_edit"),
    "campaign_issue": _campaign("campaign_issue"),
    "topic_edit": _topic,
    "document_edit": _document,
    "word_list": _word("word_list"),
    "word_edit": _word("word_edit"),
    "word_import": _word("word_import"),
    "obligation_excuse": _excuse,
    "plan_edit": _plan("plan_edit"),
    "plan_answer": _plan("plan_answer"),
    "plan_issue": _plan("plan_issue"),
    "plan_item_create": _plan("plan_item_create"),
    "plan_item_edit": _plan("plan_item_edit"),
    "plan_withdraw": _plan_withdraw,
    "meeting_create": lambda w: Case(reverse("meetings:meeting_create"), w.who("head", "cell_a1")),
    "meeting_edit": _meeting("meeting_edit"),
    "meeting_void": _meeting("meeting_void"),
    "register_edit": _meeting("register_edit"),
    "register_close": _meeting("register_close"),
    "register_reopen": _meeting("register_reopen", closed=True),
    "minutes_edit": _meeting("minutes_edit", closed=True),
    "decision_create": _meeting("decision_create", closed=True),
    "decision_edit": _decision,
    "post_edit": _post("post_edit"),
    "post_withdraw": _post("post_withdraw"),
    "reflection_edit": _reflection,
    "reflection_note": _spoken,
    "unit_learning": _unit_learning,
    "self_review_edit": _review("A"),
    "self_review_words": _review("words"),
    "self_review_verify": _review_verify,
    "action_create": _action_new,
    "action_detail": _action("action_detail"),
    "action_verify": _action("action_verify", reported=True, by="committee_a"),
    "action_cancel": _action("action_cancel"),
    "evidence_remove": _evidence,
    "report_create": _report_new,
    "report_edit": _report("report_edit"),
    "report_detail": _report("report_detail", sent=True, by="district"),
    "signal_explain": _signal,
    "office_create": _person("office_create"),
    "office_end": _person("office_end"),
    "membership": _person("membership"),
    "move": _reform("move"),
    "rename": _reform("rename"),
    "split": _reform("split"),
    "merge": _reform("merge"),
}
