"""What a person's units owe."""

from datetime import date

from django.utils.translation import gettext as _

from thongsuot.campaigns.asked import asked_of
from thongsuot.campaigns.explaining import explain
from thongsuot.campaigns.models import Obligation
from thongsuot.desk.asks import Ask, to
from thongsuot.desk.own import titled
from thongsuot.people.models import Person


def owed_by_units(person: Person, on: date) -> list[Ask]:
    """The open obligations of the units that the person directs or keeps the records of, the earliest due first."""
    return [_ask(obligation, on) for obligation in asked_of(person, on)]


def _ask(obligation: Obligation, today: date) -> Ask:
    """One thing that a unit owes, in a sentence."""
    told = explain(obligation, today)
    return Ask(
        titled(obligation.requirement, "text"),
        f"{told.sentence} {told.next_step}".strip(),
        to("campaigns:obligation_detail", obligation.uid),
        _("Go on") if obligation.began_on else _("Begin"),
        obligation.due_on,
        obligation.unit.name,
        is_overdue=obligation.due_on < today,
    )
