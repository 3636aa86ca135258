"""Reading without a network: what a device keeps was asked for by its reader and is the same for everyone."""

import json
from functools import cache
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from thongsuot.library import access
from thongsuot.library.keeping import listing
from thongsuot.library.views.frames import frame, language_asked
from thongsuot.web.http import Request, page

# What reading pages are built of; drawn pictures come with the work that shows them.
SHELL = {"web/": (".css", ".js", ".svg"), "library/": (".css", ".js")}
WORKER = "library/service_worker.js"


@login_not_required
@require_safe
def keep_list(request: Request, slug: str) -> HttpResponse:
    """Addresses, sizes and versions of a public work; the same for everyone, so that anything may cache it."""
    document = access.document_to_see(None, slug, timezone.localdate())
    edition = access.edition_to_see(document, language_asked(request))
    edition.document = document
    made = listing(edition)
    etag = quote_etag(f"{made['version']}-{edition.language}")
    response: HttpResponse
    if etag in request.headers.get("If-None-Match", "").replace("W/", ""):
        response = HttpResponse(status=304)
    else:
        response = JsonResponse(made, json_dumps_params={"ensure_ascii": False})
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=60)
    return response


@login_not_required
@require_safe
def device(request: Request) -> HttpResponse:
    """What stands on this device; the page's script tells it, the server does not know."""
    return page(request, "library/device.html", frame(request))


@login_not_required
@require_safe
def offline(request: Request) -> HttpResponse:
    """Shown by the service worker where there is no network and the page is not on the device."""
    return page(request, "library/offline.html", frame(request))


@cache
def _shell() -> list[str]:
    """Addresses of the static files that reading pages use."""
    names = {name for finder in finders.get_finders() for name, _storage in finder.list(None)}
    return [
        static(name)
        for name in sorted(names)
        if name != WORKER and any(name.startswith(room) and name.endswith(ends) for room, ends in SHELL.items())
    ]


@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """At the root, so that it may answer for every page; asked for anew each time the browser looks."""
    pages = [reverse(f"library:{name}") for name in ("offline", "device", "my_notes")]
    facts = {"pages": pages, "offline": pages[0], "language": language_asked(request), "shell": _shell()}
    program = Path(str(finders.find(WORKER))).read_text(encoding="utf-8")
    response = HttpResponse(
        f"const FACTS = {json.dumps(facts)};\n{program}", content_type="text/javascript; charset=utf-8"
    )
    response["Service-Worker-Allowed"] = "/"
    response["Cache-Control"] = "no-cache"
    return response
