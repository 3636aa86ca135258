"""Set a book in type apart from everything else: python -m thongsuot.library.copies.typesetting FOLDER FORM OUT.

FOLDER holds the form (.typ), the words (work.json) and the pictures; nothing outside it can be reached. The process
sets its own limits first: whatever a text does to the typesetter, it does it to this process alone.
"""

import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

MB = 1024 * 1024
MEMORY, SECONDS, FILE_SIZE = 3072 * MB, 240, 512 * MB
LONGEST = 300.0  # seconds on the clock
ROOT = Path(__file__).resolve().parents[3]


class CannotSet(Exception):
    """The typesetter broke, or needed too much; the words are its own."""


def set_apart(folder: Path, form: str, out: Path) -> None:
    """Run the typesetter over the folder's form and wait. Raises CannotSet."""
    command = [sys.executable, "-m", __name__, str(folder.resolve()), form, str(out.resolve())]
    surroundings = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C.UTF-8",
        "HOME": str(folder),
    }
    process = subprocess.Popen(  # noqa: S603 our own module, with paths of our own making
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, cwd=ROOT,
        env=surroundings, start_new_session=True,
    )  # fmt: skip
    try:
        _said, told = process.communicate(timeout=LONGEST)
    except subprocess.TimeoutExpired as error:
        raise CannotSet("too long") from error
    finally:
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    if process.returncode or not out.exists():
        raise CannotSet(told.decode(errors="replace")[-1000:] or f"ended with {process.returncode}")


def main(folder: str, form: str, out: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_SIZE, FILE_SIZE))
    # It may hold no more of the machine than one of its cores.
    os.environ["RAYON_NUM_THREADS"] = "1"
    import typst

    work = json.loads((Path(folder) / "work.json").read_text(encoding="utf-8"))
    compiler = typst.Compiler(str(Path(folder) / form), root=folder, package_path=folder, package_cache_path=folder)
    if out.endswith(".png"):
        compiler.compile(output=out, format="png", ppi=150)
        return
    try:
        compiler.compile(output=out, format="pdf", pdf_standards=["ua-1"], timestamp=work["timestamp"])
    except typst.TypstError as error:
        if "PDF/UA" not in str(error):
            raise
        # A letter that no font here can draw, or the like: tagged all the same, without the claim to the standard.
        compiler.compile(output=out, format="pdf", timestamp=work["timestamp"])


if __name__ == "__main__":
    main(*sys.argv[1:4])
