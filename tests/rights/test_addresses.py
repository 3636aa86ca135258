"""Every address of the product, for everyone who might knock: who is let in, and that nobody else changes anything."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client, override_settings

from tests.rights.world import addresses, erase_who_is_gone, names, people
from thongsuot.example.testing import the_example

pytestmark = pytest.mark.django_db

TABLE = tomllib.loads((Path(__file__).parent / "table.toml").read_text(encoding="utf-8"))
OUTSIDE = ("public", "locked out", "erased")
# What a person may send about themselves without leaving a trace in the audit trail.
UNSAID = {"django_session", "django_tasks_database_dbtaskresult"}


def rule(name: str) -> dict[str, str]:
    room, _colon, view = name.rpartition(":")
    found: dict[str, str] = TABLE[room or "house"][view]
    return found


def meant(words: str, roles: list[str]) -> set[str]:
    if words == "everyone":
        return set(roles)
    if words == "signed in":
        return set(roles) - set(OUTSIDE)
    if words == "nobody":
        return set()
    found: set[str] = set()
    for word in words.split(", "):
        found |= meant(", ".join(TABLE["groups"][word]), roles) if word in TABLE["groups"] else {word}
    return found


def is_ours(name: str) -> bool:
    return not name.startswith(("account_", "mfa_"))


def test_the_table_names_every_address_and_no_other() -> None:
    ours = {name for name, _route in names() if is_ours(name)}
    told = {
        view if room == "house" else f"{room}:{view}"
        for room, views in TABLE.items()
        if room != "groups"
        for view in views
    }
    assert ours == told


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return tmp_path_factory.mktemp("files")


@pytest.fixture(autouse=True)
def same_files(settings, files) -> None:
    settings.MEDIA_ROOT = files


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, files):
    with override_settings(MEDIA_ROOT=files), the_example(django_db_blocker):
        accounts = people()
        yield accounts, [address for address in addresses() if is_ours(address.name)]


@pytest.fixture
def knocking(world):
    accounts, found = world
    clients = {}
    for role, account in accounts.items():
        clients[role] = Client(raise_request_exception=False)
        if account:
            clients[role].force_login(account)
    erase_who_is_gone()
    return clients, found


def is_in(response: Any) -> bool:
    to_sign_in = response.status_code == 302 and "/account/login/" in response["Location"]
    return response.status_code in (200, 302) and not to_sign_in


def test_everyone_sees_what_the_table_says(knocking) -> None:
    clients, found = knocking
    wrong = []
    for address in found:
        expected = rule(address.name).get("see")
        for role, client in clients.items():
            response = client.get(address.url)
            allowed = expected is not None and role in meant(expected, list(clients))
            if is_in(response) is not allowed or response.status_code >= 500:
                wrong.append(f"{address.name}: {role} got {response.status_code}, the table says {allowed}")
            if expected is None and role not in OUTSIDE and response.status_code not in (404, 405):
                wrong.append(f"{address.name}: a GET answers {response.status_code}, it should only take a POST")
    assert not wrong, "\n".join(wrong)


def test_nobody_else_changes_anything(knocking) -> None:
    clients, found = knocking
    wrong = []
    for address in found:
        expected = rule(address.name).get("act")
        for role, client in clients.items():
            if expected is not None and role in meant(expected, list(clients)):
                continue
            before = rows()
            with transaction.atomic():
                response = client.post(address.url, forged())
            changed = {table for table, number in rows().items() if number != before[table]} - UNSAID
            if changed or response.status_code >= 500:
                wrong.append(f"{address.name}: {role} got {response.status_code} and changed {changed or 'nothing'}")
            if expected is None and response.status_code not in (302, 403, 404, 405):
                wrong.append(f"{address.name}: a POST answers {response.status_code}, there is nothing to send")
    assert not wrong, "\n".join(wrong)


def forged() -> dict[str, str]:
    """What most forms here would take, had it been sent by someone who may."""
    return {
        "reason": "Lý do giả", "title": "Tên giả", "name": "Tên giả", "verdict": "accepted", "note": "Giả",
        "choice": "direct", "number": "99", "work": "Việc giả", "who": "Ai đó", "due_on": "2027-01-01",
        "held_on": "2026-11-02", "on": "2026-11-02", "useful": "a", "my_work": "b", "will_do": "c", "seen": "",
    }  # fmt: skip


def rows() -> dict[str, int]:
    """How many rows each table holds; what changes in place leaves a row in the audit trail."""
    return {
        model._meta.db_table: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.db_table not in UNSAID
    }


HOSTILE = [
    "page=abc", "page=-1", "page=99999999999", "q=%00", "q=" + "a" * 3000, "q=%F0%9F%98%80", "q=%22%27--;<script>",
    "campaign=foo&unit=%27&state=none&kind=x&topic=1&from=0001-01-01&until=9999-12-31&since=31/02/2023&on=x&tab=%00",
    "unit=00000000-0000-0000-0000-000000000000&campaign=00000000-0000-0000-0000-000000000000&weakness=x&item=1",
    "lang=xx&language=%00&next=//evil.example/&order=;drop",
]  # fmt: skip


@pytest.mark.parametrize("role", ["public", "cell head", "city officer"])
def test_no_question_breaks_a_page(knocking, role) -> None:
    clients, found = knocking
    broken = [
        f"{address.url}?{question}"
        for address in found
        if "see" in rule(address.name)
        for question in HOSTILE
        if clients[role].get(f"{address.url}?{question}").status_code >= 500
    ]
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("role", ["cell head", "committee head", "city officer"])
def test_no_body_breaks_a_page(knocking, role) -> None:
    clients, found = knocking
    bodies: list[dict[str, Any]] = [
        {},
        dict.fromkeys(forged(), "\x00\u202e" + "ộ" * 5000),
        {"file": "not a file", "uid": "x", "unit": "x"},
        {"due_on": "0001-01-01", "held_on": "9999-12-31", "on": "31/02/2023", "number": "-1", "points": "1e9"},
        {"asked-TOTAL_FORMS": "x", "agenda-TOTAL_FORMS": "-5", "task-TOTAL_FORMS": "99999", "status-1": "x"},
    ]
    broken = []
    for address in found:
        for body in bodies if "act" in rule(address.name) else []:
            undo = transaction.savepoint()
            response = clients[role].post(address.url, body)
            transaction.savepoint_rollback(undo)
            if response.status_code >= 500:
                broken.append(f"{address.name} {sorted(body)[:3]}: {response.status_code}")
    assert not broken, "\n".join(broken)
