from datetime import date

import pytest
from django.urls import reverse

from thongsuot.people.appointing import end_office, give_office, join
from thongsuot.people.models import Membership, Office
from thongsuot.people.rights import NotAllowed
from thongsuot.people.testing import a_person, members
from thongsuot.units import reforming
from thongsuot.units.testing import NOW, TODAY, a_hierarchy, a_small_city
from thongsuot.web.errors import Refused

pytestmark = pytest.mark.django_db


def test_people_are_found_without_marks_and_only_in_units_seen(client):
    city = a_small_city()
    officer = a_person("Lê Văn Phòng", officer=city["committee_a"])
    a_person("Đặng Thị Ánh", member_of=city["cell_a1"])
    a_person("Đặng Thị Ánh Xa", member_of=city["cell_b1"])
    client.force_login(officer.account)
    shown = client.get(reverse("people:person_list"), {"q": "dang thi anh"})
    assert [each.full_name for each in shown.context["people"]] == ["Đặng Thị Ánh"]


def test_reading_many_people_at_once_is_written_down_and_shown_to_them(client):
    city = a_small_city()
    someone, *_rest = members(city["cell_a1"], 52)
    client.force_login(a_person("Lê Văn Phòng", officer=city["committee_a"]).account)
    client.get(reverse("people:person_list"))
    client.force_login(someone.account)
    assert "Lê Văn Phòng" in client.get(reverse("people:my_data")).content.decode()


def test_a_person_outside_is_not_found_and_oneself_always_is(client):
    city = a_small_city()
    viewer, far = a_person(member_of=city["cell_a1"]), a_person(member_of=city["cell_b1"])
    client.force_login(viewer.account)
    statuses = [client.get(reverse("people:person_detail", args=[each.uid])).status_code for each in (viewer, far)]
    assert statuses == [200, 404]


def test_my_data_can_be_taken_along(client):
    person = a_person("Phạm Thị Thử", member_of=a_small_city()["cell_a1"])
    client.force_login(person.account)
    taken = client.get(reverse("people:my_data"), {"as": "json"}).json()
    assert (taken["person"]["name"], len(taken["memberships"])) == ("Phạm Thị Thử", 1)
    assert client.get(reverse("people:account")).status_code == 200


def test_only_an_officer_of_that_place_gives_and_ends_offices(client):
    city = a_small_city()
    member = a_person(member_of=city["cell_a1"])
    who = {"hierarchy": a_hierarchy(), "on": TODAY, "at": NOW, "today": TODAY}
    with pytest.raises(NotAllowed):
        give_office(member, city["cell_a1"], "head", by=a_person(officer=city["committee_b"]), **who)
    office = give_office(member, city["cell_a1"], "head", by=a_person(officer=city["committee_a"]), **who)
    with pytest.raises(Refused):
        give_office(member, city["cell_a1"], "head", by=None, **who)
    with pytest.raises(Refused):
        end_office(office, by=None, on=TODAY, at=NOW, today=TODAY)


def test_forms_of_the_officer(client):
    city = a_small_city()
    member = a_person(member_of=city["cell_a1"])
    client.force_login(a_person(officer=city["committee_a"]).account)
    url = reverse("people:office_create", args=[member.uid])
    said = {"role": "clerk", "unit": city["cell_a1"].uid, "hierarchy": a_hierarchy().pk, "on": "2023-05-01"}
    assert (client.get(url).status_code, client.post(url, {}).status_code) == (200, 422)
    assert client.post(url, said).status_code == 302
    office = Office.objects.get(person=member)
    url = reverse("people:office_end", args=[office.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"on": "2023-06-01", "reason": "Quyết định"}).status_code == 302
    url = reverse("people:membership", args=[member.uid])
    said = {"unit": city["cell_a2"].uid, "kind": "full", "on": "2023-05-10", "reason": "Chuyển sinh hoạt"}
    assert client.get(url).status_code == 200
    assert client.post(url, said).status_code == 302
    assert Membership.objects.get(person=member, valid_to=None).unit == city["cell_a2"]


def test_temporary_attachment_keeps_the_home(client):
    city = a_small_city()
    member = a_person(member_of=city["cell_a1"])
    join(member, city["cell_b1"], by=None, on=TODAY, at=NOW, today=TODAY, kind="temporary")
    assert Membership.objects.in_force(TODAY).filter(person=member).count() == 2


def test_a_merger_takes_members_along_and_ends_offices():
    city = a_small_city()
    member, head = a_person(member_of=city["cell_a1"]), a_person(head=city["cell_a1"])
    new = reforming.merge(
        [city["cell_a1"], city["cell_a2"]], "Chi bộ Gộp", by=None, on=date(2023, 4, 1), at=NOW, today=TODAY
    )
    assert Membership.objects.in_force(TODAY).get(person=member).unit == new
    assert not Office.objects.in_force(TODAY).filter(person=head).exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_with_more_people(client, number, django_assert_max_num_queries):
    city = a_small_city()
    members(city["cell_a1"], number)
    client.force_login(a_person(officer=city["committee_a"]).account)
    with django_assert_max_num_queries(14):
        client.get(reverse("people:person_list"))
