"""An installation with the example, served as bin/start serves it, for as long as a benchmark runs."""

import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def set_up() -> None:
    """The example in THONGSUOT_DATA; a folder of its own, thrown away at the end, where that is not set."""
    if "THONGSUOT_DATA" not in os.environ:
        kept = tempfile.TemporaryDirectory(prefix="thongsuot-benchmark-")
        _kept.append(kept)
        os.environ["THONGSUOT_DATA"] = kept.name
    os.environ["DJANGO_SETTINGS_MODULE"] = "thongsuot.config.settings"
    os.environ.pop("THONGSUOT_DEBUG", None)
    os.chdir(ROOT)
    import django

    django.setup()
    from thongsuot.config import start

    start.prepare(example=True)
    start.live_on_the_story_s_day()
    # This process has been set up before the story's clock was known: let it live on the same day.
    from datetime import timedelta

    from django.utils import timezone

    from thongsuot.example.clock import shift_clock

    shift_clock(timezone, timedelta(seconds=float(os.environ["THONGSUOT_STORY_OFFSET"])))


_kept: list[tempfile.TemporaryDirectory[str]] = []


@contextmanager
def served(application: str = "benchmarks.served:application") -> Iterator[str]:
    """The address at which server and worker run until the end of the block."""
    from thongsuot.config import start

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    children = [
        subprocess.Popen([sys.executable, "manage.py", "work"]),
        start.serve(port, application),
    ]
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address)
        yield address
    finally:
        for child in reversed(children):
            child.terminate()
            child.wait(timeout=10)


def _wait_for(address: str) -> None:
    for _n in range(300):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    sys.exit("The server did not come up.")


def session_of(username: str) -> str:
    """The cookie of someone of the example who has signed in."""
    from django.conf import settings
    from django.test import Client

    from thongsuot.people.models import Account

    client = Client()
    client.force_login(Account.objects.get(username=username))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def browser(driver: Any) -> Any:
    """The system's Chromium, which bin/test looks for too."""
    found = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        sys.exit("Chromium was not found: install it or name it in CHROMIUM_PATH.")
    # Chromium's own sandbox does not start as root; only pages of this installation are opened.
    return driver.chromium.launch(executable_path=found, args=["--no-sandbox"] if os.geteuid() == 0 else [])


def machine() -> str:
    """In general words, for the foot of a table."""
    from django.db import connection

    database = connection.vendor
    return f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {database}"
