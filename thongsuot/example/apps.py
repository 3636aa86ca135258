import os
from datetime import timedelta

from django.apps import AppConfig
from django.utils import timezone


class ExampleConfig(AppConfig):
    name = "thongsuot.example"
    label = "example"

    def ready(self) -> None:
        from thongsuot.example.clock import shift_clock
        from thongsuot.example.models import example_is_loaded
        from thongsuot.web.context import ask_example

        ask_example(example_is_loaded)
        # Set by bin/start where the example stands: its pages live on the story's day, not on ours.
        if seconds := os.environ.get("THONGSUOT_STORY_OFFSET"):
            shift_clock(timezone, timedelta(seconds=float(seconds)))
