"""What pages of lower rooms show to everyone: the way back to a public trail."""

from django.http import HttpRequest
from django.urls import reverse

from thongsuot.campaigns import published as campaigns
from thongsuot.campaigns.rounds import came_from, way_back
from thongsuot.web.templatetags.web import in_language


def back_to_step(_chapter: object, request: HttpRequest) -> str | None:
    """On a page of the library to which a step of a public trail led; for readers who are not signed in."""
    place = came_from(request)
    if getattr(request, "person", None) is not None or place is None:
        return None
    found = campaigns.place_of(place[0])
    if found is None:
        return None
    url = reverse("portal:trail_step", args=[found.campaign_slug, found.number, max(place[1], 1)])
    return way_back(request, url=url, number=place[1], title=in_language(found, "title"))
