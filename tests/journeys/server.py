"""The product as a newcomer starts it: its own process, data folder, database and port."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen
from uuid import uuid4

import psycopg

ROOT = Path(__file__).resolve().parents[2]
START = [sys.executable, "-m", "thongsuot.config.start"]
# Loading the example takes half a minute on a small machine, and a few times that beside other work.
PATIENCE = 300


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def surroundings(data: Path, port: int, database: str) -> dict[str, str]:
    """What the started process finds in its environment, and nothing of the tests' own."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("THONGSUOT_", "DATABASE_URL"))}
    return own | {"THONGSUOT_DATA": str(data), "PORT": str(port)} | ({"DATABASE_URL": database} if database else {})


@contextmanager
def database_of_its_own() -> Iterator[str]:
    """Beside the database of the other tests, on the server that DATABASE_URL names; "" where it names none."""
    given = os.environ.get("DATABASE_URL", "")
    if not given:
        yield ""
        return
    name = f"journeys_{uuid4().hex}"
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlsplit(given)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def started(data: Path, database: str, log: Path) -> Iterator[str]:
    """Started and answering: its address. Asked to stop at the end, as a service manager asks."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with log.open("w") as said:
        process = subprocess.Popen(START, cwd=ROOT, env=surroundings(data, port, database), stdout=said, stderr=said)
        try:
            _until_it_answers(process, address, log)
            yield address
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def _until_it_answers(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"{address}/healthz", timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError(f"The product did not start:\n{log.read_text()[-3000:]}")
