"""What pages cost in an organisation of 78 base committees and in one of ten times as many: the same number of
questions to the database, and pages of one size."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.budgets.organisation import District, a_district, owed
from thongsuot.learning.testing import a_topic
from thongsuot.meetings.models import Meeting, Post
from thongsuot.practice.models import Action, SelfReview
from thongsuot.reports.models import Report
from thongsuot.units.models import Unit
from thongsuot.units.testing import NOW

BASES, MORE = 78, 702
# More than any page needs today: a budget that a loop over rows breaks at once.
MOST = 60


def pages(d: District) -> dict[str, str]:
    """Every list and overview, and the pages about one thing that show many."""
    campaign, unit = d.campaign.uid, d.unit.uid
    cell = Unit.objects.filter(kind__slug="cell").first()
    meeting, topic = Meeting.objects.first(), d.campaign.topics.first()
    about = {
        "campaigns:plan_detail": (d.plan.uid,),
        "campaigns:plan_cascade": (d.plan.uid,),
        "campaigns:topic_detail": (topic.uid,),
        "campaigns:obligation_detail": (owed(d, "plan").uid,),
        "units:unit_detail": (unit,),
        "people:person_detail": (d.officer.uid,),
        "meetings:meeting_detail": (meeting.uid,),
        "learning:topic_study": (topic.uid,),
        "learning:unit_learning": (unit,),
        "practice:self_review_detail": (SelfReview.objects.get(unit=cell).uid,),
        "practice:action_detail": (Action.objects.get(unit=cell).uid,),
        "reports:dashboard": (campaign, unit),
        "reports:figure_detail": (campaign, unit, "meeting_held"),
        "reports:report_detail": (Report.objects.first().uid,),
        "portal:campaign_detail": (d.campaign.slug,),
        "portal:topic_detail": (d.campaign.slug, 1),
        "portal:post_detail": (Post.objects.first().slug,),
    }
    plain = (
        "desk:home", "units:unit_list", "units:tree_on_a_day", "people:person_list", "people:my_data",
        "journal:record_list", "notices:notice_list", "library:document_list", "campaigns:campaign_list",
        "campaigns:obligation_list", "campaigns:campaign_create", "meetings:meeting_list", "meetings:meeting_create",
        "meetings:post_list", "learning:my_learning", "learning:reflection_list", "practice:self_review_list",
        "practice:action_list", "practice:action_create", "reports:report_list", "reports:report_create",
        "reports:signal_list", "portal:home", "portal:post_list", "portal:progress", "portal:sitemap",
        "api:campaign_list", "api:document_list",
    )  # fmt: skip
    found = {name: reverse(name) for name in plain} | {name: reverse(name, args=key) for name, key in about.items()}
    found |= {
        f"campaign, {tab}": reverse("campaigns:campaign_detail", args=[campaign]) + f"?tab={tab}"
        for tab in ("asked", "topics", "progress", "history")
    }
    found["units, one level"] = reverse("units:unit_list") + f"?under={unit}"
    found["units, found"] = reverse("units:unit_list") + "?q=base"
    found["people, of a unit"] = reverse("people:person_list") + f"?unit={unit}"
    found["obligations, below"] = reverse("campaigns:obligation_list") + f"?under={unit}&state=waiting&q=cell"
    return found


def cost(client: Client, url: str) -> tuple[int, int]:
    """Questions to the database, and the size of the page."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    content = b"".join(response) if response.streaming else response.content
    return len(asked), len(content)


# For machines, which read it whole.
WHOLE_LISTS = {"portal:sitemap"}


@pytest.mark.django_db
def test_every_page_costs_the_same_with_ten_times_the_organisation(client, monkeypatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    district = a_district()
    a_topic(district.campaign)
    district.grow(BASES)
    client.force_login(district.officer.account)
    shown = pages(district)
    before = {name: cost(client, url) for name, url in shown.items()}
    district.grow(MORE)
    after = {name: cost(client, url) for name, url in shown.items()}
    grown = {name: (before[name][0], after[name][0]) for name in shown if after[name][0] > before[name][0]}
    dear = {name: asked for name, (asked, _size) in after.items() if asked > MOST}
    long = {
        name: (before[name][1], after[name][1])
        for name in set(shown) - WHOLE_LISTS
        if after[name][1] > 1.5 * before[name][1] + 2000
    }
    assert (grown, dear, long) == ({}, {}, {})
