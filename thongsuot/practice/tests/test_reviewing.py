"""A unit reviews itself, the level above verifies; both scores stay."""

import pytest

from thongsuot.campaigns.models import Obligation
from thongsuot.ledger.models import Entry
from thongsuot.people.models import Membership
from thongsuot.people.rights import NotAllowed
from thongsuot.people.testing import SINCE, a_person
from thongsuot.practice import acting, reviewing, verifying
from thongsuot.practice.criteria import template_on
from thongsuot.practice.testing import a_review, a_sent_review, a_verified_review, an_answered_review
from thongsuot.units.testing import NOW, TODAY


def counted(measure):
    return sum(Entry.objects.filter(measure=measure).values_list("amount", flat=True))


def owed(campaign, unit):
    return Obligation.objects.get(requirement__campaign=campaign, requirement__kind="self_review", unit=unit)


def test_each_variant_asks_its_own_lines() -> None:
    template = template_on(TODAY)
    sectors = ("state", "non_state", "party", "enterprise")
    codes = {sector: {c.code for c in template.variant(sector)} for sector in sectors}
    assert ("C4" in codes["state"], "C4" in codes["non_state"]) == (True, False)
    assert ("J2" in codes["non_state"], "L1" in codes["party"], "J1" in codes["enterprise"]) == (True, True, True)
    for sector, own in codes.items():
        assert {c.code for _group, rows in template.grouped(sector) for c in rows} == own


def test_a_review_begun_twice_is_one(units, campaign) -> None:
    first, second = a_review(campaign, units["committee_a"]), a_review(campaign, units["committee_a"])
    assert (first.pk, first.state, owed(campaign, units["committee_a"]).began_on) == (second.pk, "draft", TODAY)


def test_done_needs_evidence_and_not_applicable_a_reason(units, campaign) -> None:
    review = an_answered_review(campaign, units["committee_a"], "partly")
    first, second = review.answers.all()[:2]
    for evidence in first.evidence.all():
        acting.remove_evidence(evidence, "Nhầm tệp", by=a_person(clerk=units["committee_a"]), at=NOW)
    reviewing.answer(review, second.code, "na", by=None, at=NOW, note="")
    with pytest.raises(reviewing.ReviewIncomplete) as refused:
        reviewing.submit(review, by=None, on=TODAY, at=NOW)
    assert [sentence[:3].strip(":") for sentence in refused.value.missing] == [first.code, second.code]
    assert counted("self_review_submitted") == 0


def test_the_unit_names_at_least_one_limit(units, campaign) -> None:
    review = an_answered_review(campaign, units["committee_a"])
    reviewing.say(review, {"limits": " "}, by=None, at=NOW)
    assert len(reviewing.gaps(review)) == 1


def test_sent_twice_counts_once_and_meets_the_duty(units, campaign) -> None:
    review = a_sent_review(campaign, units["committee_a"], "partly")
    reviewing.submit(review, by=None, on=TODAY, at=NOW)
    number = review.answers.count()
    assert counted("self_review_submitted") == 1
    assert (counted("review_points_self"), counted("review_points_possible")) == (number, 2 * number)
    assert owed(campaign, units["committee_a"]).fulfilled_on == TODAY
    with pytest.raises(reviewing.ReviewIncomplete):
        reviewing.answer(review, "A1", "done", by=None, at=NOW)


def test_only_from_above_and_never_the_units_own_people(units, campaign) -> None:
    committee = units["committee_a"]
    answer = a_sent_review(campaign, committee).answers.first()
    insider = a_person(member_of=committee, verifier=units["district"])
    assert verifying.may_verify(insider, answer.review, TODAY) is False
    for person in (a_person(head=committee), a_person(clerk=committee), a_person(head=units["committee_b"]), insider):
        with pytest.raises(NotAllowed):
            verifying.judge(answer, "accepted", by=person, at=NOW)
    above = a_person(verifier=units["district"])
    assert verifying.judge(answer, "accepted", by=above, at=NOW).verified_level == "partly"


def test_nothing_is_verified_without_evidence(units, campaign) -> None:
    review = a_sent_review(campaign, units["committee_a"])
    answer = review.answers.first()
    clerk = a_person(clerk=units["committee_a"])
    for evidence in answer.evidence.all():
        acting.remove_evidence(evidence, "Không được để ở đây", by=clerk, at=NOW)
    with pytest.raises(reviewing.ReviewIncomplete):
        verifying.judge(answer, "accepted", by=None, at=NOW)
    assert verifying.judge(answer, "accepted", level="not_done", by=None, at=NOW).verified_level == "not_done"


def test_both_scores_stay_when_the_verifier_sees_another_level(units, campaign) -> None:
    review = a_sent_review(campaign, units["committee_a"], "done")
    for n, answer in enumerate(review.answers.select_related("review__unit")):
        verifying.judge(answer, "accepted", level="partly" if n == 0 else "", by=None, at=NOW)
    verifying.finish(review, by=None, at=NOW)
    answers = list(review.answers.all())
    own, _ = reviewing.points(answers, "level")
    verified, possible = reviewing.points(answers, "verified_level")
    assert (own - verified, possible) == (1, 2 * len(answers))
    assert (counted("self_review_verified"), counted("review_points_verified")) == (1, verified)


def test_whether_a_line_applies_is_settled_by_returning_it(units, campaign) -> None:
    answer = a_sent_review(campaign, units["committee_a"]).answers.first()
    for verdict, level, note in (("accepted", "na", ""), ("returned", "", " "), ("nonsense", "", "x")):
        with pytest.raises(reviewing.ReviewIncomplete):
            verifying.judge(answer, verdict, level=level, note=note, by=None, at=NOW)


def test_what_came_back_is_improved_and_sent_again(units, campaign) -> None:
    committee, verifier = units["committee_a"], a_person(verifier=units["district"])
    review = a_sent_review(campaign, committee)
    answers = list(review.answers.select_related("review__unit"))
    verifying.judge(answers[0], "returned", note="Chưa thấy ngày công khai.", by=verifier, at=NOW)
    with pytest.raises(reviewing.ReviewIncomplete):
        verifying.finish(review, by=verifier, at=NOW)
    for answer in answers[1:]:
        verifying.judge(answer, "accepted", by=verifier, at=NOW)
    review = verifying.finish(review, by=verifier, at=NOW)
    assert (review.state, counted("self_review_submitted"), counted("review_points_self")) == ("returned", 0, 0)
    assert (owed(campaign, committee).fulfilled_on, owed(campaign, committee).began_on) == (None, TODAY)
    # What was accepted stands; what came back is answered anew.
    reviewing.answer(review, answers[1].code, "not_done", by=None, at=NOW)
    reviewing.answer(review, answers[0].code, "not_done", by=None, at=NOW)
    review = reviewing.submit(review, by=None, on=TODAY, at=NOW)
    first, second = review.answers.all()[:2]
    assert (first.level, first.verdict, first.verifier_note) == ("not_done", "", "Chưa thấy ngày công khai.")
    assert (second.level, second.verdict, review.state) == ("partly", "accepted", "submitted")
    verifying.judge(first, "accepted", by=verifier, at=NOW)
    assert verifying.finish(review, by=verifier, at=NOW).state == "verified"
    assert (counted("self_review_submitted"), counted("self_review_verified")) == (1, 1)


def test_a_verified_review_waits_for_nobody(units, campaign) -> None:
    review = a_verified_review(campaign, units["committee_a"])
    with pytest.raises(reviewing.ReviewIncomplete):
        verifying.finish(review, by=None, at=NOW)
    with pytest.raises(reviewing.ReviewIncomplete):
        reviewing.answer(review, "A1", "done", by=None, at=NOW)


def test_someone_who_left_the_unit_may_verify_it(units, campaign) -> None:
    review = a_sent_review(campaign, units["committee_a"])
    person = a_person(verifier=units["district"])
    Membership.objects.create(person=person, unit=units["committee_a"], valid_from=SINCE, valid_to=TODAY)
    assert verifying.may_verify(person, review, TODAY) is True
