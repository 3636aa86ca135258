"""The addresses of the rooms. Each room keeps its own list; this one only hangs them up."""

from importlib.util import find_spec

from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

from thongsuot.api import views as api
from thongsuot.library import views as library


@login_not_required
def closed(request: HttpRequest) -> HttpResponse:
    raise Http404


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

# What allauth offers and we use. Accounts are opened by those who keep the list of people: nobody signs up, and
# who forgot a password asks there. Its sign-in page names the way to sign up, so the name stands and leads nowhere.
ACCOUNT = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("signup/", closed, name="account_signup"),
    path("2fa/", include("allauth.mfa.urls")),
]

urlpatterns = [
    path("account/", include(ACCOUNT)),
    path("demo/", include("thongsuot.example.urls")),
    path("healthz", api.health, name="health"),
    # Only from the root may it answer for every page.
    path("service-worker.js", library.service_worker, name="service_worker"),
    *(
        path(prefix, include(f"thongsuot.{room}.urls"))
        for prefix, room in ROOMS.items()
        if find_spec(f"thongsuot.{room}.urls")
    ),
    *([path("", include(f"thongsuot.{PUBLIC}.urls"))] if find_spec(f"thongsuot.{PUBLIC}.urls") else []),
]
