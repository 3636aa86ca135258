"""The meeting as a calendar file (RFC 5545), which phones and mail programs read."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from thongsuot.meetings.models import Meeting

ICS = "text/calendar; charset=utf-8"
USUAL_LENGTH = timedelta(minutes=120)  # regular and thematic in one sitting (42-HD/BTCTW, 2025)


def calendar_file(meeting: Meeting, *, link: str, at: datetime) -> str:
    """One event. A voided meeting is one that was called off, so that calendars strike it out."""
    start = timezone.make_aware(datetime.combine(meeting.held_on, meeting.starts_at))
    end = start + USUAL_LENGTH
    if meeting.ends_at:
        end = timezone.make_aware(datetime.combine(meeting.held_on, meeting.ends_at))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Thong Suot//meetings//VI",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{meeting.uid}@thongsuot",
        f"DTSTAMP:{_moment(at)}",
        f"DTSTART:{_moment(start)}",
        f"DTEND:{_moment(end)}",
        f"SUMMARY:{_text(f'{meeting.title} – {meeting.unit.name}')}",
        f"LOCATION:{_text(meeting.place)}",
        f"DESCRIPTION:{_text(agenda_text(meeting))}",
        f"URL:{link}",
        f"STATUS:{'CANCELLED' if meeting.voided_at else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def agenda_text(meeting: Meeting) -> str:
    return "\n".join(f"{item.order}. {item.title}" for item in meeting.agenda.all())


def _moment(value: datetime) -> str:
    return f"{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    for sign, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        text = text.replace(sign, escaped)
    return text


def _folded(line: str) -> str:
    """At most 75 bytes a line, never cut inside a letter; the rest goes on after a space."""
    pieces, size = [""], 0
    for letter in line:
        width = len(letter.encode())
        if size + width > 74:
            pieces.append("")
            size = 0
        pieces[-1] += letter
        size += width
    return "\r\n ".join(pieces)
