"""bin/thongsuot import-units LIST.xlsx: a list of units into the tree."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from thongsuot.units.importing import import_units
from thongsuot.units.models import Hierarchy
from thongsuot.web import arguments
from thongsuot.web.errors import Refused


class Command(BaseCommand):
    help = (
        "Import units from an XLSX or CSV list: Tên tổ chức, Loại hình, Trực thuộc, Mã, Tên viết tắt, Ngày thành lập."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("list", type=Path)
        parser.add_argument("--tree", default="party", help="the hierarchy's short name")
        parser.add_argument(
            "--on", type=arguments.day, metavar="YYYY-MM-DD", help="from which units without a date stand"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(self, *args: Any, **options: Any) -> None:
        hierarchy = Hierarchy.objects.filter(slug=options["tree"]).first()
        if hierarchy is None:
            known = ", ".join(Hierarchy.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"No tree is called “{options['tree']}” (known: {known}).")
        today = timezone.localdate()
        try:
            found = import_units(
                options["list"], hierarchy=hierarchy, on=options["on"] or today, at=timezone.now(), today=today,
                dry_run=options["dry_run"],
            )  # fmt: skip
        except Refused as error:
            raise CommandError(str(error)) from error
        for line in [*found.notes, *found.errors]:
            self.stdout.write(line)
        if found.errors:
            raise CommandError(f"Nothing was written: {len(found.errors)} rows must be mended first.")
        self.stdout.write(f"{found.made} units {'would be made' if options['dry_run'] else 'made'}.")
