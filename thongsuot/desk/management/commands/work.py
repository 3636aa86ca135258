"""The worker beside the web server: fold totals, seal the journal, do background tasks, remind each morning."""

import signal
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from thongsuot.journal.sealing import seal
from thongsuot.ledger.folding import fold
from thongsuot.notices.reminding import remind
from thongsuot.units.reforming import settle


class Command(BaseCommand):
    help = "Fold totals, seal the journal and send the morning's reminders, until stopped."

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
            today = timezone.localdate()
            if settled_on != today:
                settle(today)
                settled_on = today
            if reminded_on != today and timezone.localtime().hour >= 7:
                remind(on=today, at=timezone.now())
                reminded_on = today
            if options["once"]:
                return
            close_old_connections()
            time.sleep(options["pause"])

    def stop(self, *_signal: object) -> None:
        self.stopping = True
