"""Whether the totals equal a recount from the entries, and the audit chain is whole."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from thongsuot.journal.sealing import first_break, seal
from thongsuot.ledger.folding import fold_all, recount
from thongsuot.ledger.models import Book, Total


class Command(BaseCommand):
    help = "Recount every total from the entries and verify the seals of the audit trail."

    def handle(self, *args: Any, **options: Any) -> None:
        fold_all()
        while seal():
            pass
        wrong = 0
        for book in Book.objects.all():
            kept = {
                (total.period, total.unit_id, total.measure): total.amount
                for total in Total.objects.filter(book=book).exclude(amount=0).iterator()
            }
            must_be = recount(book.pk)
            wrong += sum(kept.get(key) != must_be.get(key) for key in kept.keys() | must_be.keys())
        broken = first_break()
        if wrong or broken:
            raise CommandError(f"{wrong} totals differ from a recount; first broken seal: {broken or 'none'}")
        self.stdout.write("Totals equal a recount; every seal of the audit trail holds.")
