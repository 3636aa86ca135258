"""A file as a download that can be gone on with where it broke off: ranges and what guards them (RFC 9110)."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from thongsuot.papers.files import clean_name

_RANGE = re.compile(r"^bytes=(\d{0,15})-(\d{0,15})$")
_AT_ONCE = 256 * 1024


def file_response(request: HttpRequest, path: Path, *, name: str, media_type: str, etag: str) -> HttpResponseBase:
    """The whole file, the range that was asked for (206), or that it is unchanged (304) or has no such range (416)."""
    size, tag = path.stat().st_size, f'"{etag}"'
    if tag in request.headers.get("If-None-Match", "").replace("W/", ""):
        return _headers(HttpResponse(status=304), tag, name)
    begin, end = 0, size - 1
    status = 200
    asked = request.headers.get("Range", "")
    # A range of another state of the file would be sewn to the wrong half.
    if asked and request.headers.get("If-Range", tag) == tag and (match := _RANGE.match(asked)) and any(match.groups()):
        first, last = match.groups()
        begin = int(first) if first else max(0, size - int(last))
        end = min(int(last), size - 1) if first and last else size - 1
        if begin > end or begin >= size:
            response = _headers(HttpResponse(status=416), tag, name)
            response["Content-Range"] = f"bytes */{size}"
            return response
        status = 206
    body = () if request.method == "HEAD" else _pieces(path, begin, end)
    sent = StreamingHttpResponse(body, status=status, content_type=media_type)
    sent["Content-Length"] = str(end - begin + 1)
    if status == 206:
        sent["Content-Range"] = f"bytes {begin}-{end}/{size}"
    return _headers(sent, tag, name)


def _headers(response: HttpResponseBase, tag: str, name: str) -> HttpResponseBase:
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = tag
    response["Content-Disposition"] = content_disposition_header(True, clean_name(name)) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-cache"
    return response


def _pieces(path: Path, begin: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(begin)
        left = end - begin + 1
        while left > 0 and (piece := file.read(min(left, _AT_ONCE))):
            left -= len(piece)
            yield piece
