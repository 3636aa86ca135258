"""The minutes: written from agenda and register, read and approved by the head, as a Word file; and the tasks."""

import hashlib
import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.meetings import access
from thongsuot.meetings import minutes as verbs
from thongsuot.meetings.forms import DecisionForm, DecisionFormSet, ItemForm, MinutesForm
from thongsuot.meetings.minutes_paper import paper_of
from thongsuot.meetings.models import AgendaItem, Decision, Meeting, Minutes
from thongsuot.papers.writing import DOCX, write_docx
from thongsuot.people.models import Person
from thongsuot.people.rights import Act, may
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, go, page, refused


@require_http_methods(["GET", "POST"])
def minutes_edit(request: Request, uid: UUID) -> HttpResponse:
    """One page for everything: who took part, each item, our own case, the conclusion, the tasks."""
    meeting = access.meeting_to_record(request.person, uid, timezone.localdate())
    standing = Minutes.objects.filter(meeting=meeting).first()
    if standing and standing.is_approved and request.method == "GET":
        return go(request, "meetings:minutes_approve", meeting.uid)
    try:
        draft = verbs.draft(meeting, by=request.person, at=timezone.now())
    except Refused as error:
        return refused(request, error, "meetings:meeting_detail", meeting.uid)
    stands = _stands(draft)
    form, items, rows = _forms(request, meeting, draft)
    is_sent = request.method == "POST" and not {"add", "redraft"} & request.POST.keys()
    is_stale = False
    if "redraft" in request.POST:
        verbs.redraft_opening(meeting, by=request.person, at=timezone.now())
        return go(request, "meetings:minutes_edit", meeting.uid)
    if is_sent and all([form.is_valid(), rows.is_valid(), *(each.is_valid() for _item, each in items)]):
        is_stale = request.POST.get("seen", stands) != stands and not draft.is_approved
        if not is_stale:
            try:
                _save(request, meeting, form, items, rows)
                messages.success(request, _("Saved."))
                onwards = "minutes_approve" if "approve" in request.POST else "minutes_edit"
                return go(request, f"meetings:{onwards}", meeting.uid)
            except Refused as error:
                form.add_error(None, str(error))
    if request.method == "POST" and not is_sent:
        _unjudge(form, rows, *(each for _item, each in items))
    context = {
        "meeting": meeting,
        "minutes": draft,
        "form": form,
        "items": items,
        "rows": rows,
        "seen": stands,
        "others": _others(draft, form, items) if is_stale else [],
        "is_stale": is_stale,
        "may_approve": may(request.person, Act.APPROVE, meeting.unit, timezone.localdate()),
        "opening_now": verbs.opening_text(meeting),
    }
    return page(request, "meetings/minutes_edit.html", context, status=422 if is_sent else 200)


def _stands(draft: Minutes) -> str:
    """What is stored now, in short: whoever saves says on what she wrote."""
    return hashlib.sha256(json.dumps(verbs.text_of(draft), sort_keys=True).encode()).hexdigest()[:16]


Items = list[tuple[Any, ItemForm]]


def _forms(request: Request, meeting: Meeting, draft: Minutes) -> tuple[MinutesForm, Items, Any]:
    sent = request.POST.copy() if request.method == "POST" else None
    if sent is not None and "add" in sent:
        total = sent.get("task-TOTAL_FORMS", "0")
        is_number = total.isascii() and total.isdigit() and len(total) < 5
        sent["task-TOTAL_FORMS"] = str(min(int(total) + 1, 40) if is_number else 1)
    form = MinutesForm(sent, initial={name: getattr(draft, name) for name in verbs.PARTS})
    items = [
        (item, ItemForm(sent, prefix=f"item-{item.pk}", initial=_said_on(item)))
        for item in meeting.agenda.select_related("topic", "passage")
    ]
    decisions = list(meeting.decisions.select_related("who"))
    people = _people(meeting, decisions)
    initial = [{"uid": each.uid, **{name: getattr(each, name) for name in verbs.SIX}} for each in decisions]
    blank: list[dict[str, Any]] = [{}]
    options = {"people": people, "held_on": meeting.held_on}
    rows = DecisionFormSet(
        sent, initial=None if sent is not None else initial + blank, prefix="task", form_kwargs=options
    )
    return form, items, rows


def _said_on(item: AgendaItem) -> dict[str, str]:
    return {"discussion": item.discussion, "conclusion": item.conclusion}


def _people(meeting: Meeting, decisions: list[Decision]) -> list[Person]:
    people = list(access.people_of(meeting.unit, meeting.held_on))
    return people + [each.who for each in decisions if each.who not in people]


@transaction.atomic
def _save(request: Request, meeting: Meeting, form: MinutesForm, items: Items, rows: Any) -> None:
    who: dict[str, Any] = {"by": request.person, "at": timezone.now()}
    said = {item.pk: each.cleaned_data for item, each in items}
    verbs.write(meeting, parts=form.cleaned_data, items=said, **who)
    own = {decision.uid: decision for decision in meeting.decisions.all()}
    for row in rows:
        decision = own.get(row.cleaned_data.get("uid"))
        if row.cleaned_data.get("remove"):
            if decision:
                verbs.remove_decision(decision, **who)
        elif decision and row.says_something:
            verbs.change_decision(decision, **who, **row.six())
        elif row.says_something:
            verbs.decide(meeting, **who, **row.six())


def _unjudge(form: Any, rows: Any, *more: Any) -> None:
    for one in (form, *rows.forms, *more):
        one._errors = {}
        one.cleaned_data = {}
    rows._errors, rows._non_form_errors = [{} for _form in rows.forms], rows.error_class()


def _others(draft: Minutes, form: MinutesForm, items: Items) -> list[tuple[str, str]]:
    """What a colleague stored and this page would overwrite: label and their words."""
    found = [
        (str(form.fields[name].label), str(getattr(draft, name) or "–"))
        for name in verbs.PARTS
        if (getattr(draft, name) or "") != (form.cleaned_data.get(name) or "")
    ]
    for item, each in items:
        for name in ("discussion", "conclusion"):
            if getattr(item, name) != each.cleaned_data.get(name, ""):
                found.append((f"{item.title} · {each.fields[name].label}", getattr(item, name) or "–"))
    return found


@require_http_methods(["GET", "POST"])
def minutes_approve(request: Request, uid: UUID) -> HttpResponse:
    """The minutes as they will stand; the head approves below them. Approved, they are read here."""
    today = timezone.localdate()
    meeting = access.meeting_to_read(request.person, uid, today)
    minutes = Minutes.objects.filter(meeting=meeting).select_related("approved_by", "drafted_by").first()
    may_record = may(request.person, Act.RECORD, meeting.unit, today)
    may_approve = may(request.person, Act.APPROVE, meeting.unit, today)
    if minutes is None or not (minutes.is_approved or may_record or may_approve):
        return go(request, "meetings:meeting_detail", meeting.uid)
    minutes.meeting = meeting
    if request.method == "POST":
        try:
            verbs.approve(minutes, by=request.person, at=timezone.now())
            messages.success(request, _("Approved. What was decided is now tracked as actions."))
        except Refused as error:
            return refused(request, error, "meetings:minutes_approve", meeting.uid)
        return go(request, "meetings:minutes_approve", meeting.uid)
    context = {
        "meeting": meeting,
        "minutes": minutes,
        "agenda": meeting.agenda.select_related("topic", "passage__edition__document"),
        "decisions": meeting.decisions.select_related("who"),
        "missing": verbs.missing_parts(minutes),
        "is_thin": verbs.is_thin(minutes),
        "may_approve": may_approve and not minutes.is_approved,
        "may_record": may_record and not minutes.is_approved,
    }
    return page(request, "meetings/minutes_approve.html", context)


@require_GET
def minutes_docx(request: Request, uid: UUID) -> HttpResponse:
    today = timezone.localdate()
    meeting = access.meeting_to_read(request.person, uid, today)
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is None or not (minutes.is_approved or may(request.person, Act.RECORD, meeting.unit, today)):
        return go(request, "meetings:meeting_detail", meeting.uid)
    minutes.meeting = meeting
    name = f"Biên bản {meeting.held_on:%Y-%m-%d} {meeting.unit.name}.docx"
    response = HttpResponse(write_docx(paper_of(minutes, today)), content_type=DOCX)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@require_http_methods(["GET", "POST"])
def decision_create(request: Request, uid: UUID) -> HttpResponse:
    meeting = access.meeting_to_record(request.person, uid, timezone.localdate())
    form = _decision_form(request, meeting, None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.decide(meeting, by=request.person, at=timezone.now(), **form.six())
            messages.success(request, _("Saved."))
            return go(request, "meetings:meeting_detail", meeting.uid)
        except Refused as error:
            form.add_error(None, str(error))
    context = {"meeting": meeting, "form": form, "decision": None}
    return page(request, "meetings/decision_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def decision_edit(request: Request, uid: UUID) -> HttpResponse:
    decision = access.decision_to_change(request.person, uid, timezone.localdate())
    form = _decision_form(request, decision.meeting, decision)
    if request.method == "POST" and form.is_valid():
        who: dict[str, Any] = {"by": request.person, "at": timezone.now()}
        try:
            if form.cleaned_data["remove"]:
                verbs.remove_decision(decision, **who)
            else:
                verbs.change_decision(decision, **who, **form.six())
            messages.success(request, _("Saved."))
            return go(request, "meetings:meeting_detail", decision.meeting.uid)
        except Refused as error:
            form.add_error(None, str(error))
    context = {"meeting": decision.meeting, "form": form, "decision": decision}
    return page(request, "meetings/decision_edit.html", context, status=422 if form.errors else 200)


def _decision_form(request: Request, meeting: Meeting, decision: Decision | None) -> DecisionForm:
    initial = {name: getattr(decision, name) for name in verbs.SIX} if decision else {}
    people = _people(meeting, [decision] if decision else [])
    form = DecisionForm(request.POST or None, initial=initial, people=people, held_on=meeting.held_on)
    for name in DecisionForm.NEEDED:
        form.fields[name].required = True
    if decision is None:
        del form.fields["remove"]
    return form
