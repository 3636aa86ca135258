"""What a new action rests on: a weakness of the self-review, a task of the plan, or the unit's own decision."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from thongsuot.campaigns.models import Campaign, PlanItem
from thongsuot.library.access import documents_seen_by
from thongsuot.library.models import Passage
from thongsuot.people.models import Person
from thongsuot.practice import access, acting
from thongsuot.practice.anchors import passages_for
from thongsuot.practice.criteria import Criterion, template_named
from thongsuot.practice.forms import ActionForm
from thongsuot.practice.models import Action, CriterionAnswer
from thongsuot.units.models import Unit
from thongsuot.web.http import Request

WITHIN = timedelta(days=30)


@dataclass
class Opening:
    unit: Unit
    person: Person
    today: date
    campaign: Campaign | None = None
    weakness: CriterionAnswer | None = None
    criterion: Criterion | None = None
    plan_item: PlanItem | None = None
    passage: Passage | None = None
    initial: dict[str, Any] = field(default_factory=dict)

    def form(self, sent: Any) -> ActionForm:
        campaigns = access.campaigns_seen(self.person, self.today).filter(issued_on__isnull=False)
        if self.campaign:
            campaigns = campaigns.filter(pk=self.campaign.pk)
        first = {"due_on": self.today + WITHIN, "campaign": self.campaign, **self.initial}
        return ActionForm(sent, initial=first, campaigns=campaigns, people=access.people_of(self.unit, self.today))

    def open(self, form: ActionForm, *, by: Person, on: date, at: datetime) -> Action:
        six = {name: form.cleaned_data[name] for name in ("work", "who", "due_on", "product")}
        more = {name: form.cleaned_data[name] for name in ("responsibility", "authority", "campaign")}
        return acting.open_action(
            self.unit, **six, **more, by=by, on=on, at=at, weakness=self.weakness, plan_item=self.plan_item,
            passage=self.passage, uid=form.cleaned_data["once"],
        )  # fmt: skip


def opening_from(request: Request) -> Opening | list[Unit]:
    """As the address says; where it names nothing and the person keeps several units, these to choose from."""
    person, today = request.person, timezone.localdate()
    if uid := _uid(request, "weakness"):
        return _from_weakness(access.weakness_to_act_on(person, uid, today), person, today)
    if uid := _uid(request, "item"):
        item = access.plan_item_to_act_on(person, uid, today)
        initial: dict[str, Any] = {"work": item.work, "product": item.product, "responsibility": item.responsibility}
        initial |= {"authority": item.authority}
        if item.due_on and item.due_on >= today:
            initial["due_on"] = item.due_on
        campaign = item.plan.campaign
        return Opening(item.plan.unit, person, today, campaign, plan_item=item, passage=item.passage, initial=initial)
    if uid := _uid(request, "unit"):
        return Opening(access.unit_kept(person, uid, today), person, today)
    kept = list(access.units_kept(person, today))
    return Opening(kept[0], person, today) if len(kept) == 1 else kept


def _from_weakness(answer: CriterionAnswer, person: Person, today: date) -> Opening:
    review = answer.review
    criterion = next((c for c in template_named(review.template).criteria if c.code == answer.code), None)
    found = passages_for([criterion], documents_seen_by(person, today)) if criterion else {}
    return Opening(
        review.unit, person, today, review.campaign, weakness=answer, criterion=criterion,
        passage=found.get(answer.code),
    )  # fmt: skip


def _uid(request: Request, name: str) -> UUID | None:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None
