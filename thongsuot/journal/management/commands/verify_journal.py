"""Whether the audit trail's chain is whole."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from thongsuot.journal.models import Record
from thongsuot.journal.sealing import first_break


class Command(BaseCommand):
    help = "Check the chain of the audit trail; fails, naming the record, when one was changed or removed."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = first_break()
        if broken is not None:
            raise CommandError(f"The audit trail is broken at record {broken}: it was changed or removed.")
        sealed = Record.objects.filter(sequence__isnull=False).count()
        waiting = Record.objects.filter(sequence__isnull=True).count()
        self.stdout.write(f"The audit trail is whole: {sealed} records sealed, {waiting} waiting for the next seal.")
