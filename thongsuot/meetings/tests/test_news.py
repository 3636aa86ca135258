"""News: drafted without names, published, shown to the portal as plain values, withdrawn."""

from datetime import time

import pytest
from django.urls import reverse

from thongsuot.ledger.folding import fold_all
from thongsuot.meetings import news, published
from thongsuot.meetings.models import Post, PostPicture
from thongsuot.meetings.testing import (
    NOW,
    TODAY,
    a_closed_meeting,
    a_meeting,
    a_passage,
    a_person,
    a_small_city,
    an_issued_campaign,
    members,
    total,
)
from thongsuot.papers.testing import a_docx, a_picture, sent
from thongsuot.people.rights import NotAllowed
from thongsuot.web.errors import Refused


@pytest.fixture
def units(db):
    return a_small_city()


@pytest.fixture
def campaign(units):
    made = an_issued_campaign(units["city"])
    made.is_public = True
    made.save()
    return made


def url(name, *args):
    return reverse(f"meetings:{name}", args=args)


def a_post(units, campaign=None, **more):
    agenda = [{"title": "Nghiên cứu nội dung một", "passage": a_passage()}, {"title": "Khai mạc"}]
    meeting = a_closed_meeting(units["cell_a1"], campaign=campaign, present=6, agenda=agenda, spoke=True, **more)
    return news.draft_post(meeting, by=None, at=NOW)


def test_the_draft_tells_the_facts_and_names_no_member(units, campaign) -> None:
    post = a_post(units, campaign)
    names = [line.person.full_name for line in post.meeting.register.select_related("person")]
    assert "15/05/2023" in post.lead
    assert "6 trong tổng số 6" in post.body
    assert ("Nghiên cứu nội dung một" in post.body, "Khai mạc" in post.body) == (True, False)
    assert not any(name in post.title + post.lead + post.body for name in names)
    assert news.draft_post(post.meeting, by=None, at=NOW) == post


def test_a_handful_of_people_is_not_counted_in_public(units) -> None:
    post = news.draft_post(a_closed_meeting(units["cell_a1"], present=3), by=None, at=NOW)
    assert "3" not in post.body.replace("15/05/2023", "").replace(post.meeting.title, "")


def test_an_open_register_makes_no_news(units) -> None:
    with pytest.raises(Refused):
        news.draft_post(a_meeting(units["cell_a1"]), by=None, at=NOW)


def test_publishing_shows_it_counts_it_once_and_withdrawing_takes_it_back(units, campaign) -> None:
    post = a_post(units, campaign)
    assert (published.posts(), published.post(post.slug)) == ([], None)
    for _time in range(2):
        news.publish(post, by=None, on=TODAY, at=NOW)
    [shown] = published.posts()
    assert (shown.title, shown.published_on, total(campaign, "post_published")) == (post.title, TODAY, 1)
    news.withdraw(post, "Sai ngày", by=None, at=NOW)
    assert (published.posts(), total(campaign, "post_published")) == ([], 0)
    news.publish(post, by=None, on=TODAY, at=NOW)
    assert (len(published.posts()), total(campaign, "post_published")) == (1, 1)


def test_an_empty_item_and_a_withdrawal_without_reason_are_refused(units) -> None:
    post = a_post(units)
    news.write_post(post, by=None, at=NOW, body="")
    with pytest.raises(Refused):
        news.publish(post, by=None, on=TODAY, at=NOW)
    with pytest.raises(Refused):
        news.withdraw(post, " ", by=None, at=NOW)


@pytest.mark.parametrize(("office", "allowed"), [("head", True), ("officer", True), ("clerk", False)])
def test_who_directs_the_unit_speaks_for_it(units, office, allowed) -> None:
    post = a_post(units)
    person = a_person(**{office: units["cell_a1"]})
    if allowed:
        news.publish(post, by=person, on=TODAY, at=NOW)
    else:
        for verb in (
            lambda: news.publish(post, by=person, on=TODAY, at=NOW),
            lambda: news.write_post(post, by=person, at=NOW, title="x"),
            lambda: news.draft_post(post.meeting, by=person, at=NOW),
        ):
            with pytest.raises(NotAllowed):
                verb()
    post.refresh_from_db()
    assert post.is_public is allowed


def test_slugs_stay_apart(units) -> None:
    posts = [a_post(units, title="Sinh hoạt về Luật", starts_at=time(hour), ends_at=time(11)) for hour in (8, 9, 10)]
    slug = "chi-bo-a1-sinh-hoat-ve-luat"
    assert [post.slug for post in posts] == [slug, f"{slug}-2", f"{slug}-3"]


def test_sums_of_a_public_campaign_hide_small_groups(units, campaign) -> None:
    a_closed_meeting(units["cell_a1"], campaign=campaign, present=2)
    fold_all()
    few = published.meetings(campaign.slug)
    assert (few.held, few.people, few.attendances) == (1, None, None)
    a_closed_meeting(units["cell_a2"], campaign=campaign, present=members(units["cell_a2"], 4))
    fold_all()
    assert published.meetings(campaign.slug).people == 6
    assert published.meetings("none") is None


@pytest.fixture
def head(units, client):
    person = a_person(head=units["cell_a1"])
    client.force_login(person.account)
    return person


def test_a_post_goes_from_the_meeting_to_the_portal_by_its_pages(client, units, head) -> None:
    meeting = a_closed_meeting(units["cell_a1"], present=6)
    assert client.get(url("post_create", meeting.uid)).status_code == 200
    for _time in range(2):
        response = client.post(url("post_create", meeting.uid))
    post = Post.objects.get()
    assert response.url == url("post_edit", post.uid)
    assert client.get(response.url).status_code == 200
    assert client.post(response.url, {"title": "", "lead": "a", "body": "b"}).status_code == 422
    words = {"title": "Chi bộ đã học", "lead": "Tóm tắt", "body": "Một\n\nHai", "title_en": "Studied"}
    client.post(response.url, words | {"publish": "1"})
    assert [each.title_en for each in published.posts()] == ["Studied"]
    assert post.title not in client.get(url("post_list")).content.decode()
    assert "Chi bộ đã học" in client.get(url("post_list")).content.decode()
    assert "Chi bộ đã học" in client.get(f"/news/{post.slug}/").content.decode()
    assert client.get(url("post_withdraw", post.uid)).status_code == 200
    client.post(url("post_withdraw", post.uid), {"reason": "Sai"})
    assert published.posts() == []
    client.post(url("post_publish", post.uid))
    assert len(published.posts()) == 1


def test_pictures_are_checked_captioned_served_and_removed(client, units, head) -> None:
    post = a_post(units)
    news.publish(post, by=None, on=TODAY, at=NOW)
    page = url("post_edit", post.uid)
    response = client.post(page, {"picture": "1", "caption": "Ảnh", "file": sent(a_docx(), "anh.jpg")})
    assert (response.status_code, PostPicture.objects.count()) == (422, 0)
    assert client.post(page, {"picture": "1", "file": sent(a_picture(), "anh.jpg")}).status_code == 422
    client.post(page, {"picture": "1", "caption": "Quang cảnh", "file": sent(a_picture(), "anh.jpg")})
    picture = PostPicture.objects.get()
    [shown] = published.post(post.slug).pictures
    assert (shown.caption, shown.url) == ("Quang cảnh", f"/news/{post.slug}/pictures/1/")
    assert client.get(url("post_picture", post.uid, picture.pk))["Content-Type"] == "image/jpeg"
    client.logout()
    assert client.get(shown.url)["Content-Type"] == "image/jpeg"
    assert published.picture(post.slug, 2) is None
    client.force_login(head.account)
    client.post(url("post_picture", post.uid, picture.pk))
    assert (PostPicture.objects.count(), published.picture(post.slug, 1)) == (0, None)


def test_others_news_is_not_found(client, units, head) -> None:
    other = news.draft_post(a_closed_meeting(units["cell_b1"], present=6), by=None, at=NOW)
    for name in ("post_edit", "post_withdraw"):
        assert client.get(url(name, other.uid)).status_code == 404
    assert client.post(url("post_publish", other.uid)).status_code == 404
    assert client.get(url("post_create", other.meeting.uid)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_portal_reads_news_with_two_queries(units, number, django_assert_num_queries) -> None:
    for n in range(number):
        post = news.draft_post(a_closed_meeting(units["cell_a1"], present=6, title=f"Buổi {n}"), by=None, at=NOW)
        news.publish(post, by=None, on=TODAY, at=NOW)
        PostPicture.objects.create(post=post, drawing="web/logo.svg", caption="Tranh")
    with django_assert_num_queries(2):
        assert len(published.posts()) == number
