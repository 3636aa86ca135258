import sys
from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.library import taking_in
from thongsuot.library.formats.drafts import CannotRead
from thongsuot.library.formats.refusals import sentence
from thongsuot.library.loading import Loaded
from thongsuot.library.models import Document, Import
from thongsuot.library.outcomes import counts, kinds_of
from thongsuot.library.proofing import DOUBTS, OTHER
from thongsuot.web import arguments


class Command(BaseCommand):
    help = "Read files (DOCX, PDF, EPUB, HTML, Markdown, plain text) into the library."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--into", metavar="SLUG", help="a newer text of this document")
        parser.add_argument("--title", help="in place of what the file says; one file only")
        parser.add_argument("--kind", choices=Document.Kind.values)
        parser.add_argument("--valid-from", type=arguments.day, metavar="YYYY-MM-DD", help="a further edition")
        parser.add_argument("--language", default="vi", choices=("vi", "en"))
        parser.add_argument("--page-map", metavar="CSV", help="printed pages: page, words with which it begins")
        parser.add_argument("--public", action="store_true", help="for everyone, on the portal too")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = [name for name in options["files"] if not self.take(Path(name), options)]
        if failed:
            raise CommandError(_("Not read: %(names)s") % {"names": ", ".join(failed)})

    def take(self, path: Path, options: dict[str, Any]) -> bool:
        begun = monotonic()
        for needed in filter(None, (path, options["page_map"])):
            if not Path(needed).is_file():
                raise CommandError(_("There is no file “%(name)s”.") % {"name": needed})
        try:
            order = taking_in.take_in(path, path.name, self.wanted(options), by=None, at=timezone.now())
        except CannotRead as refusal:
            self.stderr.write(f"{path.name}: {sentence(refusal)}")
            return False
        loaded = taking_in.carry_out(order, told=self.tell)
        order.refresh_from_db()
        if loaded is None:
            self.stderr.write(f"{path.name}: {order.why_not or order.get_state_display()}")
            return False
        self.report(order, loaded, monotonic() - begun)
        return True

    def wanted(self, options: dict[str, Any]) -> taking_in.Wanted:
        into = Document.objects.filter(slug=options["into"]).first() if options["into"] else None
        if options["into"] and into is None:
            raise CommandError(_("The library holds no document “%(slug)s”.") % {"slug": options["into"]})
        return taking_in.Wanted(
            into=into, title=options["title"] or "", kind=options["kind"] or "", language=options["language"],
            is_public=options["public"], valid_from=options["valid_from"],
            page_map=Path(options["page_map"]).read_bytes() if options["page_map"] else None,
        )  # fmt: skip

    def tell(self, percent: int) -> bool:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{percent:3} %", ending="")
        return True

    def report(self, order: Import, loaded: Loaded, seconds: float) -> None:
        document = loaded.edition.document
        self.stdout.write(f"{document.full_name} → /library/{document.slug}/ ({seconds:.1f} s)")
        self.stdout.write("  " + ", ".join(f"{number} {kind.lower()}" for kind, number in kinds_of(order.found)))
        self.stdout.write("  " + ", ".join(f"{number} {what}" for what, number in counts(order)))
        if order.like and order.like != document:
            held = _("The library holds a document with nearly this title:")
            self.stdout.write(f"  ! {held} {order.like.title} (--into {order.like.slug})")
        for doubt in loaded.edition.doubts.all():
            question = DOUBTS.get(doubt.kind, OTHER)
            self.stdout.write(f"  ? {doubt.anchor} {question} {doubt.detail}".rstrip())
        for citation in loaded.cited_gone:
            self.stdout.write(f"  ! {citation.target_passage}: {citation.document}, {citation.passage}")
