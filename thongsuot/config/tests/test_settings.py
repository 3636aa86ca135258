"""What the environment decides, in a process of its own."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

ASK = (
    "import django; django.setup();"
    "from django.conf import settings as s; from django.test import RequestFactory as R;"
    "from allauth.core.internal.httpkit import get_client_ip as ip;"
    "r = R().get('/', headers={'X-Forwarded-For': '203.0.113.9, 198.51.100.7'}, REMOTE_ADDR='127.0.0.1');"
    "print(s.DEBUG, s.SESSION_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0, ip(r))"
)


def said(tmp_path, **environment):
    own = {name: value for name, value in os.environ.items() if not name.startswith(("THONGSUOT_", "DATABASE_URL"))}
    own |= {"THONGSUOT_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "thongsuot.config.settings"} | environment
    done = subprocess.run([sys.executable, "-c", ASK], env=own, cwd=settings.ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.parametrize(
    ("tls", "wanted"),
    [
        ("0", ["False", "False", "False", "False", "127.0.0.1"]),
        # The last address is the one that our own proxy saw; what stands before it anyone may have written.
        ("1", ["False", "True", "True", "True", "198.51.100.7"]),
    ],
)
def test_behind_tls_cookies_are_guarded_and_guesses_counted_by_their_sender(tmp_path, tls, wanted):
    assert said(tmp_path, THONGSUOT_TLS=tls) == wanted


def test_the_key_is_made_once_and_read_by_its_owner_only(tmp_path):
    said(tmp_path)
    key = (tmp_path / "secret.key").read_text()
    said(tmp_path)
    assert (tmp_path / "secret.key").read_text() == key
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0


def test_a_command_on_a_database_that_is_not_set_up_says_what_to_do(tmp_path):
    own = os.environ | {"THONGSUOT_DATA": str(tmp_path)}
    own.pop("DATABASE_URL", None)
    words = [sys.executable, "-m", "thongsuot.config.commands", "search", "phòng ngừa"]
    done = subprocess.run(words, env=own, cwd=settings.ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "bin/thongsuot migrate" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_command_takes_files_from_where_the_person_stands_and_words_as_they_are(tmp_path):
    here = tmp_path / "here"
    here.mkdir()
    (here / "luat").write_text("Theo Kế hoạch 147-KH/TU.")
    own = os.environ | {"THONGSUOT_DATA": str(tmp_path / "data"), "THONGSUOT_CWD": str(here)}
    own.pop("DATABASE_URL", None)

    def said(*words):
        command = [sys.executable, "-m", "thongsuot.config.commands", *words]
        return subprocess.run(command, env=own, cwd=settings.ROOT, capture_output=True, text=True)

    assert said("migrate", "--verbosity=0").returncode == 0
    assert "147-KH/TU" in said("citations", "luat").stdout
    assert "“luat”" in said("export-document", "luat").stderr  # a slug, though a file is called so
    done = said("backup", "kept.tar.gz")
    assert done.returncode == 0, done.stderr
    assert (here / "kept.tar.gz").exists()


def test_what_a_command_records_in_the_example_does_not_end_its_story(monkeypatch):
    from datetime import UTC, datetime, timedelta

    from django.utils import timezone

    from thongsuot.config import commands, story

    monkeypatch.delenv("THONGSUOT_STORY_OFFSET", raising=False)
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 5, 1, tzinfo=UTC))
    monkeypatch.setattr(story, "offset", lambda: timedelta(days=-1000))
    commands._live_on_the_story_s_day()
    assert timezone.now().year == 2023
