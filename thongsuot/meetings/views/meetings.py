"""The list of meetings, one meeting with its next step, calling and changing it, voiding it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.campaigns.models import Campaign, Obligation, Requirement
from thongsuot.meetings import access, calling, preparing, register
from thongsuot.meetings.forms import (
    AgendaFormSet,
    AgendaRows,
    MeetingFilter,
    MeetingForm,
    ProposalForm,
    ReasonForm,
)
from thongsuot.meetings.invitation import as_event
from thongsuot.meetings.models import Attendance, Meeting
from thongsuot.notices.calendars import ICS, calendar_file
from thongsuot.people.models import Person
from thongsuot.people.rights import Act, may, scope
from thongsuot.units.models import Unit
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, go, page
from thongsuot.web.paging import paged


@require_GET
def meeting_list(request: Request) -> HttpResponse:
    today = timezone.localdate()
    seen = access.meetings_seen_by(request.person, today)
    form = MeetingFilter(request.GET or None, campaigns=access.campaigns_to_meet_on(request.person, None, today))
    rows = paged(request, _filtered(seen, form, today).select_related("unit", "campaign", "minutes"), per=30)
    present = dict(
        Attendance.objects.filter(meeting__in=list(rows.object_list), status=Attendance.Status.PRESENT)
        .order_by()
        .values_list("meeting_id")
        .annotate(Count("pk"))
    )
    for meeting in rows.object_list:
        meeting.present = present.get(meeting.pk, 0)
    context = {
        "rows": rows,
        "form": form,
        "today": today,
        "may_call": bool(scope(request.person, Act.RECORD, today)),
        "may_publish": bool(scope(request.person, Act.DIRECT, today)),
    }
    return page(request, "meetings/meeting_list.html", context, part="list")


def _filtered(seen: QuerySet[Meeting], form: MeetingFilter, today: date) -> QuerySet[Meeting]:
    form.is_valid()
    wanted = form.cleaned_data if form.is_bound else {}
    open_ = Q(closed_at__isnull=True, voided_at__isnull=True)
    states = {
        "coming": open_ & Q(held_on__gte=today),
        "open": open_ & Q(held_on__lte=today),
        "closed": Q(closed_at__isnull=False, voided_at__isnull=True),
        "minuted": Q(minutes__approved_at__isnull=False, voided_at__isnull=True),
        "voided": Q(voided_at__isnull=False),
    }
    if campaign := wanted.get("campaign"):
        seen = seen.filter(campaign=campaign)
    if kind := wanted.get("kind"):
        seen = seen.filter(kind=kind)
    if state := states.get(wanted.get("state", "")):
        seen = seen.filter(state)
    if words := wanted.get("q"):
        seen = seen.filter(unit__in=Unit.objects.matching(words).values("pk"))
    return seen.order_by("-held_on", "-starts_at", "-pk")


@require_http_methods(["GET", "POST"])
def meeting_create(request: Request) -> HttpResponse:
    """A meeting of one of my units, prepared from what the campaign asks; all of it may be changed."""
    today = timezone.localdate()
    units = access.units_recorded_by(request.person, today)
    unit = _unit(request, units)
    if unit is None:
        calling_ = _("You keep the register of no unit, so you can call no meeting. Ask the head of your unit.")
        return page(request, "meetings/meeting_refused.html", {"sentence": calling_}, status=422)
    campaigns = access.campaigns_to_meet_on(request.person, unit, today)
    campaign = _campaign(request, campaigns, unit)
    topics = access.topics_of(campaigns.filter(pk=campaign.pk) if campaign else campaigns.none())
    uid = _uid(request, "topic")
    topic = topics.filter(uid=uid).first() if uid else None
    proposal = preparing.propose(unit, on=today, campaign=campaign, topic=topic)
    form = MeetingForm(
        request.POST or None, initial=proposal.values, campaigns=campaigns, people=access.people_of(unit, today)
    )
    rows = _agenda_rows(request, proposal.agenda, campaign)
    context = {
        "unit": unit,
        "campaign": campaign,
        "proposal": ProposalForm(initial={"unit": unit.uid, "topic": topic and topic.uid}, units=units, topics=topics),
    }
    return _meeting_page(request, form, rows, unit, None, context)


@require_http_methods(["GET", "POST"])
def meeting_edit(request: Request, uid: UUID) -> HttpResponse:
    today = timezone.localdate()
    meeting = access.meeting_to_record(request.person, uid, today)
    if request.method == "GET" and (meeting.is_closed or meeting.voided_at):
        return go(request, "meetings:meeting_detail", meeting.uid)
    names = (*calling.CHANGEABLE,)
    named = Person.objects.filter(pk__in=[meeting.chair_id, meeting.note_taker_id])
    people = access.people_of(meeting.unit, today) | named
    form = MeetingForm(
        request.POST or None,
        initial={name: getattr(meeting, name) for name in names},
        campaigns=access.campaigns_to_meet_on(request.person, meeting.unit, today),
        people=people.distinct(),
    )
    standing = [
        {name: getattr(item, name) for name in ("uid", "title", "topic", "passage", "presenter")}
        for item in meeting.agenda.select_related("topic", "passage")
    ]
    rows = _agenda_rows(request, standing, meeting.campaign)
    return _meeting_page(request, form, rows, meeting.unit, meeting, {"unit": meeting.unit, "meeting": meeting})


def _meeting_page(
    request: Request, form: MeetingForm, rows: AgendaRows, unit: Unit, meeting: Meeting | None, context: dict[str, Any]
) -> HttpResponse:
    is_sent = request.method == "POST" and "add" not in request.POST
    # Both are looked at, so that every mistake shows at once.
    if is_sent and all([form.is_valid(), rows.is_valid()]):
        try:
            saved = _save(request, form, rows, unit, meeting)
            return go(request, "meetings:meeting_detail", saved.uid)
        except Refused as error:
            form.add_error(None, str(error))
    if request.method == "POST" and not is_sent:
        _unjudge(form, *rows.forms)
        rows.unjudge()
    context |= {"form": form, "rows": rows}
    return page(request, "meetings/meeting_edit.html", context, status=422 if is_sent else 200)


def _save(request: Request, form: MeetingForm, rows: AgendaRows, unit: Unit, meeting: Meeting | None) -> Meeting:
    who: dict[str, Any] = {"by": request.person, "at": timezone.now()}
    values, agenda = form.cleaned_data, rows.agenda()
    if meeting:
        saved = calling.change_meeting(meeting, agenda=agenda, **who, **values)
    else:
        fresh = [{name: value for name, value in row.items() if name != "uid"} for row in agenda]
        saved = calling.call_meeting(unit, agenda=fresh, **who, **values)
    if preparing.is_short_notice(saved.kind, saved.held_on, timezone.localdate()):
        messages.warning(
            request,
            _("A thematic meeting needs its documents at least one day before. Tell the members how they get them."),
        )
    messages.success(request, _("Saved. The members are told."))
    return saved


def _unjudge(*forms_: Any) -> None:
    """Another row was asked for: what was typed stays, nothing is judged yet."""
    for one in forms_:
        one._errors = {}
        one.cleaned_data = {}


def _agenda_rows(request: Request, initial: list[dict[str, Any]], campaign: Campaign | None) -> AgendaRows:
    topics = list(campaign.topics.all()) if campaign else []
    passages = list(access.passages_of(campaign))
    # A meeting may cite a passage that has left the trail since.
    passages += [row["passage"] for row in initial if row.get("passage") and row["passage"] not in passages]
    options = {"topics": topics, "passages": passages}
    if request.method != "POST":
        blank: list[dict[str, Any]] = [{}]
        return AgendaFormSet(initial=initial + blank, prefix="agenda", form_kwargs=options)  # type: ignore[return-value]
    sent = request.POST.copy()
    if "add" in sent:
        sent["agenda-TOTAL_FORMS"] = str(min(_number(sent.get("agenda-TOTAL_FORMS")) + 1, 30))
    return AgendaFormSet(sent, prefix="agenda", form_kwargs=options)  # type: ignore[return-value]


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 5 else 0


def _uid(request: Request, name: str) -> UUID | None:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def _unit(request: Request, units: QuerySet[Unit]) -> Unit | None:
    """The unit asked for, else the one that holds meetings of members, else any."""
    wanted = _uid(request, "unit")
    if wanted:
        return units.filter(uid=wanted).first()
    return units.order_by("-kind__has_members", "kind__rank", "sort_key").first()


def _campaign(request: Request, campaigns: QuerySet[Campaign], unit: Unit) -> Campaign | None:
    """The one asked for by campaign or topic; else the one that asks a meeting of the unit; else the newest."""
    if "plain" in request.GET:
        return None
    if wanted := _uid(request, "campaign"):
        return campaigns.filter(uid=wanted).first()
    if wanted := _uid(request, "topic"):
        return campaigns.filter(topics__uid=wanted).first()
    asked = Obligation.objects.filter(unit=unit, requirement__kind=Requirement.Kind.MEETING)
    asking = campaigns.filter(pk__in=asked.values("requirement__campaign_id")).order_by("-starts_on")
    return asking.first() or campaigns.order_by("-starts_on").first()


@dataclass(frozen=True)
class Step:
    """What comes next for this meeting, and who is asked to do it."""

    text: str
    url: str = ""
    label: str = ""


@require_GET
def meeting_detail(request: Request, uid: UUID) -> HttpResponse:
    today = timezone.localdate()
    meeting = access.meeting_to_see(request.person, uid, today)
    # A guest of a conference sees the invitation; who was absent is for the unit and those above it.
    may_read = may(request.person, Act.SEE, meeting.unit, today)
    lines = list(meeting.register.select_related("person")) if may_read else []
    may_record = may(request.person, Act.RECORD, meeting.unit, today)
    may_approve = may(request.person, Act.APPROVE, meeting.unit, today)
    minutes = getattr(meeting, "minutes", None)
    may_direct = may(request.person, Act.DIRECT, meeting.unit, today)
    context = {
        "meeting": meeting,
        "today": today,
        "agenda": meeting.agenda.select_related("topic", "passage__edition__document"),
        "lines": lines,
        "counts": register.summary(lines),
        "may_read": may_read,
        "may_record": may_record,
        "may_approve": may_approve,
        "may_direct": may_direct,
        "minutes": minutes if minutes and (minutes.is_approved or may_record or may_approve) else None,
        "decisions": meeting.decisions.select_related("who") if may_read else [],
        "step": _next_step(meeting, minutes, today) if may_record or may_approve else None,
        "posts": meeting.posts.all() if may_direct else [],
        "own_line": next((line for line in lines if line.person_id == request.person.pk), None),
    }
    return page(request, "meetings/meeting_detail.html", context)


def _next_step(meeting: Meeting, minutes: Any, today: date) -> Step | None:
    def to(name: str) -> str:
        return reverse(f"meetings:{name}", args=[meeting.uid])

    if meeting.voided_at or (minutes and minutes.is_approved):
        return None
    if meeting.held_on > today:
        text = _("The meeting is called. On its day the register is recorded; until then print the sign-in sheet.")
        return Step(text, to("register_sheet"), _("Sign-in sheet"))
    if not meeting.is_closed:
        text = _("Record who was there, then close the register: from then on the meeting counts.")
        return Step(text, to("register_edit"), _("Record the register"))
    if minutes is None:
        return Step(_("The register is closed. Draft the minutes from it."), to("minutes_edit"), _("Draft the minutes"))
    if not minutes.conclusion.strip():
        text = _("The minutes are begun. Write what was said and concluded, and the tasks.")
        return Step(text, to("minutes_edit"), _("Go on with the minutes"))
    text = _("The minutes wait for the head to read and approve them; decided tasks then become tracked actions.")
    return Step(text, to("minutes_approve"), _("Read and approve"))


@require_http_methods(["GET", "POST"])
def meeting_void(request: Request, uid: UUID) -> HttpResponse:
    meeting = access.meeting_to_decide(request.person, uid, timezone.localdate())
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            register.void(meeting, form.cleaned_data["reason"], by=request.person, at=timezone.now())
        except Refused as error:
            form.add_error(None, str(error))
        else:
            if any(post.is_public for post in meeting.posts.all()):
                messages.warning(request, _("News of this meeting is still public. Withdraw it."))
            messages.success(request, _("The meeting no longer counts. Its record is kept."))
            return go(request, "meetings:meeting_detail", meeting.uid)
    context = {"meeting": meeting, "form": form}
    return page(request, "meetings/meeting_void.html", context, status=422 if form.errors else 200)


@require_GET
def invitation(request: Request, uid: UUID) -> HttpResponse:
    meeting = access.meeting_to_see(request.person, uid, timezone.localdate())
    site = request.build_absolute_uri("/").rstrip("/")
    text = calendar_file([as_event(meeting)], at=timezone.now(), site=site)
    response = HttpResponse(text, content_type=ICS)
    response["Content-Disposition"] = f'attachment; filename="hop-{meeting.held_on:%Y-%m-%d}.ics"'
    return response
