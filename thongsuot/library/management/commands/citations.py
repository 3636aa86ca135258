import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from thongsuot.library.citing import cited_in_text
from thongsuot.library.formats.drafts import CannotRead
from thongsuot.library.formats.refusals import sentence
from thongsuot.library.formats.txt import decoded


class Command(BaseCommand):
    help = "List what a text file cites: documents by number or name, articles, clauses and points."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        if not path.is_file():
            raise CommandError(_("There is no file “%(name)s”.") % {"name": path})
        try:
            text = decoded(path.read_bytes())
        except CannotRead as refusal:
            raise CommandError(sentence(refusal)) from refusal
        found = [asdict(one) for one in cited_in_text(text)]
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
            return
        for one in found:
            place = " ".join(f"{name} {one[name]}" for name in ("article", "clause", "point") if one[name])
            known = "→" if one["resolved"] else " "
            self.stdout.write(
                f"{one['start']:>8} {one['kind']:<8} {known} {one['matched']} | {one['number'] or ''} {place}"
            )
