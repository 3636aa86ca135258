from datetime import date, timedelta

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from thongsuot.campaigns.models import Obligation
from thongsuot.campaigns.testing import a_campaign
from thongsuot.desk.asks import to
from thongsuot.notices.models import Notice
from thongsuot.notices.reminding import remind
from thongsuot.people.testing import a_person
from thongsuot.units.testing import NOW, a_small_city, a_unit

pytestmark = pytest.mark.django_db


def test_a_person_of_whom_nothing_is_asked_is_told_so(client):
    person = a_person(member_of=a_unit())
    client.force_login(person.account)
    shown = client.get(reverse("desk:home"))
    assert (shown.status_code, shown.context["first"]) == (200, [])


def test_the_public_is_asked_to_sign_in(client):
    assert client.get(reverse("desk:home")).status_code == 302


@pytest.mark.parametrize("office", ["head", "officer", "clerk", "auditor"])
def test_the_desk_costs_the_same_with_many_units(client, office, django_assert_max_num_queries):
    city = a_small_city()
    for _ in range(20):
        a_unit(under=city["committee_a"])
    campaign = a_campaign(city["district"])
    requirement = campaign.requirements.first()
    today = timezone.localdate()
    for unit in [city["committee_a"], city["cell_a1"], city["cell_b1"]]:
        Obligation.objects.get_or_create(
            requirement=requirement, unit=unit, defaults={"due_on": today - timedelta(days=3)}
        )
    person = a_person(member_of=city["cell_a1"], **{office: city["committee_a"]})
    client.force_login(person.account)
    with django_assert_max_num_queries(34):
        assert client.get(reverse("desk:home")).status_code == 200


def test_what_comes_due_is_told_once(client):
    city = a_small_city()
    head = a_person(head=city["cell_a1"])
    campaign = a_campaign(city["district"])
    requirement = campaign.requirements.first()
    on = date(2023, 6, 1)
    Obligation.objects.filter(unit=city["cell_a1"]).delete()
    Obligation.objects.create(requirement=requirement, unit=city["cell_a1"], due_on=on + timedelta(days=7))
    remind(on=on, at=NOW)
    remind(on=on, at=NOW)
    assert Notice.objects.filter(person=head).count() == 1


def test_every_room_is_named_in_both_languages(client):
    """The labels of the main navigation, in the order in which they stand."""
    client.force_login(a_person(head=a_unit()).account)
    labels = {}
    for language in ("vi", "en"):
        client.cookies["language"] = language
        labels[language] = [str(item["label"]) for item in client.get(reverse("desk:home")).context["navigation"]]
    assert len(labels["vi"]) == len(labels["en"]) > 10
    assert [vi for vi, en in zip(labels["vi"], labels["en"], strict=True) if vi == en] == []


def test_members_are_not_shown_the_rooms_of_officers(client):
    client.force_login(a_person(member_of=a_unit()).account)
    shown = [item["url"] for item in client.get(reverse("desk:home")).context["navigation"]]
    assert reverse("learning:my_learning") in shown
    assert not {reverse("journal:record_list"), reverse("people:person_list"), reverse("reports:report_list")} & set(
        shown
    )


def test_an_unknown_page_name_is_told_at_once():
    with pytest.raises(NoReverseMatch):
        to("campaigns:no_such_page")
