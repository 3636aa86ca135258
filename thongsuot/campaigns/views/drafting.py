"""Making a campaign: its purpose, core contents, and what it asks of which units."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_http_methods

from thongsuot.campaigns import access, launching
from thongsuot.campaigns.forms import CampaignForm, LaunchForm, RequirementFormSet, RequirementRows, default_due
from thongsuot.campaigns.models import Campaign, Requirement
from thongsuot.library.models import Passage
from thongsuot.people.rights import NotAllowed
from thongsuot.units.models import Hierarchy, Unit, new_uid
from thongsuot.viet.calendar import working_day_on_or_after
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, go, page

Kind = Requirement.Kind


@require_http_methods(["GET", "POST"])
def campaign_create(request: Request) -> HttpResponse:
    """A new campaign, with the seven things that campaigns usually ask as first rows."""
    today = timezone.localdate()
    units = access.units_that_launch(request.person, today)
    if not units.exists():
        raise NotAllowed(_("You direct no unit that has others below it, so there is nobody to ask."))
    directives = access.directives_to_base_on(request.person, today)
    initial = {"uid": new_uid(), "starts_on": today, "directive": request.GET.get("directive"), "unit": units.first()}
    form = LaunchForm(request.POST or None, initial=initial, units=units, directives=directives)
    return _campaign_page(request, form, _rows(request, None, units.first()), None)


@require_http_methods(["GET", "POST"])
def campaign_edit(request: Request, uid: UUID) -> HttpResponse:
    campaign = access.campaign_to_direct(request.person, uid, timezone.localdate())
    titles = dict(campaign.topics.values_list("number", "title"))
    names = ("uid", "title", "title_en", "summary", "summary_en", "starts_on", "ends_on", "is_public")
    initial = {name: getattr(campaign, name) for name in names}
    initial |= {f"topic_{number}": title for number, title in titles.items()}
    form = CampaignForm(request.POST or None, initial=initial, topics=max(titles, default=0))
    return _campaign_page(request, form, _rows(request, campaign, campaign.unit), campaign)


def _campaign_page(
    request: Request, form: CampaignForm, rows: RequirementRows, campaign: Campaign | None
) -> HttpResponse:
    is_sent = request.method == "POST" and "add" not in request.POST
    # Both are looked at, so that every mistake shows at once.
    if is_sent and all([form.is_valid(), rows.is_valid()]):
        try:
            saved = _save(request, form, rows, campaign)
            _say_what_moved(request, saved)
            return go(request, "campaigns:campaign_detail", saved.uid)
        except Refused as error:
            form.add_error(None, str(error))
    status = 422 if is_sent else 200
    if not is_sent and form.is_bound:
        # Another row was asked for: what was typed stays, nothing is judged yet.
        form, rows = _unjudged(form), _unjudged(rows)
    context = {"form": form, "rows": rows, "campaign": campaign}
    return page(request, "campaigns/campaign_edit.html", context, status=status)


def _unjudged(form: Any) -> Any:
    forms_ = getattr(form, "forms", [form])
    for one in forms_:
        one._errors = {}
        one.cleaned_data = {}
    if hasattr(form, "forms"):
        form._errors, form._non_form_errors = [{} for _form in forms_], form.error_class()
    return form


def _rows(request: Request, campaign: Campaign | None, unit: Unit | None) -> RequirementRows:
    options = {
        "kinds": access.kinds_below(unit) if unit else None,
        "passages": _passages(campaign, request),
        "is_issued": bool(campaign and campaign.is_issued),
    }
    initial = _initial_rows(campaign, unit)
    if request.method != "POST":
        return cast("RequirementRows", RequirementFormSet(initial=initial, prefix="asked", form_kwargs=options))
    sent = request.POST.copy()
    if "add" in sent:
        sent["asked-TOTAL_FORMS"] = str(min(_count(sent.get("asked-TOTAL_FORMS")) + 1, 30))
    before = initial if campaign else []
    return cast("RequirementRows", RequirementFormSet(sent, initial=before, prefix="asked", form_kwargs=options))


def _count(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


def _passages(campaign: Campaign | None, request: Request) -> QuerySet[Passage]:
    """The directive's own passages: where it says what it asks."""
    if campaign and campaign.directive_id:
        return Passage.objects.filter(edition__document=campaign.directive_id)
    asked = request.POST.get("directive") or request.GET.get("directive")
    seen = access.directives_to_base_on(request.person, timezone.localdate())
    try:
        document = seen.filter(uid=UUID(asked)).first() if asked else None
    except ValueError:
        document = None
    return Passage.objects.filter(edition__document=document) if document else Passage.objects.none()


def _initial_rows(campaign: Campaign | None, unit: Unit | None) -> list[dict[str, Any]]:
    if campaign is None:
        return _usual_rows(unit)
    names = ("uid", "kind", "text", "text_en", "due_on", "proof", "quote", "passage")
    return [
        {name: getattr(one, name) for name in names} | {"for_kinds": [kind.pk for kind in one.for_kinds.all()]}
        for one in campaign.requirements.select_related("passage").prefetch_related("for_kinds")
    ]


def _usual_rows(unit: Unit | None) -> list[dict[str, Any]]:
    """What such campaigns usually ask, each with a date some weeks ahead; rows to be reworded or removed."""
    kinds = list(access.kinds_below(unit).exclude(pk=unit.kind_id)) if unit else []
    committees = [kind.pk for kind in kinds if not kind.has_members]
    cells = [kind.pk for kind in kinds if kind.has_members]
    start = timezone.localdate()
    with override("vi"):
        usual = [
            (
                Kind.PLAN,
                _("Make your own plan, or act directly on the plan above"),
                _("Plan with number"),
                committees,
                3,
            ),
            (Kind.MEETING, _("Hold a thematic meeting on the core contents"), _("Minutes"), cells, 8),
            (Kind.READING, _("Members read the assigned passages"), _("Reading marked"), cells, 8),
            (Kind.CHECK, _("Members take the recall check"), _("Checks taken"), cells, 9),
            (Kind.SELF_REVIEW, _("Relate the contents to your own unit"), _("Self-review handed in"), cells, 10),
            (Kind.ACTIONS, _("Open actions on what was found and do them"), _("Evidence verified"), cells, 14),
            (Kind.REPORT, _("Report the results"), _("Report"), committees + cells, 16),
        ]
    return [
        {"kind": kind, "text": text, "proof": proof, "for_kinds": which, "due_on": default_due(start, weeks)}
        for kind, text, proof, which, weeks in usual
    ]


@transaction.atomic
def _save(request: Request, form: CampaignForm, rows: RequirementRows, campaign: Campaign | None) -> Campaign:
    who: dict[str, Any] = {"by": request.person, "at": timezone.now()}
    if campaign is None:
        campaign = _draft(form, who)
        if campaign.requirements.exists():
            return campaign  # the same form, sent twice
    else:
        launching.change_campaign(campaign, **form.own_values(), **who)
    standing = {topic.number: topic for topic in campaign.topics.all()}
    for number, name in form.topics.items():
        title = form.cleaned_data[name]
        if title:
            launching.set_topic(campaign, number, title=title, **who)
        elif number in standing:
            launching.remove_topic(standing[number], **who)
    _save_rows(campaign, rows, who)
    return campaign


def _draft(form: CampaignForm, who: dict[str, Any]) -> Campaign:
    unit = form.cleaned_data["unit"]
    place = unit.positions.select_related("hierarchy").order_by("hierarchy_id").first()
    hierarchy = place.hierarchy if place else Hierarchy.objects.order_by("pk")[0]
    values = form.own_values()
    return launching.draft_campaign(
        unit,
        hierarchy=hierarchy,
        directive=form.cleaned_data["directive"],
        uid=form.cleaned_data["uid"],
        **values,
        **who,
    )


def _save_rows(campaign: Campaign, rows: RequirementRows, who: dict[str, Any]) -> None:
    own: dict[Any, Requirement] = {one.uid: one for one in campaign.requirements.all()}
    for form in rows.removed():
        if requirement := own.get(form.cleaned_data.get("uid")):
            launching.remove_requirement(requirement, **who)
    for form in rows.kept():
        values = {name: value for name, value in form.cleaned_data.items() if name not in {"uid", "remove"}}
        if requirement := own.get(form.cleaned_data.get("uid")):
            launching.change_requirement(requirement, **values, **who)
        else:
            launching.add_requirement(campaign, **values, **who)


def _say_what_moved(request: Request, campaign: Campaign) -> None:
    moved = [
        f"{one.due_on:%d/%m} → {working_day_on_or_after(one.due_on):%d/%m/%Y}"
        for one in campaign.requirements.all()
        if working_day_on_or_after(one.due_on) != one.due_on
    ]
    if moved:
        sentence = ngettext(
            "%(count)d due date falls on a day off and will move: %(dates)s.",
            "%(count)d due dates fall on days off and will move: %(dates)s.",
            len(moved),
        )
        messages.info(request, sentence % {"count": len(moved), "dates": ", ".join(moved)})
