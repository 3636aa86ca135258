"""Markdown: # part or chapter, ## and ### below, blocks between empty lines, pictures only by name."""

import re
from pathlib import Path

from thongsuot.library.formats.books import Book
from thongsuot.library.formats.drafts import CannotRead, Reading
from thongsuot.library.formats.sheets import Sheets
from thongsuot.library.formats.structure import Line, is_law, read_lines
from thongsuot.library.formats.txt import decoded

_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.+?)\s*#*\s*$")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_PAGE = re.compile(r"^\s*<!--\s*page\s*:\s*(\S{1,12})\s*-->\s*$")
_PICTURE = re.compile(r"^!\[(?P<alt>[^\]]*)\]\([^)]*?(?:\"(?P<title>[^\"]*)\")?\s*\)\s*$")
_NOTE = re.compile(r"^\[\^(\w{1,20})\]:\s*(.+)$", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def read(path: Path, into: Path) -> Reading:
    lines = _without_front_matter(decoded(path.read_bytes()).splitlines())
    bare = [re.sub(r"^#+\s*", "", line.strip()) for line in lines]
    if is_law(bare):
        sheets = Sheets()
        reading = read_lines([Line(line, sheet=sheets.add(line)) for line in bare if not line.startswith("<!--")])
        reading.sheets = sheets.texts()
        return reading
    reader = _Reader()
    for line in lines:
        reader.take(line)
    reader.end_block()
    reading = reader.book.reading()
    reading.sheets = reader.sheets.texts()
    if not reading.drafts:
        raise CannotRead("empty")
    if not reading.about.title:
        reading.about.title = next((draft.heading for draft in reading.drafts if draft.heading), "")
    return reading


class _Reader:
    def __init__(self) -> None:
        self.book = Book()
        self.block: list[str] = []
        self.fence = ""
        self.page = ""
        self.sheets = Sheets()

    def take(self, line: str) -> None:
        sheet = self.sheets.add(line)
        if not self.block:
            self.book.sheet = sheet
        fence = _FENCE.match(line)
        if self.fence:
            self.block.append(line)
            if fence and fence[1].startswith(self.fence):
                self.fence = ""
                self.end_block()
            return
        if fence:
            self.end_block()
            self.fence = fence[1]
            self.block.append(line)
        elif page := _PAGE.match(line):
            self.end_block()
            self.page = page[1]
        elif heading := _HEADING.match(line):
            self.end_block()
            self.book.heading(len(heading[1]), re.sub(r"[*_`]", "", heading[2]), self.page)
        elif line.strip():
            self.block.append(line.rstrip())
        else:
            self.end_block()

    def end_block(self) -> None:
        text = _COMMENT.sub("", "\n".join(self.block)).strip()
        self.block = []
        if not text:
            return
        if picture := _PICTURE.match(text):
            self.book.plate("", self.page, alt=picture["title"] or "", caption=picture["alt"])
        elif note := _NOTE.match(text):
            self.book.footnote(note[1], note[2], self.page)
        else:
            self.book.paragraph(text, self.page)


def _without_front_matter(lines: list[str]) -> list[str]:
    if lines and lines[0].strip() == "---":
        end = next((n for n, line in enumerate(lines[1:], start=1) if line.strip() == "---"), 0)
        return lines[end + 1 :]
    return lines
