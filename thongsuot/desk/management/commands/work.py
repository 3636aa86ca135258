"""The worker beside the web server: totals, seals and queued tasks all day; signs, reminders and sweeping up daily."""

import signal
import time
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from thongsuot.journal.sealing import seal
from thongsuot.ledger.folding import fold
from thongsuot.notices.reminding import remind
from thongsuot.reports.signals import look_everywhere
from thongsuot.units.reforming import settle


class Command(BaseCommand):
    help = "Fold totals, seal the journal, look for signs of formalism and send the morning's reminders, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then stop")
        parser.add_argument("--pause", type=float, default=1.0, help="seconds between rounds")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stopping = False
        signal.signal(signal.SIGTERM, self.stop)
        reminded_on = settled_on = None
        while not self.stopping:
            fold()
            seal()
            do_queued()
            today = timezone.localdate()
            if settled_on != today:
                settle(today)
                SessionStore.clear_expired()
                settled_on = today
            if reminded_on != today and timezone.localtime().hour >= 7:
                look_everywhere(timezone.now())
                remind(on=today, at=timezone.now())
                reminded_on = today
            if options["once"]:
                return
            close_old_connections()
            time.sleep(options["pause"])

    def stop(self, *_signal: object) -> None:
        self.stopping = True


def do_queued() -> None:
    """What rooms have put into the queue in the database; a task that fails is kept there with its mistake."""
    if DBTaskResult.objects.ready().exists():
        Worker(
            queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=20,
            worker_id="work", excluded_queue_names=[],
        ).run()  # fmt: skip
