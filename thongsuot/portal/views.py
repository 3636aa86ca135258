"""What everyone may see: no sign-in, no script, no cookie, and nothing that rooms have not published."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from thongsuot.campaigns import published as campaigns
from thongsuot.campaigns.published import PublicCampaign
from thongsuot.library import published as library
from thongsuot.library.views.frames import language_asked
from thongsuot.meetings import published as meetings
from thongsuot.portal import shown
from thongsuot.web import charts
from thongsuot.web.paging import paged

NEWS_ON_FRONT = 3
# The room beside this one; a room knows only those below it.
API = "/api/v1/openapi.json"


def _campaign(slug: str) -> PublicCampaign:
    found = campaigns.campaign(slug)
    if found is None:
        raise Http404
    return found


def _progress(campaign: PublicCampaign) -> dict[str, Any]:
    rows = campaigns.progress(campaign.slug, timezone.localdate())
    shares = shown.shares(rows, campaigns.requirements(campaign.slug))
    drawn = charts.bars([(s.label, s.done, s.all) for s in shares], title=_("Units that have done what was asked"))
    figures = shown.figures(campaign.slug)
    return {"rows": rows, "shares": shares, "chart": drawn if shares else "", "figures": figures}


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    campaign = shown.current()
    documents = library.documents()
    context: dict[str, Any] = {
        "campaign": campaign,
        "handbook": next((one for one in documents if one.kind == "handbook" and one.has_text), None),
        "laws": [one for one in documents if one.kind in ("law", "decree") and one.has_text][:4],
        "documents": len(documents),
        "posts": meetings.posts(NEWS_ON_FRONT),
    }
    if campaign:
        context |= {"topics": campaigns.topics(campaign.slug), **_progress(campaign)}
    return render(request, "portal/home.html", context)


@login_not_required
@require_safe
def campaign_detail(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = _campaign(slug)
    context = {
        "campaign": campaign,
        "topics": campaigns.topics(slug),
        "requirements": campaigns.requirements(slug),
        **_progress(campaign),
        "english": get_language() == "en",
    }
    return render(request, "portal/campaign_detail.html", context)


@login_not_required
@require_safe
def topic_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    return render(request, "portal/topic_detail.html", _topic(request, slug, number))


def _topic(request: HttpRequest, slug: str, number: int) -> dict[str, Any]:
    """A core content with its trail, in the language of the page or that which the address asks for."""
    campaign, topics = _campaign(slug), campaigns.topics(slug)
    topic = next((one for one in topics if one.number == number), None)
    walk = campaigns.trail(slug, number, language_asked(request))
    if topic is None or walk is None:
        raise Http404
    query = f"?lang={language_asked(request)}" if "lang" in request.GET else ""
    return {
        "campaign": campaign,
        "topic": topic,
        "walk": walk,
        "next_topic": next((one for one in topics if one.number > number), None),
        "query": query,
        "here": request.path,
        "whole": reverse("portal:trail", args=[slug, number]) + query,
        "steps_at": reverse("portal:trail_step", args=[slug, number, 1]).removesuffix("1/"),
    }


@login_not_required
@require_safe
def trail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """All steps on one page, to be read and printed."""
    return render(request, "portal/trail.html", _topic(request, slug, number))


@login_not_required
@require_safe
def trail_step(request: HttpRequest, slug: str, number: int, step: int) -> HttpResponse:
    context = _topic(request, slug, number)
    walk = context["walk"]
    if walk.at(step) is None:
        raise Http404
    context |= {"stop": walk.at(step), "previous": walk.at(step - 1), "next": walk.at(step + 1)}
    return render(request, "portal/trail_step.html", context)


@login_not_required
@require_safe
def post_list(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/post_list.html", {"posts": paged(request, meetings.posts(), per=12)})


@login_not_required
@require_safe
def post_detail(request: HttpRequest, slug: str) -> HttpResponse:
    post = meetings.post(slug)
    if post is None:
        raise Http404
    return render(request, "portal/post_detail.html", {"post": post})


@login_not_required
@require_safe
def post_picture(request: HttpRequest, slug: str, number: int) -> FileResponse:
    """A photo of a published item; withdrawn with it."""
    response = meetings.picture(slug, number)
    if response is None:
        raise Http404
    return response


@login_not_required
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    every = campaigns.campaigns()
    wanted = request.GET.get("campaign", "")
    campaign = next((one for one in every if one.slug == wanted), None) or next(iter(every), None)
    context: dict[str, Any] = {
        "campaigns": every,
        "campaign": campaign,
        "today": timezone.localdate(),
        "smallest": campaigns.SMALLEST_GROUP,
    }
    if campaign:
        context |= {**_progress(campaign), "understanding": shown.understanding(campaign.slug)}
    return render(request, "portal/progress.html", context)


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    context = {"smallest": campaigns.SMALLEST_GROUP, "api": API}
    return render(request, "portal/about.html", context)


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    paths = [reverse(f"portal:{name}") for name in ("home", "post_list", "progress", "about")]
    for campaign in campaigns.campaigns():
        paths.append(reverse("portal:campaign_detail", args=[campaign.slug]))
        topics = campaigns.topics(campaign.slug)
        paths += [reverse("portal:topic_detail", args=[campaign.slug, topic.number]) for topic in topics]
    paths += [reverse("portal:post_detail", args=[post.slug]) for post in meetings.posts()]
    paths += [reverse("library:document_detail", args=[document.slug]) for document in library.documents()]
    paths += [reverse("library:chapter", args=[slug, anchor]) for slug, anchor in library.pages()]
    addresses = [request.build_absolute_uri(path) for path in paths]
    return render(request, "portal/sitemap.xml", {"addresses": addresses}, content_type="application/xml")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /account/", "Disallow: /library/search/"]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('portal:sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
