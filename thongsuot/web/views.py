"""Pages that belong to no field: the choice of language and look, the pattern page."""

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thongsuot.web import charts
from thongsuot.web.context import THEMES
from thongsuot.web.http import back
from thongsuot.web.paging import paged

YEAR = 365 * 24 * 3600


# No token is asked for: the cookie holds a taste and nothing else, and pages of the portal stay free of cookies.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def set_language(request: HttpRequest) -> HttpResponse:
    """Choose the language; kept in a cookie that holds nothing else."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return render(request, "web/set_language.html", {"next": back(request)})
    return _keep(redirect(back(request)), "language", chosen)


@csrf_exempt
@login_not_required
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the device says."""
    response = redirect(back(request))
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        return _keep(response, "theme", chosen)
    response.delete_cookie("theme")
    return response


def _keep(response: HttpResponse, name: str, value: str) -> HttpResponse:
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or cookies are blocked: nothing was lost yet, go back and send again."""
    return render(request, "web/csrf_failure.html", {"back": back(request)}, status=403)


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the site on its first screen: it begins with the library, which everyone may read."""
    marks = [("192", "any"), ("512", "any"), ("maskable-512", "maskable")]
    icons = [
        {"src": static(f"web/icons/{name}.png"), "type": "image/png", "sizes": f"{size}x{size}", "purpose": purpose}
        for name, purpose in marks
        for size in [name.removeprefix("maskable-")]
    ]
    vector = {"src": static("web/icons/maskable.svg"), "type": "image/svg+xml", "sizes": "any", "purpose": "maskable"}
    said = {
        "id": "/library/",
        "name": gettext("Thông Suốt – the library"),
        "short_name": "Thông Suốt",
        "description": gettext("Read, search and cite, also without a network."),
        "lang": get_language(),
        "start_url": "/library/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f8f5ef",
        "theme_color": "#7c1527",
        "icons": [*icons, vector],
        "shortcuts": [
            {"name": gettext("My notes"), "url": "/library/notes/"},
            {"name": gettext("On this device"), "url": "/library/device/"},
        ],
    }
    response = JsonResponse(said, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "max-age=3600"
    return response


class _Sample(forms.Form):
    name = forms.CharField(label=_("Name"), help_text=_("As it stands on papers."))
    day = forms.DateField(label=_("Date"))
    choice = forms.ChoiceField(label=_("Choice"), choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    text = forms.CharField(label=_("Some text"), widget=forms.Textarea, required=False)


@login_not_required
def patterns(request: HttpRequest) -> HttpResponse:
    """Every component on one page, for those who build; only where debugging is on."""
    if not settings.DEBUG:
        raise Http404
    sent = {"name": "", "day": "30/02/2023"} if "errors" in request.GET else None
    counts = {"done": 31, "late": 6, "under_way": 12, "waiting": 17, "overdue": 8, "excused": 4}
    # Sample words stand for content, which is Vietnamese in both languages.
    rows = [
        ("Đảng bộ phường Thượng Đình", 18, 21, "done"),
        ("Đảng bộ phường Khương Trung", 9, 24, "under_way"),
        ("Chi bộ Nguyễn Quý Đức – Hoàng Đạo Thúy", 0, 12, "overdue"),
    ]
    months = [(f"{month}/2023", amount) for month, amount in ((3, 4), (4, 22), (5, 61), (6, 18))]
    context = {
        "form": _Sample(sent, label_suffix=""),
        "tones": TONES,
        "rows": rows,
        "bars": charts.bars([row[:3] for row in rows], title="Đã sinh hoạt"),
        "stacked": charts.stacked(counts, title="Trạng thái", labels={tone: tone for tone in counts}),
        "ring": charts.progress_ring(299, 300, title="299/300"),
        "timeline": charts.timeline(months, title="Buổi sinh hoạt theo tháng"),
        "page": paged(request, range(1234), per=50),
        "facts": [("Số", "12-KH/ĐU"), ("Ngày ban hành", "15/05/2023"), ("Người ký", "Trần Thị Hồng Nhung")],
        "trail": [("Đợt sinh hoạt", "#"), ("Kế hoạch 147-KH/TU", "#"), ("Phường Thượng Đình", "")],
        "tabs": [("Kế hoạch", "#", True), ("Buổi sinh hoạt", "#", False), ("Việc làm", "#", False)],
    }
    return render(request, "web/patterns.html", context)


TONES = ["waiting", "under_way", "done", "late", "overdue", "excused", "draft", "returned", "verified", "info"]
