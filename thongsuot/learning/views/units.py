"""What a unit and those below it have studied: counts, and the group's understanding from five people up."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thongsuot.campaigns.models import Campaign
from thongsuot.learning import access, reading
from thongsuot.learning.forms import CampaignChoice, ReadingNoteForm
from thongsuot.learning.models import Reflection
from thongsuot.learning.understanding import SMALLEST_GROUP, of_units, reflections_in
from thongsuot.people.models import Membership
from thongsuot.people.rights import Act, may
from thongsuot.units.models import Unit
from thongsuot.web.charts import bars
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, go, page, refused
from thongsuot.web.templatetags.web import in_language


@require_GET
def unit_learning(request: Request, uid: UUID) -> HttpResponse:
    today = timezone.localdate()
    unit = access.unit_looked_after(request.person, uid, today)
    campaigns = access.campaigns_in(unit, request.person, today)
    choice = CampaignChoice(request.GET, campaigns=campaigns)
    campaign = (choice.is_valid() and choice.cleaned_data["campaign"]) or campaigns.first()
    context: dict[str, Any] = {"unit": unit, "campaign": campaign, "choice": choice, "smallest": SMALLEST_GROUP}
    if campaign:
        context |= _studied(unit, campaign)
        if unit.kind.has_members and may(request.person, Act.RECORD, unit, today):
            context |= _by_name(unit, campaign)
    return page(request, "learning/unit_learning.html", context)


def _studied(unit: Unit, campaign: Campaign) -> dict[str, Any]:
    units = Unit.objects.below(unit, campaign.hierarchy).values("pk")
    today = timezone.localdate()
    expected = (
        Membership.objects.in_force(today)
        .filter(unit__in=units)
        .exclude(kind=Membership.Kind.EXEMPT)
        .values("person")
        .distinct()
        .count()
    )
    results = of_units(campaign, units)
    rows = [(f"{r.topic.number}. {in_language(r.topic, 'title')}", r.readers, expected) for r in results]
    return {
        "expected": expected,
        "results": results,
        "reflections": reflections_in(campaign, units),
        "chart": bars(rows, title=_("People who have read, by core content")) if expected else "",
    }


def _by_name(unit: Unit, campaign: Campaign) -> dict[str, Any]:
    """Names only of who handed in and who did not; readings and scores have no names."""
    today = timezone.localdate()
    members = list(access.members_of(unit, today))
    handed_in = set(
        Reflection.objects.filter(campaign=campaign, unit=unit, handed_in_at__isnull=False).values_list(
            "person_id", flat=True
        )
    )
    return {
        "handed_in": [person for person in members if person.pk in handed_in],
        "not_yet": [person for person in members if person.pk not in handed_in],
        "form": ReadingNoteForm(members=access.members_of(unit, today), topics=access.topics_of(campaign)),
    }


@require_POST
def reading_note(request: Request, uid: UUID) -> HttpResponse:
    """The clerk notes a reading for a member without a phone."""
    today, now = timezone.localdate(), timezone.now()
    unit = access.unit_to_record(request.person, uid, today)
    choice = CampaignChoice(request.POST, campaigns=access.campaigns_in(unit, request.person, today))
    campaign = choice.cleaned_data["campaign"] if choice.is_valid() else None
    topics = access.topics_of(campaign) if campaign else None
    form = ReadingNoteForm(request.POST, members=access.members_of(unit, today), topics=topics) if topics else None
    if form is None or not form.is_valid():
        messages.error(request, _("Choose a member and at least one core content."))
        return go(request, "learning:unit_learning", unit.uid)
    reader = form.cleaned_data["person"]
    try:
        for topic in form.cleaned_data["topics"].select_related("campaign__book"):
            reading.mark_read(topic, reader, unit=unit, on=today, by=request.person, at=now)
    except Refused as error:
        return refused(request, error, "learning:unit_learning", unit.uid)
    messages.success(request, _("Noted for %(name)s.") % {"name": reader.full_name})
    return go(request, "learning:unit_learning", unit.uid)
