"""A report goes up frozen, and is accepted or comes back with a reason."""

import hashlib
import json
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from thongsuot.campaigns.fulfilment import fulfil, unfulfil
from thongsuot.campaigns.models import Requirement
from thongsuot.campaigns.moments import day_of
from thongsuot.journal.noting import note, unsaid, write
from thongsuot.ledger.folding import fold_all
from thongsuot.ledger.measures import measure
from thongsuot.ledger.posting import post, take_back
from thongsuot.notices.telling import tell
from thongsuot.papers.numbering import take_number
from thongsuot.people import rights
from thongsuot.people.models import Membership, Office, Person
from thongsuot.reports.gathering import figures, last_position
from thongsuot.reports.models import Report, Snapshot
from thongsuot.web.errors import Refused

REPORT_SUBMITTED = measure("report_submitted", gettext_lazy("Reports submitted"))
REPORT_ACCEPTED = measure("report_accepted", gettext_lazy("Reports accepted"))

# The head's own words; the trail tells of them by these names.
WORDS = [
    gettext_noop("situation"), gettext_noop("results"), gettext_noop("limits"), gettext_noop("causes"),
    gettext_noop("lessons"), gettext_noop("proposals"),
]  # fmt: skip


class ReportIncomplete(Refused):
    """Words that only the head can say are missing."""


class NotWaiting(Refused):
    """The report is not in the state that this step needs."""


def digest(body: dict[str, object], before: str) -> str:
    """SHA-256 over the snapshot before and the figures and words of this one."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256((before + text).encode()).hexdigest()


def is_intact(snapshot: Snapshot) -> bool:
    """Whether figures and words still are what was frozen."""
    return digest(snapshot.body, snapshot.before) == snapshot.sha256


def copies(report: Report) -> list[tuple[Snapshot, bool]]:
    """Each frozen copy of the report, newest first: whether it, and the copy it was chained to, still hold."""
    chain = list(Snapshot.objects.filter(report__unit=report.unit_id).order_by("pk").values_list("pk", "sha256"))
    before = {pk: last for (_pk, last), (pk, _sha) in zip([(0, ""), *chain], chain, strict=False)}
    return [(one, is_intact(one) and one.before == before[one.pk]) for one in report.snapshots.order_by("-pk")]


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

    Raises NotAllowed, ReportIncomplete (naming what is missing), NotWaiting (sent already, or too early).
    """
    report = Report.objects.select_for_update().select_related("campaign__book", "unit__kind").get(pk=report.pk)
    if by is not None:
        rights.require(by, rights.Act.DIRECT, report.unit, on)
    if not report.is_open:
        raise NotWaiting(_("This report has been sent already."))
    if on < report.period_to:
        raise NotWaiting(
            _("The period runs until %(day)s: send the report on that day or later.")
            % {"day": f"{report.period_to:%d/%m/%Y}"}
        )
    if not report.results.strip() or not report.limits.strip():
        raise ReportIncomplete(_("Say in your own words what came of it (results) and what fell short (limits)."))
    if not report.number:
        report.number = str(take_number(report.unit, "BC", on=on, by=by))
    report.submitted_at, report.submitted_on, report.submitted_by = at, on, by
    report.accepted_at = report.decided_by = None
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
        offices__in=Office.objects.in_force(day_of(at)).filter(
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


def may_decide(person: Person | None, report: Report, on: date) -> bool:
    """From above, and nobody who belongs to the unit."""
    return (
        person is not None
        and rights.may(person, rights.Act.VERIFY, report.unit, on)
        and not _is_of_the_unit(person, report, on)
    )


def _is_of_the_unit(person: Person, report: Report, on: date) -> bool:
    return any(
        kind.objects.in_force(on).filter(person=person, unit=report.unit_id).exists() for kind in (Membership, Office)
    )


def _decide(report: Report, by: Person | None, at: datetime) -> Report:
    report = Report.objects.select_for_update().select_related("campaign__book", "unit").get(pk=report.pk)
    if by is not None:
        rights.require(by, rights.Act.VERIFY, report.unit, day_of(at))
        if _is_of_the_unit(by, report, day_of(at)):
            raise rights.NotAllowed(_("Nobody decides on the report of their own unit. Ask a colleague from above."))
    if report.state != "submitted":
        raise NotWaiting(_("This report does not wait for a decision now."))
    return report


@transaction.atomic
def accept(report: Report, *, by: Person | None, at: datetime) -> Report:
    """The level above accepts the report as it was frozen."""
    report = _decide(report, by, at)
    report.accepted_at, report.decided_by = at, by
    report.save(update_fields=["accepted_at", "decided_by"])
    post(report.campaign.book, REPORT_ACCEPTED, unit=report.unit, on=day_of(at), at=at, cause=report, by=by)
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
        offices__in=Office.objects.in_force(day_of(at)).filter(unit=report.unit, role__in=["head", "officer"])
    ).distinct()
    tell(
        heads,
        gettext_noop("The report of %(unit)s came back: %(reason)s"),
        once=f"returned-{report.uid}-{at.timestamp():.0f}",
        at=at,
        unit=report.unit,
        url=f"/reports/{report.uid}/",
        values={"unit": report.unit.name, "reason": reason.strip()[:150]},
    )
    return report


@transaction.atomic
def keep_words(report: Report, words: dict[str, str], *, by: Person | None, at: datetime) -> Report:
    """Save the head's own words while the report is a draft or came back."""
    report = Report.objects.select_for_update(of=("self",)).select_related("unit").get(pk=report.pk)
    if by is not None:
        rights.require(by, rights.Act.DIRECT, report.unit, day_of(at))
    if not report.is_open:
        raise NotWaiting(_("A report that was sent is frozen; it can be changed only if it comes back."))
    changes = write(report, {name: words[name] for name in WORDS if name in words})
    if changes:
        report.save(update_fields=list(changes))
        note(report, gettext_noop("rewritten"), by=by, at=at, changes=unsaid(changes))
    return report
