"""The public part of the library and the campaigns over HTTP, as JSON; and the state of the server."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from thongsuot.api import described, plain
from thongsuot.api import health as state
from thongsuot.campaigns import published as campaigns
from thongsuot.library import published as library

MOST_HITS = 100
# A whole question fits.
LONGEST = 500


def _language(request: HttpRequest) -> str:
    wanted = request.GET.get("lang", "")
    return wanted if wanted in dict(settings.LANGUAGES) else (get_language() or "vi")[:2]


@login_not_required
@require_safe
def description(request: HttpRequest) -> JsonResponse:
    """This interface, described in OpenAPI 3.1."""
    return JsonResponse(described.openapi(request.build_absolute_uri("/api/v1")))


@login_not_required
@require_safe
def document_list(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"documents": [plain.document(request, one) for one in library.documents()]})


@login_not_required
@require_safe
def document_detail(request: HttpRequest, slug: str) -> JsonResponse:
    found = next((one for one in library.documents() if one.slug == slug), None)
    if found is None:
        return _not_found("document")
    passages = library.passages(slug, _language(request))
    return JsonResponse(plain.document(request, found) | {"passages": [plain.line(request, one) for one in passages]})


@login_not_required
@require_safe
def passage_detail(request: HttpRequest, uid: UUID) -> JsonResponse:
    found = library.passage(uid, request.GET.get("lang", ""))
    return JsonResponse(plain.passage(request, found)) if found else _not_found("passage")


@login_not_required
@require_safe
def search(request: HttpRequest) -> JsonResponse:
    words = request.GET.get("q", "").strip()[:LONGEST]
    asked = request.GET.get("limit", "20")
    limit = int(asked) if asked.isascii() and asked.isdigit() else 0
    if not 1 <= limit <= MOST_HITS:
        return JsonResponse({"error": f"limit is a whole number from 1 to {MOST_HITS}"}, status=400)
    language = request.GET.get("lang", "")
    hits = library.find(words, limit=limit, language=language if language in dict(settings.LANGUAGES) else "")
    return JsonResponse({"q": words, "hits": [plain.hit(request, one) for one in hits]})


@login_not_required
@require_safe
def campaign_list(request: HttpRequest) -> JsonResponse:
    found = [plain.campaign(request, one, campaigns.topics(one.slug)) for one in campaigns.campaigns()]
    return JsonResponse({"campaigns": found})


@login_not_required
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 while it can serve, 503 with the reason when it cannot."""
    found: dict[str, Any] = state.look()
    response = JsonResponse(found, status=200 if found["status"] == "ok" else 503)
    response.headers["Cache-Control"] = "no-store"
    return response


def _not_found(what: str) -> JsonResponse:
    return JsonResponse({"error": f"no such {what}"}, status=404)
