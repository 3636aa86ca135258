"""The list of abbreviations and everyday words: what readers type for what the texts say."""

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from io import StringIO

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thongsuot.journal.noting import note, write
from thongsuot.library.models import Abbreviation
from thongsuot.people.models import Person
from thongsuot.people.rights import Act, scope
from thongsuot.units.models import Position, Unit
from thongsuot.viet.text import nfc
from thongsuot.web.errors import Refused

MOST_LINES = 2000
_SHORTEST, _LONGEST_SHORT, _LONGEST_FULL = 2, 20, 120


@transaction.atomic
def add_word(short: str, full: str, *, by: Person, at: datetime) -> Abbreviation:
    """Raises Refused where the list says so already."""
    short, full = _tidy(short), _tidy(full)
    if Abbreviation.objects.filter(short__iexact=short, full=full).exists():
        raise Refused(_("The list says so already."))
    word = Abbreviation.objects.create(short=short, full=full)
    note(word, gettext_noop("added to the list of abbreviations"), by=by, at=at, unit=_unit_of(by, at))
    return word


@transaction.atomic
def change_word(word: Abbreviation, short: str, full: str, *, by: Person, at: datetime) -> None:
    """Raises Refused where the list says so already."""
    short, full = _tidy(short), _tidy(full)
    if Abbreviation.objects.filter(short__iexact=short, full=full).exclude(pk=word.pk).exists():
        raise Refused(_("The list says so already."))
    if changes := write(word, {"short": short, "full": full}):
        word.save()
        note(
            word,
            gettext_noop("changed in the list of abbreviations"),
            by=by, at=at, unit=_unit_of(by, at), changes=changes,
        )  # fmt: skip


@transaction.atomic
def remove_word(word: Abbreviation, *, by: Person, at: datetime) -> None:
    note(word, gettext_noop("taken from the list of abbreviations"), by=by, at=at, unit=_unit_of(by, at))
    word.delete()


@transaction.atomic
def import_words(text: str, *, by: Person, at: datetime) -> int:
    """How many were new. One a line: "PCTN = phòng, chống tham nhũng", or two columns of a sheet.

    Raises Refused with the first line that cannot be understood; then nothing is taken.
    """
    known = {(one.short.lower(), one.full) for one in Abbreviation.objects.all()}
    fresh = []
    for short, full in _lines(text):
        if (short.lower(), full) not in known:
            known.add((short.lower(), full))
            fresh.append(Abbreviation(short=short, full=full))
    for word in Abbreviation.objects.bulk_create(fresh):
        note(word, gettext_noop("added to the list of abbreviations"), by=by, at=at, unit=_unit_of(by, at))
    return len(fresh)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    lines = [line for line in text.replace("\ufeff", "").splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        raise Refused(_("That is more than %(n)s lines: import the list in parts.") % {"n": MOST_LINES})
    for number, line in enumerate(lines, start=1):
        parts = re.split(r"\s*[=\t:]\s*", line.strip(), maxsplit=1)
        if len(parts) < 2:
            parts = next(csv.reader(StringIO(line), delimiter=";" if ";" in line else ","), [])[:2]
        short, full = (_tidy(part) for part in parts) if len(parts) == 2 else ("", "")
        if not (_SHORTEST <= len(short) <= _LONGEST_SHORT and _SHORTEST <= len(full) <= _LONGEST_FULL):
            raise Refused(
                _("Line %(n)s is not understood: “%(line)s”. Write it as PCTN = phòng, chống tham nhũng.")
                % {"n": number, "line": line.strip()[:60]}
            )
        yield short, full


def _tidy(text: str) -> str:
    return " ".join(nfc(text.replace("\0", "")).split())


def _unit_of(by: Person, at: datetime) -> Unit | None:
    """The unit at the top of a tree that the librarian keeps the library for."""
    mine = scope(by, Act.MANAGE, at.date()).unit_ids()
    top = Position.objects.filter(parent=None, unit__in=mine).select_related("unit").order_by("pk").first()
    return top.unit if top else None
