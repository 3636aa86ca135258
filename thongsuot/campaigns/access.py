"""The only door to campaigns, obligations and plans for views: what a person may see or direct."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from thongsuot.campaigns.models import (
    Campaign,
    Obligation,
    ObligationQuerySet,
    Plan,
    PlanItem,
    Requirement,
    Topic,
    TrailStep,
)
from thongsuot.library.access import groups_of
from thongsuot.library.models import Document, Passage
from thongsuot.library.search import search
from thongsuot.papers.models import StoredFile
from thongsuot.people.models import Person
from thongsuot.people.rights import Act, Scope, require, scope
from thongsuot.units.models import Position, Unit, UnitKind


def units_directed_by(person: Person | None, on: date) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=scope(person, Act.DIRECT, on).units).select_related("kind")


def units_that_launch(person: Person | None, on: date) -> QuerySet[Unit]:
    """Units that the person directs and that have units below them to ask something of."""
    parents = Position.objects.filter(parent_id__in=scope(person, Act.DIRECT, on).units)
    return Unit.objects.filter(pk__in=parents.values("parent_id")).select_related("kind")


def unit_to_direct(person: Person | None, uid: UUID, on: date) -> Unit:
    """404 out of sight; NotAllowed where the person may look but not act."""
    unit = get_object_or_404(scope(person, Act.SEE, on).filter(Unit.objects.select_related("kind"), "pk"), uid=uid)
    require(person, Act.DIRECT, unit, on)
    return unit


def _units_above(seen: Scope) -> set[int]:
    """Keys of the units over those that the person belongs to or serves: their plans bind her."""
    paths = Position.objects.filter(unit_id__in=seen.units).values_list("path", flat=True)
    return {int(part) for path in paths for part in path.strip("/").split("/")} - seen.units


def campaigns_seen_by(person: Person | None, on: date) -> QuerySet[Campaign]:
    """Campaigns of units in reach, those that ask something of a unit in reach, and public ones."""
    units = scope(person, Act.SEE, on).unit_ids()
    asked = Obligation.objects.filter(unit__in=units).values("requirement__campaign_id")
    visible = Q(unit__in=units) | Q(issued_on__isnull=False, pk__in=asked)
    if person is not None:
        visible |= Q(issued_on__isnull=False, is_public=True)
    return Campaign.objects.filter(visible).select_related("unit__kind", "hierarchy", "directive", "book", "issued_to")


def campaign_to_see(person: Person | None, uid: UUID, on: date) -> Campaign:
    return get_object_or_404(campaigns_seen_by(person, on), uid=uid)


def campaign_to_direct(person: Person | None, uid: UUID, on: date) -> Campaign:
    campaign = campaign_to_see(person, uid, on)
    require(person, Act.DIRECT, campaign.unit, on)
    return campaign


def requirement_to_direct(person: Person | None, uid: UUID, on: date) -> Requirement:
    seen = campaigns_seen_by(person, on)
    requirement = get_object_or_404(
        Requirement.objects.filter(campaign__in=seen).select_related("campaign__unit", "passage"), uid=uid
    )
    require(person, Act.DIRECT, requirement.campaign.unit, on)
    return requirement


def topic_to_see(person: Person | None, uid: UUID, on: date) -> Topic:
    seen = campaigns_seen_by(person, on)
    return get_object_or_404(Topic.objects.filter(campaign__in=seen).select_related("campaign__unit"), uid=uid)


def topic_to_read(person: Person | None, uid: UUID, on: date) -> Topic:
    """For whoever is signed in as she sees it; for everyone else that of a public campaign."""
    if person is not None:
        return topic_to_see(person, uid, on)
    shown = Topic.objects.filter(campaign__is_public=True, campaign__issued_on__isnull=False)
    return get_object_or_404(shown.select_related("campaign__unit"), uid=uid)


def topic_to_direct(person: Person | None, uid: UUID, on: date) -> Topic:
    topic = topic_to_see(person, uid, on)
    require(person, Act.DIRECT, topic.campaign.unit, on)
    return topic


def topics_to_curate(person: Person | None, on: date) -> QuerySet[Topic]:
    """Those of campaigns that the person directs, the newest campaign first."""
    directed = scope(person, Act.DIRECT, on).units
    topics = Topic.objects.filter(campaign__unit__in=directed).select_related("campaign__unit")
    return topics.order_by("-campaign__starts_on", "campaign", "number")


def step_to_direct(person: Person | None, uid: UUID, on: date) -> TrailStep:
    """Also one that was taken out: it can be put back."""
    seen = campaigns_seen_by(person, on)
    steps = TrailStep.with_taken_out.filter(topic__campaign__in=seen)
    step = get_object_or_404(steps.select_related("topic__campaign__unit", "passage", "last"), uid=uid)
    require(person, Act.DIRECT, step.topic.campaign.unit, on)
    return step


def trails_through(passage: Passage, person: Person | None, on: date) -> QuerySet[TrailStep]:
    """Steps, of campaigns that the person sees, that hold this passage: itself, a run, or what stands over it."""
    over = {passage.pk}
    above = passage.parent
    while above is not None:
        over.add(above.pk)
        above = above.parent
    in_a_run = Q(
        last__isnull=False,
        passage__edition=passage.edition_id,
        passage__position__lte=passage.position,
        last__position__gte=passage.position,
    )
    steps = TrailStep.objects.filter(Q(passage__in=over) | in_a_run, topic__campaign__in=campaigns_seen_by(person, on))
    return steps.select_related("topic__campaign__unit", "passage", "last").order_by("topic__campaign", "topic__number")


def units_under(uid: UUID) -> QuerySet[Position, Any]:
    """A subquery: the keys of that unit and all below it, in any tree; it only narrows what a person sees."""
    above = Position.objects.filter(unit__uid=uid, hierarchy=OuterRef("hierarchy"))
    return Position.objects.filter(Exists(above.filter(lft__lte=OuterRef("lft"), rgt__gt=OuterRef("lft")))).values(
        "unit_id"
    )


def obligations_seen_by(person: Person | None, on: date) -> ObligationQuerySet:
    return scope(person, Act.SEE, on).filter(Obligation.objects.all(), "unit")  # type: ignore[return-value]


def obligation_to_see(person: Person | None, uid: UUID, on: date) -> Obligation:
    return get_object_or_404(
        obligations_seen_by(person, on).select_related(
            "unit__kind",
            "excused_by",
            "requirement__passage__edition__document",
            "requirement__campaign__hierarchy",
            "requirement__campaign__directive",
        ),
        uid=uid,
    )


def plans_seen_by(person: Person | None, on: date) -> QuerySet[Plan]:
    """Issued plans in reach or over one's units; a draft is seen only by those who write it."""
    seen = scope(person, Act.SEE, on)
    written = scope(person, Act.DIRECT, on).unit_ids()
    issued = Q(issued_on__isnull=False)
    return Plan.objects.filter(
        Q(unit__in=written)
        | issued & Q(unit__in=seen.unit_ids())
        | issued & Q(unit__in=_units_above(seen), withdrawn_at__isnull=True)
    )


def plan_to_see(person: Person | None, uid: UUID, on: date) -> Plan:
    related = ("unit__kind", "above__unit", "campaign__hierarchy", "campaign__directive", "campaign__unit", "signed_by")
    return get_object_or_404(plans_seen_by(person, on).select_related(*related), uid=uid)


def plan_to_direct(person: Person | None, uid: UUID, on: date) -> Plan:
    plan = plan_to_see(person, uid, on)
    require(person, Act.DIRECT, plan.unit, on)
    return plan


def item_to_direct(person: Person | None, uid: UUID, on: date) -> PlanItem:
    seen = plans_seen_by(person, on)
    item = get_object_or_404(
        PlanItem.objects.filter(plan__in=seen).select_related("plan__unit__kind", "plan__campaign"), uid=uid
    )
    require(person, Act.DIRECT, item.plan.unit, on)
    return item


def upload_to_register(person: Person | None, uid: UUID, on: date) -> StoredFile:
    """A file that the person, or the unit that she directs, put in to be registered as a directive."""
    directed = scope(person, Act.DIRECT, on).units
    return get_object_or_404(
        StoredFile.objects.filter(Q(unit_id__in=directed) | Q(unit__isnull=True, uploaded_by=person)), uid=uid
    )


def documents_seen_by(person: Person | None, on: date) -> QuerySet[Document]:
    """Public documents, and those of units in reach or above."""
    seen = scope(person, Act.SEE, on)
    return Document.objects.filter(Q(is_public=True) | Q(unit__in=seen.unit_ids()) | Q(unit__in=_units_above(seen)))


def directives_to_base_on(person: Person | None, on: date) -> QuerySet[Document]:
    kinds = (Document.Kind.DIRECTIVE, Document.Kind.OTHER)
    return documents_seen_by(person, on).filter(kind__in=kinds).order_by("-issued_on", "pk")


def passages_to_read(person: Person | None, on: date) -> QuerySet[Passage]:
    documents = documents_seen_by(person, on)
    return Passage.objects.filter(edition__document__in=documents).select_related("edition__document")


def passages_found(person: Person | None, words: str, on: date, limit: int = 20) -> list[Passage]:
    """The best matches among what she may read, as the library's own search ranks them."""
    hits = search(words[:200], who=groups_of(person, on), limit=limit)
    return [hit.passage for hit in hits if hit.passage]


def units_to_issue_to(campaign: Campaign) -> QuerySet[Unit]:
    """The campaign's own unit and those below it that have others below them."""
    parents = Position.objects.filter(hierarchy=campaign.hierarchy, parent__isnull=False).values("parent_id")
    return Unit.objects.below(campaign.unit, campaign.hierarchy).filter(Q(pk__in=parents) | Q(pk=campaign.unit_id))


def kinds_below(campaign_unit: Unit) -> QuerySet[UnitKind]:
    """The kinds of unit there are in the subtree."""
    return UnitKind.objects.filter(pk__in=Unit.objects.below(campaign_unit).order_by().values("kind_id"))
