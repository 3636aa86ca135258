from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from thongsuot.people.models import Membership, Office
from thongsuot.people.rights import REACH, Act, NotAllowed, may, require, scope
from thongsuot.people.testing import SINCE, a_person
from thongsuot.units.models import Position, Unit
from thongsuot.units.testing import TODAY, a_hierarchy, a_small_city, a_unit
from thongsuot.units.tree import tree_on

pytestmark = pytest.mark.django_db


def allowed(person, act, city, on=TODAY):
    found = set(scope(person, act, on).unit_ids())
    return {name for name, unit in city.items() if unit.pk in found}


def test_what_each_role_may_do_on_a_committee():
    city = a_small_city()
    own, below = {"committee_a"}, {"cell_a1", "cell_a2"}
    expected = {
        "head": {
            "see": own | below,
            "direct": own,
            "record": own,
            "approve": own,
            "verify": below,
            "audit": own | below,
        },
        "deputy": {"see": own | below, "direct": own, "record": own, "approve": own, "verify": below},
        "officer": {"see": own | below, "direct": own, "record": own, "verify": below, "manage": own | below},
        "clerk": {"see": own, "record": own},
        "speaker": {"see": own},
        "verifier": {"see": own | below, "verify": below},
        "auditor": {"see": own | below, "audit": own | below},
    }
    found = {
        role: {
            act.value: units for act in Act if (units := allowed(a_person(**{role: city["committee_a"]}), act, city))
        }
        for role in Office.Role.values
    }
    assert found == expected


def test_a_member_sees_the_own_unit_and_does_nothing():
    city = a_small_city()
    member = a_person(member_of=city["cell_a1"])
    assert {act.value: allowed(member, act, city) for act in Act if allowed(member, act, city)} == {"see": {"cell_a1"}}


def test_an_office_gives_rights_only_in_its_time():
    city = a_small_city()
    person = a_person()
    Office.objects.create(
        person=person, unit=city["cell_a1"], role="head", hierarchy=a_hierarchy(),
        valid_from=date(2023, 3, 1), valid_to=date(2023, 4, 1),
    )  # fmt: skip
    days = [date(2023, 2, 28), date(2023, 3, 1), date(2023, 3, 31), date(2023, 4, 1)]
    assert [may(person, Act.APPROVE, city["cell_a1"], day) for day in days] == [False, True, True, False]


def test_an_office_in_one_tree_does_not_reach_down_another():
    city = a_small_city()
    other = a_hierarchy("administration")
    stranger = a_unit("Phòng Lạ", under=None, hierarchy=other)
    person = a_person(head=city["district"])
    assert not may(person, Act.SEE, stranger, TODAY)


def test_nobody_and_the_erased_may_nothing():
    city = a_small_city()
    erased = a_person(head=city["city"])
    erased.erased_at = "2023-05-01T00:00:00Z"
    assert not scope(None, Act.SEE, TODAY)
    assert not scope(erased, Act.SEE, TODAY)
    with pytest.raises(NotAllowed):
        require(None, Act.SEE, city["city"], TODAY)


class ScopeNeverReachesOutside(TestCase):
    @settings(max_examples=30, deadline=None)
    @given(
        parents=st.lists(st.integers(0, 20), min_size=3, max_size=10),
        offices=st.lists(
            st.tuples(
                st.integers(0, 20), st.sampled_from(Office.Role.values), st.integers(-40, 40), st.integers(1, 60)
            ),
            max_size=4,
        ),
        home=st.integers(0, 20),
    )
    def test_no_act_reaches_a_unit_outside_offices_and_membership(self, parents, offices, home):
        units = [a_unit(kind="city")]
        for parent in parents:
            units.append(a_unit(under=units[parent % len(units)]))
        person = a_person()
        cell = units[home % len(units)]
        Membership.objects.create(person=person, unit=cell, valid_from=SINCE)
        held = []
        for number, role, start, days in offices:
            unit = units[number % len(units)]
            begins = TODAY + timedelta(days=start)
            ends = begins + timedelta(days=days)
            Office.objects.create(
                person=person, unit=unit, role=role, hierarchy=a_hierarchy(), valid_from=begins, valid_to=ends
            )
            if begins <= TODAY < ends:
                held.append((unit, role))
        tree = tree_on(a_hierarchy(), TODAY)
        for act in Act:
            right = {cell.pk} if act is Act.SEE else set()
            for unit, role in held:
                reach = REACH[role].get(act)
                if reach in ("own", "both"):
                    right.add(unit.pk)
                if reach in ("below", "both"):
                    right |= set(tree.below(unit.pk)) - {unit.pk}
            found = scope(person, act, TODAY)
            assert set(found.unit_ids()) == right
            assert {unit.pk for unit in units if found.includes(unit)} == right
            assert set(found.filter(Position.objects.all()).values_list("unit_id", flat=True)) == right
            assert set(Unit.objects.filter(pk__in=found.unit_ids()).values_list("pk", flat=True)) == right
