"""Pages that belong to no field: the choice of language and look, the pattern page."""

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

YEAR = 365 * 24 * 3600


def _back(request: HttpRequest) -> str:
    """Where the person came from, if that lies on this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or request.META.get("HTTP_REFERER", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return "/"


@login_not_required
@require_http_methods(["GET", "POST"])
def set_language(request: HttpRequest) -> HttpResponse:
    """Choose the language; kept in a cookie that holds nothing else."""
    chosen = request.POST.get("language") or request.GET.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return render(request, "web/set_language.html", {"next": _back(request), "languages": settings.LANGUAGES})
    response = redirect(_back(request))
    response.set_cookie("language", chosen, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


@login_not_required
@require_http_methods(["GET", "POST"])
def set_theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the device says."""
    response = redirect(_back(request))
    chosen = request.POST.get("theme") or request.GET.get("theme", "")
    if chosen in ("light", "dark"):
        response.set_cookie("theme", chosen, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    else:
        response.delete_cookie("theme")
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or cookies are blocked: nothing was lost yet, go back and send again."""
    return render(request, "web/csrf_failure.html", status=403)


class _Sample(forms.Form):
    name = forms.CharField(label=_("Name"), help_text=_("As it stands on papers."))
    day = forms.DateField(label=_("Date"))
    choice = forms.ChoiceField(label=_("Choice"), choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    text = forms.CharField(label=_("Text"), widget=forms.Textarea, required=False)


@login_not_required
def patterns(request: HttpRequest) -> HttpResponse:
    """Every component on one page, for those who build; only where debugging is on."""
    if not settings.DEBUG:
        raise Http404
    form = _Sample({"name": "", "day": "30/02/2023"} if "errors" in request.GET else None)
    return render(request, "web/patterns.html", {"form": form, "tones": TONES})


TONES = ["waiting", "under_way", "done", "late", "overdue", "excused", "draft", "returned", "verified", "info"]
