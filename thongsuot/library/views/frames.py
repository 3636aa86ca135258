"""Which language a text is shown in, and in whose frame the library stands."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from thongsuot.web.http import Request


def language_asked(request: HttpRequest) -> str:
    """Of the text: as the address says, else as the reader's pages are."""
    wanted = request.GET.get("lang", "")
    return wanted if wanted in dict(settings.LANGUAGES) else (get_language() or "vi")[:2]


def frame(request: Request) -> dict[str, str]:
    """Signed in, the library stands in the frame of one's work; else in that of the portal."""
    return {"layout": "web/base.html" if request.person else "web/public.html"}
