from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand

from thongsuot.library.search import index


class Command(BaseCommand):
    help = "Make the search index anew from the library in the database."

    def handle(self, *args: Any, **options: Any) -> None:
        begun = monotonic()
        entries = index.rebuild().searcher().num_docs
        self.stdout.write(f"{entries} entries in {monotonic() - begun:.1f} s")
