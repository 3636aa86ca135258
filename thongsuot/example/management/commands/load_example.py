"""Load the Thanh Xuân example into an empty installation; a second call does nothing."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from thongsuot.example.loading import load
from thongsuot.example.models import LoadedExample
from thongsuot.units.models import Unit


class Command(BaseCommand):
    help = "Load the example campaign with its made-up people, once."

    def handle(self, *args: Any, **options: Any) -> None:
        if LoadedExample.objects.exists():
            return
        if Unit.objects.exists():
            if options["verbosity"] > 1:
                raise CommandError("This installation holds units already: the example goes only into an empty one.")
            return
        began = time.monotonic()

        def say(vietnamese: str, english: str) -> None:
            self.stdout.write(f"  {time.monotonic() - began:4.0f} s · {vietnamese} · {english}")
            self.stdout.flush()

        load(at=timezone.now(), say=say)
        say("Xong ví dụ", "Example loaded")
