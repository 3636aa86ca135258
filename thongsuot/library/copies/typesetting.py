"""Set a book in type apart from everything else: python -m thongsuot.library.copies.typesetting FOLDER FORM OUT.

FOLDER holds the form (.typ), the words (work.json) and the pictures; nothing outside it can be reached. The process
sets its own limits first: whatever a text does to the typesetter, it does it to this process alone.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from thongsuot.library.confined import MB, Limits, end, limit, start

LIMITS = Limits(memory=3072 * MB, seconds=240, file_size=512 * MB)
LONGEST = 300.0  # seconds on the clock


class CannotSet(Exception):
    """The typesetter broke, or needed too much; the words are its own."""


def set_apart(folder: Path, form: str, out: Path) -> None:
    """Run the typesetter over the folder's form and wait. Raises CannotSet."""
    arguments = [str(folder.resolve()), form, str(out.resolve())]
    process = start(__name__, arguments, home=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _said, told = process.communicate(timeout=LONGEST)
    except subprocess.TimeoutExpired as error:
        raise CannotSet("too long") from error
    finally:
        end(process)
    if process.returncode or not out.exists():
        raise CannotSet(told.decode(errors="replace")[-1000:] or f"ended with {process.returncode}")


def main(folder: str, form: str, out: str) -> None:
    limit(LIMITS)
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
