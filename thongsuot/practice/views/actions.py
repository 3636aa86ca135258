"""Actions: listed, opened with six clear things, shown with their cause, done with evidence, verified."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.papers.files import store_upload
from thongsuot.papers.writing import XLSX, Sheet, write_xlsx
from thongsuot.people.rights import Act, may, require
from thongsuot.practice import access, acting
from thongsuot.practice.because import chain
from thongsuot.practice.forms import ActionFilter, EvidenceForm, ReasonForm, VerifyForm
from thongsuot.practice.labels import ACTION
from thongsuot.practice.models import Action, ActionQuerySet
from thongsuot.practice.opening import Opening, opening_from
from thongsuot.viet.text import fold
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, go, page, refused
from thongsuot.web.paging import paged


@require_GET
def practice_home(request: Request) -> HttpResponse:
    return go(request, "practice:action_list")


def _filtered(request: Request) -> tuple[ActionFilter, ActionQuerySet, ActionQuerySet]:
    """The form, all that fits but for the state, and all that fits."""
    person, today = request.person, timezone.localdate()
    form = ActionFilter(request.GET, campaigns=access.campaigns_seen(person, today).filter(issued_on__isnull=False))
    form.is_valid()
    asked = form.cleaned_data
    rows = access.actions_seen_by(person, today)
    if asked.get("campaign"):
        rows = rows.filter(campaign=asked["campaign"])
    if asked.get("mine"):
        rows = rows.filter(who=person)
    if words := fold(asked.get("q") or "").strip():
        named = Q(unit__folded__contains=words) | Q(who__folded__contains=words)
        rows = rows.filter(named | Q(work__icontains=asked["q"]))
    found = rows.in_state(asked["state"], today) if asked.get("state") else rows
    return form, rows, found.select_related("unit", "who", "campaign").order_by("due_on", "pk")


@require_GET
def action_list(request: Request) -> HttpResponse:
    today = timezone.localdate()
    form, fitting, actions = _filtered(request)
    rows = paged(request, actions)
    for action in rows:
        action.shown = ACTION[action.state(today)]  # type: ignore[attr-defined]
    counts = fitting.counted_by_state(today)
    context = {
        "form": form,
        "rows": rows,
        "counts": [(state, label, counts[state]) for state, (_tone, label) in ACTION.items()],
        "query": request.GET.urlencode(),
        "may_open": bool(access.units_kept(request.person, today)[:1]),
    }
    return page(request, "practice/action_list.html", context, part="list")


@require_GET
def action_export(request: Request) -> HttpResponse:
    """The list as filtered, as a workbook."""
    today = timezone.localdate()
    _form, _fitting, actions = _filtered(request)
    head = [
        _("Unit"), _("Work"), _("Person"), _("Time"), _("Responsibility"), _("Authority"), _("Product"), _("State"),
        _("Reported done on"), _("Verified on"), _("Reason"),
    ]  # fmt: skip
    rows = (
        [
            one.unit.name, one.work, one.who.full_name, one.due_on, one.responsibility, one.authority, one.product,
            str(ACTION[one.state(today)][1]), one.reported_done_on, one.verified_on, one.cancelled_reason,
        ]
        for one in actions.iterator(chunk_size=1000)
    )  # fmt: skip
    widths = (34, 50, 26, 12, 26, 26, 34, 18, 14, 14, 30)
    response = HttpResponse(write_xlsx([Sheet(_("Actions"), head, rows, widths)]), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="actions-{today:%Y-%m-%d}.xlsx"'
    return response


@require_http_methods(["GET", "POST"])
def action_create(request: Request) -> HttpResponse:
    """From a weakness (``?weakness=``), a task of the plan (``?item=``), or free for a unit (``?unit=``)."""
    opening = opening_from(request)
    if not isinstance(opening, Opening):
        return page(request, "practice/action_create.html", {"units": opening})
    form = opening.form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            action = opening.open(form, by=request.person, on=timezone.localdate(), at=timezone.now())
            messages.success(request, _("Opened. %(name)s is told.") % {"name": action.who.full_name})
            return go(request, "practice:action_detail", action.uid)
        except Refused as error:
            form.add_error(None, str(error))
    context = {"opening": opening, "form": form}
    return page(request, "practice/action_create.html", context, status=422 if form.errors else 200)


@require_GET
def action_detail(request: Request, uid: UUID) -> HttpResponse:
    action = access.action_to_see(request.person, uid, timezone.localdate())
    return _detail(request, action, EvidenceForm(), 200)


def _detail(request: Request, action: Action, form: EvidenceForm, status: int) -> HttpResponse:
    person, today = request.person, timezone.localdate()
    evidence = access.evidence_of(action)
    state = action.state(today)
    tone, label = ACTION[state]
    may_work = acting.may_work_on(person, action, today)
    context: dict[str, Any] = {
        "action": action,
        "state": state,
        "tone": tone,
        "label": label,
        "because": chain(action),
        "evidence": evidence,
        "stands": any(one.removed_at is None for one in evidence),
        "verifications": access.verifications_of(action),
        "form": form,
        "may_add": may_work and state in ("open", "overdue", "reported"),
        "may_report": may_work and state in ("open", "overdue"),
        "may_verify": state == "reported" and acting.may_verify(person, action, today),
        "may_cancel": state in ("open", "overdue", "reported") and may(person, Act.APPROVE, action.unit, today),
        "may_record": may(person, Act.RECORD, action.unit, today),
    }
    return page(request, "practice/action_detail.html", context, status=status)


@require_POST
def action_evidence_add(request: Request, uid: UUID) -> HttpResponse:
    action = access.action_to_see(request.person, uid, timezone.localdate())
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        given, now = form.cleaned_data, timezone.now()
        try:
            with transaction.atomic():
                upload = given["file"]
                file = store_upload(upload, by=request.person, at=now, unit=action.unit) if upload else None
                acting.add_evidence(
                    action, title=given["title"], by=request.person, at=now, file=file, url=given["url"],
                    uid=given["once"],
                )  # fmt: skip
            messages.success(request, _("Added."))
            return go(request, "practice:action_detail", action.uid)
        except Refused as error:
            form.add_error("file" if given["file"] else None, str(error))
    return _detail(request, action, form, 422)


@require_POST
def action_report_done(request: Request, uid: UUID) -> HttpResponse:
    action = access.action_to_see(request.person, uid, timezone.localdate())
    try:
        acting.report_done(action, by=request.person, on=timezone.localdate(), at=timezone.now())
    except Refused as error:
        return refused(request, error, "practice:action_detail", action.uid)
    messages.success(request, _("Reported. Somebody else verifies it now."))
    return go(request, "practice:action_detail", action.uid)


@require_http_methods(["GET", "POST"])
def action_verify(request: Request, uid: UUID) -> HttpResponse:
    today = timezone.localdate()
    action = access.action_to_see(request.person, uid, today)
    form = VerifyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verdict, words = form.cleaned_data["verdict"], form.cleaned_data["note"]
            acting.verify(action, verdict, by=request.person, on=today, at=timezone.now(), note=words)
            messages.success(request, _("Saved."))
            return go(request, "practice:action_detail", action.uid)
        except Refused as error:
            form.add_error(None, str(error))
    context = {
        "action": action,
        "form": form,
        "evidence": access.evidence_of(action),
        "may_verify": acting.may_verify(request.person, action, today) and action.state(today) == "reported",
    }
    return page(request, "practice/action_verify.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def action_cancel(request: Request, uid: UUID) -> HttpResponse:
    action = access.action_to_see(request.person, uid, timezone.localdate())
    require(request.person, Act.APPROVE, action.unit, timezone.localdate())
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acting.cancel(action, form.cleaned_data["reason"], by=request.person, at=timezone.now())
            messages.success(request, _("Cancelled; the reason stays with it."))
            return go(request, "practice:action_detail", action.uid)
        except Refused as error:
            form.add_error(None, str(error))
    context = {"action": action, "form": form}
    return page(request, "practice/action_cancel.html", context, status=422 if form.errors else 200)
