"""What each unit was asked: the list, one by one, and releasing a unit from it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.campaigns import access, excusing
from thongsuot.campaigns.explaining import explain
from thongsuot.campaigns.forms import ObligationFilter, ReasonForm
from thongsuot.campaigns.labels import STATES
from thongsuot.campaigns.models import Obligation, ObligationQuerySet, Plan, State
from thongsuot.journal.models import Record
from thongsuot.papers.writing import XLSX, Sheet, write_xlsx
from thongsuot.people.rights import Act, may
from thongsuot.viet.text import fold
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, go, page, refused
from thongsuot.web.paging import paged


@require_GET
def obligation_list(request: Request) -> HttpResponse:
    form, obligations = _filtered(request)
    today = timezone.localdate()
    rows = paged(request, obligations)
    for obligation in rows:
        obligation.shown = obligation.state(today)  # type: ignore[attr-defined]
    context = {"form": form, "rows": rows, "states": STATES, "query": request.GET.urlencode()}
    return page(request, "campaigns/obligation_list.html", context, part="list")


def _filtered(request: Request) -> tuple[ObligationFilter, ObligationQuerySet]:
    today = timezone.localdate()
    campaigns = access.campaigns_seen_by(request.person, today)
    form = ObligationFilter(request.GET, campaigns=campaigns)
    form.is_valid()
    asked = getattr(form, "cleaned_data", {})
    rows = access.obligations_seen_by(request.person, today)
    if asked.get("campaign"):
        rows = rows.filter(requirement__campaign=asked["campaign"])
    if asked.get("requirement"):
        rows = rows.filter(requirement=asked["requirement"])
    if asked.get("state"):
        rows = rows.in_state(State(asked["state"]), today)
    if asked.get("q"):
        rows = rows.filter(unit__folded__contains=fold(asked["q"]).strip())
    if asked.get("under"):
        rows = rows.filter(unit__in=access.units_under(asked["under"]))
    rows = rows.select_related("unit", "requirement__campaign")
    return form, rows.order_by("due_on", "requirement_id", "unit__sort_key", "pk")


@require_GET
def obligation_export(request: Request) -> HttpResponse:
    """The list as filtered, as a workbook."""
    _form, obligations = _filtered(request)
    today = timezone.localdate()
    english = get_language() == "en"
    head = [_("Unit"), _("Campaign"), _("What is asked"), _("Due on"), _("State"), _("Done on"), _("Reason")]
    rows = (
        [
            one.unit.name,
            (english and one.requirement.campaign.title_en) or one.requirement.campaign.title,
            (english and one.requirement.text_en) or one.requirement.text,
            one.due_on,
            str(STATES[one.state(today)]),
            one.fulfilled_on,
            one.excused_reason,
        ]
        for one in obligations.iterator(chunk_size=1000)
    )
    content = write_xlsx([Sheet(_("What was asked"), head, rows, (40, 40, 40, 12, 14, 12, 40))])
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="obligations-{today:%Y-%m-%d}.xlsx"'
    return response


@require_GET
def obligation_detail(request: Request, uid: UUID) -> HttpResponse:
    """It explains itself: where it stands, why it is asked, what met it, and the next step."""
    today = timezone.localdate()
    obligation = access.obligation_to_see(request.person, uid, today)
    may_act = may(request.person, Act.DIRECT, obligation.unit, today)
    state = obligation.state(today)
    context = {
        "obligation": obligation,
        "requirement": obligation.requirement,
        "state": state,
        "state_label": STATES[state],
        "explanation": explain(obligation, today),
        "may_act": may_act,
        "facts": _facts(obligation),
        "plan": Plan.objects.filter(
            campaign=obligation.requirement.campaign_id, unit=obligation.unit_id, withdrawn_at__isnull=True
        ).first()
        if obligation.requirement.kind == "plan"
        else None,
        "may_excuse": excusing.may_excuse(request.person, obligation, timezone.now()),
    }
    return page(request, "campaigns/obligation_detail.html", context)


def _facts(obligation: Obligation) -> list[dict[str, Any]]:
    """What met the obligation, named as the journal knows it: the facts themselves live in rooms above."""
    met = list(obligation.fulfilments.filter(voided_at__isnull=True).order_by("on", "pk"))
    records = Record.objects.filter(subject_uid__in=[one.cause_uid for one in met]).order_by("at", "pk")
    names = {record.subject_uid: record.subject_name for record in records}
    return [{"fact": one, "name": names.get(one.cause_uid, "")} for one in met]


@require_http_methods(["GET", "POST"])
def obligation_excuse(request: Request, uid: UUID) -> HttpResponse:
    obligation = access.obligation_to_see(request.person, uid, timezone.localdate())
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            excusing.excuse(obligation, reason=form.cleaned_data["reason"], by=request.person, at=timezone.now())
            messages.success(request, _("%(unit)s is excused.") % {"unit": obligation.unit.name})
            return go(request, "campaigns:obligation_detail", obligation.uid)
        except Refused as error:
            form.add_error(None, str(error))
    context = {
        "obligation": obligation,
        "form": form,
        "may_excuse": excusing.may_excuse(request.person, obligation, timezone.now()),
    }
    return page(request, "campaigns/obligation_excuse.html", context, status=422 if form.errors else 200)


@require_POST
def obligation_reopening(request: Request, uid: UUID) -> HttpResponse:
    """The excuse no longer holds."""
    obligation = access.obligation_to_see(request.person, uid, timezone.localdate())
    try:
        excusing.ask_again(obligation, by=request.person, at=timezone.now())
    except Refused as error:
        return refused(request, error, "campaigns:obligation_detail", obligation.uid)
    messages.success(request, _("It is asked of %(unit)s again.") % {"unit": obligation.unit.name})
    return go(request, "campaigns:obligation_detail", obligation.uid)
