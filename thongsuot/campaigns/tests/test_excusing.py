"""Someone above releases a unit from what it was asked."""

import pytest

from thongsuot.campaigns.excusing import ask_again, excuse
from thongsuot.campaigns.models import State
from thongsuot.campaigns.testing import a_small_city, an_issued_campaign, an_obligation
from thongsuot.journal.models import Record
from thongsuot.people.models import Office
from thongsuot.people.rights import NotAllowed
from thongsuot.people.testing import a_person
from thongsuot.units.testing import NOW, TODAY, a_hierarchy
from thongsuot.web.errors import Refused


@pytest.fixture
def units(db):
    return a_small_city()


@pytest.fixture
def obligation(units):
    return an_obligation(units["cell_a1"], "meeting", campaign=an_issued_campaign(units["city"]))


@pytest.mark.parametrize(
    ("role", "where", "may"),
    [
        ("head", "committee_a", True),
        ("officer", "district", True),
        ("head", "cell_a1", False),
        ("head", "committee_b", False),
        ("verifier", "district", False),
        ("clerk", "cell_a1", False),
    ],
)
def test_only_those_who_direct_a_unit_above_excuse(units, obligation, role, where, may) -> None:
    person = a_person(**{role: units[where]})
    if may:
        excuse(obligation, reason="đang sáp nhập", by=person, at=NOW)
    else:
        with pytest.raises(NotAllowed):
            excuse(obligation, reason="đang sáp nhập", by=person, at=NOW)
    obligation.refresh_from_db()
    assert (obligation.state(TODAY) == State.EXCUSED, obligation.excused_by == person) == (may, may)


def test_nobody_excuses_the_unit_he_directs_himself(units, obligation) -> None:
    person = a_person(head=units["committee_a"])
    Office.objects.create(person=person, unit=units["cell_a1"], role="head", hierarchy=a_hierarchy(), valid_from=TODAY)
    with pytest.raises(NotAllowed):
        excuse(obligation, reason="bận", by=person, at=NOW)


def test_an_excuse_needs_a_reason_and_something_to_excuse(obligation) -> None:
    with pytest.raises(Refused):
        excuse(obligation, reason="  ", by=None, at=NOW)
    obligation.fulfilled_on = TODAY
    obligation.save()
    with pytest.raises(Refused):
        excuse(obligation, reason="bận", by=None, at=NOW)


def test_the_first_decision_stands_until_it_is_lifted(obligation) -> None:
    excuse(obligation, reason="lý do đầu", by=None, at=NOW)
    again = excuse(obligation, reason="lý do sau", by=None, at=NOW)
    assert again.excused_reason == "lý do đầu"
    assert ask_again(again, by=None, at=NOW).state(TODAY) == State.WAITING
    verbs = Record.objects.filter(subject_uid=obligation.uid).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["excused", "asked again"]
