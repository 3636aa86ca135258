"""A campaign is drafted on a directive, asks kinds of unit for things, and is issued to a subtree."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thongsuot.campaigns.models import Campaign, Obligation, Requirement, Topic
from thongsuot.campaigns.moments import day_of
from thongsuot.journal.noting import note, write
from thongsuot.ledger.models import Book
from thongsuot.library.models import Document
from thongsuot.notices.telling import tell
from thongsuot.people.models import Office, Person
from thongsuot.people.rights import Act, require
from thongsuot.units.models import Hierarchy, Position, Unit, UnitKind, UnitQuerySet
from thongsuot.viet.calendar import working_day_on_or_after
from thongsuot.viet.text import fold
from thongsuot.web.errors import Refused

DRAFTED = gettext_noop("drafted")
CHANGED = gettext_noop("changed")
ISSUED = gettext_noop("issued")
ASKED = gettext_noop("requirement added")
ASKED_OTHERWISE = gettext_noop("requirement changed")
NO_LONGER_ASKED = gettext_noop("requirement removed")
# Parts of these that no form names.
gettext_noop("passage"), gettext_noop("quote"), gettext_noop("proof_en"), gettext_noop("summary_en")
TOPIC_ADDED = gettext_noop("core content added")
TOPIC_CHANGED = gettext_noop("core content changed")
TOPIC_REMOVED = gettext_noop("core content removed")


class NotReady(Refused):
    """The campaign cannot be issued yet; the sentence says what is missing."""


@transaction.atomic
def draft_campaign(
    unit: Unit,
    *,
    hierarchy: Hierarchy,
    title: str,
    directive: Document | None,
    starts_on: date,
    by: Person | None,
    at: datetime,
    uid: UUID | None = None,
    **texts: object,
) -> Campaign:
    """A campaign of the unit, with the book that will hold its figures; nobody is asked anything yet.

    ``texts`` are further fields of Campaign (summary, ends_on, is_public, title_en…). With a ``uid`` that
    was used before, the campaign made then is returned: a form sent twice makes one campaign.
    """
    if by is not None:
        require(by, Act.DIRECT, unit, day_of(at))
    if uid and (made := Campaign.objects.filter(uid=uid).first()):
        if made.unit_id == unit.pk:
            return made
        uid = None
    campaign = Campaign(
        unit=unit,
        hierarchy=hierarchy,
        title=title,
        directive=directive,
        starts_on=starts_on,
        slug=_free_slug(title),
        book=Book.objects.create(hierarchy=hierarchy, title=title[:300]),
        **texts,
    )
    if uid:
        campaign.uid = uid
    campaign.save()
    note(campaign, DRAFTED, by=by, at=at)
    return campaign


def _free_slug(title: str) -> str:
    stem = slugify(fold(title))[:70].strip("-") or "campaign"
    taken = set(Campaign.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


@transaction.atomic
def change_campaign(campaign: Campaign, *, by: Person | None, at: datetime, **values: object) -> Campaign:
    """Write new values into the campaign's own fields; the trail keeps the old ones."""
    _require_direction(campaign, by, at)
    changes = {}
    for name, value in values.items():
        old = getattr(campaign, name)
        if old != value:
            changes[name] = [str(old or ""), str(value or "")]
            setattr(campaign, name, value)
    if changes:
        campaign.save()
        note(campaign, CHANGED, by=by, at=at, changes=changes)
    return campaign


@transaction.atomic
def set_topic(
    campaign: Campaign,
    number: int,
    *,
    title: str,
    by: Person | None,
    at: datetime,
    **texts: str,
) -> Topic:
    """The core content of that number, made or changed."""
    _require_direction(campaign, by, at)
    topic = Topic.objects.filter(campaign=campaign, number=number).first() or Topic(campaign=campaign, number=number)
    changes = write(topic, {"title": title, **texts})
    if changes or topic.pk is None:
        verb = TOPIC_CHANGED if topic.pk else TOPIC_ADDED
        topic.save()
        note(campaign, verb, by=by, at=at, changes=changes)
    return topic


@transaction.atomic
def remove_topic(topic: Topic, *, by: Person | None, at: datetime) -> None:
    """Only a campaign that was not issued yet lets go of a core content: others may cite it."""
    _require_direction(topic.campaign, by, at)
    if topic.campaign.is_issued:
        raise Refused(_("The campaign was issued: its core contents can be reworded, no longer removed."))
    note(topic.campaign, TOPIC_REMOVED, by=by, at=at, changes={"title": [topic.title, ""]})
    topic.delete()


@transaction.atomic
def add_requirement(
    campaign: Campaign,
    *,
    kind: str,
    text: str,
    due_on: date,
    for_kinds: Collection[UnitKind],
    by: Person | None,
    at: datetime,
    **texts: object,
) -> Requirement:
    """Ask certain kinds of unit for something; ``texts``: text_en, proof, proof_en, passage, quote."""
    _require_direction(campaign, by, at)
    requirement = Requirement.objects.create(campaign=campaign, kind=kind, text=text, due_on=due_on, **texts)
    requirement.for_kinds.set(for_kinds)
    note(campaign, ASKED, by=by, at=at, changes={"text": ["", text[:200]], "due_on": ["", due_on.isoformat()]})
    return requirement


@transaction.atomic
def change_requirement(
    requirement: Requirement,
    *,
    for_kinds: Collection[UnitKind],
    by: Person | None,
    at: datetime,
    **values: object,
) -> Requirement:
    """Reword a requirement. Once issued, what is asked and by when no longer moves under people's feet."""
    campaign = requirement.campaign
    _require_direction(campaign, by, at)
    if campaign.is_issued:
        values = {name: value for name, value in values.items() if name not in {"kind", "due_on"}}
    changes = write(requirement, values)
    requirement.save()
    if not campaign.is_issued:
        before = set(requirement.for_kinds.all())
        requirement.for_kinds.set(for_kinds)
        if before != set(for_kinds):
            changes["for_kinds"] = [_names(before), _names(for_kinds)]
    if changes:
        note(campaign, ASKED_OTHERWISE, by=by, at=at, changes={"text": ["", requirement.text[:200]]} | changes)
    return requirement


def _names(kinds: Iterable[UnitKind]) -> str:
    return ", ".join(sorted(kind.name for kind in kinds))


@transaction.atomic
def remove_requirement(requirement: Requirement, *, by: Person | None, at: datetime) -> None:
    _require_direction(requirement.campaign, by, at)
    if requirement.campaign.is_issued:
        raise Refused(_("The campaign was issued: what it asks can no longer be taken away."))
    note(requirement.campaign, NO_LONGER_ASKED, by=by, at=at, changes={"text": [requirement.text[:200], ""]})
    requirement.delete()


@dataclass(frozen=True)
class Asked:
    """What one requirement would ask: of how many units of each kind, and by which working day."""

    requirement: Requirement
    due_on: date
    kinds: list[tuple[UnitKind, int]]

    @property
    def units(self) -> int:
        return sum(count for _kind, count in self.kinds)

    @property
    def has_moved(self) -> bool:
        return self.due_on != self.requirement.due_on


def preview(campaign: Campaign, *, to: Unit, on: date) -> list[Asked]:
    """What issuing to that subtree would ask, without asking it."""
    per_kind = Counter(_units_below(campaign, to, on).order_by().values_list("kind_id", flat=True))
    return [
        Asked(
            requirement,
            working_day_on_or_after(requirement.due_on),
            [(kind, per_kind[kind.pk]) for kind in requirement.for_kinds.all()],
        )
        for requirement in campaign.requirements.prefetch_related("for_kinds")
    ]


# Nobody is asked to have done something before they were asked.
JOINING = timedelta(days=14)


@transaction.atomic
def issue_campaign(campaign: Campaign, *, to: Unit, by: Person | None, on: date, at: datetime) -> int:
    """Ask every unit of the subtree for what concerns its kind, and tell the heads; returns how many obligations.

    Safe to repeat: units that came into being since are asked then, nobody is asked twice, and a unit asked
    only now has at least JOINING days. A due date on a day off moves to the next working day.
    Raises NotAllowed, NotReady.
    """
    _require_direction(campaign, by, at)
    campaign = Campaign.objects.select_for_update().select_related("unit", "hierarchy").get(pk=campaign.pk)
    if not Unit.objects.below(campaign.unit, campaign.hierarchy).filter(pk=to.pk).exists():
        raise NotReady(_("%(unit)s does not lie under %(issuer)s.") % {"unit": to, "issuer": campaign.unit})
    requirements = list(campaign.requirements.prefetch_related("for_kinds"))
    if not requirements:
        raise NotReady(_("The campaign asks for nothing yet: add at least one requirement."))
    units = list(_units_below(campaign, to, on).order_by().values_list("pk", "kind_id"))
    standing = set(Obligation.objects.filter(requirement__campaign=campaign).values_list("requirement_id", "unit_id"))
    soonest = on + JOINING if campaign.is_issued else date.min
    fresh = [
        Obligation(requirement=requirement, unit_id=unit_id, due_on=due_on)
        for requirement in requirements
        for due_on in [working_day_on_or_after(max(requirement.due_on, soonest))]
        for kinds in [{kind.pk for kind in requirement.for_kinds.all()}]
        for unit_id, kind_id in units
        if kind_id in kinds and (requirement.pk, unit_id) not in standing
    ]
    Obligation.objects.bulk_create(fresh, batch_size=1000)
    if not campaign.is_issued:
        campaign.issued_on, campaign.issued_by, campaign.issued_to = on, by, to
        campaign.save(update_fields=["issued_on", "issued_by", "issued_to"])
    if fresh:
        note(campaign, ISSUED, by=by, at=at, changes={"obligations": ["", str(len(fresh))], "to": ["", to.name]})
        _tell_heads(campaign, {obligation.unit_id for obligation in fresh}, on=on, at=at)
    return len(fresh)


CAMPAIGN_ISSUED = gettext_noop("%(issuer)s has issued: %(campaign)s. See what is asked of your unit and by when.")


def _tell_heads(campaign: Campaign, unit_ids: set[int], *, on: date, at: datetime) -> None:
    heads = heads_of(unit_ids, on=on)
    tell(
        heads,
        CAMPAIGN_ISSUED,
        once=f"campaign:{campaign.uid}",
        at=at,
        url=reverse("campaigns:campaign_detail", args=[campaign.uid]),
        values={"issuer": campaign.unit.name, "campaign": campaign.title},
    )


def heads_of(unit_ids: Collection[int], *, on: date) -> list[Person]:
    """Who heads those units on that day."""
    offices = Office.objects.in_force(on).filter(role=Office.Role.HEAD).select_related("person")
    # A list of thousands of keys is more than SQLite takes in one query.
    wanted = set(unit_ids)
    if len(wanted) < 500:
        offices = offices.filter(unit_id__in=wanted)
    people = {office.person_id: office.person for office in offices if office.unit_id in wanted}
    return list(people.values())


def _units_below(campaign: Campaign, to: Unit, on: date) -> UnitQuerySet:
    return Unit.objects.below(to, campaign.hierarchy).alive(on)


def _require_direction(campaign: Campaign, by: Person | None, at: datetime) -> None:
    if by is not None:
        require(by, Act.DIRECT, campaign.unit, day_of(at))


def ancestor_ids(unit: Unit, hierarchy: Hierarchy) -> list[int]:
    """Keys of the units above this one in the tree in force, nearest first, without itself."""
    place = Position.objects.filter(unit=unit, hierarchy=hierarchy).first()
    if place is None:
        return []
    return [int(part) for part in place.path.strip("/").split("/")][-2::-1]
