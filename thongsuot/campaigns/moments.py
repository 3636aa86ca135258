"""On which day, as people here count days, something was recorded."""

from datetime import date, datetime

from django.utils import timezone


def day_of(at: datetime) -> date:
    """Rights and deadlines are a matter of days in the organisation's own time zone."""
    return timezone.localtime(at).date() if timezone.is_aware(at) else at.date()
