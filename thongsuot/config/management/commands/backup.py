"""bin/thongsuot backup [FILE]: the database, the uploads and the key in one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from thongsuot.config.backing_up import BackupFailed, write_backup


class Command(BaseCommand):
    help = "Write a backup: database, uploads and key in one .tar.gz. The system may go on running."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="default: thong-suot-DAY-HOUR.tar.gz")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        name = options["file"] or f"thong-suot-{timezone.localtime(at):%Y%m%d-%H%M%S}.tar.gz"
        target = Path(name).resolve()
        try:
            write_backup(target, at=at)
        except (BackupFailed, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{target} · {target.stat().st_size / 1_000_000:.1f} MB. It holds personal data and the key.")
