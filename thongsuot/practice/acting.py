"""Actions: opened because of something, done with evidence, verified by someone else."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from thongsuot.campaigns.fulfilment import fulfil, unfulfil
from thongsuot.campaigns.models import Campaign, PlanItem, Requirement
from thongsuot.campaigns.moments import day_of
from thongsuot.journal.noting import note as journal
from thongsuot.journal.noting import unsaid
from thongsuot.ledger.measures import measure
from thongsuot.ledger.posting import post, reverse, standing
from thongsuot.library.models import Passage
from thongsuot.meetings.models import Decision, Minutes
from thongsuot.notices.telling import tell
from thongsuot.papers.models import StoredFile
from thongsuot.people import rights
from thongsuot.people.models import Person
from thongsuot.practice.models import Action, CriterionAnswer, Evidence, Verification
from thongsuot.practice.reviewing import require_open
from thongsuot.units.models import Unit, new_uid
from thongsuot.viet.text import nfc
from thongsuot.web.errors import Refused

ACTION_OPENED = measure("action_opened", gettext_lazy("Actions opened"))
ACTION_DONE = measure("action_done", gettext_lazy("Actions done, with evidence, verified"))
ACTION_CANCELLED = measure("action_cancelled", gettext_lazy("Actions cancelled with a reason"))
Verdict = Verification.Verdict


class ActionRefused(Refused):
    """The step does not fit the action as it stands."""


@transaction.atomic
def open_action(
    unit: Unit, *, campaign: Campaign, work: str, who: Person, due_on: date, product: str, by: Person | None, on: date,
    at: datetime, responsibility: str = "", authority: str = "", decision: Decision | None = None,
    weakness: CriterionAnswer | None = None, plan_item: PlanItem | None = None, passage: Passage | None = None,
    uid: UUID | None = None,
) -> Action:  # fmt: skip
    """A commitment with its six clear things. The same decision, or the same ``uid``, opens only one.

    Raises NotAllowed, ActionRefused.
    """
    if by is not None:
        rights.require(by, rights.Act.RECORD, unit, day_of(at))
    if decision is not None and (opened := Action.objects.filter(decision=decision).first()):
        return opened
    if uid is not None and (sent_twice := Action.objects.filter(uid=uid, unit=unit).first()):
        return sent_twice
    if sum(cause is not None for cause in (decision, weakness, plan_item)) > 1:
        raise ActionRefused(_("An action rests on one thing: a decision, a weakness or a task of the plan."))
    if not work.strip() or not product.strip():
        raise ActionRefused(_("Say what is to be done and what will come of it (the product)."))
    if due_on < on:
        raise ActionRefused(_("The action would be due before it begins. Check the date."))
    action = Action.objects.create(
        uid=uid or new_uid(), campaign=campaign, unit=unit, work=nfc(work).strip(), who=who, due_on=due_on,
        responsibility=responsibility, authority=authority, product=nfc(product).strip(), decision=decision,
        weakness=weakness, plan_item=plan_item, passage=passage, opened_at=at, opened_on=on, opened_by=by,
    )  # fmt: skip
    post(campaign.book, ACTION_OPENED, unit=unit, on=on, at=at, cause=action, by=by)
    fulfil(campaign, Requirement.Kind.ACTIONS, unit=unit, on=on, cause=action, at=at, by=by, complete=False)
    journal(action, gettext_noop("opened"), by=by, at=at)
    tell(
        [who],
        gettext_noop("You were given an action, due on %(day)s: %(work)s"),
        once=f"action-{action.uid}",
        at=at,
        unit=unit,
        url=f"/practice/actions/{action.uid}/",
        values={"day": due_on.strftime("%d/%m/%Y"), "work": work.strip()[:120]},
    )
    return action


def open_decided(minutes: Minutes, by: Person | None, at: datetime) -> None:
    """Follows the approval of minutes: each decided task becomes a tracked action."""
    meeting = minutes.meeting
    if meeting.campaign is None:
        return
    for decision in meeting.decisions.select_related("who", "passage"):
        open_action(
            meeting.unit, campaign=meeting.campaign, work=decision.work, who=decision.who, due_on=decision.due_on,
            product=decision.product, by=None, on=meeting.held_on, at=at, responsibility=decision.responsibility,
            authority=decision.authority, decision=decision, passage=decision.passage,
        )  # fmt: skip


def _require_to_work_on(action: Action, by: Person | None, at: datetime) -> None:
    """The responsible person, or whoever keeps the unit's records."""
    if by is not None and by.pk != action.who_id:
        rights.require(by, rights.Act.RECORD, action.unit, day_of(at))


def may_work_on(person: Person | None, action: Action, on: date) -> bool:
    """Add evidence, report it done."""
    own = person is not None and person.pk == action.who_id
    return own or rights.may(person, rights.Act.RECORD, action.unit, on)


def may_verify(person: Person | None, action: Action, on: date) -> bool:
    """Neither who does it nor who reported it; the unit's head, or someone from above."""
    if person is None or person.pk in (action.who_id, action.reported_done_by_id):
        return False
    return any(rights.may(person, act, action.unit, on) for act in (rights.Act.APPROVE, rights.Act.VERIFY))


@transaction.atomic
def add_evidence(
    subject: Action | CriterionAnswer, *, title: str, by: Person | None, at: datetime, file: StoredFile | None = None,
    url: str = "", uid: UUID | None = None,
) -> Evidence:  # fmt: skip
    """A file, a link or a note of what shows it; the same ``uid`` adds it once.

    Raises NotAllowed, ActionRefused, ReviewIncomplete.
    """
    if not title.strip():
        raise ActionRefused(_("Say in a few words what the evidence shows."))
    if isinstance(subject, Action):
        _require_to_work_on(subject, by, at)
        if subject.verified_on or subject.cancelled_at:
            raise ActionRefused(_("This action is finished; evidence can no longer be added."))
        unit = subject.unit
    else:
        require_open(subject.review, by, at)
        if subject.verdict == CriterionAnswer.Verdict.ACCEPTED:
            raise ActionRefused(_("%(code)s was accepted and stays as it is.") % {"code": subject.code})
        unit = subject.review.unit
    evidence, fresh = subject.evidence.get_or_create(
        uid=uid or new_uid(),
        defaults={
            "unit": unit, "title": nfc(title).strip()[:300], "file": file, "url": url, "added_by": by, "added_at": at,
        },
    )  # fmt: skip
    if fresh:
        verb = gettext_noop("evidence added")
        if isinstance(subject, Action):
            journal(subject, verb, by=by, at=at, changes={gettext_noop("evidence"): ["", evidence.title[:200]]})
        else:
            journal(subject.review, verb, by=by, at=at, changes=unsaid([subject.code]))
    return evidence


def require_to_remove(evidence: Evidence, by: Person | None, on: date) -> None:
    """Who added it, or those who keep the unit's records."""
    if by is None or evidence.added_by_id != by.pk:
        rights.require(by, rights.Act.RECORD, evidence.unit, on)


@transaction.atomic
def remove_evidence(evidence: Evidence, reason: str, *, by: Person, at: datetime) -> Evidence:
    """Take wrong evidence away; that it was there, and why it went, stays.

    An action that loses its last evidence is open again, also when it was verified.
    """
    evidence = (
        Evidence.objects.select_for_update(of=("self",)).select_related("action", "answer__review").get(pk=evidence.pk)
    )
    require_to_remove(evidence, by, day_of(at))
    if evidence.removed_at:
        return evidence
    if not reason.strip():
        raise ActionRefused(_("Say why the evidence is removed."))
    evidence.removed_at, evidence.removed_reason = at, nfc(reason).strip()[:300]
    evidence.save(update_fields=["removed_at", "removed_reason"])
    subject = evidence.action or (evidence.answer.review if evidence.answer else None)
    if subject is not None:
        journal(subject, gettext_noop("evidence removed"), by=by, at=at, reason=reason.strip())
    if evidence.action and not evidence.action.evidence.filter(removed_at__isnull=True).exists():
        _reopen(evidence.action, by=by, at=at)
    return evidence


def _reopen(action: Action, *, by: Person | None, at: datetime) -> None:
    """Without evidence nothing is done: it counts no longer and waits to be shown anew."""
    if action.cancelled_at or not (action.reported_done_on or action.verified_on):
        return
    for entry in standing(action.campaign.book, action, ACTION_DONE):
        reverse(entry, at=at, by=by, reason="evidence removed")
    action.reported_done_on = action.reported_done_by = action.verified_on = None
    action.save(update_fields=["reported_done_on", "reported_done_by", "verified_on"])
    unfulfil(action, at=at, by=by)
    kind, began = Requirement.Kind.ACTIONS, action.opened_on
    fulfil(action.campaign, kind, unit=action.unit, on=began, cause=action, at=at, by=by, complete=False)
    journal(action, gettext_noop("opened again"), by=by, at=at)


@transaction.atomic
def report_done(action: Action, *, by: Person | None, on: date, at: datetime) -> Action:
    """Say that it is done; without evidence it is not."""
    action = Action.objects.select_for_update(of=("self",)).select_related("unit", "campaign").get(pk=action.pk)
    _require_to_work_on(action, by, at)
    if action.state(on) not in ("open", "overdue"):
        raise ActionRefused(_("This action does not wait to be reported as done."))
    if not action.evidence.filter(removed_at__isnull=True).exists():
        raise ActionRefused(_("Add what shows that it is done (a file, a link or a note) first."))
    action.reported_done_on, action.reported_done_by = on, by
    action.save(update_fields=["reported_done_on", "reported_done_by"])
    journal(action, gettext_noop("reported done"), by=by, at=at)
    return action


@transaction.atomic
def verify(action: Action, verdict: str, *, by: Person | None, on: date, at: datetime, note: str = "") -> Verification:
    """Someone else looks at the evidence: accepted, the action is done; returned, it is open again.

    Raises NotAllowed, ActionRefused.
    """
    action = Action.objects.select_for_update(of=("self",)).select_related("unit", "campaign").get(pk=action.pk)
    if by is not None:
        if by.pk in (action.who_id, action.reported_done_by_id):
            raise ActionRefused(_("Somebody else verifies it: not the person who did or reported it."))
        if not rights.may(by, rights.Act.APPROVE, action.unit, day_of(at)):
            rights.require(by, rights.Act.VERIFY, action.unit, day_of(at))
    if action.state(on) != "reported":
        raise ActionRefused(_("This action does not wait for verification now."))
    if verdict not in Verdict.values:
        raise ActionRefused(_("Accept the action or return it."))
    if verdict == Verdict.ACCEPTED and not action.evidence.filter(removed_at__isnull=True).exists():
        raise ActionRefused(_("No evidence stands: it cannot be accepted as done."))
    if verdict == Verdict.RETURNED and not note.strip():
        raise ActionRefused(_("Say what is missing when you return an action."))
    verification = Verification.objects.create(action=action, verdict=verdict, note=note.strip(), by=by, on=on, at=at)
    if verdict == Verdict.ACCEPTED:
        action.verified_on = on
        post(action.campaign.book, ACTION_DONE, unit=action.unit, on=on, at=at, cause=action, by=by)
        fulfil(action.campaign, Requirement.Kind.ACTIONS, unit=action.unit, on=on, cause=action, at=at, by=by)
    else:
        action.reported_done_on = action.reported_done_by = None
    action.save(update_fields=["verified_on", "reported_done_on", "reported_done_by"])
    journal(action, gettext_noop("verified") if verdict == Verdict.ACCEPTED else gettext_noop("returned"),
            by=by, at=at, reason=note.strip())  # fmt: skip
    return verification


@transaction.atomic
def cancel(action: Action, reason: str, *, by: Person | None, at: datetime) -> Action:
    """Give it up, with a reason that stays. Raises NotAllowed, ActionRefused."""
    action = Action.objects.select_for_update(of=("self",)).select_related("unit", "campaign").get(pk=action.pk)
    if by is not None:
        rights.require(by, rights.Act.APPROVE, action.unit, day_of(at))
    if not reason.strip():
        raise ActionRefused(_("Say why the action is cancelled."))
    if action.verified_on or action.cancelled_at:
        raise ActionRefused(_("This action is finished already."))
    action.cancelled_at, action.cancelled_reason = at, reason.strip()[:300]
    action.save(update_fields=["cancelled_at", "cancelled_reason"])
    unfulfil(action, at=at, by=by)
    post(action.campaign.book, ACTION_CANCELLED, unit=action.unit, on=day_of(at), at=at, cause=action, by=by)
    journal(action, gettext_noop("cancelled"), by=by, at=at, reason=reason.strip())
    return action
