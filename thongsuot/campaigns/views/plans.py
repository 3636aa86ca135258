"""A unit's plan: choosing to write one, writing, issuing, and following it down."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.campaigns import access, cascade, coverage
from thongsuot.campaigns.forms import NumberForm, PlanForm, ReasonForm
from thongsuot.campaigns.likeness import marked
from thongsuot.campaigns.models import Plan
from thongsuot.campaigns.plan_paper import paper_of
from thongsuot.campaigns.plan_text import missing_parts, whole_text
from thongsuot.papers.numbering import NumberTaken, next_number
from thongsuot.papers.writing import DOCX, write_docx
from thongsuot.people.rights import Act, may, scope
from thongsuot.units.models import Position
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, go, page, refused
from thongsuot.web.paging import paged

# From this share on, a draft's author is asked what is the unit's own.
MUCH_ALIKE = 0.5


@require_http_methods(["GET", "POST"])
def plan_create(request: Request, campaign_uid: UUID, unit_uid: UUID) -> HttpResponse:
    """Two answers of equal worth: an own plan, or acting directly on the plan above."""
    today = timezone.localdate()
    campaign = access.campaign_to_see(request.person, campaign_uid, today)
    unit = access.unit_to_direct(request.person, unit_uid, today)
    standing = cascade.current_plan(campaign, unit)
    if standing and not (standing.acts_directly and request.method == "POST"):
        return go(request, "campaigns:plan_detail", standing.uid)
    above = cascade.plan_above(campaign, unit)
    if request.method == "POST":
        try:
            if request.POST.get("choice") == "direct":
                plan = cascade.act_directly(campaign, unit, by=request.person, on=today, at=timezone.now())
                return go(request, "campaigns:plan_detail", plan.uid)
            plan = cascade.start_plan(campaign, unit, by=request.person, at=timezone.now())
            return go(request, "campaigns:plan_edit", plan.uid)
        except Refused as error:
            return refused(request, error, "campaigns:plan_create", campaign.uid, unit.uid)
    items = cascade.items_to_answer(above)
    context = {"campaign": campaign, "unit": unit, "above": above, "items": items}
    return page(request, "campaigns/plan_create.html", context)


@require_GET
def plan_detail(request: Request, uid: UUID) -> HttpResponse:
    today = timezone.localdate()
    plan = access.plan_to_see(request.person, uid, today)
    pairs = list(cascade.pairs(plan))
    context = {
        "plan": plan,
        "items": plan.items.select_related("requirement", "topic", "passage"),
        "pairs": pairs,
        "unanswered": sum(answer is None for _item, answer in pairs),
        "may_direct": may(request.person, Act.DIRECT, plan.unit, today),
        "covers": coverage.cover(plan) if plan.is_issued and not plan.acts_directly else [],
    }
    return page(request, "campaigns/plan_detail.html", context)


@require_http_methods(["GET", "POST"])
def plan_edit(request: Request, uid: UUID) -> HttpResponse:
    """The parts in words; beside them, first for its author, what is copied from the plan above."""
    plan = access.plan_to_direct(request.person, uid, timezone.localdate())
    if request.method == "GET" and (plan.is_issued or plan.withdrawn_at):
        return go(request, "campaigns:plan_detail", plan.uid)
    form = PlanForm(request.POST or None, initial={name: getattr(plan, name) for name in cascade.PARTS})
    if request.method == "POST" and form.is_valid():
        try:
            cascade.write_plan(plan, by=request.person, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Saved."))
            then = "plan_issue" if request.POST.get("then") == "issue" else "plan_edit"
            return go(request, f"campaigns:{then}", plan.uid)
        except Refused as error:
            form.add_error(None, str(error))
    context = {
        "plan": plan,
        "form": form,
        "items": plan.items.all(),
        "unanswered": len(cascade.unanswered_items(plan)),
        **_alike(plan),
    }
    return page(request, "campaigns/plan_edit.html", context, status=422 if form.errors else 200)


def _alike(plan: Plan) -> dict[str, object]:
    if plan.above is None:
        return {}
    share = cascade.copied_share(plan) or 0.0
    pieces = marked(whole_text(plan), whole_text(plan.above)) if share else []
    return {"copied": int(share * 100), "pieces": pieces, "is_much_alike": share >= MUCH_ALIKE}


@require_http_methods(["GET", "POST"])
def plan_issue(request: Request, uid: UUID) -> HttpResponse:
    """The last look: what is missing, or the button. Sent twice, it issues once."""
    today = timezone.localdate()
    plan = access.plan_to_direct(request.person, uid, today)
    if plan.is_issued:
        if request.method == "POST":
            messages.info(request, _("It was issued already, as %(number)s.") % {"number": plan.number})
        return go(request, "campaigns:plan_detail", plan.uid)
    missing = missing_parts(plan, unanswered=cascade.unanswered_items(plan))
    form = NumberForm(request.POST or None, initial={"number": next_number(plan.unit, "KH", on=today)})
    if request.method == "POST" and form.is_valid():
        try:
            number = form.cleaned_data["number"]
            issued = cascade.issue_plan(plan, by=request.person, on=today, at=timezone.now(), number=number)
            messages.success(request, _("Issued as %(number)s.") % {"number": issued.number})
            return go(request, "campaigns:plan_detail", plan.uid)
        except cascade.PlanIncomplete as error:
            missing = error.missing
        except NumberTaken as error:
            form.add_error("number", str(error))
        except Refused as error:
            return refused(request, error, "campaigns:plan_detail", plan.uid)
    context = {"plan": plan, "missing": missing, "items": plan.items.all(), "form": form, **_alike(plan)}
    return page(request, "campaigns/plan_issue.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def plan_withdraw(request: Request, uid: UUID) -> HttpResponse:
    plan = access.plan_to_direct(request.person, uid, timezone.localdate())
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cascade.withdraw_plan(plan, reason=form.cleaned_data["reason"], by=request.person, at=timezone.now())
            messages.success(request, _("Withdrawn. Its number stays used."))
            return go(request, "campaigns:campaign_detail", plan.campaign.uid)
        except Refused as error:
            form.add_error(None, str(error))
    return page(
        request, "campaigns/plan_withdraw.html", {"plan": plan, "form": form}, status=422 if form.errors else 200
    )


@require_GET
def plan_docx(request: Request, uid: UUID) -> HttpResponse:
    """The paper in the layout of its date and system; a draft says that it is one."""
    today = timezone.localdate()
    plan = access.plan_to_see(request.person, uid, today)
    if plan.acts_directly:
        return go(request, "campaigns:plan_detail", plan.uid)
    response = HttpResponse(write_docx(paper_of(plan, today)), content_type=DOCX)
    name = (plan.number or "draft").replace("/", "-").replace("Đ", "D")
    response["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return response


@require_GET
def plan_cascade(request: Request, uid: UUID) -> HttpResponse:
    """Everything below the plan: who answered what, and what nobody has taken up."""
    today = timezone.localdate()
    plan = access.plan_to_see(request.person, uid, today)
    # Only the units in reach are named; some see the unit and nothing below it.
    units = scope(request.person, Act.SEE, today)
    is_seen = units.includes(plan.unit)
    below = coverage.places_below(plan, units.unit_ids()) if is_seen else Position.objects.none()
    places = paged(request, below, per=100)
    reach = bool(places.paginator.count) or (is_seen and not cascade.has_units_below(plan))
    nodes = coverage.nodes_at(plan, list(places))
    for node in nodes:
        node.is_late = coverage.days_late(node, today)  # type: ignore[attr-defined]
    covers = coverage.cover(plan) if reach else []
    context = {
        "plan": plan,
        "nodes": nodes,
        "places": places,
        "covers": covers,
        "uncovered": [one for one in covers if one.is_uncovered],
        "reach": reach,
    }
    return page(request, "campaigns/plan_cascade.html", context, part="tree")
