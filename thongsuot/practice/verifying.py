"""The level above verifies a self-review: both scores stay, side by side."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from thongsuot.campaigns.fulfilment import fulfil, unfulfil
from thongsuot.campaigns.models import Requirement
from thongsuot.campaigns.moments import day_of
from thongsuot.journal import noting
from thongsuot.journal.noting import note as journal
from thongsuot.ledger.measures import measure
from thongsuot.ledger.posting import post, take_back
from thongsuot.notices.telling import tell
from thongsuot.people import rights
from thongsuot.people.models import Membership, Office, Person
from thongsuot.practice.models import CriterionAnswer, SelfReview
from thongsuot.practice.reviewing import ReviewIncomplete, points
from thongsuot.units.models import Unit
from thongsuot.viet.text import nfc

SELF_REVIEW_VERIFIED = measure("self_review_verified", gettext_lazy("Self-reviews verified"))
POINTS_VERIFIED = measure("review_points_verified", gettext_lazy("Points after verification"))
Verdict = CriterionAnswer.Verdict
Level = CriterionAnswer.Level


def may_verify(person: Person | None, review: SelfReview, on: date) -> bool:
    """From above, and nobody who belongs to the unit or answered for it."""
    if person is None or not rights.may(person, rights.Act.VERIFY, review.unit, on):
        return False
    return not _is_of_the_unit(person, review.unit, on)


def _is_of_the_unit(person: Person, unit: Unit, on: date) -> bool:
    belongs = Membership.objects.in_force(on).filter(person=person, unit=unit).exists()
    return belongs or Office.objects.in_force(on).filter(person=person, unit=unit).exists()


def _require_verifiable(review: SelfReview, by: Person | None, at: datetime) -> None:
    if by is not None:
        rights.require(by, rights.Act.VERIFY, review.unit, day_of(at))
        if _is_of_the_unit(by, review.unit, day_of(at)):
            raise rights.NotAllowed(_("Nobody verifies the self-review of their own unit. Ask a colleague from above."))
    if not review.submitted_at or review.verified_at:
        raise ReviewIncomplete(_("This self-review does not wait for verification now."))


@transaction.atomic
def judge(
    answer: CriterionAnswer, verdict: str, *, by: Person | None, at: datetime, level: str = "", note: str = ""
) -> CriterionAnswer:
    """Accept an answer (perhaps at another level) or return it with a note.

    Raises NotAllowed, ReviewIncomplete.
    """
    _require_verifiable(answer.review, by, at)
    if verdict not in Verdict.values:
        raise ReviewIncomplete(_("%(code)s: accept it or return it.") % {"code": answer.code})
    if verdict == Verdict.RETURNED and not note.strip():
        raise ReviewIncomplete(_("%(code)s: say what is missing when you return an answer.") % {"code": answer.code})
    level = level if level in Level.values else answer.level
    # Whether a criterion applies is settled by returning it: the points possible stay those the unit stated.
    if (level == Level.NOT_APPLICABLE) != (answer.level == Level.NOT_APPLICABLE):
        raise ReviewIncomplete(
            _("%(code)s: if you see otherwise whether it applies, return the answer.") % {"code": answer.code}
        )
    shown = answer.evidence.filter(removed_at__isnull=True).exists()
    if verdict == Verdict.ACCEPTED and level in (Level.DONE, Level.PARTLY) and not shown:
        raise ReviewIncomplete(
            _("%(code)s: no evidence stands; “done” and “partly” cannot be accepted without.") % {"code": answer.code}
        )
    judged = {"verdict": verdict, "verified_level": level if verdict == Verdict.ACCEPTED else ""}
    if noting.write(answer, judged | {"verifier_note": nfc(note).strip()}):
        answer.verifier, answer.verified_at = by, at
        answer.save(update_fields=["verdict", "verifier", "verified_at", "verified_level", "verifier_note"])
        journal(answer.review, gettext_noop("criterion judged"), by=by, at=at, changes=noting.unsaid([answer.code]))
    return answer


@transaction.atomic
def finish(review: SelfReview, *, by: Person | None, at: datetime) -> SelfReview:
    """All judged: verified; or, where any answer was returned, back to the unit."""
    review = SelfReview.objects.select_for_update(of=("self",)).select_related("campaign", "unit").get(pk=review.pk)
    _require_verifiable(review, by, at)
    answers = list(review.answers.all())
    if open_codes := [a.code for a in answers if not a.verdict]:
        raise ReviewIncomplete(_("Still to be judged: %(codes)s.") % {"codes": ", ".join(open_codes)})
    if returned := [a for a in answers if a.verdict == Verdict.RETURNED]:
        return _send_back(review, returned, by=by, at=at)
    review.verified_at, review.verified_by = at, by
    review.save(update_fields=["verified_at", "verified_by"])
    verified, _possible = points(answers, "verified_level")
    book, on = review.campaign.book, day_of(at)
    post(book, SELF_REVIEW_VERIFIED, unit=review.unit, on=on, at=at, cause=review, by=by)
    if verified:
        post(book, POINTS_VERIFIED, unit=review.unit, on=on, at=at, cause=review, by=by, amount=verified)
    journal(review, gettext_noop("verified"), by=by, at=at)
    _tell(review, gettext_noop("The self-review of %(unit)s was verified. Both scores stand beside each other."), at)
    return review


def _send_back(review: SelfReview, returned: list[CriterionAnswer], *, by: Person | None, at: datetime) -> SelfReview:
    """The unit has it again: what it counted for is taken back until it is sent anew."""
    review.submitted_at = review.submitted_on = None
    review.save(update_fields=["submitted_at", "submitted_on"])
    take_back(review.campaign.book, review, at=at, by=by, reason="returned")
    unfulfil(review, at=at, by=by)
    kind, begun = Requirement.Kind.SELF_REVIEW, day_of(review.started_at)
    fulfil(review.campaign, kind, unit=review.unit, on=begun, cause=review, at=at, by=by, complete=False)
    why = "; ".join(f"{answer.code}: {answer.verifier_note}" for answer in returned)
    journal(review, gettext_noop("returned"), by=by, at=at, reason=why)
    _tell(review, gettext_noop("The self-review of %(unit)s came back: see what is to be improved."), at)
    return review


def _tell(review: SelfReview, text: str, at: datetime) -> None:
    keepers = Office.objects.in_force(day_of(at)).filter(
        unit=review.unit, role__in=[Office.Role.HEAD, Office.Role.CLERK]
    )
    people = Person.objects.filter(pk__in=keepers.values("person_id"))
    tell(
        people, text, once=f"review-{review.uid}-{at:%Y%m%d%H%M%S}", at=at, unit=review.unit,
        url=f"/practice/self-reviews/{review.uid}/", values={"unit": review.unit.name},
    )  # fmt: skip
