"""Addresses of campaigns, what they ask, and the plans that answer."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

app_name = "campaigns"


def soon(request: HttpRequest, **_ids: object) -> HttpResponse:
    return HttpResponse("soon")


urlpatterns = [
    path("", soon, name="campaign_list"),
    path("<uuid:uid>/", soon, name="campaign_detail"),
    path("plans/<uuid:uid>/", soon, name="plan_detail"),
    path("<uuid:campaign_uid>/plans/new/<uuid:unit_uid>/", soon, name="plan_create"),
]
