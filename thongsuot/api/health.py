"""Whether the server can serve: does the database answer, does background work move on?"""

from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from thongsuot.web.context import version

# Work that nobody took up for so long means that no worker runs; pages still serve.
LATE = timedelta(minutes=15)


def look() -> dict[str, Any]:
    """``status`` is ok or down; a queue that stands still is told, and does not take the server down."""
    found: dict[str, Any] = {"status": "ok", "version": version(), "database": "ok"}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return found | {"status": "down", "database": "does not answer", "queue": "unknown"}
    try:
        waiting = DBTaskResult.objects.ready()
        late = waiting.filter(enqueued_at__lt=timezone.now() - LATE).exists()
        found |= {"queue": "stands still" if late else "ok", "waiting": waiting.count()}
    except DatabaseError:
        return found | {"status": "down", "database": "is not set up", "queue": "unknown"}
    return found
