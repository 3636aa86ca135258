"""Pages of the reports room: get through access, ask, render."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import F, Sum
from django.http import HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thongsuot.ledger.measures import measure_named
from thongsuot.papers.workbooks import XLSX
from thongsuot.papers.writing import DOCX
from thongsuot.people.rights import Act, may
from thongsuot.reports import access, gathering, overview, sending
from thongsuot.reports import signals as signs
from thongsuot.reports.causes import causes_of
from thongsuot.reports.forms import ExplanationForm, ReasonForm, StartForm, WordsForm
from thongsuot.reports.models import Report
from thongsuot.reports.paper import report_docx, report_xlsx
from thongsuot.units.tree import path_units
from thongsuot.web.charts import stacked, timeline
from thongsuot.web.context import shows_example
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, go, page, refused
from thongsuot.web.paging import paged

STATES = {
    "done": gettext_lazy("done on time"),
    "late": gettext_lazy("done late"),
    "under_way": gettext_lazy("under way"),
    "waiting": gettext_lazy("waiting"),
    "overdue": gettext_lazy("overdue"),
    "excused": gettext_lazy("excused"),
}


def today() -> date:
    return timezone.localdate()


@require_safe
def report_list(request: Request) -> HttpResponse:
    """Reports of my units and below; what waits for a decision first."""
    on = today()
    reports = access.reports_seen_by(request.person, on)
    state = request.GET.get("state", "")
    if state == "submitted":
        reports = reports.filter(submitted_at__isnull=False, accepted_at__isnull=True).exclude(
            returned_at__gte=F("submitted_at")
        )
    elif state == "accepted":
        reports = reports.filter(accepted_at__isnull=False)
    units = access.own_units(request.person, Act.DIRECT, on)
    return page(
        request,
        "reports/report_list.html",
        {
            "page": paged(request, reports, 30),
            "state": state,
            "campaigns": access.campaigns_seen_by(request.person),
            "may_start": bool(units[:1]),
            "own_units": units[:5],
        },
    )


@require_http_methods(["GET", "POST"])
def report_create(request: Request) -> HttpResponse:
    """Begin the report of one of my units."""
    on = today()
    units = access.own_units(request.person, Act.DIRECT, on)
    campaigns = access.campaigns_seen_by(request.person)
    newest = campaigns.first()
    first = {"period_from": newest.starts_on if newest else on, "period_to": on}
    form = StartForm(
        request.POST if request.method == "POST" else None, initial=first, campaigns=campaigns, units=units
    )
    if request.method == "POST" and form.is_valid():
        try:
            values = form.cleaned_data
            report = gathering.start_report(
                values["campaign"], values["unit"], period_from=values["period_from"], period_to=values["period_to"],
                by=request.person, at=timezone.now(),
            )  # fmt: skip
            return go(request, "reports:report_detail", report.uid)
        except Refused as error:
            form.add_error(None, str(error))
    return page(request, "reports/report_create.html", {"form": form}, status=422 if form.errors else 200)


def _body(report: Report) -> tuple[dict[str, Any], gathering.Figures | None]:
    """What the report says: frozen once it was sent, live while it is a draft."""
    snapshot = report.snapshots.first()
    if snapshot and report.state in ("submitted", "accepted"):
        return snapshot.body, None
    live = gathering.figures(report.campaign, report.unit, report.period_from, report.period_to)
    return {**live.as_json(), "words": {name: getattr(report, name) for name in sending.WORDS}}, live


def _corrections(report: Report, body: dict[str, Any]) -> list[dict[str, Any]]:
    """What later entries changed in the figures since they were frozen."""
    live = gathering.figures(report.campaign, report.unit, report.period_from, report.period_to)
    frozen = {figure["code"]: figure for figure in body["figures"]}
    return [
        {"name": line.name, "before": frozen[line.code]["value"], "now": line.value}
        for line in live.lines
        if line.code in frozen and frozen[line.code]["value"] != line.value
    ]


@require_safe
def report_detail(request: Request, uid: UUID) -> HttpResponse:
    """The report: figures that open down to their cause, the words, its way up."""
    on = today()
    report = access.report_to_see(request.person, uid, on)
    body, live = _body(report)
    names = {line.code: line.name for line in gathering.LINES}
    figures = [{**figure, "name": names.get(figure["code"], figure["code"])} for figure in body["figures"]]
    return page(
        request,
        "reports/report_detail.html",
        {
            "report": report,
            "path": path_units(report.unit),
            "figures": figures,
            "body": body,
            "snapshots": report.snapshots.all(),
            "corrections": [] if live else _corrections(report, body),
            "may_write": report.state in ("draft", "returned") and may(request.person, Act.DIRECT, report.unit, on),
            "may_decide": report.state == "submitted" and may(request.person, Act.VERIFY, report.unit, on),
            "reason_form": ReasonForm(),
        },
    )


@require_http_methods(["GET", "POST"])
def report_edit(request: Request, uid: UUID) -> HttpResponse:
    """The head's own words."""
    report = access.report_to_see(request.person, uid, today())
    form = WordsForm(request.POST if request.method == "POST" else None, instance=report)
    if request.method == "POST" and form.is_valid():
        try:
            words = {name: form.cleaned_data[name] for name in sending.WORDS}
            sending.keep_words(
                access.report_to_see(request.person, uid, today()), words, by=request.person, at=timezone.now()
            )
            messages.success(request, _("Saved."))
            return go(request, "reports:report_detail", report.uid)
        except Refused as error:
            form.add_error(None, str(error))
    elif request.method == "GET" and not may(request.person, Act.DIRECT, report.unit, today()):
        return go(request, "reports:report_detail", report.uid)
    context = {"form": form, "report": report}
    return page(request, "reports/report_edit.html", context, status=422 if form.errors else 200)


@require_POST
def report_submit(request: Request, uid: UUID) -> HttpResponse:
    report = access.report_to_see(request.person, uid, today())
    try:
        sending.submit(report, by=request.person, on=today(), at=timezone.now())
        messages.success(request, _("The report was sent. Its figures are frozen."))
    except Refused as error:
        return refused(request, error, "reports:report_detail", report.uid)
    return go(request, "reports:report_detail", report.uid)


@require_POST
def report_accept(request: Request, uid: UUID) -> HttpResponse:
    report = access.report_to_see(request.person, uid, today())
    try:
        sending.accept(report, by=request.person, at=timezone.now())
        messages.success(request, _("The report is accepted."))
    except Refused as error:
        return refused(request, error, "reports:report_detail", report.uid)
    return go(request, "reports:report_detail", report.uid)


@require_POST
def report_return(request: Request, uid: UUID) -> HttpResponse:
    report = access.report_to_see(request.person, uid, today())
    try:
        sending.return_report(report, request.POST.get("reason", ""), by=request.person, at=timezone.now())
        messages.success(request, _("The report went back with your reason."))
    except Refused as error:
        return refused(request, error, "reports:report_detail", report.uid)
    return go(request, "reports:report_detail", report.uid)


def _download(data: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def report_docx_file(request: Request, uid: UUID) -> HttpResponse:
    report = access.report_to_see(request.person, uid, today())
    body, _live = _body(report)
    return _download(report_docx(report, body, made_up=shows_example()), DOCX, f"bao-cao-{report.period_to}.docx")


@require_safe
def report_xlsx_file(request: Request, uid: UUID) -> HttpResponse:
    report = access.report_to_see(request.person, uid, today())
    body, _live = _body(report)
    return _download(report_xlsx(report, body), XLSX, f"bao-cao-{report.period_to}.xlsx")


@require_safe
def dashboard(request: Request, campaign: UUID, unit: UUID) -> HttpResponse:
    """A unit and its children side by side, and why not the rest."""
    on = today()
    chosen = access.campaign_to_see(request.person, campaign, on)
    seen = access.unit_to_see(request.person, unit, on)
    places = paged(request, overview.children(chosen, seen), 50)
    states = overview.own_states(chosen, seen, on)
    return page(
        request,
        "reports/dashboard.html",
        {
            "campaign": chosen,
            "unit": seen,
            "path": path_units(seen, chosen.hierarchy),
            "rows": overview.rows(chosen, list(places), on),
            "page": places,
            "states": [(code, label, states.get(code, 0)) for code, label in STATES.items()],
            "asked": sum(states.values()),
            "met": states.get("done", 0) + states.get("late", 0),
            "state_chart": stacked(states, title=_("Obligations by state")),
            "amounts": overview.amounts(chosen, seen),
            "months": timeline(overview.months(chosen, seen, "meeting_held"), title=_("Meetings by month")),
            "month_rows": overview.months(chosen, seen, "meeting_held"),
            "asked_lines": gathering.asked_lines(chosen, gathering.units_below(chosen, seen), on),
        },
    )


@require_safe
def figure_detail(request: Request, campaign: UUID, unit: UUID, measure: str) -> HttpResponse:
    """Every entry that a figure is the sum of, with what caused each."""
    on = today()
    chosen = access.campaign_to_see(request.person, campaign, on)
    seen = access.unit_to_see(request.person, unit, on)
    start, end = parse_date(request.GET.get("from", "")), parse_date(request.GET.get("to", ""))
    measures = measure.split("+")
    entries = overview.entries_behind(chosen, seen, measures, start, end)
    entry_page = paged(request, entries, 50)
    return page(
        request,
        "reports/figure_detail.html",
        {
            "campaign": chosen,
            "unit": seen,
            "path": path_units(seen, chosen.hierarchy),
            "measure": ", ".join(str(measure_named(code)) for code in measures),
            "page": entry_page,
            "causes": causes_of(list(entry_page)),
            "sum": entries.aggregate(sum=Sum("amount"))["sum"] or 0,
            "start": start,
            "end": end,
        },
    )


@require_safe
def signal_list(request: Request) -> HttpResponse:
    """Signs of formalism in my own units, and below once their authors have seen them."""
    on, now = today(), timezone.now()
    own = {unit.pk for unit in access.own_units(request.person, Act.RECORD, on)}
    found = access.signals_seen_by(request.person, on)
    shown = [
        {"signal": s, "sentence": signs.sentence(s), "is_own": s.unit_id in own}
        for s in found[:500]
        if s.unit_id in own or signs.is_shown_above(s, now)
    ]
    return page(request, "reports/signal_list.html", {"page": paged(request, shown, 30)})


@require_http_methods(["GET", "POST"])
def signal_explain(request: Request, uid: UUID) -> HttpResponse:
    """The unit's own word on a sign."""
    signal = access.signal_to_explain(request.person, uid, today())
    typed = request.POST if request.method == "POST" else None
    form = ExplanationForm(typed, initial={"explanation": signal.explanation})
    if request.method == "POST" and form.is_valid():
        signs.explain(signal, form.cleaned_data["explanation"], by=request.person, at=timezone.now())
        messages.success(request, _("Saved."))
        return go(request, "reports:signal_list")
    context = {"form": form, "signal": signal, "sentence": signs.sentence(signal)}
    return page(request, "reports/signal_explain.html", context, status=422 if form.errors else 200)
