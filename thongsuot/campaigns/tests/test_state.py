"""The state of an obligation follows from facts and the clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from thongsuot.campaigns.models import Obligation, State
from thongsuot.campaigns.testing import a_small_city, an_issued_campaign
from thongsuot.units.testing import NOW

DUE = date(2023, 5, 19)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("began", "fulfilled", "excused", "on", "state"),
    [
        (None, None, False, DUE - DAY, State.WAITING),
        (None, None, False, DUE, State.WAITING),
        (None, None, False, DUE + DAY, State.OVERDUE),
        (DUE, None, False, DUE, State.UNDER_WAY),
        (DUE, None, False, DUE + DAY, State.OVERDUE),
        (DUE, DUE, False, DUE + 9 * DAY, State.DONE),
        (None, DUE, False, DUE - DAY, State.DONE),
        (DUE, DUE + DAY, False, DUE + DAY, State.LATE),
        (None, None, True, DUE - DAY, State.EXCUSED),
        (DUE, None, True, DUE + DAY, State.EXCUSED),
        # Whoever did it although excused has done it.
        (DUE, DUE, True, DUE, State.DONE),
        (DUE, DUE + DAY, True, DUE + DAY, State.LATE),
    ],
)
def test_state_is_derived(began, fulfilled, excused, on, state) -> None:
    obligation = Obligation(
        due_on=DUE,
        began_on=began,
        fulfilled_on=fulfilled,
        excused_at=datetime(2023, 5, 1, tzinfo=UTC) if excused else None,
    )
    assert obligation.state(on) == state


days = st.one_of(st.none(), st.integers(-3, 3))


class TheQueryAgrees(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(days, days, st.booleans(), st.integers(-3, 3))
    def test_in_state_finds_exactly_what_state_says(self, began, fulfilled, excused, today) -> None:
        if not Obligation.objects.exists():
            an_issued_campaign(a_small_city()["city"])
        obligation = Obligation.objects.first()
        obligation.due_on = DUE
        obligation.began_on = None if began is None else DUE + began * DAY
        obligation.fulfilled_on = None if fulfilled is None else DUE + fulfilled * DAY
        obligation.excused_at = NOW if excused else None
        obligation.save()
        on = DUE + today * DAY
        own = Obligation.objects.filter(pk=obligation.pk)
        found = [state for state in State if own.in_state(state, on).exists()]
        assert found == [obligation.state(on)]
        [row] = own.counted_by_state(on, "unit_id")
        assert [state for state in State if row[state.value]] == [obligation.state(on)]
