"""What waits for a person's decision: minutes, reports, self-reviews and actions of others."""

from datetime import date

from django.utils.translation import gettext as _

from thongsuot.desk.asks import Ask, to
from thongsuot.meetings.models import Meeting, Minutes
from thongsuot.people.levels import units_waiting_for
from thongsuot.people.models import Person
from thongsuot.people.rights import Act, scope
from thongsuot.practice.access import actions_waiting_for, reviews_waiting_for
from thongsuot.reports.models import Report

SHOWN = 10  # of each sort; the rest is counted and found in its room


def waits_for(person: Person, on: date) -> list[Ask]:
    """A fixed number of queries, however many units lie below."""
    decisions = _minutes(person, on)
    if units := units_waiting_for(person, Act.VERIFY, on):
        decisions += [*_reports(person, units, on), *_reviews(person, units, on), *_actions(person, units)]
    return decisions


def _minutes(person: Person, on: date) -> list[Ask]:
    units = scope(person, Act.APPROVE, on).units
    if not units:
        return []
    waiting = Minutes.objects.filter(
        meeting__unit__in=units,
        meeting__closed_at__isnull=False,
        meeting__voided_at__isnull=True,
        approved_at__isnull=True,
    )
    return [
        Ask(
            _("Approve the minutes of “%(meeting)s”") % {"meeting": minutes.meeting.title},
            _("The register is closed; decisions become tracked actions once you approve."),
            to("meetings:meeting_detail", minutes.meeting.uid),
            _("Read and approve"),
            unit=minutes.meeting.unit.name,
        )
        for minutes in waiting.select_related("meeting__unit").order_by("meeting__held_on")[:SHOWN]
    ]


def _reports(person: Person, units: set[int], on: date) -> list[Ask]:
    """Reports go up to those who direct a unit, not to those who only verify."""
    if not scope(person, Act.DIRECT, on).units:
        return []
    waiting = Report.objects.filter(
        unit__in=units, submitted_at__isnull=False, accepted_at__isnull=True
    ).select_related("unit")
    return [
        Ask(
            _("Accept or return the report of %(unit)s") % {"unit": report.unit.name},
            _("It was sent up on %(day)s for %(from)s – %(to)s.")
            % {
                "day": f"{report.submitted_on:%d/%m/%Y}",
                "from": f"{report.period_from:%d/%m/%Y}",
                "to": f"{report.period_to:%d/%m/%Y}",
            },
            to("reports:report_detail", report.uid),
            _("Read the report"),
            unit=report.unit.name,
        )
        for report in waiting.order_by("submitted_at")[: 2 * SHOWN]
        if report.state == "submitted"
    ][:SHOWN]


def _reviews(person: Person, units: set[int], on: date) -> list[Ask]:
    return [
        Ask(
            _("Verify the self-review of %(unit)s") % {"unit": review.unit.name},
            _("It was handed in on %(day)s; your score will stand beside theirs.")
            % {"day": f"{review.submitted_on:%d/%m/%Y}"},
            to("practice:self_review_detail", review.uid),
            _("Verify"),
            unit=review.unit.name,
        )
        for review in reviews_waiting_for(person, units, on).select_related("unit").order_by("submitted_at")[:SHOWN]
    ]


def _actions(person: Person, units: set[int]) -> list[Ask]:
    waiting = actions_waiting_for(person, units)
    return [
        Ask(
            _("Verify: %(work)s") % {"work": str(action)},
            _("%(who)s reported it done on %(day)s with evidence.")
            % {"who": action.who.full_name, "day": f"{action.reported_done_on:%d/%m/%Y}"},
            to("practice:action_detail", action.uid),
            _("Look at the evidence"),
            unit=action.unit.name,
        )
        for action in waiting.select_related("unit", "who").order_by("reported_done_on")[:SHOWN]
    ]


def meetings_to_keep(person: Person, on: date) -> list[Ask]:
    """Meetings whose day has come and whose register is still open."""
    units = scope(person, Act.RECORD, on).units
    if not units:
        return []
    held = Meeting.objects.filter(unit__in=units, held_on__lte=on, closed_at__isnull=True, voided_at__isnull=True)
    return [
        Ask(
            _("Close the register of “%(meeting)s”") % {"meeting": meeting.title},
            _("The meeting counts once its register is closed."),
            to("meetings:meeting_detail", meeting.uid),
            _("Open the register"),
            due_on=meeting.held_on,
            unit=meeting.unit.name,
            is_overdue=meeting.held_on < on,
        )
        for meeting in held.select_related("unit").order_by("held_on")[:SHOWN]
    ]
