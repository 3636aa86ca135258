"""A trail is taken along as a book: by members with all they see, by anyone with what is public."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from thongsuot.campaigns import curating
from thongsuot.campaigns.testing import a_small_city, an_issued_campaign
from thongsuot.library.copies import words
from thongsuot.library.copies.subjects import work_of
from thongsuot.library.models import Copy
from thongsuot.library.testing import a_handbook
from thongsuot.people.testing import a_person
from thongsuot.units.testing import NOW, TODAY


@pytest.fixture
def units(db):
    cache.clear()
    return a_small_city()


@pytest.fixture
def topic(units):
    """A core content with a step through a public book and one through a book of the city."""
    topic = an_issued_campaign(units["city"]).topics.first()
    topic.campaign.is_public = True
    topic.campaign.save()
    public, own = a_handbook(), a_handbook(is_public=False, unit=units["city"])
    first, last = (public.passages.get(anchor=anchor) for anchor in ("p1-c1-s1-01", "p1-c1-s1-02"))
    curating.add_step(topic, first, last=last, introduction="Hai đoạn liền", by=None, at=NOW)
    curating.add_step(topic, own.passages.get(anchor="p1-c2-01"), introduction="Của riêng", by=None, at=NOW)
    return topic


def ask(client, topic, kind="epub"):
    return client.post(
        reverse("campaigns:topic_copy", args=[topic.uid]), {"kind": kind, "next": f"/c/{topic.campaign.slug}/topics/1/"}
    )


def said(copy: Copy) -> str:
    return " ".join(words.plain(block.words) for block in work_of(copy, TODAY).blocks())


def test_anyone_takes_what_is_public_and_a_member_all_that_she_sees(client, units, topic) -> None:
    assert ask(client, topic).url == reverse("library:copy", args=[Copy.objects.get().uid])
    public = Copy.objects.get()
    assert "Hai đoạn liền" in said(public)
    assert "công khai, minh bạch" in said(public)  # the row's second passage
    assert "Của riêng" not in said(public)
    client.force_login(a_person(member_of=units["cell_a1"]).account)
    ask(client, topic)
    own = Copy.objects.get(is_public=False)
    assert "Của riêng" in said(own)
    client.logout()
    assert client.get(reverse("library:copy", args=[public.uid])).status_code == 200
    assert client.get(reverse("library:copy", args=[own.uid])).status_code == 404


def test_a_campaign_that_is_not_public_gives_nothing_to_strangers(client, topic) -> None:
    topic.campaign.is_public = False
    topic.campaign.save()
    assert ask(client, topic).status_code == 404
    assert not Copy.objects.exists()


def test_a_trail_is_a_book_and_no_law(client, topic) -> None:
    assert ask(client, topic, "akn").status_code == 400
