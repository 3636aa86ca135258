"""Words of a source as Markdown that says nothing more than they do."""

import re
from collections.abc import Sequence

_SPECIAL = re.compile(r"([\\`*_\[\]<])")
_AT_START = re.compile(r"^(\s*)([#>+-]|\d{1,9}[.)])(?=\s)")
# Wider or longer tables are read nowhere: what is beyond stands in the source.
MOST_COLUMNS, MOST_ROWS = 14, 300


def escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def at_start(text: str) -> str:
    """A paragraph that begins like a heading or a list item is neither."""
    match = _AT_START.match(text)
    if not match:
        return text
    mark = match[2]
    safe = f"{mark[:-1]}\\{mark[-1]}" if mark[0].isdigit() else f"\\{mark}"
    return f"{match[1]}{safe}{text[match.end() :]}"


def styled(text: str, *, bold: bool = False, italic: bool = False) -> str:
    """Escaped, with its emphasis; blanks at the ends stay outside the stars."""
    inner = text.strip()
    if not inner or not (bold or italic):
        return escaped(text)
    stars = "*" * (2 * bold + italic)
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{stars}{escaped(inner)}{stars}{after}"


def code(text: str) -> str:
    """Inline code, whatever signs it holds."""
    text = " ".join(text.split())
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def code_block(text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}\n{text.rstrip()}\n{fence}"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Cells as they are, already Markdown; the first row is the head."""
    width = min(max((len(row) for row in rows), default=0), MOST_COLUMNS)
    if not width:
        return ""
    lines = []
    for n, row in enumerate(rows[:MOST_ROWS]):
        cells = [" ".join(cell.replace("|", "\\|").split()) for cell in row[:width]]
        lines.append("| " + " | ".join(cells + [""] * (width - len(cells))) + " |")
        if n == 0:
            lines.append("|" + " --- |" * width)
    return "\n".join(lines)


def is_cut(rows: Sequence[Sequence[str]]) -> bool:
    return len(rows) > MOST_ROWS or max((len(row) for row in rows), default=0) > MOST_COLUMNS
