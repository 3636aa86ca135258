"""What this room holds about a person: for the person."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.library import access
from thongsuot.library.carrying import as_row
from thongsuot.library.marking import choice_of
from thongsuot.library.models import ReadingChoice
from thongsuot.people.models import Person


def held(person: Person) -> dict[str, Any]:
    """Notes, highlights, and where she stopped, as far as she asked that they be kept."""
    today = timezone.localdate()
    choice = choice_of(person)
    return {
        "reading": {
            "keeps_place": choice.keeps_place,
            "keeps_notes": choice.keeps_marks,
            "places": [
                {"document": row.document.title, "passage": str(row.passage), "at": row.at.isoformat()}
                for row in access.places_of(person, today)
            ],
        },
        "notes": [as_row(mark) for mark in access.marks_of(person, today)],
        "notes_on_texts_out_of_sight": [
            {"id": str(mark.uid), "note": mark.note, "at": mark.at.isoformat()}
            for mark in access.marks_out_of_sight(person, today)
        ],
    }


def why() -> list[tuple[str, str]]:
    return [
        (
            _("Your highlights and notes, and where you stopped reading"),
            _("Only if you asked for it, and only you see them. Otherwise they stay on your device."),
        )
    ]


def forget(person: Person) -> None:
    """All of it: it was the person's own and counts nowhere."""
    person.marks.all().delete()
    person.reading_places.all().delete()
    ReadingChoice.objects.filter(person=person).delete()
