"""A report goes up frozen, and is accepted or comes back with a reason."""

import hashlib
import json
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from thongsuot.campaigns.fulfilment import fulfil, unfulfil
from thongsuot.campaigns.models import Requirement
from thongsuot.journal.noting import note
from thongsuot.ledger.folding import fold_all
from thongsuot.ledger.measures import measure
from thongsuot.ledger.posting import post, take_back
from thongsuot.notices.telling import tell
from thongsuot.papers.numbering import take_number
from thongsuot.people import rights
from thongsuot.people.models import Office, Person
from thongsuot.reports.gathering import figures, last_position
from thongsuot.reports.models import Report, Snapshot
from thongsuot.web.errors import Refused

REPORT_SUBMITTED = measure("report_submitted", gettext_lazy("Reports submitted"))
REPORT_ACCEPTED = measure("report_accepted", gettext_lazy("Reports accepted"))

WORDS = ["situation", "results", "limits", "causes", "lessons", "proposals"]


class ReportIncomplete(Refused):
    """Words that only the head can say are missing."""


class NotWaiting(Refused):
    """The report is not in the state that this step needs."""


def digest(body: dict[str, object], before: str) -> str:
    """SHA-256 over the snapshot before and the figures and words of this one."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256((before + text).encode()).hexdigest()


def freeze(report: Report, *, at: datetime) -> Snapshot:
    """Take the figures at this position of the ledger; chained to the unit's snapshot before."""
    fold_all()
    position = last_position(report.campaign.book)
    taken = figures(report.campaign, report.unit, report.period_from, report.period_to, position=position)
    last = Snapshot.objects.filter(report__unit=report.unit).order_by("-pk").first()
    before = last.sha256 if last else ""
    body = {
        **taken.as_json(),
        "words": {name: getattr(report, name) for name in WORDS},
        "unit": report.unit.name_on(report.period_to),
        "campaign": report.campaign.title,
        "period": [report.period_from.isoformat(), report.period_to.isoformat()],
        "number": report.number,
    }
    return Snapshot.objects.create(
        report=report, made_at=at, ledger_position=position, body=body, before=before, sha256=digest(body, before)
    )


@transaction.atomic
def submit(report: Report, *, by: Person | None, on: date, at: datetime) -> Snapshot:
    """Number the report, freeze its figures and words, and send it to the level above.

    Raises NotAllowed, ReportIncomplete (naming what is missing), NotWaiting.
    """
    report = Report.objects.select_for_update().select_related("campaign__book", "unit__kind").get(pk=report.pk)
    if by is not None:
        rights.require(by, rights.Act.DIRECT, report.unit, on)
    if report.state not in ("draft", "returned"):
        raise NotWaiting(_("This report has been sent already."))
    if not report.results.strip() or not report.limits.strip():
        raise ReportIncomplete(_("Say in your own words what came of it (results) and what fell short (limits)."))
    if not report.number:
        report.number = str(take_number(report.unit, "BC", on=on, by=by))
    report.submitted_at, report.submitted_on, report.submitted_by = at, on, by
    report.save()
    snapshot = freeze(report, at=at)
    fulfil(report.campaign, Requirement.Kind.REPORT, unit=report.unit, on=on, cause=report, at=at, by=by)
    take_back(report.campaign.book, report, at=at, by=by, reason="sent again")
    post(report.campaign.book, REPORT_SUBMITTED, unit=report.unit, on=on, at=at, cause=report, by=by)
    note(report, gettext_noop("submitted"), by=by, at=at, changes={"sha256": ["", snapshot.sha256]})
    _tell_above(report, at=at)
    return snapshot


def _tell_above(report: Report, *, at: datetime) -> None:
    place = report.unit.positions.filter(hierarchy=report.campaign.hierarchy_id).first()
    if place is None or place.parent_id is None:
        return
    deciders = Person.objects.filter(
        offices__in=Office.objects.in_force(at.date()).filter(
            unit_id=place.parent_id, role__in=[Office.Role.HEAD, Office.Role.OFFICER, Office.Role.VERIFIER]
        )
    ).distinct()
    tell(
        deciders,
        gettext_noop("%(unit)s sent its report; it waits for your decision."),
        once=f"report-{report.uid}-{at.timestamp():.0f}",
        at=at,
        unit=report.unit,
        url=f"/reports/{report.uid}/",
        values={"unit": report.unit.name},
    )


def _decide(report: Report, by: Person | None, at: datetime) -> Report:
    report = Report.objects.select_for_update().select_related("campaign__book", "unit").get(pk=report.pk)
    if by is not None:
        rights.require(by, rights.Act.VERIFY, report.unit, at.date())
    if report.state != "submitted":
        raise NotWaiting(_("This report does not wait for a decision now."))
    return report


@transaction.atomic
def accept(report: Report, *, by: Person | None, at: datetime) -> Report:
    """The level above accepts the report as it was frozen."""
    report = _decide(report, by, at)
    report.accepted_at, report.decided_by = at, by
    report.save(update_fields=["accepted_at", "decided_by"])
    post(report.campaign.book, REPORT_ACCEPTED, unit=report.unit, on=at.date(), at=at, cause=report, by=by)
    note(report, gettext_noop("accepted"), by=by, at=at)
    return report


@transaction.atomic
def return_report(report: Report, reason: str, *, by: Person | None, at: datetime) -> Report:
    """Back to the unit with a reason; what it met is open again until it is sent once more."""
    if not reason.strip():
        raise Refused(_("Say why the report goes back, so that the unit can mend it."))
    report = _decide(report, by, at)
    report.returned_at, report.returned_reason, report.decided_by = at, reason.strip(), by
    report.save(update_fields=["returned_at", "returned_reason", "decided_by"])
    unfulfil(report, at=at, by=by)
    take_back(report.campaign.book, report, at=at, by=by, reason="returned")
    note(report, gettext_noop("returned"), by=by, at=at, reason=reason.strip())
    heads = Person.objects.filter(
        offices__in=Office.objects.in_force(at.date()).filter(unit=report.unit, role__in=["head", "officer"])
    ).distinct()
    tell(
        heads,
        gettext_noop("The report of %(unit)s came back: %(reason)s"),
        once=f"returned-{report.uid}-{at.timestamp():.0f}",
        at=at,
        url=f"/reports/{report.uid}/",
        values={"unit": report.unit.name, "reason": reason.strip()[:150]},
    )
    return report


@transaction.atomic
def keep_words(report: Report, words: dict[str, str], *, by: Person | None, at: datetime) -> Report:
    """Save the head's own words while the report is a draft or came back."""
    if by is not None:
        rights.require(by, rights.Act.DIRECT, report.unit, at.date())
    if report.state not in ("draft", "returned"):
        raise NotWaiting(_("A report that was sent is frozen; it can be changed only if it comes back."))
    changes = {name: [getattr(report, name), words[name]] for name in WORDS if words.get(name, getattr(report, name)) != getattr(report, name)}
    for name, (_before, after) in changes.items():
        setattr(report, name, after)
    if changes:
        report.save(update_fields=list(changes))
        note(report, gettext_noop("rewritten"), by=by, at=at, changes=changes)
    return report
