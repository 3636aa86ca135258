"""What I was told."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from thongsuot.notices import access
from thongsuot.web.http import Request, go, page
from thongsuot.web.paging import paged


@require_GET
def notice_list(request: Request) -> HttpResponse:
    """The newest first; those not yet read are marked."""
    notices = access.notices_of(request.person).select_related("unit")
    context = {
        "notices": paged(request, notices, per=30),
        "unread": access.unread_of(request.person).count(),
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
