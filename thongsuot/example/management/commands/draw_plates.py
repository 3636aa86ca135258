"""Draws the handbook's plates anew, after a change of their words or of a layout."""

from typing import Any

from django.core.management.base import BaseCommand

from thongsuot.example.drawing.plates import FOLDER, drawn


class Command(BaseCommand):
    help = "Draw the plates of the example's handbook from content/plates.toml."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, svg in drawn():
            (FOLDER / name).write_text(svg, encoding="utf-8")
            self.stdout.write(name)
