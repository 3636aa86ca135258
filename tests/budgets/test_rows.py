"""What pages about one unit cost when it holds three rows of everything, and nine."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from thongsuot.campaigns import curating
from thongsuot.campaigns.testing import a_draft as a_plan_draft
from thongsuot.campaigns.testing import a_passage, a_plan, a_small_city, an_issued_campaign, an_item
from thongsuot.learning.testing import a_reflection, a_topic
from thongsuot.ledger.folding import fold_all
from thongsuot.library.testing import a_document
from thongsuot.meetings import calling, news
from thongsuot.meetings.testing import a_closed_meeting, a_decision, a_meeting
from thongsuot.meetings.testing import a_draft as a_minutes_draft
from thongsuot.people.testing import a_person, members
from thongsuot.practice import acting
from thongsuot.practice.testing import a_sent_review, an_action
from thongsuot.reports.models import Signal
from thongsuot.reports.testing import a_report
from thongsuot.units.testing import NOW, TODAY


class World:
    """A cell, its committee and their plan, to which rows are added."""

    def __init__(self) -> None:
        self.units = a_small_city()
        self.cell, self.committee = self.units["cell_a1"], self.units["committee_a"]
        due = TODAY.replace(month=6, day=15)
        asked = dict.fromkeys(("meeting", "reading", "self_review", "actions", "report"), (("cell",), due))
        asked["plan"] = (("district", "base_committee"), due)
        self.campaign = an_issued_campaign(self.units["city"], asked=asked)
        self.above = a_plan(self.campaign, self.units["district"])
        self.plan = a_plan_draft(self.campaign, self.committee)
        members(self.cell, 3)
        self.open, self.held = a_meeting(self.cell, campaign=self.campaign), a_closed_meeting(self.cell)
        a_minutes_draft(self.held)
        self.topic = a_topic(self.campaign)
        self.review = a_sent_review(self.campaign, self.cell)
        self.action = an_action(self.campaign, self.cell)
        self.report = a_report(self.campaign, self.cell)
        self.post = news.draft_post(self.held, by=None, at=NOW)

    def grow(self, rows: int) -> None:
        """As people do it, so many times more."""
        for person in members(self.cell, rows):
            a_reflection(person, self.campaign, self.cell)
            a_decision(self.held, person)
            an_action(self.campaign, self.cell, who=person)
            acting.add_evidence(self.action, title="Ảnh", by=None, at=NOW)
            held = a_closed_meeting(self.cell, campaign=self.campaign, on=TODAY - timedelta(days=1))
            news.publish(news.draft_post(held, by=None, at=NOW), by=None, on=TODAY, at=NOW)
            an_item(self.plan)
            Signal.objects.create(
                campaign=self.campaign, unit=self.cell, kind="back_dated", values={"days": 30}, found_at=NOW,
                subject_kind="meetings.Meeting", subject_uid=held.uid,
            )  # fmt: skip
            a_document(unit=self.cell)
        for meeting in (self.open, self.held):
            for _n in range(rows):
                meeting.agenda.create(order=meeting.agenda.count() + 1, title="Mục", passage=a_passage())
        calling.fill_register(self.open)
        steps = [curating.Laid(a_passage(), "Vì sao") for _n in range(self.topic.steps.count() + rows)]
        curating.lay_trail(self.topic, steps, by=None, at=NOW)
        fold_all()

    def pages(self) -> dict[str, list[str]]:
        """By who asks for them."""

        def to(name: str, *key: object) -> str:
            return reverse(name, args=key)

        return {
            "cell": [
                to("desk:home"), to("meetings:meeting_list"), to("meetings:post_list"), to("meetings:meeting_create"),
                to("learning:my_learning"), to("learning:reflection_list"), to("practice:action_list"),
                to("practice:action_create"), to("practice:self_review_list"), to("reports:report_list"),
                to("reports:signal_list"), to("journal:record_list"), to("notices:notice_list"),
                to("library:document_list"), to("people:person_list"), to("campaigns:obligation_list"),
                *(to(f"meetings:{name}", self.open.uid) for name in
                  ("meeting_detail", "meeting_edit", "register_edit", "register_sheet", "register_people",
                   "register_close")),
                *(to(f"meetings:{name}", self.held.uid) for name in
                  ("meeting_detail", "minutes_edit", "minutes_approve", "register_edit", "post_create")),
                to("meetings:post_edit", self.post.uid), to("learning:unit_learning", self.cell.uid),
                to("learning:reflection_note", self.cell.uid), to("learning:topic_study", self.topic.uid),
                to("practice:action_detail", self.action.uid), to("practice:action_verify", self.action.uid),
                to("practice:self_review_detail", self.review.uid), to("units:unit_detail", self.cell.uid),
                to("reports:report_detail", self.report.uid), to("reports:report_edit", self.report.uid),
                to("reports:dashboard", self.campaign.uid, self.cell.uid),
                to("reports:figure_detail", self.campaign.uid, self.cell.uid, "meeting_held"),
            ],
            "committee": [
                to("practice:self_review_verify", self.review.uid), to("campaigns:plan_detail", self.plan.uid),
                *(to(f"campaigns:{name}", self.plan.uid) for name in ("plan_edit", "plan_answer", "plan_issue")),
                to("campaigns:plan_cascade", self.plan.uid),
            ],
            "city": [
                to("campaigns:campaign_edit", self.campaign.uid), to("campaigns:campaign_issue", self.campaign.uid),
                to("campaigns:campaign_create"), to("campaigns:directive_create"),
                to("campaigns:topic_detail", self.topic.uid), to("campaigns:topic_edit", self.topic.uid),
                to("campaigns:trail_edit", self.topic.uid), to("learning:step_study", self.topic.uid, 2),
            ],
        }  # fmt: skip


@pytest.mark.django_db
def test_every_page_of_a_unit_costs_the_same_with_three_times_the_rows(client, monkeypatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    world = World()
    world.grow(3)
    heads = {
        "cell": a_person(member_of=world.cell, head=world.cell),
        "committee": a_person(head=world.committee),
        "city": a_person(head=world.units["city"]),
    }
    first = {}
    grown = {}
    for turn in (first, grown):
        for who, urls in world.pages().items():
            client.force_login(heads[who].account)
            for url in urls:
                client.get(url)  # what a person sees for the first time may be written down once
                with CaptureQueriesContext(connection) as asked:
                    response = client.get(url)
                assert response.status_code == 200, (url, response.status_code)
                turn[who, url] = len(asked)
        if turn is first:
            world.grow(6)
    assert {key: (first[key], number) for key, number in grown.items() if number > first[key]} == {}
