from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from thongsuot.units import reforming
from thongsuot.units.models import Position, Succession, Unit
from thongsuot.units.testing import NOW, TODAY, a_hierarchy, a_small_city, a_unit
from thongsuot.units.tree import NotATree, place, tree_on
from thongsuot.web.errors import Refused

pytestmark = pytest.mark.django_db
WHO = {"by": None, "at": NOW, "today": TODAY}


def test_a_moved_unit_takes_what_lies_below_it_along_and_the_past_stays():
    city = a_small_city()
    on = date(2023, 4, 1)
    reforming.move(city["cell_a1"], under=city["committee_b"], hierarchy=a_hierarchy(), on=on, **WHO)
    assert city["cell_a1"] in Unit.objects.below(city["committee_b"])
    assert city["cell_a1"] not in Unit.objects.below(city["committee_a"])
    before = tree_on(a_hierarchy(), on - timedelta(days=1))
    assert before.parents[city["cell_a1"].pk] == city["committee_a"].pk


def test_a_unit_cannot_go_under_its_own_sub_unit():
    city = a_small_city()
    with pytest.raises(NotATree):
        reforming.move(city["district"], under=city["cell_a1"], hierarchy=a_hierarchy(), on=TODAY, **WHO)


def test_a_new_name_leaves_the_old_one_to_old_papers():
    unit = a_unit("Chi bộ Cũ")
    reforming.rename(unit, "Chi bộ  Mới", on=date(2023, 3, 1), **WHO)
    unit.refresh_from_db()
    assert (unit.name, unit.name_on(date(2023, 2, 28)), unit.name_on(date(2023, 3, 1))) == (
        "Chi bộ Mới",
        "Chi bộ Cũ",
        "Chi bộ Mới",
    )


def test_a_name_decided_for_later_comes_into_force_on_its_day():
    unit = a_unit("Chi bộ Cũ")
    later = TODAY + timedelta(days=10)
    reforming.rename(unit, "Chi bộ Mới", on=later, **WHO)
    unit.refresh_from_db()
    assert unit.name == "Chi bộ Cũ"
    reforming.settle(later)
    unit.refresh_from_db()
    assert unit.name == "Chi bộ Mới"


def test_a_split_hands_sub_units_to_the_first_named_and_ends_the_old_one():
    city = a_small_city()
    old = city["committee_a"]
    first, second = reforming.split(old, ["Đảng bộ A1", "Đảng bộ A2"], on=date(2023, 4, 1), **WHO)
    old.refresh_from_db()
    assert old.dissolved_on == date(2023, 4, 1)
    assert {unit.name for unit in Unit.objects.below(first)} == {"Đảng bộ A1", "Chi bộ A1", "Chi bộ A2"}
    assert [unit.name for unit in Unit.objects.below(second)] == ["Đảng bộ A2"]
    assert Succession.objects.filter(old=old).count() == 2
    assert not Position.objects.filter(unit=old).exists()


def test_a_merger_takes_all_sub_units():
    city = a_small_city()
    new = reforming.merge([city["committee_a"], city["committee_b"]], "Đảng bộ AB", on=date(2023, 4, 1), **WHO)
    assert Unit.objects.below(new).count() == 5
    assert set(Unit.objects.alive(TODAY).filter(kind__slug="base_committee")) == {new}


def test_a_merger_needs_two_units_and_a_name():
    city = a_small_city()
    with pytest.raises(Refused):
        reforming.merge([city["committee_a"]], "X", on=TODAY, **WHO)
    with pytest.raises(Refused):
        reforming.merge([city["committee_a"], city["committee_b"]], " ", on=TODAY, **WHO)


class PositionsFollowPlacements(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(
        moves=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(-60, 30)), min_size=1, max_size=12)
    )
    def test_positions_equal_the_tree_of_today_after_any_moves(self, moves):
        hierarchy = a_hierarchy()
        units = [a_unit(kind="base_committee")]
        units += [a_unit(under=units[0]) for _ in range(7)]
        for unit, under, days in moves:
            if unit == 0:
                continue
            try:
                place(
                    units[unit], under=units[under], hierarchy=hierarchy, on=TODAY + timedelta(days=days),
                    at=NOW, today=TODAY,
                )  # fmt: skip
            except NotATree:
                continue
        tree = tree_on(hierarchy, TODAY)
        rows = {row.unit_id: row for row in Position.objects.filter(hierarchy=hierarchy)}
        assert {pk: row.parent_id for pk, row in rows.items()} == tree.parents
        for unit in units:
            assert set(Unit.objects.below(unit).values_list("pk", flat=True)) == set(tree.below(unit.pk))
            assert rows[unit.pk].path == "/" + "/".join(map(str, tree.ancestors(unit.pk))) + "/"
