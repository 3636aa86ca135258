"""A unit reviews itself: answers, evidence, own words; then it submits."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from thongsuot.campaigns.fulfilment import fulfil
from thongsuot.campaigns.models import Campaign, Requirement
from thongsuot.campaigns.moments import day_of
from thongsuot.journal import noting
from thongsuot.journal.noting import note as journal
from thongsuot.ledger.measures import measure
from thongsuot.ledger.posting import post, take_back
from thongsuot.people import rights
from thongsuot.people.models import Person
from thongsuot.practice.criteria import template_on
from thongsuot.practice.models import CriterionAnswer, SelfReview
from thongsuot.units.models import Unit
from thongsuot.viet.text import nfc
from thongsuot.web.errors import Refused

SELF_REVIEW_SUBMITTED = measure("self_review_submitted", gettext_lazy("Self-reviews submitted"))
POINTS_SELF = measure("review_points_self", gettext_lazy("Points the units gave themselves"))
POINTS_POSSIBLE = measure("review_points_possible", gettext_lazy("Points possible in the self-reviews"))
WORDS = ("strengths", "limits", "causes", "risk_points", "proposals")
Level = CriterionAnswer.Level


class ReviewIncomplete(Refused):
    """Criteria without an answer, or answers without evidence or reason; ``missing`` names each."""

    def __init__(self, sentence: str, missing: list[str] | None = None) -> None:
        super().__init__(sentence)
        self.missing = missing or []


@transaction.atomic
def start(campaign: Campaign, unit: Unit, *, by: Person | None, at: datetime) -> SelfReview:
    """The unit's self-review on the template in force; the one already begun is returned."""
    if by is not None:
        rights.require(by, rights.Act.RECORD, unit, day_of(at))
    template = template_on(day_of(at))
    review, fresh = SelfReview.objects.get_or_create(
        campaign=campaign,
        unit=unit,
        defaults={
            "template": template.version, "variant": unit.review_sector, "started_at": at, "started_by": by,
        },
    )  # fmt: skip
    if fresh:
        CriterionAnswer.objects.bulk_create(
            CriterionAnswer(review=review, code=criterion.code) for criterion in template.variant(review.variant)
        )
        fulfil(
            campaign, Requirement.Kind.SELF_REVIEW, unit=unit, on=day_of(at), cause=review, at=at, by=by, complete=False
        )
        journal(review, gettext_noop("begun"), by=by, at=at)
    return review


def require_open(review: SelfReview, by: Person | None, at: datetime) -> None:
    """Raises NotAllowed, or ReviewIncomplete once it was sent."""
    if by is not None:
        rights.require(by, rights.Act.RECORD, review.unit, day_of(at))
    if review.submitted_at:
        raise ReviewIncomplete(_("The self-review was sent; it can be changed only where it comes back."))


@transaction.atomic
def answer(
    review: SelfReview, code: str, level: str, *, by: Person | None, at: datetime, note: str = ""
) -> CriterionAnswer:
    """Answer one criterion. What the level above accepted stands; what came back is answered anew.

    Raises NotAllowed, ReviewIncomplete.
    """
    require_open(review, by, at)
    given = CriterionAnswer.objects.select_for_update().get(review=review, code=code)
    if given.verdict == CriterionAnswer.Verdict.ACCEPTED:
        return given
    if noting.write(given, {"level": level if level in Level.values else "", "note": nfc(note).strip()}):
        given.save(update_fields=["level", "note"])
        journal(review, gettext_noop("criterion answered"), by=by, at=at, changes=noting.unsaid([code]))
    return given


@transaction.atomic
def say(review: SelfReview, words: dict[str, str], *, by: Person | None, at: datetime) -> SelfReview:
    """Strengths, limits, causes, risk points and proposals, in the unit's own words."""
    require_open(review, by, at)
    changes = noting.write(review, {name: nfc(words[name]).strip() for name in WORDS if name in words})
    if changes:
        review.save(update_fields=list(changes))
        journal(review, gettext_noop("rewritten"), by=by, at=at, changes=noting.unsaid(changes))
    return review


def gaps(review: SelfReview) -> list[str]:
    """What is missing before it may be sent, one sentence each."""
    missing = []
    for given in review.answers.all().prefetch_related("evidence"):
        if not given.level:
            missing.append(_("%(code)s has no answer.") % {"code": given.code})
        elif given.level == Level.NOT_APPLICABLE and not given.note:
            missing.append(_("%(code)s: say why it does not apply.") % {"code": given.code})
        elif given.level in (Level.DONE, Level.PARTLY) and not given.shown:
            missing.append(_("%(code)s: “done” and “partly” need a piece of evidence.") % {"code": given.code})
    if not review.limits.strip():
        missing.append(_("Name at least one limit in your own words."))
    return missing


def points(answers: list[CriterionAnswer], name: str) -> tuple[int, int]:
    """(points, possible) by ``level`` or ``verified_level``; what does not apply is left out."""
    counted = [CriterionAnswer.POINTS[value] for a in answers if (value := getattr(a, name))]
    given = [p for p in counted if p is not None]
    return sum(given), 2 * len(given)


@transaction.atomic
def submit(review: SelfReview, *, by: Person | None, on: date, at: datetime) -> SelfReview:
    """Send the self-review to the level above. Raises NotAllowed, ReviewIncomplete with what is missing."""
    review = SelfReview.objects.select_for_update(of=("self",)).select_related("campaign", "unit").get(pk=review.pk)
    if review.submitted_at:
        return review  # sent twice counts once
    require_open(review, by, at)
    if missing := gaps(review):
        raise ReviewIncomplete(" ".join(missing[:8]), missing)
    # What came back was improved and waits to be judged anew; the verifier's note stays in sight.
    review.answers.filter(verdict=CriterionAnswer.Verdict.RETURNED).update(verdict="", verified_level="")
    review.submitted_at, review.submitted_on = at, on
    review.save(update_fields=["submitted_at", "submitted_on"])
    book = review.campaign.book
    take_back(book, review, at=at, by=by, reason="sent again")
    own, possible = points(list(review.answers.all()), "level")
    post(book, SELF_REVIEW_SUBMITTED, unit=review.unit, on=on, at=at, cause=review, by=by)
    for what, amount in ((POINTS_SELF, own), (POINTS_POSSIBLE, possible)):
        if amount:
            post(book, what, unit=review.unit, on=on, at=at, cause=review, by=by, amount=amount)
    fulfil(review.campaign, Requirement.Kind.SELF_REVIEW, unit=review.unit, on=on, cause=review, at=at, by=by)
    journal(review, gettext_noop("submitted"), by=by, at=at)
    return review
