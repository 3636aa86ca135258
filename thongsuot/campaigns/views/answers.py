"""The items of a plan: own ones with their six clear things, and answers to those of the plan above."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from thongsuot.campaigns import access, cascade
from thongsuot.campaigns.forms import AnswerForm, ItemForm
from thongsuot.campaigns.models import Answer, Plan, PlanItem
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, go, page, refused


@require_http_methods(["GET", "POST"])
def plan_answer(request: Request, uid: UUID) -> HttpResponse:
    """Every item of the plan above on one page. What is in order is saved; what is not stays with its mistake."""
    plan = access.plan_to_direct(request.person, uid, timezone.localdate())
    stands = plan.is_issued or plan.withdrawn_at
    # What was typed while a colleague issued the plan comes back beside the refusal.
    if plan.above is None or (stands and request.method == "GET"):
        return go(request, "campaigns:plan_detail", plan.uid)
    rows = _answer_rows(request, plan)
    if request.method == "POST":
        saved = sum(_save_answer(request, plan, item, form) for item, form in rows)
        if not any(form.errors for _item, form in rows):
            said = ngettext("%(count)d answer saved.", "%(count)d answers saved.", saved) % {"count": saved}
            messages.success(request, said)
            return go(request, "campaigns:plan_edit", plan.uid)
    left = len(cascade.unanswered_items(plan))
    has_errors = any(form.errors for _item, form in rows)
    context = {"plan": plan, "rows": rows, "left": left, "has_errors": has_errors}
    return page(request, "campaigns/plan_answer.html", context, status=422 if has_errors else 200)


def _answer_rows(request: Request, plan: Plan) -> list[tuple[PlanItem, AnswerForm]]:
    kinds = list(Answer.Kind.values)
    if not cascade.has_units_below(plan):
        kinds.remove(Answer.Kind.PASSED_DOWN)
    rows = []
    for item, answer in cascade.pairs(plan):
        initial: dict[str, Any] = {}
        if answer:
            initial = {"kind": answer.kind, "reason": answer.reason}
            if answer.own_item:
                initial |= {name: getattr(answer.own_item, name) for name in ItemForm.SIX}
        form = AnswerForm(request.POST or None, initial=initial, prefix=f"item-{item.pk}", kinds=kinds)
        form.answer = answer  # type: ignore[attr-defined]
        rows.append((item, form))
    return rows


def _save_answer(request: Request, plan: Plan, item: PlanItem, form: AnswerForm) -> bool:
    """Whether an answer was written; a refusal becomes the form's own mistake."""
    if not form.is_valid() or not form.cleaned_data.get("kind") or not form.has_changed():
        return False
    try:
        with transaction.atomic():
            _write_answer(request, plan, item, form)
    except Refused as error:
        form.add_error(None, str(error))
        return False
    return True


def _write_answer(request: Request, plan: Plan, item: PlanItem, form: AnswerForm) -> None:
    who: dict[str, Any] = {"by": request.person, "at": timezone.now()}
    standing: Answer | None = form.answer  # type: ignore[attr-defined]
    own = standing.own_item if standing else None
    six, kind = form.six(), form.cleaned_data["kind"]
    if kind == Answer.Kind.OURS and six["work"]:
        if own:
            cascade.change_item(own, **who, **six)
        else:
            source: dict[str, Any] = {"requirement": item.requirement, "topic": item.topic, "passage": item.passage}
            own = cascade.add_item(plan, **who, **six, **source)
    elif own:
        cascade.remove_item(own, **who)
        own = None
    cascade.answer_item(plan, item, kind, reason=form.cleaned_data["reason"], own_item=own, **who)


@require_http_methods(["GET", "POST"])
def plan_item_create(request: Request, uid: UUID) -> HttpResponse:
    plan = access.plan_to_direct(request.person, uid, timezone.localdate())
    form = ItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cascade.add_item(plan, by=request.person, at=timezone.now(), **form.six())
            return go(request, "campaigns:plan_edit", plan.uid)
        except Refused as error:
            form.add_error(None, str(error))
    context = {"plan": plan, "form": form, "item": None}
    return page(request, "campaigns/plan_item_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def plan_item_edit(request: Request, uid: UUID) -> HttpResponse:
    item = access.item_to_direct(request.person, uid, timezone.localdate())
    form = ItemForm(request.POST or None, initial={name: getattr(item, name) for name in ItemForm.SIX})
    if request.method == "POST" and form.is_valid():
        try:
            cascade.change_item(item, by=request.person, at=timezone.now(), **form.six())
            return go(request, "campaigns:plan_edit", item.plan.uid)
        except Refused as error:
            form.add_error(None, str(error))
    context = {"plan": item.plan, "form": form, "item": item}
    return page(request, "campaigns/plan_item_edit.html", context, status=422 if form.errors else 200)


@require_POST
def plan_item_remove(request: Request, uid: UUID) -> HttpResponse:
    item = access.item_to_direct(request.person, uid, timezone.localdate())
    plan = item.plan
    try:
        cascade.remove_item(item, by=request.person, at=timezone.now())
    except Refused as error:
        return refused(request, error, "campaigns:plan_detail", plan.uid)
    messages.success(request, _("Removed."))
    return go(request, "campaigns:plan_edit", plan.uid)


@require_POST
def plan_items(request: Request, uid: UUID) -> HttpResponse:
    """Propose a task for each thing the campaign asks."""
    plan = access.plan_to_direct(request.person, uid, timezone.localdate())
    try:
        made = cascade.propose_items(plan, by=request.person, at=timezone.now())
    except Refused as error:
        return refused(request, error, "campaigns:plan_detail", plan.uid)
    said = ngettext("%(count)d task proposed.", "%(count)d tasks proposed.", len(made)) % {"count": len(made)}
    messages.success(request, said)
    return go(request, "campaigns:plan_edit", plan.uid)
