"""A backup holds all that cannot be derived, and comes back whole; nothing is ever written over unasked."""

import json
import sqlite3
import tarfile
from datetime import UTC, datetime

import pytest
from django.db import connection

from thongsuot.config.backing_up import BackupFailed, read_backup, write_backup
from thongsuot.units.models import Unit
from thongsuot.units.testing import a_unit

AT = datetime(2023, 5, 15, 2, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def installation(settings, tmp_path):
    """A data folder with a key and an upload, and one unit in the database."""
    settings.DATA, settings.MEDIA_ROOT = tmp_path / "data", tmp_path / "data" / "files"
    (settings.MEDIA_ROOT / "ab").mkdir(parents=True)
    (settings.MEDIA_ROOT / "ab" / "abc.docx").write_bytes(b"paper")
    (settings.DATA / "secret.key").write_text("of this deployment")
    a_unit("Chi bộ 1")
    return settings


def test_what_was_backed_up_comes_back(installation, tmp_path):
    kept = tmp_path / "kept.tar.gz"
    write_backup(kept, at=AT)
    assert kept.stat().st_mode & 0o077 == 0, "it holds personal data: nobody else may read it"
    a_unit("Chi bộ sau đó")
    (installation.MEDIA_ROOT / "ab" / "abc.docx").unlink()
    (installation.DATA / "secret.key").write_text("another")
    with pytest.raises(BackupFailed, match="--replace"):
        read_backup(kept)
    about = read_backup(kept, replace=True)
    assert about["made_at"] == AT.isoformat()
    assert list(Unit.objects.values_list("name", flat=True)) == ["Chi bộ 1"]
    assert (installation.MEDIA_ROOT / "ab" / "abc.docx").read_bytes() == b"paper"
    assert (installation.DATA / "secret.key").read_text() == "of this deployment"
    assert [path.name for path in installation.DATA.iterdir() if path.name.startswith(".")] == []


def test_a_backup_is_a_plain_archive_that_others_can_read(installation, tmp_path):
    kept = tmp_path / "kept.tar.gz"
    write_backup(kept, at=AT)
    with tarfile.open(kept) as archive:
        assert archive.getnames() == ["about.json", "database", "secret.key", "files/ab/abc.docx"]
        archive.extract("database", tmp_path)
    if connection.vendor == "sqlite":
        rows = sqlite3.connect(tmp_path / "database").execute("SELECT name FROM units_unit").fetchall()
        assert rows == [("Chi bộ 1",)]


def test_nothing_is_written_over(installation, tmp_path):
    (tmp_path / "kept.tar.gz").write_text("older")
    with pytest.raises(BackupFailed):
        write_backup(tmp_path / "kept.tar.gz", at=AT)
    assert (tmp_path / "kept.tar.gz").read_text() == "older"


@pytest.mark.parametrize(
    "names", [["../outside"], ["about.json", "other"], ["files/../../outside"], ["database"], ["about.json"]]
)
def test_what_is_no_backup_is_refused_before_anything_is_touched(installation, tmp_path, names):
    strange = tmp_path / "strange.tar.gz"
    with tarfile.open(strange, "w:gz") as archive:
        for name in names:
            (tmp_path / "content").write_text(json.dumps({"form": 1, "database": connection.vendor}))
            archive.add(tmp_path / "content", name)
    (tmp_path / "no.tar.gz").write_text("no archive")
    for source in (strange, tmp_path / "no.tar.gz", tmp_path / "missing.tar.gz"):
        with pytest.raises(BackupFailed):
            read_backup(source, replace=True)
    assert Unit.objects.count() == 1
    assert not (tmp_path / "outside").exists()


def test_a_backup_of_the_other_database_is_refused(installation, tmp_path):
    strange = tmp_path / "strange.tar.gz"
    with tarfile.open(strange, "w:gz") as archive:
        (tmp_path / "content").write_text(json.dumps({"form": 1, "database": "oracle"}))
        for name in ("about.json", "database"):
            archive.add(tmp_path / "content", name)
    with pytest.raises(BackupFailed, match="oracle"):
        read_backup(strange, replace=True)
