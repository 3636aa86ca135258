"""Reports: begun, filled by the ledger, sent up frozen, decided, taken away as a paper or workbook."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import F, Q
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thongsuot.ledger.measures import measure_named
from thongsuot.papers.workbooks import XLSX
from thongsuot.papers.writing import DOCX
from thongsuot.people.rights import Act, may
from thongsuot.reports import access, gathering, paper, sending
from thongsuot.reports.causes import by_cause, causes_of
from thongsuot.reports.forms import ReasonForm, StartForm, WordsForm
from thongsuot.reports.lines import BY_CODE, PERSONAL, Figure, figures_in
from thongsuot.reports.models import Report, Snapshot
from thongsuot.reports.views.overviews import opened
from thongsuot.viet.text import fold
from thongsuot.web.context import shows_example
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, go, page, refused
from thongsuot.web.paging import paged
from thongsuot.web.templatetags.web import day

# Each state of a report as a condition.
IN_STATE = {
    "submitted": Q(submitted_at__isnull=False, accepted_at__isnull=True)
    & (Q(returned_at__isnull=True) | Q(returned_at__lt=F("submitted_at"))),
    "accepted": Q(accepted_at__isnull=False),
    "returned": Q(accepted_at__isnull=True, returned_at__gte=F("submitted_at")),
    "draft": Q(submitted_at__isnull=True),
}

NEWEST_CORRECTIONS = 50


@require_safe
def report_list(request: Request) -> HttpResponse:
    """Reports of my units and below, by unit and state; for whoever sees these units."""
    on = timezone.localdate()
    reports = access.reports_seen_by(request.person, on)
    state, words = request.GET.get("state", ""), request.GET.get("q", "")
    if state in IN_STATE:
        reports = reports.filter(IN_STATE[state])
    if wanted := fold(words).strip():
        reports = reports.filter(unit__folded__contains=wanted)
    return page(
        request,
        "reports/report_list.html",
        {
            "page": paged(request, reports, 30),
            "state": state,
            "q": words,
            "campaigns": access.campaigns_seen_by(request.person, on),
            "may_start": access.units_directed(request.person, on).exists(),
            "home_units": access.home_units(request.person, on)[:5],
        },
        part="list",
    )


@require_http_methods(["GET", "POST"])
def report_create(request: Request) -> HttpResponse:
    """Begin the report of one of the units that I direct."""
    on = timezone.localdate()
    units = access.units_directed(request.person, on)
    campaigns = access.campaigns_seen_by(request.person, on)
    newest = campaigns.first()
    first = {"period_from": newest.starts_on if newest else on, "period_to": on}
    form = StartForm(
        request.POST if request.method == "POST" else None, initial=first, campaigns=campaigns, units=units
    )
    if request.method == "POST" and form.is_valid():
        try:
            report = gathering.start_report(**form.cleaned_data, by=request.person, at=timezone.now())
            return go(request, "reports:report_detail", report.uid)
        except Refused as error:
            form.add_error(None, str(error))
    context = {"form": form, "may_start": units.exists()}
    return page(request, "reports/report_create.html", context, status=422 if form.errors else 200)


def _trail(request: Request, report: Report, here: str) -> list[tuple[str, str]]:
    """Breadcrumbs of a page below the report."""
    above = access.trail(request.person, report.campaign, report.unit, timezone.localdate())
    return [*above, (_("Report"), reverse("reports:report_detail", args=[report.uid])), (here, "")]


def _body(request: Request, report: Report) -> tuple[dict[str, Any], Snapshot | None]:
    """What the report says: as frozen when it was last sent, or live for its own unit while it is open."""
    frozen = report.snapshots.order_by("-pk").first()
    if frozen and not (report.is_open and access.is_inside(request.person, report.unit, timezone.localdate())):
        return frozen.body, frozen
    live = gathering.figures(report.campaign, report.unit, report.period_from, report.period_to)
    return {**live.as_json(), "words": {name: getattr(report, name) for name in sending.WORDS}}, None


def _corrections(report: Report, body: dict[str, Any]) -> list[tuple[Figure, Figure]]:
    """What later entries changed in the figures since they were frozen: as they were, as they are."""
    period = (report.period_from, report.period_to)
    asked = gathering.asked_in(body)
    live = gathering.lines_counted(report.campaign, report.unit, *period, body["people"], asked)
    now = {figure.code: figure for figure in live}
    pairs = [(one, now[one.code]) for one in figures_in(body) if one.code in now]
    # As they read: a denominator may change alone, and of a handful of people nothing is told.
    return [(was, is_now) for was, is_now in pairs if was.shown != is_now.shown]


def _facts(report: Report) -> list[tuple[str, str]]:
    sent, decided = report.submitted_by, report.decided_by
    rows = []
    if report.submitted_on:
        rows.append((_("Sent"), " · ".join([day(report.submitted_on), *([sent.full_name] if sent else [])])))
    if decided_at := report.accepted_at or (report.returned_at if report.state == "returned" else None):
        name = _("Accepted on") if report.accepted_at else _("Returned on")
        when = day(timezone.localtime(decided_at))
        rows.append((name, " · ".join([when, *([decided.full_name] if decided else [])])))
    return rows


@require_safe
def report_detail(request: Request, uid: UUID) -> HttpResponse:
    """The report: figures that open down to their cause, the words, its way up; for whoever sees the unit."""
    on = timezone.localdate()
    report = access.report_to_see(request.person, uid, on)
    body, frozen = _body(request, report)
    return page(
        request,
        "reports/report_detail.html",
        {
            "report": report,
            "trail": access.trail(request.person, report.campaign, report.unit, on, _("Report")),
            "figures": figures_in(body),
            "body": body,
            "asked_lines": gathering.asked_in(body),
            # What the head wrote before it was sent stays within the unit.
            "is_inside": access.is_inside(request.person, report.unit, on),
            "facts": _facts(report),
            "names_missing": access.sees_below(request.person, report, on),
            "snapshots": sending.copies(report),
            "corrections": _corrections(report, body) if frozen else [],
            "may_write": _may_write(request, report),
            "may_decide": report.state == "submitted" and sending.may_decide(request.person, report, on),
            "reason_form": ReasonForm(),
        },
    )


@require_safe
def report_figure(request: Request, uid: UUID, code: str) -> HttpResponse:
    """The entries that a figure of the report is the sum of, and those that corrected it since."""
    on = timezone.localdate()
    report = access.report_to_see(request.person, uid, on)
    body, frozen = _body(request, report)
    figure = next((one for one in figures_in(body) if one.code == code), None)
    if figure is None or code not in BY_CODE:
        raise Http404
    line = figure.line
    start = None if line.counts == "people" else report.period_from
    entries = gathering.entries_of(report.campaign.book, report.unit, start, report.period_to)
    entries = entries.filter(measure__in=line.measures)
    counted = entries.filter(pk__lte=frozen.ledger_position) if frozen else entries
    since = by_cause(entries.filter(pk__gt=frozen.ledger_position))[:NEWEST_CORRECTIONS] if frozen else []
    return page(
        request,
        "reports/figure_detail.html",
        {
            "unit": report.unit,
            "trail": _trail(request, report, figure.name),
            "name": figure.name,
            "figure": figure,
            "whole_name": str(measure_named(line.of)),
            "start": start,
            "end": report.period_to,
            "since": causes_of(since, request.person, on) if line.measure not in PERSONAL else [],
            **opened(request, counted, line.measures, on),
        },
    )


def _may_write(request: Request, report: Report) -> bool:
    return report.is_open and may(request.person, Act.DIRECT, report.unit, timezone.localdate())


@require_http_methods(["GET", "POST"])
def report_edit(request: Request, uid: UUID) -> HttpResponse:
    """The head's own words; for who directs the unit, while the report is open."""
    report = access.report_to_see(request.person, uid, timezone.localdate())
    form = WordsForm(request.POST if request.method == "POST" else None, instance=report)
    if request.method == "POST" and form.is_valid():
        try:
            sending.keep_words(report, form.cleaned_data, by=request.person, at=timezone.now())
            messages.success(request, _("Saved."))
            return go(request, "reports:report_detail", report.uid)
        except Refused as error:
            form.add_error(None, str(error))
    elif request.method == "GET" and not _may_write(request, report):
        return go(request, "reports:report_detail", report.uid)
    context = {"form": form, "report": report, "trail": _trail(request, report, _("Write your words"))}
    return page(request, "reports/report_edit.html", context, status=422 if form.errors else 200)


@require_POST
def report_submit(request: Request, uid: UUID) -> HttpResponse:
    """For who directs the unit; sent twice it stays as it was frozen first."""
    report = access.report_to_see(request.person, uid, timezone.localdate())
    try:
        sending.submit(report, by=request.person, on=timezone.localdate(), at=timezone.now())
        messages.success(request, _("The report was sent. Its figures are frozen."))
    except Refused as error:
        return refused(request, error, "reports:report_detail", report.uid)
    return go(request, "reports:report_detail", report.uid)


@require_POST
def report_accept(request: Request, uid: UUID) -> HttpResponse:
    """For those above who verify."""
    report = access.report_to_see(request.person, uid, timezone.localdate())
    try:
        sending.accept(report, by=request.person, at=timezone.now())
        messages.success(request, _("The report is accepted."))
    except Refused as error:
        return refused(request, error, "reports:report_detail", report.uid)
    return go(request, "reports:report_detail", report.uid)


@require_POST
def report_return(request: Request, uid: UUID) -> HttpResponse:
    """For those above who verify; the reason goes with it."""
    report = access.report_to_see(request.person, uid, timezone.localdate())
    try:
        sending.return_report(report, request.POST.get("reason", ""), by=request.person, at=timezone.now())
        messages.success(request, _("The report went back with your reason."))
    except Refused as error:
        return refused(request, error, "reports:report_detail", report.uid)
    return go(request, "reports:report_detail", report.uid)


def _taken_away(request: Request, uid: UUID, write: Any, media_type: str, ending: str) -> HttpResponse:
    on = timezone.localdate()
    report = access.report_to_see(request.person, uid, on)
    body, frozen = _body(request, report)
    names = access.sees_below(request.person, report, on)
    response = HttpResponse(write(report, body, frozen, made_up=shows_example(), names=names), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="bao-cao-{report.period_to}.{ending}"'
    return response


@require_safe
def report_docx(request: Request, uid: UUID) -> HttpResponse:
    """For whoever sees the report."""
    return _taken_away(request, uid, paper.report_docx, DOCX, "docx")


@require_safe
def report_xlsx(request: Request, uid: UUID) -> HttpResponse:
    """For whoever sees the report."""
    return _taken_away(request, uid, paper.report_xlsx, XLSX, "xlsx")
