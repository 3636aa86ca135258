"""The only door to self-reviews, actions and their evidence for views."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from thongsuot.campaigns.access import campaigns_seen_by, plans_seen_by
from thongsuot.campaigns.models import Campaign, Obligation, PlanItem, Requirement
from thongsuot.people.models import Membership, Office, Person, PersonQuerySet
from thongsuot.people.rights import Act, require, scope
from thongsuot.practice.models import (
    Action,
    ActionQuerySet,
    CriterionAnswer,
    Evidence,
    SelfReview,
    SelfReviewQuerySet,
    Verification,
)
from thongsuot.units.models import Unit

campaigns_seen = campaigns_seen_by


def units_kept(person: Person | None, on: date) -> QuerySet[Unit]:
    """Units whose records the person keeps."""
    return Unit.objects.filter(pk__in=scope(person, Act.RECORD, on).units).select_related("kind")


def unit_kept(person: Person | None, uid: UUID, on: date) -> Unit:
    unit = get_object_or_404(scope(person, Act.SEE, on).filter(Unit.objects.select_related("kind"), "pk"), uid=uid)
    require(person, Act.RECORD, unit, on)
    return unit


def people_of(unit: Unit, on: date) -> PersonQuerySet:
    """Who may be given an action: members of the unit and those who hold an office on it."""
    members = Membership.objects.in_force(on).filter(unit=unit).values("person_id")
    holders = Office.objects.in_force(on).filter(unit=unit).values("person_id")
    return Person.objects.filter(Q(pk__in=members) | Q(pk__in=holders), erased_at__isnull=True)


# Self-reviews


def reviews_seen_by(person: Person | None, on: date) -> SelfReviewQuerySet:
    return SelfReview.objects.filter(unit__in=scope(person, Act.SEE, on).unit_ids())


def review_to_see(person: Person | None, uid: UUID, on: date) -> SelfReview:
    related = ("unit__kind", "campaign__book", "started_by", "verified_by")
    return get_object_or_404(reviews_seen_by(person, on).select_related(*related), uid=uid)


def is_inside(person: Person | None, unit: Unit, on: date) -> bool:
    """Members and those who keep the unit's records read its draft; the level above waits until it is sent."""
    return unit.pk in scope(person, Act.RECORD, on).units or (
        person is not None and Membership.objects.in_force(on).filter(person=person, unit=unit).exists()
    )


def review_to_keep(person: Person | None, uid: UUID, on: date) -> SelfReview:
    review = review_to_see(person, uid, on)
    require(person, Act.RECORD, review.unit, on)
    return review


def review_to_verify(person: Person | None, uid: UUID, on: date) -> SelfReview:
    review = review_to_see(person, uid, on)
    require(person, Act.VERIFY, review.unit, on)
    return review


def reviews_waiting_for(person: Person, units: set[int], on: date) -> SelfReviewQuerySet:
    """Of those units, and never of one's own: nobody verifies the self-review of the unit they belong to."""
    belongs = Membership.objects.in_force(on).filter(person=person).values("unit_id")
    serves = Office.objects.in_force(on).filter(person=person).values("unit_id")
    waiting = SelfReview.objects.in_state("submitted").filter(unit__in=units)
    return waiting.exclude(Q(unit__in=belongs) | Q(unit__in=serves))


def answers_of(review: SelfReview) -> list[CriterionAnswer]:
    """With evidence, verifiers and actions; a fixed number of queries."""
    return list(
        review.answers.select_related("verifier", "review__unit").prefetch_related(
            Prefetch("evidence", Evidence.objects.select_related("file", "added_by").order_by("added_at", "pk")),
            Prefetch("actions", Action.objects.select_related("who")),
        )
    )


def weakness_to_act_on(person: Person | None, uid: UUID, on: date) -> CriterionAnswer:
    seen = CriterionAnswer.objects.filter(review__in=reviews_seen_by(person, on))
    answer = get_object_or_404(seen.select_related("review__unit__kind", "review__campaign__book"), uid=uid)
    require(person, Act.RECORD, answer.review.unit, on)
    return answer


def reviews_to_begin(person: Person | None, on: date) -> list[Obligation]:
    """What units whose records the person keeps were asked to review and have not begun."""
    begun = SelfReview.objects.filter(campaign=OuterRef("requirement__campaign"), unit=OuterRef("unit"))
    asked = Obligation.objects.filter(
        requirement__kind=Requirement.Kind.SELF_REVIEW, unit_id__in=scope(person, Act.RECORD, on).units
    )
    return list(
        asked.filter(~Exists(begun), excused_at__isnull=True)
        .select_related("unit", "requirement__campaign")
        .order_by("due_on", "pk")
    )


def campaign_to_review(person: Person | None, uid: UUID, on: date) -> Campaign:
    issued = campaigns_seen_by(person, on).filter(issued_on__isnull=False)
    return get_object_or_404(issued, uid=uid)


# Actions


def actions_seen_by(person: Person | None, on: date) -> ActionQuerySet:
    """Those of units in reach, and one's own wherever they were given."""
    reach = Q(unit__in=scope(person, Act.SEE, on).unit_ids())
    return Action.objects.filter(reach | Q(who=person) if person else reach)


def actions_waiting_for(person: Person, units: set[int]) -> ActionQuerySet:
    """Reported done in those units, by others: nobody verifies what they did or reported themselves."""
    reported = Q(reported_done_on__isnull=False, verified_on__isnull=True, cancelled_at__isnull=True)
    waiting = Action.objects.filter(reported, unit__in=units)
    return waiting.exclude(who=person).exclude(reported_done_by=person)


def action_to_see(person: Person | None, uid: UUID, on: date) -> Action:
    related = (
        "unit__kind", "campaign__book", "who", "opened_by", "reported_done_by", "passage__edition__document",
        "decision__meeting__minutes", "decision__agenda_item__topic", "decision__agenda_item__passage",
        "weakness__review__unit", "plan_item__plan__unit", "plan_item__requirement__passage",
        "plan_item__topic", "plan_item__passage",
    )  # fmt: skip
    return get_object_or_404(actions_seen_by(person, on).select_related(*related), uid=uid)


def evidence_of(action: Action) -> list[Evidence]:
    return list(action.evidence.select_related("file", "added_by").order_by("added_at", "pk"))


def verifications_of(action: Action) -> list[Verification]:
    return list(action.verifications.select_related("by").order_by("at", "pk"))


def plan_item_to_act_on(person: Person | None, uid: UUID, on: date) -> PlanItem:
    """A task of an issued plan of a unit whose records the person keeps."""
    items = PlanItem.objects.filter(plan__in=plans_seen_by(person, on).filter(issued_on__isnull=False))
    item = get_object_or_404(items.select_related("plan__unit__kind", "plan__campaign__book", "passage"), uid=uid)
    require(person, Act.RECORD, item.plan.unit, on)
    return item


# Evidence


def evidence_to_see(person: Person | None, uid: UUID, on: date) -> Evidence:
    """Evidence that stands, of an action or self-review that the person may see; else 404."""
    related = ("file", "unit", "action__who", "answer__review__unit")
    evidence = get_object_or_404(Evidence.objects.select_related(*related), uid=uid, removed_at__isnull=True)
    if evidence.action is not None:
        action_to_see(person, evidence.action.uid, on)
    elif evidence.answer is not None:
        review = review_to_see(person, evidence.answer.review.uid, on)
        if review.state == "draft" and not is_inside(person, review.unit, on):
            raise Http404
    return evidence
