"""The index follows the database, whoever writes it and whenever."""

import json
import subprocess
import sys
from threading import Thread

import pytest
from django.db import connection, transaction

from thongsuot.library.importing import load_handbook
from thongsuot.library.models import Unindexed
from thongsuot.library.search import index, search
from thongsuot.library.testing import HANDBOOK, a_document, a_handbook

pytestmark = pytest.mark.django_db


def found(words: str) -> set[str]:
    return {hit.document.title for hit in search(words, who=["public"])}


def test_what_changed_waits_while_another_writes_and_is_taken_up_after(django_capture_on_commit_callbacks):
    edition = a_handbook()
    assert found("phiền hà")
    with index._alone(wait=False) as alone, django_capture_on_commit_callbacks(execute=True):
        assert alone
        load_handbook(edition.document, HANDBOOK.replace("phiền hà", "trở ngại"), "vi")
    assert Unindexed.objects.exists(), "the lock was held: it waits"
    assert found("trở ngại")
    assert not found("phiền hà")
    assert not Unindexed.objects.exists()


def test_a_change_that_is_rolled_back_leaves_nothing_waiting():
    edition = a_handbook()
    found("phiền hà")

    with transaction.atomic():
        load_handbook(edition.document, HANDBOOK.replace("phiền hà", "trở ngại"), "vi")
        transaction.set_rollback(True)
    assert not Unindexed.objects.exists()
    assert found("phiền hà")


def test_a_document_that_is_gone_leaves_the_index_without_making_it_anew(monkeypatch):
    a_handbook(title="Ở lại")
    gone = a_handbook(title="Ra đi").document
    assert found("phiền hà") == {"Ở lại", "Ra đi"}
    pk = gone.pk
    gone.delete()
    monkeypatch.setattr(index, "rebuild", lambda **how: pytest.fail("the whole index was made anew"))
    index.update(pk)
    assert found("phiền hà") == {"Ở lại"}


def test_only_one_process_writes_at_a_time(settings):
    """The lock is the operating system's: another process is refused while this one writes."""
    a_handbook()
    found("phiền hà")
    lock = index.folder().with_name(f"{index.folder().name}.lock")
    tries = (
        "import fcntl, sys\n"
        f"file = open({str(lock)!r}, 'w')\n"
        "try:\n    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)\n"
        "except BlockingIOError:\n    sys.exit(3)\n"
    )
    with index._alone(wait=True):
        assert subprocess.run([sys.executable, "-c", tries], check=False).returncode == 3
    assert subprocess.run([sys.executable, "-c", tries], check=False).returncode == 0


@pytest.mark.django_db(transaction=True)
def test_readers_find_everything_while_several_write():
    if connection.vendor == "sqlite":
        pytest.skip("the database of SQLite's tests lies in memory, which threads cannot share; PostgreSQL runs this")
    a_handbook(title="Trước")
    assert found("phiền hà") == {"Trước"}
    errors: list[Exception] = []

    def write(name: str) -> None:
        try:
            for n in range(4):
                a_handbook(title=f"{name} {n}", slug=f"{name}-{n}")
                assert "Trước" in found("phiền hà")
        except Exception as error:  # noqa: BLE001 told below, in the test's own thread
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=write, args=(name,)) for name in ("a", "b", "c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(found("phiền hà")) == 13
    assert not Unindexed.objects.exists()


def test_an_index_of_an_older_form_is_made_anew():
    a_handbook()
    found("phiền hà")
    marks = index.folder() / "reached.json"
    marks.write_text(json.dumps(json.loads(marks.read_text()) | {"form": 1}))
    assert found("phiền hà")
    assert json.loads(marks.read_text())["form"] == index.FORM


def test_a_new_document_is_found_though_nobody_told_the_index():
    a_handbook()
    found("phiền hà")
    a_document("Quy định xuất khẩu")
    assert found("xuất khẩu") == {"Quy định xuất khẩu"}
