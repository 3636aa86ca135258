import json
import re
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from thongsuot.library.cited import cited_in_text
from thongsuot.library.formats.archives import MB
from thongsuot.library.formats.drafts import CannotRead
from thongsuot.library.formats.refusals import sentence
from thongsuot.library.formats.txt import decoded

LARGEST = 64 * MB
# What no text holds, beside line ends, tabs and page breaks.
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f]")
_HELP = """List what a text file cites: documents by number or name, articles, clauses and points.

With --json a list of objects in the order of the text:
  kind      number, name (of a law), article (with clause and point), part (chapter or annex)
  matched   the words of the text
  start, end  offsets in characters of the text in Unicode form NFC: text[start:end] is matched
  number    of the document, normalised (147-KH/TU, 36/2018/QH14), or null where only a name is known
  article, clause, point   or null
  resolved  uid of the passage in the library, or of the document where no place in it is named; null if unknown
  anchor    the place as the library names it (dieu-20.khoan-2.diem-a), or null
  name      key of a law's name: without type, marks and capitals, or null
  dated     the date that the text gives what it cites (ISO 8601), or null

The file is read as UTF-8, UTF-16 with its mark, or the Vietnamese code page of old Windows; up to 64 MB."""


class _KeepLines(RawDescriptionHelpFormatter):
    pass


class Command(BaseCommand):
    help = _HELP

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        return super().create_parser(prog_name, subcommand, formatter_class=_KeepLines, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--json", action="store_true", help="as JSON, for other programs")

    def handle(self, *args: Any, **options: Any) -> None:
        found = [asdict(one) for one in cited_in_text(_text_of(Path(options["file"])))]
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
            return
        for one in found:
            place = " ".join(f"{name} {one[name]}" for name in ("article", "clause", "point") if one[name])
            known = "→" if one["resolved"] else " "
            self.stdout.write(
                f"{one['start']:>8} {one['kind']:<8} {known} {one['matched']} | {one['number'] or ''} {place}"
            )


def _text_of(path: Path) -> str:
    if not path.is_file():
        raise CommandError(_("There is no file “%(name)s”.") % {"name": path})
    try:
        if path.stat().st_size > LARGEST:
            raise CannotRead("too-big")
        text = decoded(path.read_bytes())
        if len(_CONTROLS.findall(text[:100_000])) > len(text[:100_000]) / 100:
            raise CannotRead("not-text")
    except CannotRead as refusal:
        raise CommandError(sentence(refusal)) from refusal
    except OSError as error:
        raise CommandError(_("The file “%(name)s” cannot be opened.") % {"name": path}) from error
    return text
