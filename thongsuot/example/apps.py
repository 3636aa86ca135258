import os
from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings
from django.utils import timezone


class ExampleConfig(AppConfig):
    name = "thongsuot.example"
    label = "example"

    def ready(self) -> None:
        from thongsuot.example.clock import shift_clock
        from thongsuot.web.context import ask_example

        ask_example(lambda: settings.EXAMPLE)
        # Set by bin/start where the example stands: its pages live on the story's day, not on ours.
        if seconds := os.environ.get("THONGSUOT_STORY_OFFSET"):
            shift_clock(timezone, timedelta(seconds=float(seconds)))
