"""A unit reviews itself, group by group; whatever was typed is kept."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.library.access import documents_seen_by
from thongsuot.library.models import Passage
from thongsuot.papers.files import store_upload
from thongsuot.people.rights import Act, may
from thongsuot.practice import access, acting, reviewing, verifying
from thongsuot.practice.anchors import passages_for
from thongsuot.practice.criteria import Criterion, Group, template_named
from thongsuot.practice.forms import AnswerForm, ReviewFilter, WordsForm
from thongsuot.practice.labels import REVIEW
from thongsuot.practice.models import CriterionAnswer, SelfReview
from thongsuot.viet.text import fold
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, go, page, refused
from thongsuot.web.paging import paged

WORDS = "words"


@dataclass
class Row:
    """A criterion with the unit's answer, and a form where it is filled in."""

    criterion: Criterion
    answer: CriterionAnswer
    passage: Passage | None = None
    form: Any = None
    actions: list[Any] = field(default_factory=list)


def rows_by_group(request: Request, review: SelfReview) -> list[tuple[Group, list[Row]]]:
    """The review's own template, also when a newer one is in force. A fixed number of queries."""
    template = template_named(review.template)
    answers = {answer.code: answer for answer in access.answers_of(review)}
    seen = documents_seen_by(request.person, timezone.localdate())
    anchors = passages_for(template.variant(review.variant), seen)
    return [
        (
            group,
            [
                Row(c, answers[c.code], anchors.get(c.code), actions=list(answers[c.code].actions.all()))
                for c in criteria
                if c.code in answers
            ],
        )
        for group, criteria in template.grouped(review.variant)
    ]


@require_GET
def self_review_list(request: Request) -> HttpResponse:
    """By unit, never by score."""
    person, today = request.person, timezone.localdate()
    form = ReviewFilter(request.GET, campaigns=access.campaigns_seen(person, today).filter(issued_on__isnull=False))
    form.is_valid()
    asked = form.cleaned_data
    rows = access.reviews_seen_by(person, today)
    if asked.get("campaign"):
        rows = rows.filter(campaign=asked["campaign"])
    if asked.get("q"):
        rows = rows.filter(unit__folded__contains=fold(asked["q"]).strip())
    if asked.get("state"):
        rows = rows.in_state(asked["state"])
    rows = rows.select_related("unit", "campaign").prefetch_related("answers")
    found = paged(request, rows.order_by("unit__sort_key", "pk"), per=30)
    context = {
        "form": form,
        "rows": found,
        "listed": [_summary(review) for review in found],
        "to_begin": access.reviews_to_begin(person, today),
    }
    return page(request, "practice/self_review_list.html", context, part="list")


def _summary(review: SelfReview) -> dict[str, Any]:
    answers = list(review.answers.all())
    tone, label = REVIEW[review.state]
    return {
        "review": review,
        "tone": tone,
        "label": label,
        "answered": sum(bool(answer.level) for answer in answers),
        "all": len(answers),
        "own": reviewing.points(answers, "level"),
        "verified": reviewing.points(answers, "verified_level") if review.verified_at else None,
    }


@require_POST
def self_review_start(request: Request, campaign_uid: UUID, unit_uid: UUID) -> HttpResponse:
    today = timezone.localdate()
    unit = access.unit_kept(request.person, unit_uid, today)
    campaign = access.campaign_to_review(request.person, campaign_uid, today)
    try:
        review = reviewing.start(campaign, unit, by=request.person, at=timezone.now())
    except Refused as error:
        return refused(request, error, "practice:self_review_list")
    return go(request, "practice:self_review_edit", review.uid)


@require_GET
def self_review_detail(request: Request, uid: UUID) -> HttpResponse:
    person, today = request.person, timezone.localdate()
    review = access.review_to_see(person, uid, today)
    template = template_named(review.template)
    # The draft is the unit's own until it is sent.
    is_open = review.state != "draft" or access.is_inside(person, review.unit, today)
    context = {
        "review": review,
        "summary": _summary(review),
        "template": template,
        "groups": rows_by_group(request, review) if is_open else [],
        "is_open": is_open,
        "may_record": may(person, Act.RECORD, review.unit, today),
        "may_verify": bool(review.submitted_at) and verifying.may_verify(person, review, today),
    }
    return page(request, "practice/self_review_detail.html", context)


@require_http_methods(["GET", "POST"])
def self_review_edit(request: Request, uid: UUID, group: str = "") -> HttpResponse:
    """One group of criteria, or the unit's own words; saved one by one, so that a slip in one loses no other."""
    review = access.review_to_keep(request.person, uid, timezone.localdate())
    if review.submitted_at and request.method == "GET":
        messages.info(request, _("The self-review was sent; it can be changed only where it comes back."))
        return go(request, "practice:self_review_detail", review.uid)
    groups = rows_by_group(request, review)
    if not group:
        return go(request, "practice:self_review_edit", review.uid, _first_open(groups))
    codes = [each.code for each, _rows in groups] + [WORDS]
    if group not in codes:
        raise Http404
    place = codes.index(group)
    following = codes[place + 1] if place + 1 < len(codes) else ""
    steps = _steps(review, groups, group)
    if group == WORDS:
        return _edit_words(request, review, steps)
    current, rows = groups[place]
    has_errors = False
    for row in rows:
        initial = {"level": row.answer.level, "note": row.answer.note}
        row.form = AnswerForm(request.POST or None, request.FILES or None, initial=initial, prefix=row.criterion.code)
    if request.method == "POST":
        saved = [_save(request, review, row) for row in rows]
        has_errors = not all(saved)
        if not has_errors:
            messages.success(request, _("Saved."))
            if request.POST.get("go") == "next" and following:
                return go(request, "practice:self_review_edit", review.uid, following)
            return go(request, "practice:self_review_edit", review.uid, group)
    context = {"review": review, "group": current, "rows": rows, "steps": steps, "has_errors": has_errors}
    return page(request, "practice/self_review_edit.html", context, status=422 if has_errors else 200)


def _first_open(groups: list[tuple[Group, list[Row]]]) -> str:
    """Where to go on: the first group in which something came back or has no answer."""
    for group, rows in groups:
        if any(not row.answer.level or row.answer.verdict == "returned" for row in rows):
            return group.code
    return WORDS


def _steps(review: SelfReview, groups: list[tuple[Group, list[Row]]], current: str) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = [
        {
            "code": group.code,
            "group": group,
            "done": sum(bool(row.answer.level) for row in rows),
            "all": len(rows),
            "is_current": group.code == current,
        }
        for group, rows in groups
    ]
    steps.append(
        {"code": WORDS, "group": None, "done": int(bool(review.limits)), "all": 1, "is_current": current == WORDS}
    )
    return steps


def _save(request: Request, review: SelfReview, row: Row) -> bool:
    """False where something was refused; the rest of the group is saved all the same."""
    form, now = row.form, timezone.now()
    if row.answer.verdict == CriterionAnswer.Verdict.ACCEPTED:
        return True
    if not form.is_valid():
        return False
    try:
        with transaction.atomic():
            given = form.cleaned_data
            reviewing.answer(review, row.criterion.code, given["level"], by=request.person, at=now, note=given["note"])
            row.answer.level = given["level"]
    except Refused as error:
        form.add_error(None, str(error))
        return False
    return _save_evidence(request, review, row) if form.has_evidence else True


def _save_evidence(request: Request, review: SelfReview, row: Row) -> bool:
    form, now = row.form, timezone.now()
    given = form.cleaned_data
    try:
        upload = given["file"]
        with transaction.atomic():
            file = store_upload(upload, by=request.person, at=now, unit=review.unit) if upload else None
            title = given["title"] or (file.name if file else given["url"])
            acting.add_evidence(
                row.answer, title=title, by=request.person, at=now, file=file, url=given["url"], uid=given["once"]
            )
    except Refused as error:
        form.add_error("file", str(error))
        return False
    return True


def _edit_words(request: Request, review: SelfReview, steps: list[dict[str, Any]]) -> HttpResponse:
    form = WordsForm(request.POST or None, initial={name: getattr(review, name) for name in reviewing.WORDS})
    if request.method == "POST" and form.is_valid():
        try:
            reviewing.say(review, form.cleaned_data, by=request.person, at=timezone.now())
            messages.success(request, _("Saved."))
            return go(request, "practice:self_review_submit", review.uid)
        except Refused as error:
            form.add_error(None, str(error))
    context = {"review": review, "group": None, "form": form, "steps": steps, "has_errors": bool(form.errors)}
    return page(request, "practice/self_review_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def self_review_submit(request: Request, uid: UUID) -> HttpResponse:
    """What is still missing, each with its way; then sent to the level above."""
    review = access.review_to_keep(request.person, uid, timezone.localdate())
    missing = reviewing.gaps(review) if not review.submitted_at else []
    if request.method == "POST":
        try:
            reviewing.submit(review, by=request.person, on=timezone.localdate(), at=timezone.now())
            messages.success(request, _("Sent. Someone from the level above verifies it now."))
            return go(request, "practice:self_review_detail", review.uid)
        except reviewing.ReviewIncomplete as error:
            missing = error.missing or [str(error)]
    said = ngettext("%(count)d thing is missing.", "%(count)d things are missing.", len(missing)) % {
        "count": len(missing)
    }
    context = {"review": review, "missing": missing, "said": said}
    return page(request, "practice/self_review_submit.html", context, status=422 if request.method == "POST" else 200)
