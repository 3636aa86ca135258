"""bin/thongsuot import-people LIST.xlsx: a list of people into their units."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from thongsuot.people.importing import import_people
from thongsuot.units.models import Hierarchy
from thongsuot.web import arguments
from thongsuot.web.errors import Refused


class Command(BaseCommand):
    help = (
        "Import people from an XLSX or CSV list: Họ và tên, Chi bộ, Trực thuộc, Diện, Từ ngày, Chức vụ, Chức danh, "
        "Tên đăng nhập."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("list", type=Path)
        parser.add_argument("--tree", default="party", help="the hierarchy's short name")
        parser.add_argument(
            "--on", type=arguments.day, metavar="YYYY-MM-DD", help="from which people without a date belong"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(self, *args: Any, **options: Any) -> None:
        hierarchy = Hierarchy.objects.filter(slug=options["tree"]).first()
        if hierarchy is None:
            raise CommandError(f"No tree is called “{options['tree']}”.")
        on = options["on"] or timezone.localdate()
        try:
            found = import_people(
                options["list"], hierarchy=hierarchy, on=on, at=timezone.now(), dry_run=options["dry_run"]
            )
        except Refused as error:
            raise CommandError(str(error)) from error
        for line in [*found.notes, *found.errors]:
            self.stdout.write(line)
        if found.errors:
            raise CommandError(f"Nothing was written: {len(found.errors)} rows must be mended first.")
        self.stdout.write(f"{found.made} people {'would be made' if options['dry_run'] else 'made'}.")
