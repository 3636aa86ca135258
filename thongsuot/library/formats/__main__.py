"""Read one file apart from everything else: python -m thongsuot.library.formats FORMAT FILE FOLDER.

In place of the format, page-7 draws the seventh page of a PDF.

Says on its output, a line of JSON each, how far it is and how it ended. Sets its own limits first: whatever a file
does to its reader, it does it to this process alone.
"""

import importlib
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from thongsuot.library.confined import MB, Limits, limit

READERS = ("docx", "pdf", "epub", "html", "akn", "md", "txt")
LIMITS = Limits(memory=1536 * MB, seconds=400, file_size=1024 * MB)


def _say(**what: Any) -> None:
    print(json.dumps(what, ensure_ascii=False), flush=True)  # noqa: T201 the process above reads it


def main(name: str, file: str, folder: str) -> None:
    limit(LIMITS)
    from thongsuot.library.formats import progress
    from thongsuot.library.formats.drafts import CannotRead

    if name not in READERS and not name.startswith("page-"):
        raise ValueError(name)
    try:
        if name.startswith("page-"):
            from thongsuot.library.formats.pdf import draw_page

            draw_page(Path(file), int(name.removeprefix("page-")), Path(folder) / "page.webp")
        else:
            progress.listen(lambda percent: _say(progress=percent))
            _read(name, Path(file), Path(folder))
    except CannotRead as refusal:
        _say(refused=refusal.reason, detail=refusal.detail)
    except (MemoryError, RecursionError):
        _say(refused="too-big", detail="")
    else:
        _say(done=True)


def _read(name: str, file: Path, folder: Path) -> None:
    from thongsuot.library.formats import pictures, progress
    from thongsuot.library.formats.drafts import CannotRead, DraftDoubt

    reading = importlib.import_module(f"thongsuot.library.formats.{name}").read(file, folder)
    if not reading.drafts:
        raise CannotRead("empty")
    redrawn = {}
    for picture in progress.along(reading.pictures, 70, 98):
        if made := pictures.redraw(folder / picture):
            redrawn[picture] = asdict(made)
    for draft in reading.drafts:
        if draft.image and draft.image not in redrawn:
            reading.doubts.append(DraftDoubt("picture", draft.anchor, draft.image))
            draft.image = ""
    reading.write(folder)
    (folder / "pictures.json").write_text(json.dumps(redrawn), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:4])
