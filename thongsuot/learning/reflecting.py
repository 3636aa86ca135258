"""Reflections: three short parts, written or spoken and noted; handed in, then accepted by the head."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from thongsuot.campaigns.models import Campaign
from thongsuot.campaigns.moments import day_of
from thongsuot.journal.noting import note
from thongsuot.learning.models import Reflection
from thongsuot.learning.reading import require_self_or_clerk
from thongsuot.ledger.measures import measure
from thongsuot.ledger.posting import post
from thongsuot.people import rights
from thongsuot.people.models import Person
from thongsuot.units.models import Unit
from thongsuot.viet.text import fold, nfc
from thongsuot.web.errors import Refused

REFLECTION_HANDED_IN = measure("reflection_handed_in", gettext_lazy("Reflections handed in"), counts="people")
REFLECTION_ACCEPTED = measure("reflection_accepted", gettext_lazy("Reflections accepted"), counts="people")
SYLLABLES = 5


class ReflectionIncomplete(Refused):
    """A part is missing, or the reflection was accepted already."""


@transaction.atomic
def hand_in(
    campaign: Campaign, *, person: Person, unit: Unit, useful: str, my_work: str, will_do: str, by: Person | None,
    on: date, at: datetime, is_spoken: bool = False,
) -> Reflection:  # fmt: skip
    """Hand in, or hand in again before it was accepted. Raises NotAllowed, ReflectionIncomplete."""
    require_self_or_clerk(person, unit, by, day_of(at))
    parts = {"useful": nfc(useful).strip(), "my_work": nfc(my_work).strip(), "will_do": nfc(will_do).strip()}
    if not all(parts.values()):
        raise ReflectionIncomplete(_("Each of the three parts needs at least a sentence."))
    written = {
        **parts, "is_spoken": is_spoken, "noted_by": by if by != person else None, "handed_in_at": at,
        "handed_in_on": on,
    }  # fmt: skip
    reflection, fresh = Reflection.objects.select_for_update().get_or_create(
        campaign=campaign, person=person, defaults={"unit": unit, **written}
    )
    if reflection.accepted_at:
        raise ReflectionIncomplete(_("This reflection was accepted and stays as it is."))
    if not fresh:
        for name, value in written.items():
            setattr(reflection, name, value)
        reflection.save(update_fields=list(written))
    if fresh:
        post(campaign.book, REFLECTION_HANDED_IN, unit=unit, on=on, at=at, cause=reflection, by=by, person=person)
        note(reflection, gettext_noop("handed in"), by=by, at=at)
    return reflection


@transaction.atomic
def accept(reflection: Reflection, *, by: Person | None, at: datetime) -> Reflection:
    """The head has read it and accepts it; never a mark for its opinions."""
    reflection = (
        Reflection.objects.select_for_update(of=("self",))
        .select_related("campaign", "unit", "person")
        .get(pk=reflection.pk)
    )
    if by is not None:
        rights.require(by, rights.Act.APPROVE, reflection.unit, day_of(at))
        if by == reflection.person:
            raise ReflectionIncomplete(_("Somebody else accepts your own reflection."))
    if reflection.accepted_at:
        return reflection
    reflection.accepted_at, reflection.accepted_by = at, by
    reflection.save(update_fields=["accepted_at", "accepted_by"])
    post(
        reflection.campaign.book, REFLECTION_ACCEPTED, unit=reflection.unit, on=day_of(at), at=at, cause=reflection,
        by=by, person=reflection.person,
    )  # fmt: skip
    note(reflection, gettext_noop("accepted"), by=by, at=at)
    return reflection


def shingles(text: str) -> set[tuple[str, ...]]:
    words = fold(text).split()
    return {tuple(words[n : n + SYLLABLES]) for n in range(len(words) - SYLLABLES + 1)}


def likeness_to_others(reflection: Reflection) -> float:
    """The largest share of its text that also stands in one other of the unit; told only to its author."""
    own = shingles(f"{reflection.useful} {reflection.my_work} {reflection.will_do}")
    if not own:
        return 0.0
    others = Reflection.objects.filter(campaign=reflection.campaign_id, unit=reflection.unit_id).exclude(
        pk=reflection.pk
    )
    texts = others.values_list("useful", "my_work", "will_do")[:300]
    return max((len(own & shingles(" ".join(parts))) / len(own) for parts in texts), default=0.0)
