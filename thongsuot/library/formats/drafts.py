"""What a reader makes of a file, before it meets what the library holds."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

# As models.Passage.Kind, which lies beyond the reach of readers: they run in a process without the database.
PART, CHAPTER, SECTION, SUBSECTION = "part", "chapter", "section", "subsection"
ARTICLE, CLAUSE, POINT = "article", "clause", "point"
PARAGRAPH, PLATE, ANNEX, FOOTNOTE = "paragraph", "plate", "annex", "footnote"
CLOSING = "ky-"  # anchors of who signed a paper and whom it goes to begin so
HEADINGS = (PART, CHAPTER, SECTION, SUBSECTION, ARTICLE, ANNEX)


class CannotRead(Exception):
    """The file cannot be taken; ``refusals.sentence`` says why and what to do in the reader's language."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason, self.detail = reason, detail


@dataclass
class Draft:
    """A passage as read from a source. ``parent`` is the anchor of an earlier draft, or empty."""

    kind: str
    anchor: str
    parent: str = ""
    label: str = ""
    heading: str = ""
    text: str = ""  # Markdown
    printed_page: str = ""
    picture: str = ""  # static path, of the project's own handbook
    image: str = ""  # name of a file among Reading.pictures
    alt: str = ""
    sheet: int = 0  # page of the source, or of Reading.sheets, counted from 1


@dataclass
class DraftDoubt:
    """What a person should look at. Kinds: run-in, caption, number, picture, page, table, formula, other."""

    kind: str
    anchor: str
    detail: str = ""


@dataclass
class About:
    """What the file says of the document itself; every field may be empty."""

    kind: str = ""  # as models.Document.Kind
    number: str = ""
    doc_type: str = ""
    issuer: str = ""
    issued_on: str = ""  # ISO 8601
    title: str = ""
    author: str = ""
    language: str = "vi"
    pages: int = 0  # of the printed edition


@dataclass
class Reading:
    """All that was read. Pictures lie beside it, in the folder that the reader was given."""

    about: About = field(default_factory=About)
    drafts: list[Draft] = field(default_factory=list)
    doubts: list[DraftDoubt] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)  # names of PNG, JPEG, GIF or WebP files in the folder
    sheets: list[str] = field(default_factory=list)  # the source's own words, where it has no pages

    def write(self, folder: Path) -> None:
        """As JSON lines, one draft a line: it is read again by another process, a line at a time."""
        with (folder / "reading.jsonl").open("w", encoding="utf-8") as out:
            head = {"about": asdict(self.about), "pictures": self.pictures}
            for line in (
                head,
                *({"draft": asdict(d)} for d in self.drafts),
                *({"doubt": asdict(d)} for d in self.doubts),
                *({"sheet": text} for text in self.sheets),
            ):
                out.write(json.dumps(line, ensure_ascii=False) + "\n")

    @classmethod
    def load(cls, folder: Path) -> "Reading":
        lines = _lines(folder / "reading.jsonl")
        head = next(lines)
        reading = cls(About(**head["about"]), pictures=head["pictures"])
        for line in lines:
            if "draft" in line:
                reading.drafts.append(Draft(**line["draft"]))
            elif "sheet" in line:
                reading.sheets.append(line["sheet"])
            else:
                reading.doubts.append(DraftDoubt(**line["doubt"]))
        return reading


def _lines(path: Path) -> Iterator[dict]:  # type: ignore[type-arg]
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
