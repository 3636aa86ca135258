"""Which language a text is shown in, and in whose frame the library stands."""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from thongsuot.web.http import Request


def language_asked(request: HttpRequest) -> str:
    """Of the text: as the address says, else as the reader's pages are."""
    wanted = request.GET.get("lang", "")
    return wanted if wanted in dict(settings.LANGUAGES) else (get_language() or "vi")[:2]


def frame(request: Request) -> dict[str, str]:
    """Signed in, the library stands in the frame of one's work; else in that of the portal."""
    return {"layout": "web/base.html" if request.person else "web/public.html"}


def day_asked(request: HttpRequest, day: str = "") -> date | None:
    """The day as of which a text is to be read: in the address, or as ``?on=2020-12-31``; 404 for what is no day."""
    words = day or request.GET.get("on", "")
    if not words:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise Http404 from error
