"""What I was told, and my dates in my own calendar."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from thongsuot.notices import access
from thongsuot.notices.calendars import ICS, calendar_file, events_of
from thongsuot.notices.subscribing import address_of, give_address, take_back
from thongsuot.web.http import Request, go, page
from thongsuot.web.paging import paged


@require_GET
def notice_list(request: Request) -> HttpResponse:
    """The newest first; those not yet read are marked."""
    notices = access.notices_of(request.person).select_related("unit")
    context = {
        "notices": paged(request, notices, per=30),
        "has_unread": access.number_unread(request) > 0,
    }
    return page(request, "notices/notice_list.html", context, part="list")


@require_POST
def notice_open(request: Request, uid: UUID) -> HttpResponse:
    """Mark it read and go where it points."""
    notice = get_object_or_404(access.notices_of(request.person), uid=uid)
    access.unread_of(request.person).filter(pk=notice.pk).update(read_at=timezone.now())
    if notice.url and url_has_allowed_host_and_scheme(notice.url, None):
        return redirect(notice.url)
    return go(request, "notices:notice_list")


@require_POST
def read_all(request: Request) -> HttpResponse:
    access.unread_of(request.person).update(read_at=timezone.now())
    return go(request, "notices:notice_list")


@require_POST
def calendar_new(request: Request) -> HttpResponse:
    give_address(request.person, language=get_language() or "vi", at=timezone.now())
    messages.success(request, _("Your calendar has a new address. An older one answers no more."))
    return redirect(f"{reverse('people:my_data')}#calendar")


@require_POST
def calendar_withdraw(request: Request) -> HttpResponse:
    take_back(request.person, at=timezone.now())
    messages.success(request, _("The address of your calendar answers no more."))
    return redirect(f"{reverse('people:my_data')}#calendar")


# Calendar programs cannot sign in: whoever knows the address may read, and it gives no right to anything else.
@login_not_required
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    address = address_of(token)
    if address is None:
        raise Http404
    person = address.person
    person.known_scopes = {}  # type: ignore[attr-defined]
    with override(address.language):
        name = _("My work · Thông Suốt")
        site = request.build_absolute_uri("/").rstrip("/")
        events = events_of(person, timezone.localdate())
        text = calendar_file(events, at=timezone.now(), site=site, name=name)
    headers = {"Cache-Control": "private, max-age=900", "X-Robots-Tag": "noindex"}
    return HttpResponse(text, content_type=ICS, headers=headers)
