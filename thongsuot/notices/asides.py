"""What notices show on pages of the rooms below, and what they hold about a person."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from thongsuot.notices import access
from thongsuot.notices.models import CalendarAddress
from thongsuot.people.models import Person


def unread_in_header(person: Person, request: HttpRequest) -> str:
    """On every page: the way to the notices and how many are new; one query."""
    number = access.number_unread(request)
    context = {"number": number, "is_more": number > access.MOST_COUNTED, "most": access.MOST_COUNTED}
    return render_to_string("notices/_in_header.html", context)


def calendar_on_own_page(person: Person, request: HttpRequest) -> str:
    address = CalendarAddress.objects.filter(person=person).first()
    url = request.build_absolute_uri(reverse("notices:calendar", args=[address.token])) if address else ""
    # The same address under the name by which a phone opens its calendar.
    context = {"address": address, "url": url, "subscribe": f"webcal://{url.split('://')[-1]}"}
    return render_to_string("notices/_calendar.html", context, request=request)


def held(person: Person) -> dict[str, Any]:
    """What the person was told, and since when a calendar reads along, as plain JSON."""
    address = CalendarAddress.objects.filter(person=person).first()
    return {
        "notices": [
            {
                "text": row.sentence,
                "at": row.at.isoformat(),
                "read_at": row.read_at.isoformat() if row.read_at else None,
            }
            for row in person.notices.order_by("at", "pk")
        ],
        "calendar_address_since": address.made_at.isoformat() if address else None,
    }


def forget(person: Person) -> None:
    person.notices.all().delete()
    CalendarAddress.objects.filter(person=person).delete()
