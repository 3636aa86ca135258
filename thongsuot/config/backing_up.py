"""Everything that cannot be derived, in one file: the database, the uploads and the deployment's key."""

import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.db import connection

from thongsuot.web.context import version
from thongsuot.web.errors import Refused

ABOUT, DATABASE, KEY, FILES = "about.json", "database", "secret.key", "files"
FORM = 1


class BackupFailed(Refused):
    """Carries an English sentence for whoever operates the system."""


def write_backup(target: Path, *, at: datetime) -> None:
    """One .tar.gz that only its owner may read; people may go on working meanwhile. Never writes over a file."""
    if target.exists():
        raise BackupFailed(f"{target} is there already; name another file.")
    files = Path(settings.MEDIA_ROOT)
    about = {"form": FORM, "version": version(), "database": connection.vendor, "made_at": at.isoformat()}
    with tempfile.TemporaryDirectory(dir=target.resolve().parent, prefix=".backup-") as folder:
        database, packed = Path(folder) / DATABASE, Path(folder) / "packed"
        # The database first: a file added meanwhile is one too many, never one too few.
        _dump(database)
        (Path(folder) / ABOUT).write_text(json.dumps(about, indent=2))
        packed.touch(mode=0o600)
        with tarfile.open(packed, "w:gz", compresslevel=6) as archive:
            archive.add(Path(folder) / ABOUT, ABOUT)
            archive.add(database, DATABASE)
            if (key := Path(settings.DATA) / KEY).exists():
                archive.add(key, KEY)
            for path in sorted(path for path in files.rglob("*") if path.is_file()):
                archive.add(path, f"{FILES}/{path.relative_to(files).as_posix()}")
        packed.rename(target)


def read_backup(source: Path, *, replace: bool = False) -> dict[str, Any]:
    """Put a backup in the place of what is here; returns what it says about itself.

    Raises BackupFailed, before anything is touched, where something would be lost or the file is no backup.
    """
    if _holds_something() and not replace:
        raise BackupFailed("This installation already holds data. Add --replace to put the backup in its place.")
    folder = Path(settings.DATA)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".restore-") as name:
        unpacked = Path(name)
        about = _unpack(source, unpacked)
        if about.get("database") != connection.vendor:
            raise BackupFailed(f"The backup is of {about.get('database')}, this installation uses {connection.vendor}.")
        _load(unpacked / DATABASE)
        if (unpacked / KEY).exists():
            (unpacked / KEY).replace(folder / KEY)
        for path in sorted(path for path in (unpacked / FILES).rglob("*") if path.is_file()):
            to = Path(settings.MEDIA_ROOT) / path.relative_to(unpacked / FILES)
            to.parent.mkdir(parents=True, exist_ok=True)
            path.replace(to)
    # Derived from the database: made anew at the first search.
    shutil.rmtree(folder / "search", ignore_errors=True)
    return about


def _unpack(source: Path, into: Path) -> dict[str, Any]:
    try:
        with tarfile.open(source, "r:gz") as archive:
            for member in archive:
                parts = PurePosixPath(member.name).parts
                known = parts[0] == FILES if len(parts) > 1 else member.name in {ABOUT, DATABASE, KEY}
                if not member.isfile() or not known or ".." in parts:
                    raise BackupFailed(f"{source} is no backup of this system: it holds «{member.name}».")
                to = into.joinpath(*parts)
                to.parent.mkdir(parents=True, exist_ok=True)
                to.touch(mode=0o600)
                content = archive.extractfile(member)
                if content is not None:
                    with content, to.open("wb") as written:
                        shutil.copyfileobj(content, written)
        about: dict[str, Any] = json.loads((into / ABOUT).read_text())
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise BackupFailed(f"{source} cannot be read as a backup: {error}") from error
    if about.get("form") != FORM or not (into / DATABASE).exists():
        raise BackupFailed(f"{source} was made by another version and cannot be read by this one.")
    return about


def _holds_something() -> bool:
    tables = connection.introspection.table_names()
    if "units_unit" not in tables:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM units_unit LIMIT 1")
        return cursor.fetchone() is not None


def _dump(to: Path) -> None:
    to.touch(mode=0o600)
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(to)) as copy:
            # SQLite's own way of copying a database that is being written to.
            connection.connection.backup(copy)
        return
    with _password_kept_from_others() as environment:
        _run(["pg_dump", "--format=custom", f"--file={to}", *_server()], environment)


def _load(database: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(database)) as copy:
            copy.backup(connection.connection)
        return
    connection.close()
    with _password_kept_from_others() as environment:
        options = ["--clean", "--if-exists", "--no-owner", "--single-transaction"]
        _run(["pg_restore", *options, *_server(), str(database)], environment)


def _server() -> list[str]:
    own = connection.settings_dict
    named = {"host": own["HOST"], "port": own["PORT"], "username": own["USER"], "dbname": own["NAME"]}
    return [f"--{name}={value}" for name, value in named.items() if value]


@contextmanager
def _password_kept_from_others() -> Iterator[dict[str, str]]:
    """In the environment: a command line can be read by everyone on the machine."""
    password = str(connection.settings_dict["PASSWORD"] or "")
    yield {**os.environ, **({"PGPASSWORD": password} if password else {})}


def _run(command: list[str], environment: dict[str, str]) -> None:
    if shutil.which(command[0]) is None:
        raise BackupFailed(f"{command[0]} was not found: install the client programs of PostgreSQL.")
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise BackupFailed(f"{command[0]}: {done.stderr.strip()[-500:]}")
