"""bin/start: from a fresh checkout to a served page, with a clear sentence where something is in the way."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from thongsuot.config import story

SERVER = "granian"


def say(vietnamese: str, english: str) -> None:
    print(f"· {vietnamese} · {english}", flush=True)  # noqa: T201


def stop(vietnamese: str, english: str) -> None:
    sys.exit(f"{vietnamese}\n{english}")


def port() -> int:
    wanted = os.environ.get("PORT", "8000")
    if not wanted.isdigit() or not 0 < int(wanted) < 65536:
        stop(f"PORT={wanted} không phải là một cổng.", f"PORT={wanted} is not a port number.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(wanted)))
        except OSError:
            stop(
                f"Cổng {wanted} đang có chương trình khác dùng. Chọn cổng khác: PORT=8080 bin/start",
                f"Port {wanted} is in use. Choose another one: PORT=8080 bin/start",
            )
    return int(wanted)


def data_folder() -> None:
    folder = Path(os.environ.get("THONGSUOT_DATA", Path(__file__).resolve().parents[2] / "data")).resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (probe := folder / ".writable").touch()
        probe.unlink()
    except OSError as error:
        stop(
            f"Không ghi được vào thư mục dữ liệu {folder} ({error.strerror}). Đặt THONGSUOT_DATA là thư mục khác.",
            f"The data folder {folder} cannot be written ({error.strerror}). Set THONGSUOT_DATA to another one.",
        )


def prepare(*, example: bool) -> None:
    """Everything the database and the static files need; quick when nothing changed."""
    from django.core.management import call_command
    from django.db import OperationalError, connection

    try:
        connection.ensure_connection()
    except OperationalError as error:
        stop(f"Không mở được cơ sở dữ liệu: {error}", f"The database cannot be opened: {error}")
    call_command("catalogues", verbosity=0)
    say("Đang chuẩn bị cơ sở dữ liệu", "Preparing the database")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    if example:
        call_command("load_example")


def live_on_the_story_s_day() -> None:
    """Where the example stands, server and worker run on the clock of its story."""
    if (offset := story.offset()) is not None:
        os.environ["THONGSUOT_EXAMPLE"] = "1"
        os.environ["THONGSUOT_STORY_OFFSET"] = str(offset.total_seconds())


def main() -> None:
    began = time.monotonic()
    arguments = sys.argv[1:]
    if set(arguments) - {"--empty"}:
        stop("Cách dùng: bin/start [--empty]", "Usage: bin/start [--empty]")
    data_folder()
    chosen = port()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongsuot.config.settings")
    import django

    django.setup()
    prepare(example="--empty" not in arguments)
    live_on_the_story_s_day()
    # Told to stop, it takes the server and the worker along.
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(0))
    children = [subprocess.Popen([sys.executable, "manage.py", "work"])]
    try:
        say(
            f"Sẵn sàng sau {time.monotonic() - began:.0f} giây: http://127.0.0.1:{chosen}/",
            f"Ready after {time.monotonic() - began:.0f} s. Stop with Ctrl+C.",
        )
        from thongsuot.example.models import LoadedExample

        if LoadedExample.objects.exists():
            address = f"http://127.0.0.1:{chosen}/demo/"
            say(f"Chọn người để đăng nhập thử: {address}", "Choose whom to sign in as there")
            say("hoặc tên đăng nhập: district-officer, cell-head, cell-clerk, member…", "password: thong-suot")
        children.append(serve(chosen))
        children[-1].wait()
    except KeyboardInterrupt:
        pass
    finally:
        for child in reversed(children):
            child.terminate()
            child.wait(timeout=10)


def serve(chosen: int, application: str = "thongsuot.config.wsgi:application") -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own server with our own words
        [
            sys.executable, "-m", SERVER, "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(chosen),
            "--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "warning",
            application,
        ]
    )  # fmt: skip


if __name__ == "__main__":
    main()
