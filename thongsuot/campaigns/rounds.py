"""Reading around a step of a trail: the address says from which step one came, and the page leads back to it."""

from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string


def came_from(request: HttpRequest) -> tuple[UUID, int] | None:
    """The trail and step that ``?trail=…&step=…`` names; None where it names none."""
    try:
        return UUID(request.GET.get("trail", "")), int(request.GET.get("step", "")[:4])
    except ValueError:
        return None


def way_back(request: HttpRequest, *, url: str, number: int, title: str) -> str:
    return render_to_string(
        "campaigns/_back_to_trail.html", {"url": url, "number": number, "title": title}, request=request
    )
