"""Highlights, notes and places that a person keeps with the account: hers alone, without a line in the journal."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.library.anchoring import letters, nearest, shown
from thongsuot.library.models import Mark, Passage, ReadingChoice, ReadingPlace
from thongsuot.people.models import Person
from thongsuot.viet.text import nfc
from thongsuot.web.errors import Refused

MOST_MARKS = 20_000
LONGEST_NOTE, LONGEST_QUOTE = 10_000, 5_000


def choice_of(person: Person) -> ReadingChoice:
    """What the person asked to be kept; nothing, as long as she did not ask."""
    return ReadingChoice.objects.filter(person=person).first() or ReadingChoice(person=person)


@transaction.atomic
def choose(person: Person, *, keeps_place: bool, keeps_marks: bool) -> ReadingChoice:
    """Without a wish to keep the place, the places kept before go. Notes go only when they are deleted or moved."""
    choice, _new = ReadingChoice.objects.update_or_create(
        person=person, defaults={"keeps_place": keeps_place, "keeps_marks": keeps_marks}
    )
    if not keeps_place:
        person.reading_places.all().delete()
    return choice


def keep_place(person: Person, passage: Passage, *, at: datetime) -> ReadingPlace | None:
    """Only for whoever asked for it."""
    if not choice_of(person).keeps_place:
        return None
    place, _new = ReadingPlace.objects.update_or_create(
        person=person, document=passage.edition.document, defaults={"passage": passage, "at": at}
    )
    return place


def put_mark(
    person: Person,
    passage: Passage,
    *,
    quote: str = "",
    start: int = 0,
    colour: str = Mark.Colour.YELLOW,
    note: str = "",
    at: datetime,
) -> Mark:
    """A highlight of those words, or a note on the whole passage. ``start`` says near which letter they stand.

    Raises Refused for words that do not stand there, an empty note on nothing, or more than anyone keeps.
    """
    quote, note = " ".join(nfc(quote).split()), nfc(note).strip()
    refuse_too_long(quote, note)
    if not quote and not note:
        raise Refused(_("Write a note, or choose words to highlight."))
    if person.marks.count() >= MOST_MARKS:
        raise Refused(_("More notes than that cannot be kept with an account. Take some along and delete them here."))
    there = nearest(shown(passage), letters(quote), start) if quote else 0
    if there is None:
        raise Refused(_("These words do not stand in the passage. Reload the page and choose them again."))
    end = there + len(letters(quote))
    return Mark.objects.create(
        person=person, passage=passage, start=there, end=end, quote=quote, colour=colour, note=note, at=at
    )


def change_mark(mark: Mark, *, colour: str, note: str) -> Mark:
    note = nfc(note).strip()
    refuse_too_long("", note)
    if not mark.quote and not note:
        raise Refused(_("An empty note says nothing. Delete it instead."))
    mark.colour, mark.note = colour, note
    mark.save()
    return mark


def refuse_too_long(quote: str, note: str) -> None:
    if len(quote) > LONGEST_QUOTE:
        raise Refused(_("The highlight is too long. Highlight it in parts."))
    if len(note) > LONGEST_NOTE:
        raise Refused(_("The note is too long. Write it as two notes."))
