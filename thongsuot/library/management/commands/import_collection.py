from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from thongsuot.library.collection import BadLine, import_collection


class Command(BaseCommand):
    help = "Import a collection of laws: JSON lines, one article a line, packed with gzip or not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.jsonl.gz")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        if not path.is_file():
            raise CommandError(_("There is no file “%(name)s”.") % {"name": path})
        begun = self.told = monotonic()
        try:
            taken = import_collection(path, told=self.tell)
        except BadLine as bad:
            raise CommandError(
                _("Line %(number)s is not an article: %(reason)s. Nothing was imported.")
                % {"number": bad.number, "reason": bad.reason}
            ) from bad
        self.stdout.write(
            f"{taken.articles} articles: {taken.documents} documents new or changed, {taken.unchanged} as before; "
            f"{taken.passages} passages, {taken.citations} citations; {monotonic() - begun:.1f} s"
        )

    def tell(self, step: str, at: int, of: int) -> None:
        if at == of or monotonic() - self.told > 5:
            self.told = monotonic()
            self.stderr.write(f"{step} {at}{f' / {of}' if of else ''}")
