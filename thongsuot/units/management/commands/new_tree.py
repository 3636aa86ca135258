"""bin/thongsuot new-tree party --name …: begin an empty installation."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from thongsuot.units.founding import found_tree
from thongsuot.units.models import Hierarchy
from thongsuot.web.errors import Refused


class Command(BaseCommand):
    help = "Make a tree without units, and the kinds of unit that may stand in it. Then: import-units."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", nargs="?", default="party", help="its short name")
        parser.add_argument("--name", default="Hệ thống Đảng")
        parser.add_argument("--name-en", default="")
        parser.add_argument("--labels", default="party", choices=Hierarchy.LabelSet.values)
        parser.add_argument("--papers", default="party", choices=Hierarchy.PaperSystem.values)
        parser.add_argument("--kinds", type=Path, help="a file like units/rules/kinds-party.toml; needed but for party")

    def handle(self, *args: Any, **options: Any) -> None:
        asked = {key: options[key] for key in ("name", "name_en", "labels", "papers", "kinds")}
        try:
            tree = found_tree(options["slug"], **asked)
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The tree “{tree.slug}” stands. Now: import-units LIST.xlsx")
