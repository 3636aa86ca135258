"""home, campaign_detail, topic_detail, post_list, post_detail, progress, about, sitemap, robots."""

import gzip

import pytest
from django.apps import apps
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import timezone

from thongsuot.campaigns import launching
from thongsuot.campaigns.testing import a_campaign
from thongsuot.library.testing import a_handbook, a_law
from thongsuot.units.testing import NOW, TODAY, a_small_city

# The portal reads no models, and its tests name them only to set the scene.
Campaign = apps.get_model("campaigns", "Campaign")
TrailStep = apps.get_model("campaigns", "TrailStep")
Post = apps.get_model("meetings", "Post")

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(monkeypatch):
    """Public, issued, with a trail through the handbook."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    units = a_small_city()
    made = a_campaign(units["city"])
    a_law()
    edition = a_handbook()
    for order, anchor in enumerate(["p1-c1-s1", "p1-c1-s1-02"], start=1):
        passage = edition.passages.get(anchor=anchor)
        TrailStep.objects.create(
            topic=made.topics.get(number=1), passage=passage, order=order, introduction=f"Vì sao {order}"
        )
    Campaign.objects.filter(pk=made.pk).update(is_public=True, slug="dot-thu")
    made.refresh_from_db()
    launching.issue_campaign(made, to=units["city"], by=None, on=TODAY, at=NOW)
    return made


ADDRESSES = ["/", "/c/dot-thu/", "/c/dot-thu/topics/1/", "/news/", "/progress/", "/about/"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_answers_without_sign_in_script_or_cookie(client, campaign, language):
    for address in ADDRESSES:
        response = client.get(address, headers={"accept-language": language})
        assert response.status_code == 200, address
        assert "<script" not in response.content.decode(), address
        assert not response.cookies, address


def test_the_first_page_weighs_at_most_100_kb_compressed(client, campaign):
    response = client.get("/")
    sheets = [f"web/{name}.css" for name in ("tokens", "base", "layout", "components", "print")]
    files = [*sheets, "portal/portal.css", "web/logo.svg"]
    weight = len(gzip.compress(response.content))
    for name in files:
        with open(finders.find(name), "rb") as file:
            weight += len(gzip.compress(file.read()))
    assert weight < 60_000  # the rest is left to the pictures of the news


def test_the_first_page_shows_campaign_core_contents_and_the_way_into_the_library(client, campaign):
    page = client.get("/").content.decode()
    assert campaign.title in page
    assert page.count("core-number") == 3
    assert reverse("library:search") in page


def test_a_core_content_shows_its_trail(client, campaign):
    page = client.get("/c/dot-thu/topics/1/").content.decode()
    assert page.index("Vì sao 1") < page.index("Vì sao 2")
    assert "trang in 6" in page
    assert "/c/dot-thu/topics/1/trail/2/" in page


def test_everyone_walks_a_public_trail_on_one_page_or_step_by_step(client, campaign):
    whole = client.get("/c/dot-thu/topics/1/trail/").content.decode()
    assert whole.index("Vì sao 1") < whole.index("Cán bộ phải công khai") < whole.index("Vì sao 2")
    step = client.get("/c/dot-thu/topics/1/trail/2/")
    page = step.content.decode()
    assert ("Bước 2/2" in page, "Vì sao 1" in page.split("walk-all")[0], step.cookies) == (True, False, {})
    assert client.get("/c/dot-thu/topics/1/trail/3/").status_code == 404
    english = client.get("/c/dot-thu/topics/1/trail/2/", {"lang": "en"}).content.decode()
    assert "Cán bộ phải công khai" in english, "the handbook of this test has no English text"


def test_one_reads_around_a_step_and_comes_back(client, campaign):
    topic, passage = campaign.topics.get(number=1), TrailStep.objects.get(order=2).passage
    there = client.get(reverse("library:passage", args=[passage.uid]), {"trail": topic.uid, "step": 2})
    page = client.get(there.url).content.decode()
    assert "/c/dot-thu/topics/1/trail/2/" in page
    for nonsense in ({"trail": "x", "step": 2}, {"trail": topic.uid, "step": "x"}, {"trail": passage.uid, "step": 1}):
        address = client.get(reverse("library:passage", args=[passage.uid]), nonsense).url
        assert "/trail/" not in client.get(address).content.decode()


def test_a_trail_costs_the_same_with_three_times_the_steps(client, campaign, django_assert_max_num_queries):
    edition = TrailStep.objects.first().passage.edition
    for number in range(2):
        topic = campaign.topics.get(number=number + 2)
        for order, passage in enumerate(edition.passages.all()[: 2 + 6 * number], start=1):
            TrailStep.objects.create(topic=topic, passage=passage, order=order)
    for number in (2, 3):
        for address in (f"/c/dot-thu/topics/{number}/trail/", f"/c/dot-thu/topics/{number}/trail/2/"):
            with django_assert_max_num_queries(18):
                assert client.get(address).status_code == 200


def test_small_groups_are_not_told(client, campaign):
    page = client.get("/progress/").content.decode()
    assert "không hiện" in page


def test_a_campaign_that_is_not_public_is_not_there(client, campaign):
    Campaign.objects.update(is_public=False)
    assert [client.get(a).status_code for a in ADDRESSES] == [200, 404, 404, 200, 200, 200]
    assert campaign.title not in client.get("/").content.decode()


def test_unknown_pages_are_not_there(client, campaign):
    for address in ("/c/none/", "/c/dot-thu/topics/9/", "/news/none/", "/news/none/pictures/1/"):
        assert client.get(address).status_code == 404


def test_an_empty_installation_has_a_front_page(client):
    for address in ("/", "/news/", "/progress/", "/about/", "/sitemap.xml", "/robots.txt"):
        assert client.get(address).status_code == 200


def test_the_site_map_names_every_public_page(client, campaign):
    page = client.get("/sitemap.xml").content.decode()
    for address in ("/c/dot-thu/", "/c/dot-thu/topics/3/", "/p1-c2/", "/chuong-ii/"):
        assert f"{address}</loc>" in page
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_the_first_page_asks_a_fixed_number_of_times(client, campaign, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        client.get("/")
    for _n in range(3):
        a_handbook()
    with django_assert_max_num_queries(20):
        client.get("/")


def test_news_are_shown_with_their_pictures_once_published(client, campaign):
    post = Post.objects.create(
        slug="tin-thu",
        unit=campaign.unit,
        title="Tin thử",
        title_en="Test news",
        lead="Mở đầu",
        body="Đoạn một.\n\n<b>Đoạn hai</b>",
        byline="Người viết",
    )
    post.pictures.create(drawing="example/plates/photo-1.svg", caption="Chú thích ảnh")
    assert client.get("/news/tin-thu/").status_code == 404
    Post.objects.update(published_on=TODAY)
    page = client.get("/news/tin-thu/").content.decode()
    for words in ("Mở đầu", "Chú thích ảnh", "Người viết", "photo-1.svg", "&lt;b&gt;Đoạn hai"):
        assert words in page
    assert "Tin thử" in client.get("/").content.decode()
    assert "Test news" in client.get("/news/", headers={"accept-language": "en"}).content.decode()
