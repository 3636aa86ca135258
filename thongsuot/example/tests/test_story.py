"""The example tells the truth about its shape, and shows every stage of a campaign at once."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db.models import Count, Max
from django.urls import reverse

from thongsuot.campaigns.models import Obligation, Plan, State
from thongsuot.example.clock import STORY_NOW
from thongsuot.example.organisation import WARDS
from thongsuot.example.testing import the_example
from thongsuot.example.tour import TOUR
from thongsuot.journal.models import Record
from thongsuot.learning.models import Check, Reading, Reflection
from thongsuot.ledger.models import Entry
from thongsuot.library.models import Document, Passage
from thongsuot.meetings.models import Meeting, Minutes, Post
from thongsuot.papers.reading import read_heading
from thongsuot.people.models import Account, Person
from thongsuot.practice.models import Action, SelfReview, Verification
from thongsuot.reports.models import Report, Signal
from thongsuot.units.models import Unit

TODAY = STORY_NOW.date()


@pytest.fixture(scope="module")
def example(django_db_setup, django_db_blocker):
    with the_example(django_db_blocker):
        yield


pytestmark = [pytest.mark.usefixtures("example"), pytest.mark.django_db]


def test_the_organisation_has_its_real_shape() -> None:
    alive = Unit.objects.alive(TODAY)
    counts = dict(alive.values_list("kind__slug").annotate(Count("pk")))
    assert {kind: counts[kind] for kind in ("city", "district", "base_committee", "base_cell")} == {
        "city": 1, "district": 1, "base_committee": 27, "base_cell": 51,
    }  # fmt: skip
    assert {f"Đảng bộ phường {ward}" for ward in WARDS} <= set(alive.values_list("name", flat=True))
    assert 2900 <= Person.objects.count() <= 3100


def test_whoever_does_not_exist_says_so() -> None:
    assert not Person.objects.filter(is_made_up=False).exists()
    real = set(Unit.objects.filter(is_made_up=False).values_list("name", flat=True))
    assert real == {"Thành uỷ Hà Nội", "Quận uỷ Thanh Xuân", *(f"Đảng bộ phường {ward}" for ward in WARDS)}


def test_nothing_happens_after_the_present_of_the_story() -> None:
    assert Record.objects.aggregate(last=Max("at"))["last"] <= STORY_NOW
    assert Entry.objects.aggregate(last=Max("happened_on"))["last"] <= TODAY


def test_every_stage_has_someone_in_it() -> None:
    """On time, late, overdue, excused, returned, verified, copied: each page has something true to show."""
    states = {obligation.state(TODAY) for obligation in Obligation.objects.all()}
    assert states == set(State)
    assert Plan.objects.filter(acts_directly=True).exists()
    assert Plan.objects.filter(issued_on__isnull=False, acts_directly=False).count() > 10
    assert Meeting.objects.filter(held_on__gt=TODAY).exists()
    assert Meeting.objects.filter(closed_at__isnull=False).count() > 80
    assert Minutes.objects.filter(approved_at__isnull=True).exists()
    assert Minutes.objects.filter(approved_at__isnull=False).exists()
    assert Reading.objects.exists()
    assert Check.objects.filter(finished_at__isnull=False).exists()
    assert Reflection.objects.filter(is_spoken=True).exists()
    assert Reflection.objects.filter(accepted_at__isnull=True).exists()
    assert SelfReview.objects.filter(verified_at__isnull=False).exists()
    assert SelfReview.objects.filter(submitted_at__isnull=False, verified_at__isnull=True).exists()
    assert {action.state(TODAY) for action in Action.objects.all()} >= {"open", "reported", "done", "overdue"}
    assert Verification.objects.filter(verdict="returned").exists()
    assert {signal.kind for signal in Signal.objects.all()} >= {"copied_plan", "back_dated"}
    assert {report.state for report in Report.objects.all()} >= {"draft", "submitted", "returned", "accepted"}
    assert Post.objects.get().pictures.count() > 0


def test_the_library_can_be_read_and_cited() -> None:
    assert Document.objects.filter(number="147-KH/TU").exists()
    assert Passage.objects.filter(edition__document__kind="handbook", edition__language="en").count() > 150
    assert Passage.objects.filter(edition__document__kind="handbook", edition__language="vi").count() > 150


def test_the_ledger_agrees_with_the_facts() -> None:
    call_command("verify", verbosity=0)


def test_nine_people_can_be_signed_in_as_and_loading_again_does_nothing() -> None:
    call_command("load_example", verbosity=0)
    assert Account.objects.count() == 9


def test_the_way_through_leads_each_person_to_the_next_page(client, settings) -> None:
    settings.EXAMPLE = True
    shown = client.get(reverse("example:cast")).content.decode()
    for number, stop in enumerate(TOUR):
        assert str(stop.title) in shown
        response = client.post(reverse("example:sign_in", args=[stop.who]), {"stop": str(number)})
        assert response.url == stop.url
        assert client.get(stop.url).status_code == 200
    astray = client.post(reverse("example:sign_in", args=["member"]), {"stop": "0"})
    assert astray.url == reverse("desk:home"), "a stop is only for its own person"


def test_the_sample_of_the_directive_is_read_by_the_registration(client, settings) -> None:
    settings.EXAMPLE = True
    head = read_heading(client.get(reverse("example:directive")).content)
    assert (head.number, head.doc_type, head.issued_on, head.missing) == ("147-KH/TU", "KH", date(2023, 3, 30), [])
