"""Notes go along: as a file that can be read in again here or elsewhere, and as a text to read and print."""

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from docx import Document as DocxDocument

from thongsuot.library import access
from thongsuot.library.anchoring import follow, letters
from thongsuot.library.marking import LONGEST_NOTE, LONGEST_QUOTE, MOST_MARKS
from thongsuot.library.models import Edition, Mark, Passage
from thongsuot.people.models import Person
from thongsuot.viet.text import nfc
from thongsuot.web.errors import Refused
from thongsuot.web.middleware import UNTYPED

# The page's script writes and reads the same form (static/library/device.js).
FORMAT, VERSION = "thong-suot-notes", 1
MOST_IN_A_FILE = 5_000


@dataclass
class TakenIn:
    """What became of a file's notes: taken, here already, and without a text here (their documents)."""

    taken: int = 0
    known: int = 0
    homeless: list[str] = field(default_factory=list)


def as_portable(marks: Iterable[Mark], *, at: datetime) -> dict[str, Any]:
    """Plain JSON. Each note says where it belongs in three ways: id, address in the work, and its words."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "made": at.isoformat(timespec="seconds"),
        "notes": [as_row(mark) for mark in marks],
    }


def as_row(mark: Mark) -> dict[str, Any]:
    passage, document = mark.passage, mark.passage.edition.document
    return {
        "id": str(mark.uid),
        "document": document.slug,
        "title": title_of(passage.edition),
        "language": passage.edition.language,
        "passage": str(passage.uid),
        "anchor": passage.anchor,
        "label": str(passage),
        "page": passage.printed_page,
        "start": mark.start,
        "end": mark.end,
        "quote": mark.quote,
        "colour": mark.colour,
        "note": mark.note,
        "at": mark.at.isoformat(timespec="seconds"),
    }


def title_of(edition: Edition) -> str:
    document = edition.document
    return (document.title_en if edition.language == "en" else "") or document.title


@transaction.atomic
def take_in(person: Person, data: bytes, *, on: date, at: datetime) -> TakenIn:
    """Notes of a file become notes of the account; the same file twice changes nothing.

    Raises Refused for a file that is not one of ours or holds too many notes.
    """
    rows = _rows(data)
    told = TakenIn()
    held = dict(Mark.objects.filter(uid__in=[row["id"] for row in rows]).values_list("uid", "person_id"))
    room = MOST_MARKS - person.marks.count()
    homes = _homes(person, rows, on)
    fresh = []
    for row in rows:
        passage = homes.get(row["passage"]) or homes.get((row["document"], row["language"], row["anchor"]))
        if held.get(row["id"]) == person.pk:
            told.known += 1
        elif passage is None:
            told.homeless.append(row["title"] or row["document"])
        else:
            fresh.append(_mark(person, passage, row, is_free=row["id"] not in held, at=at))
    if len(fresh) > room:
        raise Refused(_("More notes than that cannot be kept with an account. Take some along and delete them here."))
    for mark in fresh:
        mark.save()
    told.taken, told.homeless = len(fresh), sorted(set(told.homeless))
    for edition in {mark.passage.edition for mark in fresh}:
        follow(edition, person)
    return told


def _rows(data: bytes) -> list[dict[str, Any]]:
    """The file's notes with every value of its kind, each once."""
    try:
        said = json.loads(data.decode("utf-8-sig"))
        if said["format"] != FORMAT or said["version"] != VERSION:
            raise KeyError("format")
        rows = [_row(row) for row in said["notes"]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError) as error:
        raise Refused(_("This is not a file of notes from this library, or it is damaged.")) from error
    if len(rows) > MOST_IN_A_FILE:
        raise Refused(_("The file holds more than %(most)s notes. Send it in parts.") % {"most": MOST_IN_A_FILE})
    return list({row["id"]: row for row in rows}.values())


def _row(row: dict[str, Any]) -> dict[str, Any]:
    words = {name: nfc(str(row.get(name, ""))) for name in ("document", "title", "language", "anchor")}
    colour = row.get("colour")
    return words | {
        "id": UUID(row["id"]),
        "passage": UUID(row["passage"]),
        "start": min(max(int(row.get("start", 0)), 0), 10**9),
        "quote": _clean(row.get("quote", ""))[:LONGEST_QUOTE],
        "note": _clean(row.get("note", ""))[:LONGEST_NOTE],
        "colour": colour if colour in Mark.Colour.values else Mark.Colour.YELLOW,
        "at": datetime.fromisoformat(row["at"]),
    }


def _clean(words: Any) -> str:
    return nfc(str(words)).translate(UNTYPED).strip()


def _homes(person: Person, rows: list[dict[str, Any]], on: date) -> dict[Any, Passage]:
    """The passages that the rows mean, among what the person may read: by id, and by address in the work."""
    seen = access.documents_seen_by(person, on)
    readable = Passage.objects.filter(edition__document__in=seen).select_related("edition__document")
    found: dict[Any, Passage] = {p.uid: p for p in readable.filter(uid__in=[row["passage"] for row in rows])}
    strays = [row for row in rows if row["passage"] not in found]
    near = readable.filter(
        is_withdrawn=False,
        edition__document__slug__in={row["document"] for row in strays},
        anchor__in={row["anchor"] for row in strays},
    )
    # The newest text of a language stands last and stays.
    for passage in near.order_by("edition__valid_from", "edition_id") if strays else ():
        found[passage.edition.document.slug, passage.edition.language, passage.anchor] = passage
    return found


def _mark(person: Person, passage: Passage, row: dict[str, Any], *, is_free: bool, at: datetime) -> Mark:
    quote = " ".join(row["quote"].split())
    when = row["at"] if timezone.is_aware(row["at"]) else timezone.make_aware(row["at"])
    mark = Mark(
        person=person,
        passage=passage,
        start=row["start"],
        end=row["start"] + len(letters(quote)),
        quote=quote,
        colour=row["colour"],
        note=row["note"],
        at=min(when, at),
    )
    if is_free:
        mark.uid = row["id"]
    return mark


# To read and to print


def _by_work(marks: Iterable[Mark]) -> Iterator[tuple[str, list[Mark]]]:
    for title, group in groupby(marks, key=lambda mark: title_of(mark.passage.edition)):
        yield title, list(group)


def _place(mark: Mark) -> str:
    passage = mark.passage
    page = _("p. %(page)s") % {"page": passage.printed_page} if passage.printed_page else ""
    return ", ".join(part for part in (str(passage), page, f"{mark.at:%d/%m/%Y}") if part)


def as_markdown(marks: Iterable[Mark]) -> str:
    """One heading a work, the words marked as quotations, the notes below them."""
    lines = [f"# {_('My notes')}", ""]
    for title, group in _by_work(marks):
        lines += [f"## {title}", ""]
        for mark in group:
            if mark.quote:
                lines += [f"> {mark.quote}", ""]
            if mark.note:
                lines += [mark.note, ""]
            lines += [f"— {_place(mark)} · {mark.get_colour_display()}", ""]
    return "\n".join(lines)


def as_docx(marks: Iterable[Mark]) -> bytes:
    document = DocxDocument()
    document.core_properties.title = _("My notes")
    document.core_properties.author = ""
    document.add_heading(_("My notes"), level=0)
    for title, group in _by_work(marks):
        document.add_heading(title, level=1)
        for mark in group:
            if mark.quote:
                document.add_paragraph(mark.quote, style="Quote")
            if mark.note:
                document.add_paragraph(mark.note)
            document.add_paragraph(_place(mark), style="Caption")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
