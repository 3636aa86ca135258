"""Pages of meetings: the list, calling, one meeting, voiding, the calendar file; and who may see them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from thongsuot.campaigns.models import Obligation
from thongsuot.meetings.calling import add_to_register
from thongsuot.meetings.models import Meeting
from thongsuot.meetings.testing import (
    a_closed_meeting,
    a_draft,
    a_meeting,
    a_passage,
    a_person,
    a_small_city,
    an_issued_campaign,
    approved_minutes,
)

NOW = timezone.now()
TODAY = timezone.localdate()


@pytest.fixture
def units(db):
    return a_small_city()


@pytest.fixture
def clerk(units, client):
    person = a_person("Phạm Thư", clerk=units["cell_a1"], member_of=units["cell_a1"])
    client.force_login(person.account)
    return person


def url(name, *args):
    return reverse(f"meetings:{name}", args=args)


def the_form(**more):
    form = {
        "title": "Sinh hoạt chuyên đề tháng này",
        "kind": "thematic",
        "form": "in_person",
        "held_on": (TODAY + timedelta(days=3)).isoformat(),
        "starts_at": "19:30",
        "place": "Nhà văn hóa",
        "points": "1",
        "agenda-TOTAL_FORMS": "2",
        "agenda-INITIAL_FORMS": "0",
        "agenda-0-title": "Nghiên cứu nội dung một",
        "agenda-0-presenter": "Bí thư",
        "agenda-1-title": "",
    }
    return form | more


def test_the_list_holds_my_reach_and_nothing_else(client, units, clerk) -> None:
    own, other = a_meeting(units["cell_a1"]), a_meeting(units["cell_b1"])
    shown = client.get(url("meeting_list")).content.decode()
    assert (own.title in shown, other.title in shown) == (True, False)
    assert client.get(url("meeting_detail", other.uid)).status_code == 404
    client.force_login(a_person(officer=units["district"]).account)
    shown = client.get(url("meeting_list")).content.decode()
    assert (own.title in shown, other.title in shown) == (True, True)


def test_the_list_is_filtered(client, units) -> None:
    client.force_login(a_person(officer=units["district"]).account)
    held = a_closed_meeting(units["cell_a1"], title="Đã họp")
    coming = a_meeting(units["cell_b1"], title="Sắp họp", on=TODAY + timedelta(days=3), at=NOW, kind="regular")
    voided = a_meeting(units["cell_b2"], title="Đã hủy")
    Meeting.objects.filter(pk=voided.pk).update(voided_at=NOW, voided_reason="Nhầm")

    def titles(**asked):
        shown = client.get(url("meeting_list"), asked).content.decode()
        return {each.title for each in (held, coming, voided) if each.title in shown}

    assert titles(state="closed") == {"Đã họp"}
    assert titles(state="coming") == {"Sắp họp"}
    assert titles(state="voided") == {"Đã hủy"}
    assert titles(kind="regular") == {"Sắp họp"}
    assert titles(q="chi bo a") == {"Đã họp"}
    assert len(titles(state="nonsense", kind="x", campaign="x")) == 3


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("part", [False, True])
def test_the_list_costs_the_same_for_more_meetings(client, units, number, part, django_assert_num_queries) -> None:
    for _n in range(number):
        a_closed_meeting(units["cell_a1"], present=number)
    client.force_login(a_person(officer=units["district"]).account)
    headers = {"HX-Request": "true"} if part else {}
    client.get(url("meeting_list"), headers=headers)
    with django_assert_num_queries(8 if part else 10):
        shown = client.get(url("meeting_list"), headers=headers)
    assert shown.content.decode().count("<tr>") == number + 1
    assert ("<html" in shown.content.decode()) is not part


@pytest.mark.parametrize("language", ["vi", "en"])
def test_meeting_detail_speaks_both_languages_in_every_state(client, units, clerk, language) -> None:
    client.cookies["language"] = language
    campaign = an_issued_campaign(units["city"])
    made = [
        a_meeting(units["cell_a1"], on=TODAY + timedelta(days=3), at=NOW, campaign=campaign),
        a_meeting(units["cell_a1"], campaign=campaign),
        a_closed_meeting(units["cell_a1"], campaign=campaign, at=NOW),
        a_draft(a_closed_meeting(units["cell_a1"], present=2)).meeting,
        approved_minutes(a_closed_meeting(units["cell_a1"], present=2)).meeting,
    ]
    for meeting in made:
        assert client.get(url("meeting_detail", meeting.uid)).status_code == 200
    shown = client.get(url("meeting_detail", made[2].uid)).content.decode()
    assert "15/05/2023" in shown
    assert f"{TODAY:%d/%m/%Y}" in shown, "when it was recorded shows beside when it was held"


@pytest.mark.parametrize("number", [1, 3])
def test_meeting_detail_costs_the_same_for_more_people(
    client, units, clerk, number, django_assert_max_num_queries
) -> None:
    campaign = an_issued_campaign(units["city"])
    topic = campaign.topics.first()
    agenda = [{"title": f"{n}", "topic": topic, "passage": a_passage()} for n in range(number)]
    meeting = a_closed_meeting(units["cell_a1"], present=number, campaign=campaign, agenda=agenda)
    client.get(url("meeting_detail", meeting.uid))
    with django_assert_max_num_queries(17):
        client.get(url("meeting_detail", meeting.uid))


def test_meeting_create_proposes_the_campaigns_contents(client, units, clerk) -> None:
    campaign = an_issued_campaign(units["city"])
    topic = campaign.topics.get(number=2)
    shown = client.get(url("meeting_create")).content.decode()
    assert all(each.title in shown for each in campaign.topics.all())
    shown = client.get(url("meeting_create"), {"topic": topic.uid}).content.decode()
    assert f'value="Sinh hoạt chuyên đề: {topic.title}"' in shown
    assert client.get(url("meeting_create"), {"topic": "x", "unit": "y", "campaign": "z"}).status_code == 200


def test_meeting_create_calls_once_and_begins_the_obligation(client, units, clerk) -> None:
    campaign = an_issued_campaign(units["city"])
    topic = campaign.topics.first()
    form = the_form(campaign=campaign.pk, chair=clerk.pk, **{"agenda-0-topic": topic.pk})
    for _time in range(2):
        response = client.post(url("meeting_create"), form)
    meeting = Meeting.objects.get()
    assert response.url == url("meeting_detail", meeting.uid)
    [item] = meeting.agenda.all()
    assert (meeting.unit, meeting.chair, item.topic, item.presenter) == (units["cell_a1"], clerk, topic, "Bí thư")
    assert Obligation.objects.get(requirement__kind="meeting", unit=units["cell_a1"]).began_on == TODAY


def test_short_notice_is_said(client, units, clerk) -> None:
    response = client.post(url("meeting_create"), the_form(held_on=TODAY.isoformat()), follow=True)
    assert "một ngày" in response.content.decode()


def test_another_row_and_mistakes_lose_nothing(client, units, clerk) -> None:
    response = client.post(url("meeting_create"), the_form(title="", add="1"))
    shown = response.content.decode()
    assert (response.status_code, 'name="agenda-2-title"' in shown, 'role="alert"' in shown) == (200, True, False)
    response = client.post(url("meeting_create"), the_form(title="", held_on="hôm nào", **{"agenda-1-presenter": "An"}))
    shown = response.content.decode()
    assert (response.status_code, Meeting.objects.count()) == (422, 0)
    assert ("Nghiên cứu nội dung một" in shown, shown.count("data-invalid") >= 3) == (True, True)
    assert client.post(url("meeting_create"), the_form(held_on="2099-01-01")).status_code == 422


def test_who_keeps_no_register_is_told_whom_to_ask(client, units) -> None:
    client.force_login(a_person(member_of=units["cell_a1"]).account)
    assert client.get(url("meeting_create")).status_code == 422
    assert (client.post(url("meeting_create"), the_form()).status_code, Meeting.objects.count()) == (422, 0)


def test_a_meeting_of_another_unit_is_not_called_by_its_address(client, units, clerk) -> None:
    response = client.post(url("meeting_create") + f"?unit={units['cell_b1'].uid}", the_form())
    assert (response.status_code, Meeting.objects.count()) == (422, 0)


def test_meeting_edit_changes_what_is_called_until_it_is_closed(client, units, clerk) -> None:
    meeting = a_meeting(units["cell_a1"], on=TODAY + timedelta(days=3), at=NOW)
    first = meeting.agenda.first()
    assert client.get(url("meeting_edit", meeting.uid)).status_code == 200
    form = the_form(title="Tên mới", **{"agenda-0-uid": str(first.uid), "agenda-0-title": "Đổi"})
    assert client.post(url("meeting_edit", meeting.uid), form).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.title, [each.title for each in meeting.agenda.all()]) == ("Tên mới", ["Đổi"])
    closed = a_closed_meeting(units["cell_a1"])
    assert client.post(url("meeting_edit", closed.uid), the_form(title="Khác")).status_code == 422
    assert client.get(url("meeting_edit", closed.uid)).status_code == 302
    closed.refresh_from_db()
    assert closed.title != "Khác"


def test_a_guest_of_a_conference_sees_the_invitation_but_no_names(client, units) -> None:
    meeting = a_meeting(units["district"], kind="conference", title="Hội nghị quán triệt")
    guest, other = a_person("Khách Mời", member_of=units["cell_a1"]), a_person("Người Khác", member_of=units["cell_b1"])
    add_to_register(meeting, [guest, other], by=None, at=NOW)
    client.force_login(guest.account)
    shown = client.get(url("meeting_detail", meeting.uid)).content.decode()
    assert ("Hội nghị quán triệt" in shown, "Người Khác" in shown) == (True, False)
    assert reverse("units:unit_detail", args=[units["district"].uid]) not in shown, "the unit is not theirs to open"
    assert client.get(url("minutes_approve", meeting.uid)).status_code == 404


@pytest.mark.parametrize(("office", "status"), [("head", 302), ("clerk", 422), ("speaker", 422)])
def test_meeting_void_is_for_the_head(client, units, office, status) -> None:
    meeting = a_closed_meeting(units["cell_a1"])
    client.force_login(a_person(**{office: units["cell_a1"]}).account)
    if office == "head":
        assert client.get(url("meeting_void", meeting.uid)).status_code == 200
        assert client.post(url("meeting_void", meeting.uid), {"reason": ""}).status_code == 422
    assert client.post(url("meeting_void", meeting.uid), {"reason": "Ghi nhầm"}).status_code == status
    meeting.refresh_from_db()
    assert (meeting.voided_at is not None) == (status == 302)
    assert client.get(url("meeting_detail", meeting.uid)).status_code == 200


def test_the_invitation_is_a_calendar_file_that_phones_read(client, units, clerk) -> None:
    title = "Họp; rất, rất dài " * 6
    meeting = a_meeting(units["cell_a1"], on=TODAY + timedelta(days=3), at=NOW, title=title.strip())
    response = client.get(url("invitation", meeting.uid))
    text = response.content.decode()
    start = meeting.held_on.strftime("%Y%m%d")
    assert response["Content-Type"].startswith("text/calendar")
    assert f"DTSTART:{start}T010000Z" in text, "8.00 in Hà Nội"
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "Họp\\; rất\\, rất" in text.replace("\r\n ", "")


def test_pages_below_show_the_way_to_a_meeting(client, units, clerk) -> None:
    campaign = an_issued_campaign(units["city"])
    obligation = Obligation.objects.get(requirement__kind="meeting", unit=units["cell_a1"])
    page = reverse("campaigns:obligation_detail", args=[obligation.uid])
    assert url("meeting_create") in client.get(page).content.decode()
    meeting = a_meeting(units["cell_a1"], campaign=campaign)
    assert url("meeting_detail", meeting.uid) in client.get(page).content.decode()
    unit_page = client.get(reverse("units:unit_detail", args=[units["cell_a1"].uid])).content.decode()
    assert meeting.title in unit_page
    topic_page = client.get(reverse("campaigns:topic_detail", args=[campaign.topics.first().uid])).content.decode()
    assert url("meeting_create") in topic_page


def test_nobody_sees_a_meeting_without_signing_in(client, units) -> None:
    meeting = a_meeting(units["cell_a1"])
    assert client.get(url("meeting_detail", meeting.uid)).status_code == 302
    assert "login" in client.get(url("meeting_list")).url
