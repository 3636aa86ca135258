"""What happens to whatever is sent and answered: text comes in as it is kept and travels compressed, and a refusal
that no view caught is still a sentence."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render

from thongsuot.viet.text import nfc
from thongsuot.web.errors import Refused
from thongsuot.web.http import back

UNTYPED = dict.fromkeys([*(set(range(32)) - {9, 10, 13}), *range(0x7F, 0xA0), *range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF])
# So far a page's head reaches; sheets for print hold nothing up.
HEAD = 8_000
STYLES = re.compile(rb'<link rel="stylesheet" href="(/[^"<>]+)">')
TEXTS = ("text/", "application/json", "application/xml", "image/svg+xml")


class CompressTextMiddleware(GZipMiddleware):
    """A tenth of the bytes on a cheap phone. Papers, workbooks and pictures are packed already and keep their length.

    Tokens in a form are masked anew for each page and Django pads the packed text by chance (BREACH).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.headers.get("Content-Type", "").startswith(TEXTS):
            return response
        return super().process_response(request, response)


class AnnounceStylesMiddleware:
    """The style sheets that hold up the first words are named ahead of the page, in its header.

    A slow phone asks for them while it still takes the page apart: a tenth of a second on a slow line.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming:
            head, _end, _body = response.content[:HEAD].partition(b"</head>")
            if sheets := STYLES.findall(head):
                response.headers["Link"] = ", ".join(f"<{sheet.decode()}>; rel=preload; as=style" for sheet in sheets)
        return response


class TypedTextMiddleware:
    """Browsers end lines with two signs and send marks as typed: text that nobody touched would look changed.

    Signs that no keyboard makes come along when text is pasted; no database, paper or workbook takes them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.GET:
            request.GET = as_kept(request.GET)  # type: ignore[assignment]
        if request.method == "POST":
            request.POST = as_kept(request.POST)  # type: ignore[assignment]
        return self.get_response(request)


def as_kept(sent: QueryDict) -> QueryDict:
    kept = QueryDict(mutable=True, encoding=sent.encoding)
    for name, texts in sent.lists():
        kept.setlist(name, [nfc(text).replace("\r\n", "\n").translate(UNTYPED) for text in texts])
    kept._mutable = False
    return kept


class RefusedMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return render(request, "web/refused.html", {"sentence": str(exception), "back": back(request)}, status=422)
        return None
