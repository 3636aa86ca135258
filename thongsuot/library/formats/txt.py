"""Plain text: a law or directive by its numbers, else paragraphs between empty lines."""

from pathlib import Path

from thongsuot.library.formats.drafts import CannotRead, Reading
from thongsuot.library.formats.sheets import Sheets
from thongsuot.library.formats.structure import Line, is_directive, is_law, read_lines

_ENCODINGS = ("utf-8-sig", "cp1258")


def decoded(data: bytes) -> str:
    """UTF-8, UTF-16 with its mark, else the Vietnamese code page of old Windows; line ends as they are.

    Raises CannotRead("not-text").
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = _ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise CannotRead("not-text")


def read(path: Path, into: Path) -> Reading:
    lines = decoded(path.read_bytes()).splitlines()
    if not any(line.strip() for line in lines):
        raise CannotRead("empty")
    stripped = [line.strip() for line in lines]
    if not is_law(stripped) and not is_directive(stripped):
        lines = _paragraphs(lines)
    sheets = Sheets()
    reading = read_lines([Line(line, sheet=sheets.add(line)) for line in lines])
    reading.sheets = sheets.texts()
    return reading


def _paragraphs(lines: list[str]) -> list[str]:
    """Lines joined up to the next empty one, where the text is set with hard line ends."""
    if not any(not line.strip() for line in lines):
        return lines
    joined = "\n".join(line.strip() for line in lines).split("\n\n")
    return [" ".join(part.split()) for part in joined if part.strip()]
