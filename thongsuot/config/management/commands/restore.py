"""bin/thongsuot restore FILE: put a backup in the place of what is here."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from thongsuot.config.backing_up import BackupFailed, read_backup


class Command(BaseCommand):
    help = "Restore a backup. Stop the system first; afterwards the database is brought to this version."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="where this installation already holds data")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            about = read_backup(options["file"], replace=options["replace"])
        except (BackupFailed, OSError) as error:
            raise CommandError(str(error)) from error
        call_command("migrate", verbosity=0, interactive=False)
        self.stdout.write(f"Restored what was kept on {about['made_at']} by version {about['version']}. Now: check.")
