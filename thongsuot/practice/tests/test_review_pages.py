"""Pages of self-reviews: answered group by group, sent, verified, both scores in sight."""

import pytest
from django.urls import reverse

from thongsuot.library.models import Document, Edition, Passage
from thongsuot.papers.testing import a_docx, sent
from thongsuot.people.testing import a_person
from thongsuot.practice import acting, verifying
from thongsuot.practice.models import CriterionAnswer, Evidence, SelfReview
from thongsuot.practice.testing import a_review, a_sent_review, a_verified_review, an_answered_review
from thongsuot.units.testing import NOW, a_unit


def url(name, *args):
    return reverse(f"practice:{name}", args=args)


@pytest.fixture
def clerk(units):
    return a_person(clerk=units["committee_a"])


def test_a_clerk_begins_answers_and_sends(client, units, campaign, clerk) -> None:
    client.force_login(clerk.account)
    assert 'data-tone="accent"' in client.get(url("self_review_list")).content.decode()
    begun = client.post(url("self_review_start", campaign.uid, units["committee_a"].uid), follow=True)
    review = SelfReview.objects.get()
    assert begun.redirect_chain[-1][0] == url("self_review_edit", review.uid, "A")
    assert client.post(url("self_review_submit", review.uid)).status_code == 422
    an_answered_review(campaign, units["committee_a"])
    words = {"limits": "Chậm công khai", "strengths": "Đoàn kết"}
    assert client.post(url("self_review_edit", review.uid, "words"), words).url == url("self_review_submit", review.uid)
    for _twice in range(2):
        assert client.post(url("self_review_submit", review.uid)).url == url("self_review_detail", review.uid)
    review.refresh_from_db()
    assert (review.state, review.strengths) == ("submitted", "Đoàn kết")


def test_a_slip_in_one_answer_loses_no_other(client, units, campaign, clerk) -> None:
    review = a_review(campaign, units["committee_a"])
    client.force_login(clerk.account)
    group = {
        "A1-level": "done", "A1-note": "Đã làm", "A1-title": "Kế hoạch", "A1-file": sent(a_docx(), "ke-hoach.docx"),
        "A2-level": "partly", "A2-note": "Một phần", "A2-file": sent(b"MZ not a paper", "virus.docx"),
        "A3-level": "nonsense", "A3-note": "Chữ vẫn còn", "go": "next",
    }  # fmt: skip
    response = client.post(url("self_review_edit", review.uid, "A"), group)
    shown = response.content.decode()
    given = {a.code: (a.level, a.note) for a in review.answers.filter(code__in=["A1", "A2", "A3"])}
    assert response.status_code == 422
    assert given == {"A1": ("done", "Đã làm"), "A2": ("partly", "Một phần"), "A3": ("", "")}
    assert ("Chữ vẫn còn" in shown, shown.count('class="error"') >= 2) == (True, True)
    assert [e.title for e in Evidence.objects.all()] == ["Kế hoạch"]


def test_saving_goes_on_to_the_next_group(client, units, campaign, clerk) -> None:
    review = a_review(campaign, units["committee_a"])
    client.force_login(clerk.account)
    assert client.post(url("self_review_edit", review.uid, "A"), {"go": "next"}).url == url(
        "self_review_edit", review.uid, "B"
    )
    assert client.get(url("self_review_edit", review.uid, "nonsense")).status_code == 404


def test_evidence_sent_twice_in_a_group_is_there_once(client, units, campaign, clerk) -> None:
    review = a_review(campaign, units["committee_a"])
    client.force_login(clerk.account)
    form = {"A1-level": "done", "A1-title": "Kế hoạch số 5", "A1-once": "018f2b3c-0000-7000-8000-000000000001"}
    for _twice in range(2):
        client.post(url("self_review_edit", review.uid, "A"), form)
    assert Evidence.objects.count() == 1


def test_a_draft_is_the_units_own_until_it_is_sent(client, units, campaign) -> None:
    review = an_answered_review(campaign, units["committee_a"])
    client.force_login(a_person(head=units["district"]).account)
    assert "Đã làm một phần." not in client.get(url("self_review_detail", review.uid)).content.decode()
    client.force_login(a_person(member_of=units["committee_a"]).account)
    assert "Đã làm một phần." in client.get(url("self_review_detail", review.uid)).content.decode()
    client.force_login(a_person(head=units["committee_b"]).account)
    assert client.get(url("self_review_detail", review.uid)).status_code == 404


def test_a_criterion_leads_to_the_law_where_the_library_holds_it(client, units, campaign, clerk) -> None:
    law = Document.objects.create(
        slug="luat", kind="law", number="36/2018/QH14", title="Luật", is_public=True, issuer="Quốc hội"
    )
    passage = Passage.objects.create(
        edition=Edition.objects.create(document=law),
        position=1,
        kind="clause",
        anchor="dieu-70.khoan-1",
        label="Điều 70",
    )
    review = a_review(campaign, units["committee_a"])
    client.force_login(clerk.account)
    shown = client.get(url("self_review_edit", review.uid, "A")).content.decode()
    assert shown.count(reverse("library:passage", args=[passage.uid])) == 1


def judged(review, verdict="accepted", **more):
    codes = review.answers.values_list("code", "level")
    return {f"{code}-verdict": verdict for code, _l in codes} | {f"{code}-level": level for code, level in codes} | more


def test_the_committee_verifies_and_both_scores_show(client, units, campaign) -> None:
    review = a_sent_review(campaign, units["committee_a"], "done")
    client.force_login(a_person(head=units["district"]).account)
    there = url("self_review_verify", review.uid)
    assert client.get(there).status_code == 200
    assert client.post(there, {"A1-verdict": "accepted", "A1-level": "partly", "finish": "yes"}).status_code == 422
    assert review.answers.get(code="A1").verified_level == "partly"
    form = judged(review, finish="yes") | {"A1-level": "partly"}
    assert client.post(there, form).url == url("self_review_detail", review.uid)
    number = review.answers.count()
    shown = client.get(url("self_review_detail", review.uid)).content.decode()
    assert (f"{2 * number}/{2 * number}" in shown, f"{2 * number - 1}/{2 * number}" in shown) == (True, True)
    # Sent again after it is closed: on to the page, nothing changes.
    assert client.post(there, form).url == url("self_review_detail", review.uid)


def test_a_return_without_a_note_is_refused_and_the_others_are_saved(client, units, campaign) -> None:
    review = a_sent_review(campaign, units["committee_a"])
    client.force_login(a_person(head=units["district"]).account)
    form = judged(review) | {"A1-verdict": "returned"}
    assert client.post(url("self_review_verify", review.uid), form).status_code == 422
    assert review.answers.filter(verdict="").values_list("code", flat=True).get() == "A1"


def test_the_units_own_people_do_not_get_to_verify(client, units, campaign) -> None:
    review = a_sent_review(campaign, units["committee_a"])
    there = url("self_review_verify", review.uid)
    client.force_login(a_person(head=units["committee_a"]).account)
    assert client.post(there, judged(review, finish="yes")).status_code == 422
    client.force_login(a_person(member_of=units["committee_a"], verifier=units["district"]).account)
    assert client.post(there, judged(review, finish="yes")).status_code == 302
    assert CriterionAnswer.objects.exclude(verdict="").count() == 0


def test_a_sent_review_is_not_edited(client, units, campaign, clerk) -> None:
    review = a_sent_review(campaign, units["committee_a"])
    client.force_login(clerk.account)
    assert client.post(url("self_review_edit", review.uid, "A"), {"A1-level": "done"}).status_code == 422
    assert client.get(url("self_review_edit", review.uid, "A")).status_code == 302
    assert review.answers.get(code="A1").level == "partly"


def test_evidence_is_served_in_reach_and_only_while_it_stands(client, units, campaign, clerk) -> None:
    review = a_review(campaign, units["committee_a"])
    client.force_login(clerk.account)
    client.post(
        url("self_review_edit", review.uid, "A"), {"A1-level": "done", "A1-file": sent(a_docx(), "ke-hoach.docx")}
    )
    evidence = Evidence.objects.get()
    there = url("evidence_file", evidence.uid)
    assert client.get(there)["Content-Disposition"].startswith("attachment")
    for other, status in ((a_person(head=units["district"]), 404), (a_person(head=units["committee_b"]), 404)):
        client.force_login(other.account)
        assert client.get(there).status_code == status
    client.force_login(clerk.account)
    assert client.post(url("evidence_remove", evidence.uid), {"reason": ""}).status_code == 422
    client.post(url("evidence_remove", evidence.uid), {"reason": "Nhầm tệp"})
    assert client.get(there).status_code == 404
    assert "Nhầm tệp" in client.get(url("self_review_detail", review.uid)).content.decode()


def test_the_list_is_filtered_by_state_and_holds_my_reach(client, units, campaign) -> None:
    a_verified_review(campaign, units["committee_a"])
    a_sent_review(campaign, units["committee_b"])
    client.force_login(a_person(head=units["district"]).account)
    shown = client.get(url("self_review_list"), {"state": "verified", "campaign": campaign.uid}).content.decode()
    assert ("Đảng bộ A" in shown, "Đảng bộ B" in shown) == (True, False)
    assert "Đảng bộ A" in client.get(url("self_review_list"), {"q": "dang bo a"}).content.decode()
    client.force_login(a_person(head=units["committee_b"]).account)
    assert "Đảng bộ A" not in client.get(url("self_review_list")).content.decode()


def test_states_as_conditions_are_the_states(units, campaign) -> None:
    a_review(campaign, units["committee_b"])
    a_verified_review(campaign, units["committee_a"])
    review = a_sent_review(campaign, units["cell_a1"])
    for n, answer in enumerate(review.answers.select_related("review__unit")):
        verifying.judge(answer, "returned" if n == 0 else "accepted", note="Thiếu", by=None, at=NOW)
    verifying.finish(review, by=None, at=NOW)
    a_sent_review(campaign, units["cell_a2"])
    for state in ("draft", "returned", "submitted", "verified"):
        assert [one.state for one in SelfReview.objects.in_state(state)] == [state]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_more_reviews(client, units, campaign, rows, django_assert_max_num_queries) -> None:
    for n in range(rows):
        a_sent_review(campaign, a_unit(f"Chi bộ thêm {n}", under=units["committee_a"]))
    client.force_login(a_person(head=units["committee_a"]).account)
    with django_assert_max_num_queries(20):
        assert client.get(url("self_review_list")).status_code == 200


@pytest.mark.parametrize("pieces", [1, 3])
def test_pages_of_a_review_cost_the_same_for_more_evidence(
    client, units, campaign, pieces, django_assert_max_num_queries
) -> None:
    review = a_sent_review(campaign, units["committee_a"])
    SelfReview.objects.update(submitted_at=None)
    for answer in review.answers.select_related("review__unit"):
        answer.review.submitted_at = None
        for n in range(pieces - 1):
            acting.add_evidence(answer, title=f"Thêm {n}", by=None, at=NOW)
    SelfReview.objects.update(submitted_at=NOW)
    client.force_login(a_person(head=units["district"]).account)
    for name in ("self_review_detail", "self_review_verify"):
        with django_assert_max_num_queries(24):
            assert client.get(url(name, review.uid)).status_code == 200
