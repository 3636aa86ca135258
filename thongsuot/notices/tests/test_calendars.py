"""A person's dates in their own calendar: a private address, and files that calendar programs read."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from thongsuot.journal.models import Record
from thongsuot.notices import calendars
from thongsuot.notices.calendars import Event, calendar_file
from thongsuot.notices.models import CalendarAddress
from thongsuot.notices.subscribing import address_of, give_address
from thongsuot.people.testing import a_person
from thongsuot.units.testing import NOW, a_unit

OWN_PAGE = reverse("people:my_data")


def lines(text):
    """As RFC 5545 reads it: folded lines put together again."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", ""), "every line ends with CR LF"
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")


def test_a_due_date_is_a_whole_day_that_stays_free():
    day = Event("a", "Đến hạn", date(2023, 12, 31), link="/x/")
    written = lines(calendar_file([day], at=NOW, site="https://an.example", name="Việc của tôi"))
    assert written[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert written[written.index("BEGIN:VEVENT") :] == [
        "BEGIN:VEVENT",
        "UID:a@thongsuot",
        "DTSTAMP:20230515T020000Z",
        "DTSTART;VALUE=DATE:20231231",
        "DTEND;VALUE=DATE:20240101",
        "TRANSP:TRANSPARENT",
        "SUMMARY:Đến hạn",
        "URL:https://an.example/x/",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    assert "X-WR-CALNAME:Việc của tôi" in written


def test_a_meeting_has_hours_a_place_and_may_be_called_off():
    begins, ends = datetime(2023, 5, 20, 1, 0, tzinfo=UTC), datetime(2023, 5, 20, 3, 0, tzinfo=UTC)
    written = lines(calendar_file([Event("a", "Họp", begins, ends, place="Phòng 2", is_cancelled=True)], at=NOW))
    wanted = {"DTSTART:20230520T010000Z", "DTEND:20230520T030000Z", "LOCATION:Phòng 2", "STATUS:CANCELLED"}
    assert wanted <= set(written)


def test_signs_of_the_format_and_long_words_stay_what_they_are():
    title = "Đọc; rồi, nghĩ \\ " + "nghiêng" * 30
    text = "một\r\nEND:VEVENT\nhai\x00\x1b"
    written = lines(calendar_file([Event("a", title, date(2023, 5, 1), text=text)], at=NOW))
    said = "SUMMARY:" + title.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    assert said in written
    assert "DESCRIPTION:một\\nEND:VEVENT\\nhai" in written


@pytest.fixture
def person(client, db):
    person = a_person(member_of=a_unit())
    client.force_login(person.account)
    return person


@pytest.fixture
def one_event(monkeypatch):
    found = [Event("e", "Đến hạn: Đọc", date(2023, 6, 1), link="/campaigns/")]
    monkeypatch.setattr(calendars, "SOURCES", [lambda person, on: found])


def feed(person):
    return reverse("notices:calendar", args=[CalendarAddress.objects.get(person=person).token])


def test_the_address_is_made_shown_and_read_without_signing_in(client, person, one_event):
    assert "calendar-address" not in client.get(OWN_PAGE).content.decode()
    assert client.post(reverse("notices:calendar_new")).url == f"{OWN_PAGE}#calendar"
    page = client.get(OWN_PAGE).content.decode()
    assert f'value="http://testserver{feed(person)}"' in page
    assert f'href="webcal://testserver{feed(person)}"' in page
    client.logout()
    answer = client.get(feed(person))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "private" in answer["Cache-Control"]
    assert answer.cookies == {}
    assert "URL:http://testserver/campaigns/" in answer.content.decode()


def test_a_new_address_ends_the_old_one_and_it_can_be_taken_back(client, person, one_event):
    client.post(reverse("notices:calendar_new"))
    old = feed(person)
    client.post(reverse("notices:calendar_new"))
    assert (client.get(old).status_code, client.get(feed(person)).status_code) == (404, 200)
    last = feed(person)
    client.post(reverse("notices:calendar_withdraw"))
    assert client.get(last).status_code == 404
    assert "calendar-address" not in client.get(OWN_PAGE).content.decode()
    verbs = Record.objects.filter(subject_uid=person.uid).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["calendar address made", "calendar address made", "calendar address withdrawn"]


def test_what_the_database_keeps_is_no_address(client, person):
    address = give_address(person, language="vi", at=NOW)
    for guess in (address.key.hex, str(address.key), f"{address.key.hex}.x", address.token[:-1], "x", "."):
        assert address_of(guess) is None
        assert client.get(reverse("notices:calendar", args=[guess])).status_code == 404
    assert address_of(address.token) == address


@pytest.mark.parametrize("who", ["erased", "closed"])
def test_the_calendar_of_someone_who_may_not_sign_in_is_closed(client, person, who):
    give_address(person, language="vi", at=NOW)
    if who == "erased":
        person.erased_at = NOW
        person.save()
    else:
        person.account.is_active = False
        person.account.save()
    assert client.get(feed(person)).status_code == 404


@pytest.mark.parametrize(("language", "name"), [("vi", "Việc của tôi"), ("en", "My work")])
def test_the_calendar_speaks_the_language_in_which_it_was_made(client, person, language, name):
    client.cookies["language"] = language
    client.post(reverse("notices:calendar_new"))
    client.cookies.clear()
    assert f"NAME:{name}" in client.get(feed(person)).content.decode()


def test_making_and_ending_need_a_post_and_a_sign_in(client, person):
    assert client.get(reverse("notices:calendar_new")).status_code == 405
    client.logout()
    assert client.post(reverse("notices:calendar_new")).status_code == 302
    assert not CalendarAddress.objects.exists()
