"""Builders for tests: self-reviews and actions at each stage, made by doing."""

from datetime import date
from itertools import count
from typing import Any

from thongsuot.campaigns.models import Campaign
from thongsuot.people.models import Person
from thongsuot.people.testing import a_person
from thongsuot.practice import acting, reviewing, verifying
from thongsuot.practice.models import Action, SelfReview
from thongsuot.units.models import Unit
from thongsuot.units.testing import NOW, TODAY

_numbers = count(1)


def a_review(campaign: Campaign, unit: Unit) -> SelfReview:
    return reviewing.start(campaign, unit, by=None, at=NOW)


def an_answered_review(campaign: Campaign, unit: Unit, level: str = "partly") -> SelfReview:
    """Every criterion answered at that level, with evidence where it needs one."""
    review = a_review(campaign, unit)
    for answer in review.answers.select_related("review__unit"):
        reviewing.answer(review, answer.code, level, by=None, at=NOW, note="Đã làm một phần.")
        if level in ("done", "partly"):
            acting.add_evidence(answer, title="Biên bản", by=None, at=NOW)
    reviewing.say(review, {"limits": "Còn chậm công khai."}, by=None, at=NOW)
    return review


def a_sent_review(campaign: Campaign, unit: Unit, level: str = "partly") -> SelfReview:
    return reviewing.submit(an_answered_review(campaign, unit, level), by=None, on=TODAY, at=NOW)


def a_verified_review(campaign: Campaign, unit: Unit, *, by: Person | None = None) -> SelfReview:
    review = a_sent_review(campaign, unit)
    for answer in review.answers.select_related("review__unit"):
        verifying.judge(answer, "accepted", by=by, at=NOW)
    return verifying.finish(review, by=by, at=NOW)


def an_action(campaign: Campaign, unit: Unit, *, who: Person | None = None, **more: Any) -> Action:
    given = {
        "work": f"Niêm yết bảng thu chi lần {next(_numbers)}",
        "product": "Bảng niêm yết",
        "due_on": date(2023, 6, 15),
    }
    return acting.open_action(
        unit, campaign=campaign, who=who or a_person(member_of=unit), by=None, on=TODAY, at=NOW, **(given | more)
    )


def a_reported_action(campaign: Campaign, unit: Unit, *, who: Person | None = None) -> Action:
    """With evidence, reported by the responsible person, waiting for someone else."""
    action = an_action(campaign, unit, who=who)
    acting.add_evidence(action, title="Ảnh bảng tin", by=None, at=NOW)
    return acting.report_done(action, by=action.who, on=TODAY, at=NOW)
