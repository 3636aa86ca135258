"""The addresses of the rooms. Each room keeps its own list; this one only hangs them up."""

from importlib.util import find_spec

from django.urls import include, path

from thongsuot.api import views as api

ROOMS = {
    "": "web",
    "work/": "desk",
    "units/": "units",
    "people/": "people",
    "journal/": "journal",
    "ledger/": "ledger",
    "notices/": "notices",
    "library/": "library",
    "campaigns/": "campaigns",
    "meetings/": "meetings",
    "learning/": "learning",
    "practice/": "practice",
    "reports/": "reports",
    "api/v1/": "api",
}
PUBLIC = "portal"

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("demo/", include("thongsuot.example.urls")),
    path("healthz", api.health, name="health"),
    *(
        path(prefix, include(f"thongsuot.{room}.urls"))
        for prefix, room in ROOMS.items()
        if find_spec(f"thongsuot.{room}.urls")
    ),
    *([path("", include(f"thongsuot.{PUBLIC}.urls"))] if find_spec(f"thongsuot.{PUBLIC}.urls") else []),
]
