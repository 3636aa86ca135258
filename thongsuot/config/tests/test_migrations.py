"""The migrations, from nothing and with their own data: the other tests make their tables from the models."""

import os
import subprocess
import sys
from copy import deepcopy
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.utils import ConnectionHandler


@pytest.fixture
def empty(db, tmp_path):
    """A connection to an empty database of the same sort, with the environment that leads a process to it."""
    own = deepcopy(connection.settings_dict)
    environment = {**os.environ, "THONGSUOT_DATA": str(tmp_path)}
    name = f"migrations_{uuid4().hex}"
    if connection.vendor == "postgresql":
        environment["DATABASE_URL"] = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"
        with connection._nodb_cursor() as server:
            server.execute(f'CREATE DATABASE "{name}"')
    else:
        name = str(tmp_path / "thongsuot.sqlite3")
    other = ConnectionHandler({"default": own | {"NAME": name}})["default"]
    yield other, environment
    other.close()
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def migrate(environment, *to):
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0", *to], env=environment, cwd=settings.ROOT,
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def tables(of) -> dict[str, tuple[set, set]]:
    """Each table's columns and what holds them together, without the names that a database may choose itself."""
    found = {}
    with of.cursor() as cursor:
        for name in sorted(set(of.introspection.table_names(cursor)) - {"django_migrations", "cache"}):
            columns = {
                (column.name, of.introspection.get_field_type(column.type_code, column), column.null_ok)
                for column in of.introspection.get_table_description(cursor, name)
            }
            held = {
                (
                    tuple(rule["columns"] or ()),
                    *(bool(rule[kind]) for kind in ("primary_key", "unique", "index", "check")),
                    rule["foreign_key"],
                )
                for rule in of.introspection.get_constraints(cursor, name).values()
            }
            found[name] = columns, held
    return found


def test_the_migrations_build_from_nothing_what_the_models_say(empty):
    migrated, environment = empty
    migrate(environment)
    built, meant = tables(migrated), tables(connection)
    assert built.keys() == meant.keys()
    models = [
        model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("thongsuot.")
    ]
    ours = [model._meta.db_table for model in models]
    assert len(ours) > 50
    assert [name for name in ours if built[name] != meant[name]] == []


def test_a_person_from_before_stands_in_their_place_after(empty):
    """Keys of order made by an older rule are made anew, for each row."""
    migrated, environment = empty
    migrate(environment, "people", "0001")
    columns = {"full_name": "", "folded": "", "sort_key": "older", "is_made_up": False, "uid": None}
    with migrated.cursor() as cursor:
        for name in ("Bình", "Ánh", "An"):
            row = columns | {"full_name": name, "uid": uuid4().hex}
            cursor.execute(
                f"INSERT INTO people_person ({', '.join(row)}) VALUES ({', '.join(['%s'] * len(row))})", [*row.values()]
            )
    migrate(environment, "people")
    with migrated.cursor() as cursor:
        cursor.execute("SELECT full_name FROM people_person ORDER BY sort_key")
        assert [name for (name,) in cursor.fetchall()] == ["An", "Ánh", "Bình"]
