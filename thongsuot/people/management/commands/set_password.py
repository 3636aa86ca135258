"""bin/thongsuot password NAME: give an account a new password."""

from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from thongsuot.people.models import Account


class Command(BaseCommand):
    help = "Give an account a new password; it is asked for, never taken from the command line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        account = Account.objects.filter(username=options["username"]).first()
        if account is None:
            raise CommandError(f"No account is called “{options['username']}”.")
        password = getpass("New password: ")
        try:
            validate_password(password, account)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if password != getpass("Again: "):
            raise CommandError("The two differ; nothing was changed.")
        account.set_password(password)
        account.save()
        self.stdout.write("Changed.")
