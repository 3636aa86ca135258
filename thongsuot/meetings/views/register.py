"""The register: marking, adding people, the sheet to sign, closing and opening again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.meetings import access, calling, register
from thongsuot.meetings.forms import ClosingForm, PeopleForm, ReasonForm
from thongsuot.meetings.marking import Row, touched
from thongsuot.meetings.models import Attendance, Meeting
from thongsuot.people.models import Person
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, go, page, refused
from thongsuot.web.paging import paged

PER_PAGE = 200
FOUND = 40


@require_http_methods(["GET", "POST"])
def register_edit(request: Request, uid: UUID) -> HttpResponse:
    """Every member with three clear choices; saved as far as it is filled in."""
    today = timezone.localdate()
    meeting = access.meeting_to_record(request.person, uid, today)
    conflicts: list[register.Conflict] = []
    if request.method == "POST":
        try:
            conflicts = _save(request, meeting)
        except Refused as error:
            return refused(request, error, "meetings:meeting_detail", meeting.uid)
        if not conflicts:
            return _onwards(request, meeting)
        _tell_of(request, conflicts)
    lines = list(meeting.register.select_related("person", "recorded_by"))
    met = {conflict.line.pk: conflict for conflict in conflicts}
    rows = [Row(line, number, met.get(line.pk)) for number, line in enumerate(lines, start=1)]
    context = {
        "meeting": meeting,
        "rows": paged(request, rows, per=PER_PAGE),
        "counts": register.summary(lines),
        "conflicts": conflicts,
        "is_early": meeting.held_on > today,
        "days_since": (today - meeting.held_on).days,
    }
    return page(request, "meetings/register_edit.html", context, status=422 if conflicts else 200)


def _save(request: Request, meeting: Meeting) -> list[register.Conflict]:
    who = {"by": request.person, "at": timezone.now()}
    lines = touched(request.POST, meeting.register.all())
    conflicts = register.record(meeting, lines, **who)
    saved = len(lines) - len(conflicts)
    if saved:
        messages.success(request, ngettext("%(count)d line saved.", "%(count)d lines saved.", saved) % {"count": saved})
    if "rest" in request.POST and not conflicts:
        count = register.mark_rest_present(meeting, **who)
        said = ngettext("%(count)d person marked as present.", "%(count)d people marked as present.", count)
        messages.success(request, said % {"count": count})
    return conflicts


def _tell_of(request: Request, conflicts: list[register.Conflict]) -> None:
    said = ngettext(
        "%(count)d line was recorded by a colleague in the meantime. Theirs stands; look at it below.",
        "%(count)d lines were recorded by a colleague in the meantime. Theirs stand; look at them below.",
        len(conflicts),
    )
    messages.warning(request, said % {"count": len(conflicts)})


def _onwards(request: Request, meeting: Meeting) -> HttpResponse:
    if "close" in request.POST and not meeting.is_closed:
        return go(request, "meetings:register_close", meeting.uid)
    response = go(request, "meetings:register_edit", meeting.uid)
    number = request.GET.get("page", "")
    if number.isascii() and number.isdigit():
        response["Location"] = f"{response.url}?page={number}"  # type: ignore[attr-defined]
    return response


@require_GET
def register_sheet(request: Request, uid: UUID) -> HttpResponse:
    """To print and to sign; row numbers make it easy to enter."""
    meeting = access.meeting_to_record(request.person, uid, timezone.localdate())
    lines = list(meeting.register.select_related("person"))
    return page(request, "meetings/register_sheet.html", {"meeting": meeting, "lines": lines, "blank": range(5)})


@require_http_methods(["GET", "POST"])
def register_people(request: Request, uid: UUID) -> HttpResponse:
    """Ask people of the units below to a conference: by name, or all heads at once."""
    today = timezone.localdate()
    meeting = access.meeting_to_record(request.person, uid, today)
    below = access.people_below(meeting.unit, meeting.held_on)
    if request.method == "POST":
        try:
            return _add(request, meeting)
        except Refused as error:
            return refused(request, error, "meetings:register_people", meeting.uid)
    form = PeopleForm(request.GET or None)
    words = form.cleaned_data["q"].strip() if form.is_bound and form.is_valid() else ""
    there = meeting.register.values("person_id")
    found = below.matching(words).exclude(pk__in=there)[: FOUND + 1] if words else Person.objects.none()
    heads = access.heads_below(meeting.unit, meeting.held_on).exclude(pk__in=there)
    context = {
        "meeting": meeting,
        "form": form,
        "words": words,
        "found": found[:FOUND],
        "has_more": len(found) > FOUND,
        "heads": heads.count(),
        "listed": meeting.register.count(),
    }
    return page(request, "meetings/register_people.html", context)


def _add(request: Request, meeting: Meeting) -> HttpResponse:
    below = access.people_below(meeting.unit, meeting.held_on)
    if "heads" in request.POST:
        chosen = access.heads_below(meeting.unit, meeting.held_on)
    else:
        # A number that no column can hold is nobody's key.
        sent = request.POST.getlist("person")
        keys = [int(key) for key in sent if key.isascii() and key.isdigit() and len(key) < 19]
        chosen = below.filter(pk__in=keys)
    count = calling.add_to_register(meeting, chosen, by=request.person, at=timezone.now())
    said = ngettext("%(count)d person added to the list.", "%(count)d people added to the list.", count)
    messages.success(request, said % {"count": count})
    return go(request, "meetings:register_people", meeting.uid)


@require_http_methods(["GET", "POST"])
def register_close(request: Request, uid: UUID) -> HttpResponse:
    """The last look: who would be recorded as absent without reason, then the button."""
    today = timezone.localdate()
    meeting = access.meeting_to_record(request.person, uid, today)
    if meeting.is_closed or meeting.voided_at:
        messages.info(request, _("There is nothing to close: see below how the meeting stands."))
        return go(request, "meetings:meeting_detail", meeting.uid)
    initial = {"ends_at": meeting.ends_at, "public_count": meeting.public_count}
    form = ClosingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            register.close(
                meeting,
                ends_at=form.cleaned_data["ends_at"],
                public_count=form.cleaned_data["public_count"] or 0,
                by=request.person,
                at=timezone.now(),
            )
            messages.success(request, _("The register is closed: the meeting counts."))
            return go(request, "meetings:meeting_detail", meeting.uid)
        except Refused as error:
            form.add_error(None, str(error))
    lines = list(meeting.register.select_related("person"))
    context = {
        "meeting": meeting,
        "form": form,
        "counts": register.summary(lines),
        "unmarked": [line for line in lines if not line.status and not line.is_exempt],
        "absent": [line for line in lines if line.status == Attendance.Status.ABSENT],
        "days_since": (today - meeting.held_on).days,
    }
    return page(request, "meetings/register_close.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def register_reopen(request: Request, uid: UUID) -> HttpResponse:
    meeting = access.meeting_to_record(request.person, uid, timezone.localdate())
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            register.reopen(meeting, form.cleaned_data["reason"], by=request.person, at=timezone.now())
            messages.success(request, _("The register is open again. Close it anew so that the meeting counts."))
            return go(request, "meetings:register_edit", meeting.uid)
        except Refused as error:
            form.add_error(None, str(error))
    context = {"meeting": meeting, "form": form}
    return page(request, "meetings/register_reopen.html", context, status=422 if form.errors else 200)
