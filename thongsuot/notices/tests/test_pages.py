"""What a person is told: counted in the header, read, and left alone by others."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from thongsuot.notices.models import Notice
from thongsuot.notices.telling import tell
from thongsuot.people.testing import a_person
from thongsuot.units.testing import NOW, a_unit

pytestmark = pytest.mark.django_db
LIST = reverse("notices:notice_list")


def told(person, number=1, url=""):
    already = Notice.objects.filter(person=person).count()
    for n in range(already, already + number):
        at = NOW + timedelta(minutes=n)
        tell([person], "Kế hoạch %(n)s đã ban hành", once=f"k{n}", at=at, url=url, values={"n": n}, unit=a_unit())
    return Notice.objects.filter(person=person).first()


@pytest.fixture
def person(client):
    person = a_person(member_of=a_unit())
    client.force_login(person.account)
    return person


@pytest.mark.parametrize(
    ("number", "said", "shown"),
    [
        (0, "Notices, none new", None),
        (3, "Notices, 3 new", "3"),
        (99, "Notices, 99 new", "99"),
        (120, "Notices, more than 99 new", "99+"),
    ],
)
def test_the_header_says_how_many_are_new(client, person, number, said, shown):
    client.cookies["language"] = "en"
    told(a_person(), 5)
    told(person, number)
    page = client.get(reverse("desk:home")).content.decode()
    assert f'<span class="visually-hidden">{said}</span>' in page
    assert (f'aria-hidden="true">{shown}</span>' in page) == (shown is not None)
    assert ('class="count"' in page) == (shown is not None)


def test_opening_a_notice_marks_it_read_and_goes_there(client, person):
    notice = told(person, 2, url="/campaigns/")
    answer = client.post(reverse("notices:notice_open", args=[notice.uid]))
    assert (answer.status_code, answer.url) == (302, "/campaigns/")
    assert Notice.objects.filter(read_at__isnull=True).count() == 1
    first_read = Notice.objects.get(pk=notice.pk).read_at
    client.post(reverse("notices:notice_open", args=[notice.uid]))
    assert Notice.objects.get(pk=notice.pk).read_at == first_read, "read once"


@pytest.mark.parametrize("url", ["", "https://elsewhere.example/", "//elsewhere.example/x"])
def test_a_notice_leads_nowhere_outside(client, person, url):
    notice = told(person, url=url)
    assert client.post(reverse("notices:notice_open", args=[notice.uid])).url == LIST


def test_nobody_opens_or_reads_the_notices_of_others(client, person):
    others = told(a_person())
    assert client.post(reverse("notices:notice_open", args=[others.uid])).status_code == 404
    client.post(reverse("notices:read_all"))
    assert others.sentence not in client.get(LIST).content.decode()
    assert Notice.objects.get().read_at is None


def test_looking_marks_nothing_and_all_can_be_marked_at_once(client, person):
    told(person, 3)
    assert client.get(LIST).content.decode().count("<strong>mới</strong>") == 3
    assert Notice.objects.filter(read_at__isnull=True).count() == 3
    assert client.get(reverse("notices:read_all")).status_code == 405
    assert client.post(reverse("notices:read_all")).url == LIST
    page = client.get(LIST).content.decode()
    assert (page.count("<strong>mới</strong>"), reverse("notices:read_all") in page) == (0, False)


def test_a_notice_is_said_in_the_readers_language(client, person):
    tell([person], "The self-review of %(unit)s came back: see what is to be improved.", once="a", at=NOW, unit=None,
         values={"unit": "Chi bộ 1"})  # fmt: skip
    assert "Chi bộ 1" in Notice.objects.get().sentence
    Notice.objects.update(values={"other": 1})
    assert client.get(LIST).status_code == 200, "a broken value never hides the rest"


@pytest.mark.parametrize("rows", [3, 9])
def test_the_list_costs_the_same_for_more_notices(client, person, rows, django_assert_num_queries):
    told(person, rows)
    with django_assert_num_queries(6):
        assert client.get(LIST).content.decode().count("<time") == rows


def test_the_public_has_no_notices(client):
    told(a_person())
    assert client.get(LIST).status_code == 302
    assert 'class="count"' not in client.get("/").content.decode()


def test_what_the_person_was_told_goes_along_with_their_data(client, person):
    told(person, 2)
    Notice.objects.filter(person=person).update(read_at=timezone.now())
    taken = client.get(reverse("people:my_data"), {"as": "json"}).json()
    assert [row["text"] for row in taken["notices"]] == ["Kế hoạch 0 đã ban hành", "Kế hoạch 1 đã ban hành"]
