"""Someone above releases a unit from what it was asked, and says why."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thongsuot.campaigns.launching import ancestor_ids, heads_of
from thongsuot.campaigns.models import Obligation
from thongsuot.campaigns.moments import day_of
from thongsuot.journal.noting import note
from thongsuot.notices.telling import tell
from thongsuot.people.models import Person
from thongsuot.people.rights import Act, NotAllowed, scope
from thongsuot.web.errors import Refused

EXCUSED = gettext_noop("excused")
ASKED_AGAIN = gettext_noop("asked again")
TOLD_EXCUSED = gettext_noop("%(unit_name)s was excused from: %(requirement)s. Reason: %(reason)s")


def may_excuse(person: Person | None, obligation: Obligation, at: datetime) -> bool:
    """Those who direct a unit above may; nobody excuses the unit that he directs himself."""
    directed = scope(person, Act.DIRECT, day_of(at)).units
    if not directed or obligation.unit_id in directed:
        return False
    return bool(directed & set(ancestor_ids(obligation.unit, obligation.requirement.campaign.hierarchy)))


@transaction.atomic
def excuse(obligation: Obligation, *, reason: str, by: Person | None, at: datetime) -> Obligation:
    """Release the unit from the obligation. Repeating it keeps the first decision.

    Raises NotAllowed (not above it, or one's own unit), Refused (no reason, or already done).
    """
    obligation = (
        Obligation.objects.select_for_update(of=("self",))
        .select_related("unit", "requirement__campaign__hierarchy")
        .get(pk=obligation.pk)
    )
    _require_someone_above(obligation, by, at)
    reason = " ".join(reason.split())
    if not reason:
        raise Refused(_("Say why the unit is excused: the reason is shown with the obligation."))
    if obligation.fulfilled_on:
        raise Refused(_("This was already done: there is nothing to excuse."))
    if obligation.excused_at:
        return obligation
    obligation.excused_at, obligation.excused_by, obligation.excused_reason = at, by, reason[:400]
    obligation.save(update_fields=["excused_at", "excused_by", "excused_reason"])
    note(obligation, EXCUSED, by=by, at=at, reason=reason)
    tell(
        heads_of([obligation.unit_id], on=day_of(at)),
        TOLD_EXCUSED,
        once=f"excused:{obligation.uid}:{at.isoformat()}",
        at=at,
        unit=obligation.unit,
        values={"unit_name": obligation.unit.name, "requirement": obligation.requirement.text, "reason": reason},
    )
    return obligation


@transaction.atomic
def ask_again(obligation: Obligation, *, by: Person | None, at: datetime) -> Obligation:
    """The excuse no longer holds: the obligation is open again, with its old due date."""
    _require_someone_above(obligation, by, at)
    before = obligation.excused_reason
    obligation.excused_at, obligation.excused_by, obligation.excused_reason = None, None, ""
    obligation.save(update_fields=["excused_at", "excused_by", "excused_reason"])
    note(obligation, ASKED_AGAIN, by=by, at=at, changes={"excused_reason": [before, ""]})
    return obligation


def _require_someone_above(obligation: Obligation, by: Person | None, at: datetime) -> None:
    if by is not None and not may_excuse(by, obligation, at):
        raise NotAllowed(
            _("Only those who direct a unit above %(unit)s can excuse it, never the unit itself.")
            % {"unit": obligation.unit.name}
        )
