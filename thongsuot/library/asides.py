"""What the library says on pages of rooms below it."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from thongsuot.library.marking import choice_of
from thongsuot.people.models import Person


def my_reading(person: Person, request: HttpRequest) -> str:
    """On one's own page: what is kept of one's reading, and the wish to keep it or not."""
    context = {
        "choice": choice_of(person),
        "notes": person.marks.count(),
        "places": person.reading_places.count(),
        "next": request.path,
    }
    return render_to_string("library/_my_reading.html", context, request)
