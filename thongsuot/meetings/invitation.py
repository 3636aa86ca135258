"""The meeting as an entry in a calendar."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from thongsuot.meetings.models import Meeting
from thongsuot.notices.calendars import Event

USUAL_LENGTH = timedelta(minutes=120)  # regular and thematic in one sitting (42-HD/BTCTW, 2025)


def as_event(meeting: Meeting) -> Event:
    """A voided meeting is one that was called off, so that calendars strike it out."""
    start = timezone.make_aware(datetime.combine(meeting.held_on, meeting.starts_at))
    end = start + USUAL_LENGTH
    if meeting.ends_at:
        end = timezone.make_aware(datetime.combine(meeting.held_on, meeting.ends_at))
    return Event(
        str(meeting.uid),
        f"{meeting.title} – {meeting.unit.name}",
        start,
        end,
        place=meeting.place,
        text="\n".join(f"{item.order}. {item.title}" for item in meeting.agenda.all()),
        link=reverse("meetings:meeting_detail", args=[meeting.uid]),
        is_cancelled=meeting.voided_at is not None,
    )
