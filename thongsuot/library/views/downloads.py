"""Copies to take along: who may read a text may have it as a file. Nothing is kept of who asked."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from thongsuot.library import access
from thongsuot.library.copies import ordering, subjects
from thongsuot.library.copies.asking import ask
from thongsuot.library.models import Copy
from thongsuot.library.ranges import file_response
from thongsuot.library.views.frames import frame
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, page


# No token is asked for: what it starts is the same for everyone, and reading stays free of cookies.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def downloads(request: Request, slug: str) -> HttpResponse:
    """The copies of a document's newest texts, one text a language; POST asks for one."""
    document = access.document_to_see(request.person, slug, timezone.localdate())
    found = access.editions_to_take(document)
    site = request.build_absolute_uri("/").rstrip("/")
    offered = [subjects.of_text(edition, site) for edition in found]
    if request.method == "POST":
        subject = next((each for each in offered if each.language == request.POST.get("language")), None)
        if subject is None or request.POST.get("kind") not in subject.kinds:
            return HttpResponse(_("There is no such copy."), status=400, content_type="text/plain; charset=utf-8")
        try:
            ask(request, subject, request.POST["kind"])
        except Refused as error:
            messages.error(request, str(error))
        return redirect("library:downloads", slug)
    groups = [(subject.edition, ordering.rows(subject, ordering.standing(subject))) for subject in offered]
    under_way = any(copy and copy.is_under_way for _edition, rows in groups for _kind, copy in rows)
    context = {"document": document, "groups": groups, "under_way": under_way, **frame(request)}
    response = page(request, "library/downloads.html", context, part="copies")
    response["Cache-Control"] = "no-store"
    return response


@login_not_required
@require_safe
def copy(request: Request, uid: UUID) -> HttpResponse:
    """How far a copy is, and where to take it: for what is asked for from another page, such as a trail's."""
    found = access.copy_to_see(request.person, uid, timezone.localdate())
    edition = found.edition
    back = reverse("library:downloads", args=[edition.document.slug]) if edition else found.trail["path"]
    context = {"copy": found, "back": back, "under_way": found.is_under_way, **frame(request)}
    response = page(request, "library/copy.html", context, part="copies")
    response["Cache-Control"] = "no-store"
    return response


@login_not_required
@require_safe
def copy_file(request: Request, uid: UUID) -> HttpResponseBase:
    """The file, whole or in ranges."""
    found = access.copy_to_see(request.person, uid, timezone.localdate())
    if not found.is_ready:
        return redirect("library:copy", uid)
    return file_response(request, found.path, name=name_of(found), media_type=MEDIA[found.kind], etag=found.sha256)


MEDIA = {"epub": "application/epub+zip", "pdf": "application/pdf", "akn": "application/akn+xml"}


def name_of(found: Copy) -> str:
    language = "" if found.language == "vi" else f" ({found.language})"
    return f"{found.title[:120]}{language}.{found.ending}"
