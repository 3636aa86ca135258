"""The choices that belong to the reader: language and look; and what a reader is told when something fails."""

import pytest
from django.test import Client, RequestFactory

from thongsuot.web.errors import Refused
from thongsuot.web.middleware import RefusedMiddleware

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [
        ("/work/?page=2", "/work/?page=2"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_the_language_is_kept_and_the_way_back_stays_on_this_site(wanted, goes_to):
    # A page of the portal has no token to send.
    answer = Client(enforce_csrf_checks=True).post("/set-language/", {"language": "en", "next": wanted})
    assert (answer.status_code, answer.url, answer.cookies["language"].value) == (302, goes_to, "en")


@pytest.mark.parametrize("sent", [{}, {"language": "xx"}])
def test_an_unknown_language_gets_the_choice_and_sets_nothing(client, sent):
    answer = client.post("/set-language/", sent)
    assert (answer.status_code, "language" in answer.cookies) == (200, False)
    assert client.get("/set-language/", {"language": "en"}).cookies == {}


def test_the_look_is_kept_until_the_device_decides_again(client):
    assert client.post("/set-theme/", {"theme": "dark"}).cookies["theme"].value == "dark"
    assert b'data-theme="dark"' in client.get("/set-language/").content
    assert client.post("/set-theme/", {"theme": "none"}).cookies["theme"].value == ""
    assert client.get("/set-theme/").status_code == 405


def test_the_pattern_page_is_for_those_who_build(client, settings):
    settings.DEBUG = False
    assert client.get("/patterns/").status_code == 404
    settings.DEBUG = True
    answer = client.get("/patterns/", {"errors": 1})
    assert (answer.status_code, answer.content.count(b"error-summary")) == (200, 1)


def test_errors_are_tied_to_their_fields(client, settings):
    settings.DEBUG = True
    page = client.get("/patterns/", {"errors": 1}).content.decode()
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'href="#id_choice"' in page
    assert 'id="id_choice"' in page


def test_a_refusal_that_nobody_caught_is_a_sentence_with_a_way_back():
    request = RequestFactory().post("/x/", {"next": "/work/"})
    answer = RefusedMiddleware(lambda request: None).process_exception(request, Refused("Chưa đủ nội dung"))
    page = answer.content.decode()
    assert (answer.status_code, "Chưa đủ nội dung" in page, 'href="/work/"' in page) == (422, True, True)


@pytest.mark.parametrize(("language", "title"), [("vi", "Đăng nhập"), ("en", "Sign in")])
def test_sign_in_speaks_the_readers_language(client, language, title):
    client.cookies["language"] = language
    page = client.get("/account/login/").content.decode()
    assert f">{title}</h1>" in page
    assert ("Mật khẩu" in page) == (language == "vi")
