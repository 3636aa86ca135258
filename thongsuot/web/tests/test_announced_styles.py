"""A page names its style sheets in its header, so that a slow phone asks for them at once."""

import re

import pytest
from django.http import HttpResponse

from thongsuot.web.middleware import AnnounceStylesMiddleware

pytestmark = pytest.mark.django_db
SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)">')


def test_every_sheet_of_the_head_is_announced_and_none_else(client):
    page = client.get("/library/")
    head = page.content.decode().partition("</head>")[0]
    announced = re.findall(r"<([^>]+)>; rel=preload; as=style", page.headers["Link"])
    assert announced == SHEET.findall(head)
    assert len(announced) >= 4
    assert not any("print" in sheet for sheet in announced)


@pytest.mark.parametrize(
    "answer", [HttpResponse("<p>Một phần của trang</p>"), HttpResponse("{}", content_type="application/json")]
)
def test_what_has_no_sheets_announces_none(rf, answer):
    assert "Link" not in AnnounceStylesMiddleware(lambda request: answer)(rf.get("/")).headers
