from datetime import date

import pytest

from thongsuot.papers.numbering import DocumentNumber, NumberTaken, go_on_from, take_number
from thongsuot.units.testing import a_hierarchy, a_unit

pytestmark = pytest.mark.django_db
DAY = date(2023, 5, 15)


def test_numbers_run_on_in_a_units_own_series_of_each_type() -> None:
    committee, other = a_unit(kind="base_committee"), a_unit(kind="base_committee")
    taken = [str(take_number(committee, kind, on=DAY)) for kind in ("KH", "KH", "BC")]
    assert [*taken, str(take_number(other, "KH", on=DAY))] == ["01-KH/ĐU", "02-KH/ĐU", "01-BC/ĐU", "01-KH/ĐU"]


def test_party_numbers_go_on_over_the_new_year_and_restart_with_the_term() -> None:
    cell = a_unit()
    days = [date(2023, 12, 31), date(2024, 1, 1), date(2025, 7, 1)]
    assert [str(take_number(cell, "NQ", on=day)) for day in days] == ["01-NQ/CB", "02-NQ/CB", "01-NQ/CB"]


def test_state_numbers_restart_each_year() -> None:
    tree = a_hierarchy("state")
    tree.paper_system = "state"
    tree.save()
    office = a_unit(kind="base_committee", hierarchy=tree)
    office.kind.issuer_code = "UBND"
    office.kind.save()
    days = [date(2023, 12, 31), date(2023, 12, 31), date(2024, 1, 1)]
    assert [str(take_number(office, "KH", on=day)) for day in days] == ["01/KH-UBND", "02/KH-UBND", "01/KH-UBND"]


def test_a_state_letter_has_no_type_in_its_symbol() -> None:
    assert str(DocumentNumber(12, "CV", "UBND-VX", "state")) == "12/UBND-VX"
    assert str(DocumentNumber(132, "CV", "TU", "party")) == "132-CV/TU"


def test_a_series_goes_on_from_the_last_number_given_out_on_paper_and_never_back() -> None:
    city = a_unit(kind="city")
    go_on_from(city, "KH", 146, on=DAY)
    assert str(take_number(city, "KH", on=DAY)) == "147-KH/TU"
    with pytest.raises(NumberTaken):
        go_on_from(city, "KH", 12, on=DAY)
