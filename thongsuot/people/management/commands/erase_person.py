"""bin/thongsuot erase-person WHO --reason …: name, account and own words go; counts stay."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from thongsuot.people.erasing import erase
from thongsuot.people.management.commands.export_person import person_named
from thongsuot.web.errors import Refused


class Command(BaseCommand):
    help = "Erase a person: name, account and own words go, registers and totals stay without the name. No way back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("who", help="sign-in name, or the id in the address of the person's page")
        parser.add_argument("--reason", required=True, help="stays in the audit trail; name nobody in it")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        person = person_named(options["who"])
        if not options["yes"] and input(f"Erase {person.full_name}? There is no way back. Type yes: ") != "yes":
            raise CommandError("Nothing was erased.")
        try:
            erase(person, by=None, on=timezone.localdate(), at=timezone.now(), reason=options["reason"])
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Erased. Backups made before still hold the person: see docs/operate.md.")
