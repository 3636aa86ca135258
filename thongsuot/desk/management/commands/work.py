"""The worker beside the web server: totals, seals and queued tasks all day; signs, reminders and sweeping up daily.

Tasks of the queue "long" (a book that is read or made) are done one after the other by a second process, which the
worker starts when one waits: they hold up nothing else.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import is_locked_database_exception

from thongsuot.journal.sealing import seal
from thongsuot.ledger.folding import fold
from thongsuot.library.copies.making import sweep_files
from thongsuot.library.taking_in import take_up_left
from thongsuot.notices.reminding import remind
from thongsuot.reports.signals import look_everywhere
from thongsuot.units.reforming import settle


class Command(BaseCommand):
    help = "Fold totals, seal the journal, look for signs of formalism and send the morning's reminders, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then stop")
        parser.add_argument("--pause", type=float, default=1.0, help="seconds between rounds")
        parser.add_argument("--long", action="store_true", help="only the long tasks that wait, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["long"]:
            do_queued(LONG)
            return
        self.stopping = False
        long_tasks = _LongTasks()
        signal.signal(signal.SIGTERM, self.stop)
        reminded_on = settled_on = None
        while not self.stopping:
            # A book that is put in may hold the one writer's place of SQLite: the next round catches up.
            with patience():
                fold()
                seal()
                take_up_left()
                do_queued(SHORT)
            if options["once"]:
                do_queued(LONG)
            else:
                long_tasks.look()
            today = timezone.localdate()
            if settled_on != today:
                settle(today)
                SessionStore.clear_expired()
                sweep_files()
                settled_on = today
            if reminded_on != today and timezone.localtime().hour >= 7:
                look_everywhere(timezone.now())
                remind(on=today, at=timezone.now())
                reminded_on = today
            if options["once"]:
                return
            close_old_connections()
            time.sleep(options["pause"])
        long_tasks.stop()

    def stop(self, *_signal: object) -> None:
        self.stopping = True


@contextlib.contextmanager
def patience() -> Iterator[None]:
    """That another process writes for long is no reason to stop."""
    try:
        yield
    except OperationalError as error:
        if not is_locked_database_exception(error):
            raise
        close_old_connections()


SHORT, LONG = "default", "long"


def do_queued(queue: str) -> None:
    """What rooms have put into the queue in the database; a task that fails is kept there with its mistake."""
    if DBTaskResult.objects.ready().filter(queue_name=queue).exists():
        Worker(
            queue_names=[queue], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=20,
            worker_id=f"work-{queue}", excluded_queue_names=[],
        ).run()  # fmt: skip


class _LongTasks:
    """The second process, which lives as long as there is something for it to do."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def look(self) -> None:
        if self.process and self.process.poll() is None:
            return
        if DBTaskResult.objects.ready().filter(queue_name=LONG).exists():
            self.process = subprocess.Popen(  # noqa: S603 our own command
                [sys.executable, str(settings.ROOT / "manage.py"), "work", "--long"],
                preexec_fn=lambda: os.nice(5),  # pages go before books
            )

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=30)
