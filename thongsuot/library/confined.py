"""A process of its own for work that a file or a text may break: few surroundings, hard limits, no child left behind.

The one who starts it calls ``start`` and ``end``; the process itself calls ``limit`` before it does anything else.
"""

import contextlib
import ctypes
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MB = 1024 * 1024
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Limits:
    """Memory and the size of a written file in bytes, seconds of the processor."""

    memory: int
    seconds: int
    file_size: int


def start(module: str, arguments: Sequence[str], *, home: Path, stdout: int, stderr: int) -> subprocess.Popen[bytes]:
    """Run ``python -m module arguments``, without the surroundings of this process."""
    surroundings = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C.UTF-8",
        "HOME": str(home),
    }
    return subprocess.Popen(  # noqa: S603 our own module, with paths of our own making
        [sys.executable, "-m", module, *arguments], stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, cwd=ROOT,
        env=surroundings, start_new_session=True,
    )  # fmt: skip


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill it with all that it started, where it runs still, and let go of it."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdout, process.stderr):
        if pipe:
            pipe.close()


def limit(limits: Limits) -> None:
    """Of this process: what it may take of the machine, and that it ends with the one who started it."""
    with contextlib.suppress(OSError, AttributeError):
        # PR_SET_PDEATHSIG of Linux; elsewhere the limit of time ends it.
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.file_size, limits.file_size))
