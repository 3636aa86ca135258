"""Lists come in pages; a page number that is out of range shows the nearest one."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest


def paged(request: HttpRequest, rows: Any, per: int = 50) -> Page[Any]:
    """The page that ``?page=`` names. Other parameters of the address are kept in ``page.query``."""
    page = Paginator(rows, per).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    page.query = query.urlencode()  # type: ignore[attr-defined]
    return page
