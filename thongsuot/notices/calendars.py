"""Calendars (RFC 5545) that phones and mail programs read: one meeting, or a person's own dates."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.utils.translation import get_language

from thongsuot.people.models import Person

ICS = "text/calendar; charset=utf-8"
WIDEST = 75  # bytes in one line


@dataclass(frozen=True)
class Event:
    """``uid`` stays the same for as long as the thing lives; ``begins`` without an hour is the whole day."""

    uid: str
    title: str
    begins: datetime | date
    ends: datetime | None = None
    place: str = ""
    text: str = ""
    link: str = ""
    is_cancelled: bool = False


# callables(person, on) -> events of that person, with links inside this site; added by rooms above.
SOURCES: list[Callable[[Person, date], Iterable[Event]]] = []


def events_of(person: Person, on: date) -> list[Event]:
    return [event for source in SOURCES for event in source(person, on)]


def calendar_file(events: Iterable[Event], *, at: datetime, site: str = "", name: str = "") -> str:
    """One calendar file; ``site`` (https://host) stands before links that begin with a slash."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Thong Suot//{(get_language() or 'vi').upper()}"]
    lines += ["CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    if name:
        # The second name and rate are for programs older than RFC 7986.
        lines += [f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}"]
        lines += ["REFRESH-INTERVAL;VALUE=DURATION:PT4H", "X-PUBLISHED-TTL:PT4H"]
    for event in events:
        lines += _event(event, at, site)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(event: Event, at: datetime, site: str) -> list[str]:
    lines = ["BEGIN:VEVENT", f"UID:{event.uid}@thongsuot", f"DTSTAMP:{_moment(at)}", *_times(event)]
    lines.append(f"SUMMARY:{_text(event.title)}")
    if event.place:
        lines.append(f"LOCATION:{_text(event.place)}")
    if event.text:
        lines.append(f"DESCRIPTION:{_text(event.text)}")
    if event.link:
        lines.append(f"URL:{site}{event.link}" if event.link.startswith("/") else f"URL:{event.link}")
    return [*lines, f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}", "END:VEVENT"]


def _times(event: Event) -> list[str]:
    if isinstance(event.begins, datetime):
        # In UTC, so that no definition of a time zone need travel along.
        lines = [f"DTSTART:{_moment(event.begins)}"]
        return [*lines, f"DTEND:{_moment(event.ends)}"] if event.ends else lines
    next_day = event.begins + timedelta(days=1)
    # A due date is no appointment: the day stays free.
    return [f"DTSTART;VALUE=DATE:{event.begins:%Y%m%d}", f"DTEND;VALUE=DATE:{next_day:%Y%m%d}", "TRANSP:TRANSPARENT"]


def _moment(value: datetime) -> str:
    return f"{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    text = "".join(sign for sign in text.replace("\r\n", "\n") if sign >= " " or sign in "\n\t")
    for sign, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(sign, escaped)
    return text


def _folded(line: str) -> str:
    """Never cut inside a letter; the rest goes on after a space."""
    pieces, size = [""], 0
    for letter in line:
        width = len(letter.encode())
        if size + width > WIDEST:
            pieces.append("")
            size = 1  # the space
        pieces[-1] += letter
        size += width
    return "\r\n ".join(pieces)
