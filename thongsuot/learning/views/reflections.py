"""Reflections: written, spoken and noted, read by the head alone."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.learning import access, reflecting
from thongsuot.learning.forms import CampaignChoice, ReflectionForm, SpokenReflectionForm
from thongsuot.learning.models import Reflection
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, go, page, refused
from thongsuot.web.paging import paged

# From this share on the author (and nobody else) is told that the text resembles another of the unit.
ALIKE = 0.4


@require_http_methods(["GET", "POST"])
def reflection_edit(request: Request, uid: UUID) -> HttpResponse:
    person, today = request.person, timezone.localdate()
    campaign = access.campaign_to_see(person, uid, today)
    reflection = access.own_reflection(person, campaign)
    unit = access.unit_of(person, campaign, today)
    initial = {name: getattr(reflection, name) for name in ReflectionForm.PARTS} if reflection else None
    form = ReflectionForm(request.POST or None, initial=initial)
    if request.method == "POST" and unit and form.is_valid():
        parts: dict[str, Any] = form.parts()
        try:
            handed_in = reflecting.hand_in(
                campaign, person=person, unit=unit, by=person, on=today, at=timezone.now(), **parts
            )
            _thank(request, handed_in)
            return go(request, "learning:reflection_edit", campaign.uid)
        except Refused as error:
            form.add_error(None, str(error))
    context = {"campaign": campaign, "reflection": reflection, "unit": unit, "form": form}
    return page(request, "learning/reflection_edit.html", context, status=422 if form.errors else 200)


def _thank(request: Request, reflection: Reflection) -> None:
    messages.success(request, _("Handed in. You may still improve it until the head accepts it."))
    if reflecting.likeness_to_others(reflection) >= ALIKE:
        messages.info(
            request,
            _(
                "Only you see this: much of your text also stands in another reflection of your unit. "
                "If you like, say it in your own words."
            ),
        )


@require_http_methods(["GET", "POST"])
def reflection_note(request: Request, uid: UUID) -> HttpResponse:
    """The clerk writes down what a member said."""
    today = timezone.localdate()
    unit = access.unit_to_record(request.person, uid, today)
    campaigns = access.campaigns_in(unit, request.person, today)
    choice = CampaignChoice(request.GET, campaigns=campaigns)
    campaign = (choice.is_valid() and choice.cleaned_data["campaign"]) or campaigns.first()
    if campaign is None:
        messages.error(request, _("No campaign asks anything of this unit now."))
        return go(request, "learning:unit_learning", unit.uid)
    form = SpokenReflectionForm(request.POST or None, members=access.members_of(unit, today))
    if request.method == "POST" and form.is_valid():
        try:
            speaker = form.cleaned_data["person"]
            reflecting.hand_in(
                campaign, person=speaker, unit=unit, **form.parts(), by=request.person, on=today, at=timezone.now(),
                is_spoken=True,
            )  # fmt: skip
            messages.success(request, _("Noted for %(name)s.") % {"name": speaker.full_name})
            return go(request, "learning:unit_learning", unit.uid)
        except Refused as error:
            form.add_error(None, str(error))
    context = {"unit": unit, "campaign": campaign, "form": form}
    return page(request, "learning/reflection_note.html", context, status=422 if form.errors else 200)


@require_GET
def reflection_list(request: Request) -> HttpResponse:
    """For the head: those that wait first, then those accepted."""
    found = access.reflections_to_accept(request.person, timezone.localdate())
    shown = request.GET.get("show") if request.GET.get("show") in ("waiting", "accepted") else "waiting"
    rows = found.filter(accepted_at__isnull=shown == "waiting").order_by("handed_in_at", "pk")
    tabs = [
        (_("Waiting"), "?show=waiting", shown == "waiting"),
        (_("Accepted"), "?show=accepted", shown == "accepted"),
    ]
    context = {"rows": paged(request, rows, per=20), "tabs": tabs, "shown": shown}
    return page(request, "learning/reflection_list.html", context)


@require_POST
def reflection_accept(request: Request, uid: UUID) -> HttpResponse:
    reflection = access.reflection_to_accept(request.person, uid, timezone.localdate())
    try:
        reflecting.accept(reflection, by=request.person, at=timezone.now())
    except Refused as error:
        return refused(request, error, "learning:reflection_list")
    messages.success(request, _("Accepted: %(name)s.") % {"name": str(reflection)})
    return go(request, "learning:reflection_list")
