"""Signs of formalism: each with its reason, first to their author, who may explain."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from thongsuot.campaigns.models import Plan
from thongsuot.campaigns.testing import a_plan
from thongsuot.learning.testing import a_reflection
from thongsuot.meetings import register
from thongsuot.meetings.testing import a_closed_meeting, members
from thongsuot.notices.models import Notice
from thongsuot.people.rights import NotAllowed
from thongsuot.people.testing import a_person
from thongsuot.reports import signals
from thongsuot.reports.models import Signal
from thongsuot.units.testing import NOW, TODAY, a_unit
from thongsuot.web.errors import Refused

WEEK = timedelta(days=7)


def a_back_dated_meeting(unit, campaign, **more):
    return a_closed_meeting(unit, campaign=campaign, on=TODAY - timedelta(days=20), **more)


def a_sign(unit, campaign) -> Signal:
    a_back_dated_meeting(unit, campaign)
    signals.look(campaign, NOW)
    return Signal.objects.get(unit=unit)


@pytest.mark.parametrize(("likeness", "found"), [(0.7, ["70"]), (0.96, ["96"]), (0.69, []), (None, [])])
def test_a_plan_that_repeats_the_plan_above(units, campaign, likeness, found) -> None:
    plan = a_plan(campaign, units["committee_a"])
    Plan.objects.filter(pk=plan.pk).update(likeness=likeness)
    signals.look(campaign, NOW)
    signs = Signal.objects.all()
    assert [sign.subject_uid for sign in signs] == [plan.uid for _each in found]
    assert [signals.sentence(sign) for sign in signs] == [
        f"{each}% nội dung kế hoạch trùng với kế hoạch cấp trên." for each in found
    ]


@pytest.mark.parametrize(("days", "found"), [(14, []), (15, [15])])
def test_a_register_closed_long_after_the_meeting(units, campaign, days, found) -> None:
    a_closed_meeting(units["cell_a1"], campaign=campaign, on=TODAY - timedelta(days=days))
    signals.look(campaign, NOW)
    assert [(sign.kind, sign.values["days"]) for sign in Signal.objects.all()] == [("back_dated", n) for n in found]


def test_people_in_two_places_at_the_same_hour(units, campaign) -> None:
    people = members(units["cell_a1"], 3)
    hours = {"starts_at": time(9), "ends_at": time(11)}
    a_closed_meeting(units["cell_a1"], campaign=campaign, present=people)
    second = a_closed_meeting(units["cell_a1"], campaign=campaign, present=people[:2], **hours)
    signals.look(campaign, NOW)
    [sign] = Signal.objects.all()
    assert (sign.kind, sign.subject_uid, sign.values) == ("impossible_register", second.uid, {"people": 2})
    assert signals.sentence(sign).startswith("2 người")


def test_a_short_meeting_inside_a_long_one_hides_no_third(units, campaign) -> None:
    people = members(units["cell_a1"], 2)
    for begins, ends in ((8, 12), (9, 10), (11, 12)):
        hours = {"starts_at": time(begins), "ends_at": time(ends)}
        a_closed_meeting(units["cell_a1"], campaign=campaign, present=people, **hours)
    signals.look(campaign, NOW)
    assert [sign.values for sign in Signal.objects.all()] == [{"people": 2}] * 2


def test_meetings_after_one_another_and_voided_ones_are_no_sign(units, campaign) -> None:
    people = members(units["cell_a1"], 2)
    a_closed_meeting(units["cell_a1"], campaign=campaign, present=people)
    a_closed_meeting(units["cell_a1"], campaign=campaign, present=people, starts_at=time(10), ends_at=time(11))
    voided = a_closed_meeting(units["cell_a1"], campaign=campaign, present=people)
    register.void(voided, "Ghi nhầm", by=None, at=NOW)
    assert signals.look(campaign, NOW) == 0


@pytest.mark.parametrize(("number", "found"), [(2, []), (3, [3])])
def test_reflections_that_say_the_same_word_for_word(units, campaign, number, found) -> None:
    for n, person in enumerate(members(units["cell_a1"], number)):
        a_reflection(person, campaign, units["cell_a1"], "Tôi sẽ cố gắng." if n else "TÔI SẼ CỐ GẮNG.")
    # The same words in another cell are no sign: it may be one template.
    a_reflection(*members(units["cell_a2"], 1), campaign, units["cell_a2"], "Tôi sẽ cố gắng.")
    signals.look(campaign, NOW)
    assert [sign.values["people"] for sign in Signal.objects.all()] == found


def test_a_sign_is_found_once_and_told_to_who_keeps_the_records(units, campaign) -> None:
    keepers = [a_person(head=units["cell_a1"]), a_person(clerk=units["cell_a1"])]
    a_person(head=units["committee_a"])
    a_person(member_of=units["cell_a1"])
    a_back_dated_meeting(units["cell_a1"], campaign)
    assert [signals.look_everywhere(NOW), signals.look_everywhere(NOW + WEEK)] == [1, 0]
    told = Notice.objects.filter(url__startswith="/reports/signals/")
    assert {notice.person for notice in told} == set(keepers)
    assert "Chi bộ A1" in told[0].sentence


def test_a_campaign_long_over_is_left_in_peace(units, campaign) -> None:
    a_back_dated_meeting(units["cell_a1"], campaign)
    campaign.ends_on = TODAY - timedelta(days=40)
    campaign.save()
    assert signals.look_everywhere(NOW) == 0


def test_the_author_sees_it_first_and_the_level_above_later_or_once_explained(
    client, units, campaign, url, monkeypatch
) -> None:  # fmt: skip
    sign = a_sign(units["cell_a1"], campaign)
    author, above, peer = (a_person(head=units[name]) for name in ("cell_a1", "committee_a", "committee_b"))

    def seen_by(person) -> bool:
        client.force_login(person.account)
        return "Chi bộ A1" in client.get(url("signal_list")).content.decode()

    assert [seen_by(person) for person in (author, above, peer)] == [True, False, False]
    signals.explain(sign, "Bí thư ốm dài ngày.", by=author, at=NOW)
    assert [seen_by(person) for person in (author, above, peer)] == [True, True, False]
    Signal.objects.update(explanation="")
    monkeypatch.setattr(timezone, "now", lambda: NOW + WEEK)
    assert [seen_by(person) for person in (author, above, peer)] == [True, True, False]


def test_only_who_keeps_the_records_explains_and_in_words(client, units, campaign, url) -> None:
    sign = a_sign(units["cell_a1"], campaign)
    there = url("signal_explain", sign.uid)
    for name in ("committee_a", "cell_a2"):
        client.force_login(a_person(head=units[name]).account)
        assert client.get(there).status_code == 404
    with pytest.raises(NotAllowed):
        signals.explain(sign, "Vì sao", by=a_person(head=units["committee_a"]), at=NOW)
    clerk = a_person(clerk=units["cell_a1"])
    with pytest.raises(Refused):
        signals.explain(sign, "  ", by=clerk, at=NOW)
    client.force_login(clerk.account)
    assert client.post(there, {"explanation": " "}).status_code == 422
    assert client.post(there, {"explanation": "Bí thư ốm dài ngày."}).url == url("signal_list")
    page = client.get(url("signal_list")).content.decode()
    meeting = reverse("meetings:meeting_detail", args=[sign.subject_uid])
    assert ("Bí thư ốm dài ngày." in page, meeting in page) == (True, True)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_more_signs(
    client, units, campaign, url, rows, django_assert_max_num_queries
) -> None:  # fmt: skip
    for n in range(rows):
        a_back_dated_meeting(a_unit(f"Chi bộ thêm {n}", under=units["committee_a"]), campaign)
    signals.look(campaign, NOW - WEEK)
    client.force_login(a_person(head=units["committee_a"]).account)
    with django_assert_max_num_queries(12):
        assert len(client.get(url("signal_list")).context["rows"]) == rows
