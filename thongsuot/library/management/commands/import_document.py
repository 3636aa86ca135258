import tempfile
from argparse import ArgumentParser
from collections import Counter
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.library.formats.apart import format_of, read_apart
from thongsuot.library.formats.drafts import CannotRead
from thongsuot.library.formats.refusals import sentence
from thongsuot.library.loading import document_for, load_reading
from thongsuot.library.models import Document
from thongsuot.papers.files import keep

_MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf",
    "epub": "application/epub+zip", "html": "text/html", "md": "text/markdown",
    "txt": "text/plain", "akn": "application/akn+xml",
}  # fmt: skip


class Command(BaseCommand):
    help = "Read files (DOCX, PDF, EPUB, HTML, Markdown, plain text) into the library."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--into", metavar="SLUG", help="a newer text of this document")
        parser.add_argument("--title", help="in place of what the file says; one file only")
        parser.add_argument("--kind", choices=Document.Kind.values)
        parser.add_argument("--valid-from", type=date.fromisoformat, metavar="YYYY-MM-DD", help="a further edition")
        parser.add_argument("--language", default="vi", choices=("vi", "en"))
        parser.add_argument("--page-map", metavar="CSV", help="printed pages: page, words with which it begins")
        parser.add_argument("--public", action="store_true", help="for everyone, on the portal too")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = [name for name in options["files"] if not self.take(Path(name), options)]
        if failed:
            raise CommandError(_("Not read: %(names)s") % {"names": ", ".join(failed)})

    def take(self, path: Path, options: dict[str, Any]) -> bool:
        begun = monotonic()
        try:
            for needed in filter(None, (path, options["page_map"])):
                if not Path(needed).is_file():
                    raise CommandError(_("There is no file “%(name)s”.") % {"name": needed})
            with tempfile.TemporaryDirectory() as folder:
                format = format_of(path)
                reading = read_apart(path, Path(folder), format, told=self.tell)
                self.load(path, Path(folder), format, reading, options, begun)
        except CannotRead as refusal:
            self.stderr.write(f"{path.name}: {sentence(refusal)}")
            return False
        return True

    def tell(self, percent: int) -> bool:
        if self.stderr.isatty():
            self.stderr.write(f"\r{percent:3} %", ending="")
        return True

    def load(self, path: Path, folder: Path, format: str, reading: Any, options: dict[str, Any], begun: float) -> None:
        if options["into"]:
            document = Document.objects.filter(slug=options["into"]).first()
            if document is None:
                raise CommandError(_("The library holds no document “%(slug)s”.") % {"slug": options["into"]})
        else:
            document = document_for(
                reading.about, path.name, title=options["title"] or "", kind=options["kind"] or "",
                is_public=options["public"],
            )  # fmt: skip
        if options["public"] and not document.is_public:
            document.is_public = True
            document.save()
        now = timezone.now()
        source = keep(path.read_bytes(), name=path.name, media_type=_MEDIA[format], by=None, at=now, unit=None)
        page_map = Path(options["page_map"]).read_bytes() if options["page_map"] else None
        loaded = load_reading(
            document, reading, folder, format=format, language=options["language"], valid_from=options["valid_from"],
            source=source, page_map=page_map, at=now,
        )  # fmt: skip
        counts = Counter(draft.kind for draft in reading.drafts)
        settled = loaded.settled
        self.stdout.write(f"{document.full_name} → /library/{document.slug}/ ({monotonic() - begun:.1f} s)")
        self.stdout.write("  " + ", ".join(f"{kind} {number}" for kind, number in counts.most_common()))
        self.stdout.write(
            f"  new {len(settled.fresh)}, same {settled.kept}, changed {len(settled.changed)}, gone {len(settled.gone)}"
        )
        for doubt in reading.doubts:
            self.stdout.write(f"  ? {doubt.kind} {doubt.anchor} {doubt.detail}".rstrip())
        for citation in loaded.cited_gone:
            self.stdout.write(f"  ! {citation.target_passage}: {citation.document}, {citation.passage}")
