"""Rights come from the room above, so these pages are seen through the whole house."""

import pytest
from django.apps import apps
from django.urls import reverse

from thongsuot.units.models import Unit
from thongsuot.units.testing import a_small_city, a_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_in(client):
    """Signs in someone with an office on the unit."""

    def _sign_in(unit, role="officer"):
        person = apps.get_model("people", "Person").objects.create(full_name="Trần Thị Thử")
        account = apps.get_model("people", "Account").objects.create(username="thu", person=person)
        hierarchy = apps.get_model("units", "Hierarchy").objects.get(slug="party")
        office = apps.get_model("people", "Office")
        office.objects.create(person=person, unit=unit, role=role, hierarchy=hierarchy, valid_from="2020-01-01")
        client.force_login(account)
        return client

    return _sign_in


def names(response):
    return [row.unit.name for row in response.context["rows"]]


def test_the_list_begins_where_the_persons_view_begins(sign_in):
    city = a_small_city()
    client = sign_in(city["district"])
    assert names(client.get(reverse("units:unit_list"))) == [city["district"].name]
    below = client.get(reverse("units:unit_list"), {"under": city["district"].uid})
    assert names(below) == ["Đảng bộ A", "Đảng bộ B", "Chi bộ cơ sở C"] or set(names(below)) == {
        "Đảng bộ A", "Đảng bộ B", "Chi bộ cơ sở C",
    }  # fmt: skip


def test_search_finds_without_marks_and_only_what_is_seen(sign_in):
    city = a_small_city()
    client = sign_in(city["committee_a"])
    assert names(client.get(reverse("units:unit_list"), {"q": "chi bo"})) == ["Chi bộ A1", "Chi bộ A2"]


def test_a_unit_outside_is_not_found(sign_in):
    city = a_small_city()
    client = sign_in(city["committee_a"])
    assert client.get(reverse("units:unit_detail", args=[city["cell_a1"].uid])).status_code == 200
    assert client.get(reverse("units:unit_detail", args=[city["cell_b1"].uid])).status_code == 404
    assert client.get(reverse("units:unit_list"), {"under": city["district"].uid}).status_code == 404
    assert client.get(reverse("units:unit_list"), {"under": "no-uid"}).status_code == 404


def test_only_an_officer_reforms(sign_in):
    city = a_small_city()
    client = sign_in(city["committee_a"], role="head")
    assert client.get(reverse("units:reform", args=[city["cell_a1"].uid, "rename"])).status_code == 404


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("rename", {"name": "Chi bộ Mới"}),
        ("split", {"names": "Chi bộ X\nChi bộ Y", "dissolve": "on"}),
    ],
)
def test_an_officer_records_a_reform(sign_in, verb, said):
    city = a_small_city()
    client = sign_in(city["district"])
    url = reverse("units:reform", args=[city["cell_a1"].uid, verb])
    assert client.get(url).status_code == 200
    assert client.post(url, {"on": "2023-04-01"}).status_code == 422
    done = client.post(url, {**said, "on": "2023-04-01", "reason": "Quyết định thử"})
    assert done.status_code == 302
    assert Unit.objects.filter(name__in=["Chi bộ Mới", "Chi bộ X"]).count() == 1
    assert apps.get_model("journal", "Record").objects.filter(reason="Quyết định thử").exists()


def test_an_officer_moves_and_merges(sign_in):
    city = a_small_city()
    client = sign_in(city["district"])
    url = reverse("units:reform", args=[city["cell_a1"].uid, "move"])
    hierarchy = apps.get_model("units", "Hierarchy").objects.get()
    said = {"under": city["committee_b"].uid, "hierarchy": hierarchy.pk, "on": "2023-04-01", "reason": "Quyết định"}
    assert client.get(url).status_code == 200
    assert client.post(url, said).status_code == 302
    url = reverse("units:reform", args=[city["cell_a1"].uid, "merge"])
    said = {"others": [city["cell_b1"].uid], "name": "Chi bộ Gộp", "on": "2023-05-01", "reason": "Quyết định"}
    assert client.post(url, said).status_code == 302
    assert Unit.objects.get(name="Chi bộ Gộp") in Unit.objects.below(city["committee_b"])


def test_the_tree_of_an_earlier_day_shows_the_names_of_that_day(sign_in):
    city = a_small_city()
    client = sign_in(city["district"])
    url = reverse("units:reform", args=[city["cell_a1"].uid, "rename"])
    client.post(url, {"name": "Chi bộ Mới", "on": "2023-04-01", "reason": "Quyết định"})
    shown = client.get(reverse("units:tree_on_a_day"), {"on": "2023-03-31"})
    assert "Chi bộ A1" in [row["name"] for row in shown.context["rows"]]
    assert client.get(reverse("units:tree_on_a_day"), {"on": "31/31/2023"}).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_rows(sign_in, number, django_assert_max_num_queries):
    city = a_small_city()
    for _ in range(number):
        a_unit(under=city["base_cell"])
    client = sign_in(city["city"])
    with django_assert_max_num_queries(16):
        client.get(reverse("units:unit_list"), {"under": city["base_cell"].uid})
    with django_assert_max_num_queries(30):
        client.get(reverse("units:unit_detail", args=[city["base_cell"].uid]))
