"""Where the example stands, whatever records runs on the clock of its story."""

from datetime import timedelta


def offset() -> timedelta | None:
    """How far the story lies behind today; None where the example is not loaded."""
    from django.utils import timezone

    from thongsuot.example.clock import story_offset
    from thongsuot.example.models import LoadedExample
    from thongsuot.journal.models import Record

    if not LoadedExample.objects.exists():
        return None
    return story_offset(Record.objects.order_by("-at").values_list("at", flat=True).first(), timezone.now())
