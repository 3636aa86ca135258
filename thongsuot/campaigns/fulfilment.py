"""Facts meet obligations: rooms above say what happened, this room says which obligation it meets."""

from datetime import date, datetime

from django.db import models, transaction
from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from thongsuot.campaigns.models import Campaign, Fulfilment, Obligation, Requirement
from thongsuot.ledger.measures import measure
from thongsuot.ledger.posting import post, take_back
from thongsuot.people.models import Person
from thongsuot.units.models import Unit

OBLIGATION_MET = measure("obligation_met", _("Obligations met"))
OBLIGATION_MET_ON_TIME = measure("obligation_met_on_time", _("Obligations met on time"))


@transaction.atomic
def fulfil(
    campaign: Campaign,
    kind: Requirement.Kind,
    *,
    unit: Unit,
    on: date,
    cause: models.Model,
    at: datetime,
    by: Person | None,
    complete: bool = True,
) -> list[Obligation]:
    """Count ``cause`` towards what the campaign asks of the unit; with ``complete=False`` it only begins.

    Safe to repeat for the same cause. Returns the obligations it touched (often one, sometimes none).
    """
    touched = list(
        Obligation.objects.select_for_update().filter(requirement__campaign=campaign, requirement__kind=kind, unit=unit)
    )
    for obligation in touched:
        Fulfilment.objects.update_or_create(
            obligation=obligation,
            cause_uid=cause.uid,  # type: ignore[attr-defined]
            is_complete=complete,
            defaults={"cause_kind": cause._meta.label, "on": on, "recorded_at": at, "voided_at": None},
        )
        _derive(obligation, at=at, by=by)
    return touched


@transaction.atomic
def unfulfil(cause: models.Model, *, at: datetime, by: Person | None) -> None:
    """The fact was voided or returned: what it met is open again unless another fact meets it."""
    met = Fulfilment.objects.filter(cause_uid=cause.uid, voided_at__isnull=True)  # type: ignore[attr-defined]
    touched = list(met.values_list("obligation_id", flat=True))
    obligations = list(Obligation.objects.select_for_update().filter(pk__in=touched))
    met.update(voided_at=at)
    for obligation in obligations:
        _derive(obligation, at=at, by=by)


def _derive(obligation: Obligation, *, at: datetime, by: Person | None) -> None:
    """Bring ``began_on``, ``fulfilled_on`` and the ledger in line with the facts that stand."""
    facts = obligation.fulfilments.filter(voided_at__isnull=True)
    began = facts.aggregate(day=Min("on"))["day"]
    fulfilled = facts.filter(is_complete=True).aggregate(day=Min("on"))["day"]
    before = obligation.fulfilled_on
    obligation.began_on, obligation.fulfilled_on = began, fulfilled
    obligation.save(update_fields=["began_on", "fulfilled_on"])
    if before == fulfilled:
        return
    book = obligation.requirement.campaign.book
    take_back(book, obligation, at=at, by=by, reason="facts changed")
    if fulfilled:
        post(book, OBLIGATION_MET, unit=obligation.unit, on=fulfilled, at=at, cause=obligation, by=by)
        if fulfilled <= obligation.due_on:
            post(book, OBLIGATION_MET_ON_TIME, unit=obligation.unit, on=fulfilled, at=at, cause=obligation, by=by)
