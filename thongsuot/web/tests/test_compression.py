"""Text travels compressed; what is packed already keeps its length."""

import gzip

import pytest
from django.http import HttpResponse

from thongsuot.web.middleware import CompressTextMiddleware

LONG = "Đảng bộ phường " * 100


@pytest.mark.django_db
def test_a_page_travels_compressed_to_whoever_reads_that(client):
    packed = client.get("/account/login/", headers={"Accept-Encoding": "gzip, deflate, br"})
    plain = client.get("/account/login/")
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert "</html>" in gzip.decompress(packed.content).decode()
    assert 2 * len(packed.content) < len(plain.content)


@pytest.mark.parametrize(
    ("kind", "is_packed"),
    [
        ("text/html; charset=utf-8", True),
        ("application/json", True),
        ("image/svg+xml", True),
        ("image/webp", False),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", False),
    ],
)
def test_only_text_is_compressed(rf, kind, is_packed):
    answer = HttpResponse(LONG, content_type=kind)
    done = CompressTextMiddleware(lambda request: answer)(rf.get("/", headers={"Accept-Encoding": "gzip"}))
    assert ("Content-Encoding" in done) == is_packed
