"""The product as it is served, and beside it one view that does nothing: what Django and the server cost alone."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from thongsuot.config.wsgi import application

BARE = "/bare-view-of-the-benchmark/"

__all__ = ["application"]


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def hang_up() -> None:
    from thongsuot.config import urls

    urls.urlpatterns.insert(0, path(BARE.strip("/") + "/", bare))


hang_up()
