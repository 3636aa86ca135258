"""Copies of a long illustrated book: how long EPUB and PDF take, and how much memory at the most.

    .venv/bin/python -m benchmarks.copies [FOLDER OF THE DATA]

The folder holds ``book/book.docx``. Each copy is made in a process of its own, as the worker makes it; the memory is
that process's and the typesetter's, whichever is more. Exit code 1 where a limit is broken.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DATA = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2] / "shared" / "data"
LIMITS = {"epub": 15.0, "pdf": 60.0}  # seconds
MOST_MEMORY = 1024  # MiB


def main() -> None:
    if len(sys.argv) > 2:
        make(sys.argv[2], sys.argv[3])
        return
    book = DATA / "book" / "book.docx"
    if not book.exists():
        sys.exit(f"{book} is not there: name the folder of the data.")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["THONGSUOT_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongsuot.config.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("import_document", str(book), title="book", stdout=open(os.devnull, "w"))  # noqa: SIM115
        results = [run(kind, folder) for kind in LIMITS]
    sys.exit(any(results))


def run(kind: str, folder: str) -> bool:
    """Whether a limit is broken."""
    out = Path(folder) / f"book.{kind}"
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.copies", str(DATA), kind, str(out)],
        capture_output=True,
        text=True,
        check=True,
    )
    said = json.loads(done.stdout.splitlines()[-1])
    print(
        f"{kind}: {said['seconds']:.1f} s (gathering {said['gathering']:.1f}), {said['memory']} MiB, "
        f"{out.stat().st_size / 1e6:.1f} MB; {said['blocks']} passages, {said['pictures']} pictures"
    )
    return said["seconds"] > LIMITS[kind] or said["memory"] > MOST_MEMORY


def make(kind: str, out: str) -> None:
    import django

    django.setup()
    from django.utils import timezone

    from thongsuot.library.copies import epub, gathering, pdf
    from thongsuot.library.models import Edition

    begun = time.perf_counter()
    edition = Edition.objects.select_related("document").get()
    work = gathering.of_edition(edition, site="http://127.0.0.1:8000", on=timezone.localdate())
    gathered = time.perf_counter() - begun
    if kind == "pdf":
        pdf.write(work, Path(out))
    else:
        epub.write(work, Path(out), cover=pdf.cover(work))
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    said = {
        "seconds": time.perf_counter() - begun, "gathering": gathered, "memory": most // 1024,
        "blocks": sum(1 for _block in work.blocks()), "pictures": len(work.images),
    }  # fmt: skip
    print(json.dumps(said))


if __name__ == "__main__":
    main()
