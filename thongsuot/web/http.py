"""Answering: a whole page or the part that htmx asked for, and going on to the next page."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from thongsuot.web.errors import Refused

if TYPE_CHECKING:
    # Every request has these two once the middleware has run; ``person`` is None for the public.
    class Request(HttpRequest):
        person: Any
        htmx: HtmxDetails
else:
    Request = HttpRequest


def page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, part: str = "", status: int = 200
) -> HttpResponse:
    """Render the page, or only its named partial when htmx asked for it."""
    htmx = getattr(request, "htmx", None)
    wants_part = part and htmx and not htmx.boosted
    response = render(request, f"{template}#{part}" if wants_part else template, context, status=status)
    if part:
        response.headers["Vary"] = "HX-Request, Cookie, Accept-Language"
    return response


def go(request: HttpRequest, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """On to a page by its URL name; also from a form that htmx sent."""
    response = redirect(to, *args, **kwargs)
    if getattr(request, "htmx", None):
        return HttpResponseClientRedirect(response.url)
    return response


def refused(request: HttpRequest, error: Refused, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """Back to a page with the sentence that says why not."""
    messages.error(request, str(error))
    return go(request, to, *args, **kwargs)


def back(request: HttpRequest) -> str:
    """Where the person came from (``next``, else the referring page), if that lies on this site; else ``/``."""
    wanted = request.POST.get("next") or request.GET.get("next") or request.META.get("HTTP_REFERER", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return "/"
