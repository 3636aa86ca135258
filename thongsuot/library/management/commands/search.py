import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from thongsuot.library.models import Document
from thongsuot.library.search import plain, search
from thongsuot.library.search.index import group_of
from thongsuot.web import arguments


class Command(BaseCommand):
    help = "Search the whole library, as the page does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", nargs="+")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--limit", type=arguments.up_to_a_hundred, default=10, metavar="1…100")
        parser.add_argument("--language", default="", choices=("", "vi", "en"))

    def handle(self, *args: Any, **options: Any) -> None:
        # Whoever has the command line has the database: all groups are searched.
        shelves = Document.objects.order_by().values("is_public", "unit_id").distinct()
        who = {group_of(Document(**shelf)) for shelf in shelves}
        hits = search(" ".join(options["query"]), who=who, limit=options["limit"], language=options["language"])
        rows = [plain(hit) for hit in hits]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        if not rows:
            self.stderr.write(_("Nothing found"))
        for row in rows:
            name = row["document_number"] or row["document_title"]
            self.stdout.write(f"{row['score']:8.2f}  {name}  {row['article']}  {row['printed_page']}".rstrip())
            self.stdout.write(f"          {strip_tags(row['snippet'])}")
