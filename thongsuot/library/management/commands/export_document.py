from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.library.copies import subjects
from thongsuot.library.copies.making import write
from thongsuot.library.copies.typesetting import CannotSet
from thongsuot.library.models import Copy, Edition


class Command(BaseCommand):
    help = "Write a text of the library as EPUB, PDF or, for laws and directives, Akoma Ntoso."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="of the document, as in its address")
        parser.add_argument("--format", choices=Copy.Kind.values, default="epub")
        parser.add_argument("--language", choices=("vi", "en"), default="vi")
        parser.add_argument("--out", metavar="FILE", help="else SLUG.epub, .pdf or .xml here; never over a file")
        parser.add_argument("--site", default="http://127.0.0.1:8000", help="where the library stands, for links")

    def handle(self, *args: Any, **options: Any) -> None:
        begun = monotonic()
        texts = Edition.objects.filter(document__slug=options["slug"], language=options["language"])
        edition = texts.select_related("document").order_by("-valid_from", "-pk").first()
        if edition is None:
            raise CommandError(_("The library holds no text of “%(slug)s”.") % {"slug": options["slug"]})
        subject = subjects.of_text(edition, options["site"].rstrip("/"))
        if options["format"] not in subject.kinds:
            raise CommandError(_("Only the text of a law or a directive goes out as Akoma Ntoso."))
        copy = Copy(kind=options["format"], edition=edition, language=edition.language, title=subject.title,
                    site=subject.site, asked_at=timezone.now())  # fmt: skip
        out = Path(options["out"] or f"{options['slug']}.{copy.ending}")
        if out.exists():
            raise CommandError(_("“%(name)s” is there already; name another file.") % {"name": out})
        try:
            write(copy, out)
        except CannotSet as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{out}: {error.strerror}") from error
        self.stdout.write(f"{out} ({out.stat().st_size / 1e6:.1f} MB, {monotonic() - begun:.1f} s)")
