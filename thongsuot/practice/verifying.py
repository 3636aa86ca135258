"""The level above verifies a self-review: both scores stay, side by side."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from thongsuot.campaigns.fulfilment import unfulfil
from thongsuot.journal.noting import note as journal
from thongsuot.ledger.measures import measure
from thongsuot.ledger.posting import post
from thongsuot.people import rights
from thongsuot.people.models import Person
from thongsuot.practice.models import CriterionAnswer, SelfReview
from thongsuot.practice.reviewing import ReviewIncomplete, points

SELF_REVIEW_VERIFIED = measure("self_review_verified", gettext_lazy("Self-reviews verified"))
POINTS_VERIFIED = measure("review_points_verified", gettext_lazy("Points after verification"))
Verdict = CriterionAnswer.Verdict


def _verifiable(review: SelfReview, by: Person | None, at: datetime) -> None:
    if by is not None:
        rights.require(by, rights.Act.VERIFY, review.unit, at.date())
    if not review.submitted_at or review.verified_at:
        raise ReviewIncomplete(_("This self-review does not wait for verification now."))


@transaction.atomic
def judge(
    answer: CriterionAnswer, verdict: str, *, by: Person | None, at: datetime, level: str = "", note: str = ""
) -> CriterionAnswer:
    """Accept an answer (perhaps at another level) or return it with a note."""
    _verifiable(answer.review, by, at)
    if verdict == Verdict.RETURNED and not note.strip():
        raise ReviewIncomplete(_("Say what is missing when you return an answer."))
    answer.verdict, answer.verifier, answer.verified_at = verdict, by, at
    answer.verified_level = level or answer.level
    answer.verifier_note = note.strip()
    answer.save(update_fields=["verdict", "verifier", "verified_at", "verified_level", "verifier_note"])
    return answer


@transaction.atomic
def finish(review: SelfReview, *, by: Person | None, at: datetime) -> SelfReview:
    """All judged: verified; or, where any answer was returned, back to the unit."""
    review = SelfReview.objects.select_for_update(of=("self",)).select_related("campaign", "unit").get(pk=review.pk)
    _verifiable(review, by, at)
    answers = list(review.answers.all())
    if open_codes := [a.code for a in answers if not a.verdict]:
        raise ReviewIncomplete(_("Still to be judged: %(codes)s.") % {"codes": ", ".join(open_codes)})
    if any(a.verdict == Verdict.RETURNED for a in answers):
        review.submitted_at = review.submitted_on = None
        review.save(update_fields=["submitted_at", "submitted_on"])
        unfulfil(review, at=at, by=by)
        journal(review, gettext_noop("returned"), by=by, at=at)
        return review
    review.verified_at, review.verified_by = at, by
    review.save(update_fields=["verified_at", "verified_by"])
    verified, _possible = points(answers, "verified_level")
    book = review.campaign.book
    post(book, SELF_REVIEW_VERIFIED, unit=review.unit, on=at.date(), at=at, cause=review, by=by)
    if verified:
        post(book, POINTS_VERIFIED, unit=review.unit, on=at.date(), at=at, cause=review, by=by, amount=verified)
    journal(review, gettext_noop("verified"), by=by, at=at)
    return review
