"""The level above verifies a self-review: evidence and both scores beside each other."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thongsuot.practice import access, verifying
from thongsuot.practice.forms import JudgeForm
from thongsuot.practice.models import SelfReview
from thongsuot.practice.views.reviews import Row, rows_by_group
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, go, page


@require_http_methods(["GET", "POST"])
def self_review_verify(request: Request, uid: UUID) -> HttpResponse:
    """Each judgement is saved by itself; ``finish`` closes the verification or sends the review back."""
    today = timezone.localdate()
    review = access.review_to_verify(request.person, uid, today)
    waits = bool(review.submitted_at and not review.verified_at)
    if not waits and request.method == "GET":
        return _not_now(request, review)
    if not verifying.may_verify(request.person, review, today):
        messages.error(request, _("Nobody verifies the self-review of their own unit. Ask a colleague from above."))
        return go(request, "practice:self_review_detail", review.uid)
    groups = rows_by_group(request, review)
    rows = [row for _group, rows in groups for row in rows]
    for row in rows:
        given = row.answer
        initial = {"verdict": given.verdict, "level": given.verified_level or given.level, "note": given.verifier_note}
        row.form = JudgeForm(request.POST or None, initial=initial, prefix=row.criterion.code, own=given.level)
    problem = ""
    # A second click is led on; what differs from the judgements that stand comes back beside the refusal.
    if not waits and not any(row.form.has_changed() for row in rows):
        return _not_now(request, review)
    if request.method == "POST":
        saved = [_judge(request, row) for row in rows]
        if all(saved):
            problem = _finish(request, review) if request.POST.get("finish") else ""
            if not problem:
                messages.success(request, _("Saved."))
                name = "self_review_detail" if request.POST.get("finish") else "self_review_verify"
                return go(request, f"practice:{name}", review.uid)
    has_errors = any(row.form.errors for row in rows)
    context = {
        "review": review,
        "groups": groups,
        "left": sum(not row.answer.verdict for row in rows),
        "has_errors": has_errors,
        "problem": problem,
    }
    return page(request, "practice/self_review_verify.html", context, status=422 if has_errors or problem else 200)


def _not_now(request: Request, review: SelfReview) -> HttpResponse:
    messages.info(request, _("This self-review does not wait for verification now."))
    return go(request, "practice:self_review_detail", review.uid)


def _judge(request: Request, row: Row) -> bool:
    """False where it was refused. What was not judged yet is left as it is."""
    form = row.form
    if not form.is_valid():
        return False
    given = form.cleaned_data
    if not given["verdict"] or not form.has_changed():
        return True
    try:
        with transaction.atomic():
            verifying.judge(
                row.answer, given["verdict"], by=request.person, at=timezone.now(), level=given["level"],
                note=given["note"],
            )  # fmt: skip
    except Refused as error:
        form.add_error("verdict", str(error))
        return False
    return True


def _finish(request: Request, review: SelfReview) -> str:
    try:
        verifying.finish(review, by=request.person, at=timezone.now())
    except Refused as error:
        return str(error)
    return ""
