"""Read one file apart from everything else: python -m thongsuot.library.formats FORMAT FILE FOLDER.

Says on its output, a line of JSON each, how far it is and how it ended. Sets its own limits first: whatever a file
does to its reader, it does it to this process alone.
"""

import importlib
import json
import resource
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

READERS = ("docx", "pdf", "epub", "html", "akn", "md", "txt")
MB = 1024 * 1024
MEMORY, SECONDS, FILE_SIZE = 1536 * MB, 400, 1024 * MB


def _say(**what: Any) -> None:
    print(json.dumps(what, ensure_ascii=False), flush=True)  # noqa: T201 the process above reads it


def main(name: str, file: str, folder: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_SIZE, FILE_SIZE))
    from thongsuot.library.formats.drafts import CannotRead

    if name not in READERS:
        raise ValueError(name)
    try:
        _read(name, Path(file), Path(folder))
    except CannotRead as refusal:
        _say(refused=refusal.reason, detail=refusal.detail)
    except (MemoryError, RecursionError):
        _say(refused="too-big", detail="")
    else:
        _say(done=True)


def _read(name: str, file: Path, folder: Path) -> None:
    from thongsuot.library.formats import pictures
    from thongsuot.library.formats.drafts import CannotRead, DraftDoubt

    reading = importlib.import_module(f"thongsuot.library.formats.{name}").read(file, folder)
    if not reading.drafts:
        raise CannotRead("empty")
    redrawn = {}
    for n, picture in enumerate(reading.pictures):
        if made := pictures.redraw(folder / picture):
            redrawn[picture] = asdict(made)
        if n % 10 == 0:
            _say(progress=70 + 28 * n // len(reading.pictures))
    for draft in reading.drafts:
        if draft.image and draft.image not in redrawn:
            reading.doubts.append(DraftDoubt("picture", draft.anchor, draft.image))
            draft.image = ""
    reading.write(folder)
    (folder / "pictures.json").write_text(json.dumps(redrawn), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:4])
