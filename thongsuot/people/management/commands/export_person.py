"""bin/thongsuot export-person WHO: all that is held about a person, as JSON."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q

from thongsuot.people.holding import held_about
from thongsuot.people.models import Person


def person_named(who: str) -> Person:
    """By sign-in name or by the id that stands in the address of the person's page."""
    wanted = Q(account__username=who)
    if len(who) == 36:
        wanted |= Q(uid=who)
    person = Person.objects.filter(wanted).first()
    if person is None:
        raise CommandError(f"Nobody has the sign-in name or id “{who}”.")
    return person


class Command(BaseCommand):
    help = "Print all that is held about a person, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("who", help="sign-in name, or the id in the address of the person's page")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(held_about(person_named(options["who"])), ensure_ascii=False, indent=2))
