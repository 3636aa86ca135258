"""Compile every room's catalogue; needs no gettext on the machine."""

from pathlib import Path
from typing import Any

import polib
from django.apps import apps
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compile the translation catalogues (.po to .mo) of all rooms."

    def handle(self, *args: Any, **options: Any) -> None:
        for room in apps.get_app_configs():
            if not room.name.startswith("thongsuot."):
                continue
            for source in Path(room.path).glob("locale/*/LC_MESSAGES/django.po"):
                compiled = source.with_suffix(".mo")
                if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
                    polib.pofile(str(source)).save_as_mofile(str(compiled))
                    if options["verbosity"] > 1:
                        self.stdout.write(str(source))
