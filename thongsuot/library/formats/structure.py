"""The structure of laws and directives, read from their lines.

Laws: Phần, Chương, Mục, Tiểu mục, Điều, khoản, điểm (Decree 34/2016, Art. 62; Decree 30/2020, App. I).
Directives and plans: I, 1, a. What does not follow the order of numbers stays text, with a doubt beside it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from thongsuot.library.formats import drafts as kinds
from thongsuot.library.formats.drafts import CLOSING, About, Draft, DraftDoubt, Reading
from thongsuot.library.formats.heads import about_of, are_head, complete, is_letterhead
from thongsuot.library.formats.signs import (
    ANNEX,
    ARTICLE,
    ATTACHED,
    CHAPTER,
    CLAUSE,
    CLOSES,
    END,
    LONGEST_HEADING,
    NOTE_OPENS,
    PART,
    PART_NUMBERS,
    POINT,
    POINTS,
    ROMAN_ITEM,
    RUN_IN,
    SECTION,
    STAMP,
    SUBSECTION,
    TITLE_RUN_IN,
    bare,
    is_capitals,
    opens_anything,
)
from thongsuot.library.numbers import find_numbers
from thongsuot.viet.text import fold, nfc


@dataclass
class Line:
    """A line or paragraph as it stands in the source; ``size`` in points, ``x`` from the left edge in points."""

    text: str
    page: str = ""
    bold: bool = False
    size: float = 0.0
    x: float = 0.0
    sheet: int = 0


def is_law(texts: Sequence[str]) -> bool:
    """Whether the lines are those of a law, a decree or another paper in articles."""
    numbers = [int(match[1]) for text in texts if (match := ARTICLE.match(text.strip()))]
    return len(numbers) >= 2 and numbers[0] <= 3 and any(b == a + 1 for a, b in pairwise(numbers))


def is_directive(texts: Sequence[str]) -> bool:
    """Whether the lines are those of a plan, a directive or a report: I, II, III with a number at its head."""
    head = " ".join(texts[:25])
    romans = [match[1] for text in texts if (match := ROMAN_ITEM.match(text.strip().strip("*")))]
    return "I" in romans and "II" in romans and bool(find_numbers(head) or "KẾ HOẠCH" in head)


def read_lines(lines: Iterable[Line]) -> Reading:
    """A law or a directive by its numbers; anything else as plain paragraphs."""
    kept = [replace(line, text=nfc(line.text).strip()) for line in lines]
    kept = _without_stamps([line for line in kept if line.text])
    texts = [line.text for line in kept]
    about = about_of(texts[:40], is_law=is_law(texts))
    if about.title:
        said = are_head(texts)
        # The title in small letters, under its type.
        said = [
            one or (n < 12 and len(text) > 15 and about.title.endswith(text))
            for n, (one, text) in enumerate(zip(said, texts, strict=True))
        ]
        kept = [line for line, is_said in zip(kept, said, strict=True) if not is_said]
    if is_law(texts):
        reader: _Reader = _Law(kept)
    elif is_directive(texts):
        reader = _Directive(kept)
    else:
        reader = _Plain(kept)
    reader.read()
    closed = next((n + 1 for n, text in enumerate(texts) if CLOSES.search(text)), None)
    if closed and not about.number:
        complete(about, texts[closed : closed + 12])
    return Reading(about, reader.drafts, reader.doubts)


def _without_stamps(lines: list[Line]) -> list[Line]:
    """Without what a signing machine prints over a page: who signed, when, with which address."""
    stamped = [n for n, line in enumerate(lines) if STAMP.match(line.text)]
    alone = {n for n in stamped if not any(other != n and abs(other - n) <= 4 for other in stamped)}
    return [line for n, line in enumerate(lines) if n in alone or not STAMP.match(line.text)]


@dataclass
class Article:
    """An article that a collection gives on its own. ``above`` are (label, title) of its headings, highest first."""

    number: str
    heading: str
    body: list[str]
    above: list[tuple[str, str]] = field(default_factory=list)


def read_articles(articles: Sequence[Article]) -> Reading:
    """The articles of one law in their order, with their chapters, clauses and points."""
    reader = _Law([])
    # An article that a line holds by accident is looked for only where the collection does not give it.
    reader.numbers = [(n, int(re.sub(r"\D", "", one.number) or 0)) for n, one in enumerate(articles)]
    above: list[tuple[str, str]] = []
    for one in articles:
        for n, (label, title) in enumerate(one.above):
            if one.above[: n + 1] != above[: n + 1]:
                reader.open_heading(label, title)
        above = one.above
        reader.begin_article(one.number, one.heading)
        for text in one.body:
            if text.strip():
                reader.body(Line(nfc(text).strip()))
    return Reading(About(kind="law"), reader.drafts, reader.doubts)


@dataclass
class _Reader:
    lines: list[Line]
    drafts: list[Draft] = field(default_factory=list)
    doubts: list[DraftDoubt] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    counters: dict[str, int] = field(default_factory=dict)
    sheet: int = 0  # of the line that is being read

    def read(self) -> None:
        raise NotImplementedError

    def add(self, kind: str, anchor: str, parent: str, page: str, **words: str) -> Draft:
        draft = Draft(kind, self.free(anchor), parent, printed_page=page, sheet=self.sheet, **words)
        self.drafts.append(draft)
        return draft

    def free(self, anchor: str) -> str:
        name, nth = anchor[:80], 1
        while name in self.taken:
            nth += 1
            name = f"{anchor[:75]}-{nth}"
        self.taken.add(name)
        return name

    def paragraph(self, text: str, parent: str, page: str) -> Draft:
        return self.loose(text, f"{parent}-" if parent else "dau-", parent, page)

    def closing(self, line: Line) -> Draft:
        """Who signed the paper, and to whom it goes."""
        return self.loose(line.text, CLOSING, "", line.page)

    def loose(self, text: str, stem: str, parent: str, page: str) -> Draft:
        self.counters[stem] = self.counters.get(stem, 0) + 1
        return self.add(kinds.PARAGRAPH, f"{stem}{self.counters[stem]:02}", parent, page, text=text)

    def doubt(self, kind: str, anchor: str, detail: str = "") -> None:
        self.doubts.append(DraftDoubt(kind, anchor, detail[:300]))


@dataclass
class _Plain(_Reader):
    def read(self) -> None:
        for line in self.lines:
            self.sheet = line.sheet
            self.paragraph(line.text, "", line.page)


@dataclass
class _Law(_Reader):
    """Chapters and articles as they come; each line opens something, or goes on with what is open."""

    open: dict[str, Draft] = field(default_factory=dict)
    scope: str = ""  # prefix of anchors within an annex or an attached regulation
    article: int = 0
    clause: int = 0
    point: str = ""
    quoted: int = 0
    closed: bool = False  # "./." was read: who signed it follows, or what is attached
    ended: bool = False
    numbers: list[tuple[int, int]] = field(default_factory=list)

    def read(self) -> None:
        self.numbers = [
            (n, int(match[1]))
            for n, line in enumerate(self.lines)
            if (match := ARTICLE.match(line.text)) and not line.text.startswith(("“", '"'))
        ]
        at = 0
        while at < len(self.lines):
            at += self.take(at)

    def take(self, at: int) -> int:
        """Read the line at that place; returns how many lines it took."""
        line = self.lines[at]
        self.sheet = line.sheet
        text = line.text
        if self.quoted <= 0:
            if taken := self.heading(at):
                return taken
            if match := ARTICLE.match(bare(text)):
                self.open_article(match, line)
                return 1
            if self.drafts and not self.ended and self.article and (END.match(text) or self.is_after_close(text)):
                self.ended = True
                self.open = {}
        self.body(line)
        return 1

    def is_after_close(self, text: str) -> bool:
        """Whether the paper was closed before this line, and the line is no further clause or point of it."""
        was_closed, self.closed = self.closed, False
        clause, point = CLAUSE.match(text), POINT.match(text)
        goes_on = (clause and self.is_next_clause(int(clause[1]), clause[2])) or (
            point and self.is_next_point(point[1], point[2])
        )
        return was_closed and not goes_on

    # -- headings above articles

    def heading(self, at: int) -> int:
        line = self.lines[at]
        text = bare(line.text)
        for name in ("part", "chapter", "section", "subsection", "annex"):
            match = _HEADINGS[name].match(text)
            if match and self.is_heading(name, match, at):
                title, taken = self.title(at, _said_title(name, match), name)
                getattr(self, f"open_{name}")(match, title, line)
                return taken
        if self.is_attached(at):
            title, taken = self.title(at, text, "attached")
            self.open_attached(title, line)
            return taken
        return 0

    def is_heading(self, name: str, match: re.Match[str], at: int) -> bool:
        """A heading stands alone or with its title; a sentence that begins with the word is none."""
        if name == "part":
            number = match[1].lower()
            return bool(PART_NUMBERS.match(number)) and not match[2].rstrip().endswith((".", ";"))
        rest = _said_title(name, match)
        if name == "annex" and not self.article:
            return False
        return not rest.rstrip().endswith((".", ";", ","))

    def is_attached(self, at: int) -> bool:
        """A regulation that a decision brings with it: its title in capitals, and articles from 1 again."""
        text = bare(self.lines[at].text)
        if not self.article or not ATTACHED.match(text):
            return False
        following = next((number for place, number in self.numbers if place > at), 0)
        return following == 1

    def title(self, at: int, rest: str | None, name: str) -> tuple[str, int]:
        """The heading's words, in its line or in the next ones, and how many lines they took."""
        words, taken = [rest.strip()] if rest and rest.strip() else [], 1
        while at + taken < len(self.lines) and taken < 7:
            following = self.lines[at + taken]
            text = bare(following.text)
            if opens_anything(text) or CLAUSE.match(text):
                break
            in_capitals = is_capitals(text) or (name == "attached" and text.startswith("("))
            # "QUY CHẾ" and below it, in small letters, about what.
            if name == "attached" and len(words) == 1 and ATTACHED.fullmatch(words[0]):
                words.append(text)
                taken += 1
                continue
            is_short = len(text) < LONGEST_HEADING and not text.endswith((".", ";", ":"))
            if not in_capitals and (words or not is_short):
                break
            words.append(text)
            taken += 1
        return " ".join(words)[:400], taken

    def open_part(self, match: re.Match[str], title: str, line: Line) -> None:
        number = match[1].lower().removeprefix("thứ ")
        if not self.is_annexed:
            self.scope = ""
        draft = self.add(
            kinds.PART, f"{self.scope}phan-{_slug(number)}", self.above("annex"), line.page,
            label=f"Phần {match[1]}", heading=title,
        )  # fmt: skip
        self.opened("part", draft)

    def open_chapter(self, match: re.Match[str], title: str, line: Line) -> None:
        number = f"{match[1]}{match[2]}"
        # Chapters are numbered through the whole of a code or anew in each part: only a doubled name takes the part's.
        anchor = f"{self.scope}chuong-{number.lower()}"
        if anchor in self.taken and "part" in self.open:
            anchor = f"{self.open['part'].anchor}-chuong-{number.lower()}"
        draft = self.add(
            kinds.CHAPTER, anchor, self.above("part", "annex"), line.page, label=f"Chương {number}", heading=title
        )
        self.opened("chapter", draft)

    def open_section(self, match: re.Match[str], title: str, line: Line) -> None:
        over = self.above("chapter", "part", "annex")
        number = f"{match[1]}{match[2]}"
        anchor = f"{over}-muc-{number.lower()}" if over else f"{self.scope}muc-{number.lower()}"
        self.opened("section", self.add(kinds.SECTION, anchor, over, line.page, label=f"Mục {number}", heading=title))

    def open_subsection(self, match: re.Match[str], title: str, line: Line) -> None:
        over = self.above("section", "chapter", "part", "annex")
        anchor = f"{over}-tieu-muc-{match[1].lower()}" if over else f"{self.scope}tieu-muc-{match[1].lower()}"
        draft = self.add(kinds.SUBSECTION, anchor, over, line.page, label=f"Tiểu mục {match[1]}", heading=title)
        self.opened("subsection", draft)

    def open_annex(self, match: re.Match[str], title: str, line: Line) -> None:
        number = (match[1] or "").lower()
        draft = self.add(
            kinds.ANNEX, f"phu-luc-{number}" if number else "phu-luc", "", line.page,
            label=f"Phụ lục {match[1]}" if number else "Phụ lục", heading=title,
        )  # fmt: skip
        self.begin_annex(draft)

    def open_attached(self, title: str, line: Line) -> None:
        # The letterhead is printed once more over what is attached.
        while self.ended and self.drafts and self.drafts[-1].kind == kinds.PARAGRAPH:
            if not is_letterhead(self.drafts[-1].text):
                break
            self.taken.discard(self.drafts.pop().anchor)
        self.begin_annex(self.add(kinds.ANNEX, "kem-theo", "", line.page, heading=title))

    def begin_annex(self, draft: Draft) -> None:
        self.open = {"annex": draft}
        self.scope = f"{draft.anchor}."
        self.article = self.clause = 0
        self.ended = False

    @property
    def is_annexed(self) -> bool:
        return "annex" in self.open

    def opened(self, name: str, draft: Draft) -> None:
        order = ["annex", "part", "chapter", "section", "subsection", "article", "clause", "point"]
        for deeper in order[order.index(name) :]:
            self.open.pop(deeper, None)
        self.open[name] = draft

    def above(self, *names: str) -> str:
        return next((self.open[name].anchor for name in names if name in self.open), "")

    def open_heading(self, label: str, title: str) -> None:
        """A heading whose label is known to be one; any other label becomes a section without a number."""
        for name in ("part", "chapter", "section", "subsection"):
            if match := _HEADINGS[name].match(bare(label)):
                getattr(self, f"open_{name}")(match, title[:400], Line(label))
                return
        over = self.above("part")
        anchor = f"{self.scope}{over and f'{over}-'}{_slug(label)[:60]}"
        self.opened("chapter", self.add(kinds.CHAPTER, anchor, over, "", label=label[:120], heading=title[:400]))

    def begin_article(self, name: str, heading: str) -> None:
        """An article whose number and heading are known apart."""
        self.article, self.clause, self.point, self.quoted = int(re.sub(r"\D", "", name) or 0), 0, "", 0
        is_title = len(heading) <= LONGEST_HEADING
        draft = self.add(
            kinds.ARTICLE, f"{self.scope}dieu-{name}", self.above("subsection", "section", "chapter", "part"), "",
            label=f"Điều {name}", heading=heading if is_title else "", text="" if is_title else heading,
        )  # fmt: skip
        self.opened("article", draft)

    # -- articles and what stands in them

    def open_article(self, match: re.Match[str], line: Line) -> None:
        number, letter = int(match[1]), match[2] or ""
        if letter == "" and self.article and number not in (self.article, self.article + 1) and not self.ended:
            self.doubt("number", f"{self.scope}dieu-{number}", f"Điều {self.article} → Điều {number}")
        self.article, self.clause, self.point = number, 0, ""
        self.ended = False
        heading, text = (match[3] or "").strip(), ""
        name = f"{number}{letter}"
        if run_in := TITLE_RUN_IN.search(heading):
            heading, text = heading[: run_in.start()].strip(), heading[run_in.start() :].strip()
        if heading.rstrip("*").endswith((".", ";", ":")) or len(heading) > LONGEST_HEADING:
            heading, text = "", " ".join(part for part in (heading, text) if part)
        draft = self.add(
            kinds.ARTICLE, f"{self.scope}dieu-{name}", self.above("subsection", "section", "chapter", "part", "annex"),
            line.page, label=f"Điều {name}", heading=heading.strip("*").strip(),
        )  # fmt: skip
        self.opened("article", draft)
        if text:
            self.doubt("run-in", draft.anchor, text[:120])
            self.body(Line(text, line.page))

    def body(self, line: Line) -> None:
        text = line.text
        if run_in := self.run_in(text):
            before, after = text[: run_in.start()].strip(), text[run_in.start() :].strip()
            if before:
                self.body(Line(before, line.page))
            match = ARTICLE.match(after)
            assert match
            self.open_article(match, line)
            self.doubt("run-in", self.open["article"].anchor, after[:120])
            return
        was_quoted, self.quoted = self.quoted > 0, max(0, self.quoted + text.count("“") - text.count("”"))
        self.closed = self.quoted <= 0 and bool(CLOSES.search(text))
        if was_quoted:
            self.go_on(line)
        elif "article" in self.open and (match := CLAUSE.match(text)) and self.is_next_clause(int(match[1]), match[2]):
            self.open_clause(match, line)
        elif "article" in self.open and (match := POINT.match(text)) and self.is_next_point(match[1], match[2]):
            self.open_point(match, line)
        else:
            self.go_on(line)

    def run_in(self, text: str) -> re.Match[str] | None:
        """A further article's heading inside the line: only the number that comes next, and not one referred to."""
        if "Điều" not in text[1:] or not self.article or self.quoted > 0:
            return None
        for match in RUN_IN.finditer(text):
            if match.start() == 0 or NOTE_OPENS.search(text, 0, match.start()):
                continue
            number, letter = int(match[1] or match[3]), match[2] or match[4]
            glued = not text[match.start()].isspace()
            if number == self.article + 1 and (glued or self.is_missing(number)) and not letter:
                return match
        return None

    def is_missing(self, number: int) -> bool:
        return all(number != other for _place, other in self.numbers)

    def is_next_clause(self, number: int, letter: str) -> bool:
        if letter:
            return number == self.clause
        return self.clause < number <= self.clause + 3 if self.clause else number == 1

    def open_clause(self, match: re.Match[str], line: Line) -> None:
        number, letter = int(match[1]), match[2]
        article = self.open["article"]
        anchor = f"{article.anchor}.khoan-{number}{letter}"
        if not letter and number > self.clause + 1:
            self.doubt("number", anchor, f"khoản {self.clause} → khoản {number}")
        self.clause, self.point = number, ""
        label = f"{article.label} khoản {number}{letter}"
        self.opened(
            "clause", self.add(kinds.CLAUSE, anchor, article.anchor, line.page, label=label, text=_lead(match[3]))
        )

    def is_next_point(self, letter: str, digit: str) -> bool:
        if digit:
            return letter == self.point
        if not self.point:
            return letter == "a"
        return letter in POINTS and self.point in POINTS and 0 < POINTS.index(letter) - POINTS.index(self.point) <= 3

    def open_point(self, match: re.Match[str], line: Line) -> None:
        over = self.open.get("clause") or self.open["article"]
        letter = f"{match[1]}{match[2]}"
        anchor = f"{over.anchor}.diem-{letter}"
        if not match[2] and self.point and POINTS.index(match[1]) > POINTS.index(self.point) + 1:
            self.doubt("number", anchor, f"điểm {self.point} → điểm {match[1]}")
        self.point = match[1]
        draft = self.add(
            kinds.POINT, anchor, over.anchor, line.page, label=f"{over.label} điểm {letter}", text=_lead(match[3])
        )
        self.opened("point", draft)

    def go_on(self, line: Line) -> None:
        """A line without a number belongs to what is open."""
        if self.ended or not any(name in self.open for name in ("article", "clause", "point")):
            if self.ended:
                self.closing(line)
            else:
                self.paragraph(line.text, self.above("subsection", "section", "chapter", "part", "annex"), line.page)
            return
        draft = self.open.get("point") or self.open.get("clause") or self.open["article"]
        draft.text = f"{draft.text}\n\n{line.text}" if draft.text else line.text
        if (match := CLAUSE.match(line.text)) and self.quoted <= 0 and not match[2] and int(match[1]) < 100:
            self.doubt("number", draft.anchor, line.text[:120])


def _said_title(name: str, match: re.Match[str]) -> str:
    """The title that stands in the heading's own line."""
    return (match[2] if name in ("part", "annex") else match["title"]) or ""


_HEADINGS = {"part": PART, "chapter": CHAPTER, "section": SECTION, "subsection": SUBSECTION, "annex": ANNEX}


@dataclass
class _Directive(_Reader):
    """I, 1, a; what stands before I is the head, what stands after the signature the end."""

    section: Draft | None = None
    item: Draft | None = None
    number: int = 0
    roman: int = 0
    point: str = ""
    closed: bool = False
    ended: bool = False

    def read(self) -> None:
        for line in self.lines:
            self.sheet = line.sheet
            text = bare(line.text)
            was_closed, self.closed = self.closed, bool(CLOSES.search(text))
            opens = ROMAN_ITEM.match(text) or CLAUSE.match(text) or POINT.match(text)
            if self.roman and (END.match(text) or (was_closed and not opens)):
                self.section, self.item, self.ended = None, None, True
                self.closing(line)
            elif (match := ROMAN_ITEM.match(text)) and _roman(match[1]) == self.roman + 1:
                self.open_section(match, line)
            elif self.section and (match := CLAUSE.match(text)) and int(match[1]) == self.number + 1 and not match[2]:
                self.open_item(match, line)
            elif self.item and (match := POINT.match(text)) and self.follows(match[1]):
                self.open_point(match, line)
            elif self.ended:
                self.closing(line)
            else:
                self.paragraph(line.text, self.parent, line.page)

    @property
    def parent(self) -> str:
        return self.item.anchor if self.item else self.section.anchor if self.section else ""

    def open_section(self, match: re.Match[str], line: Line) -> None:
        self.roman, self.number, self.point, self.item, self.ended = self.roman + 1, 0, "", None, False
        is_title = len(match[2]) < LONGEST_HEADING and not match[2].endswith((";", ":"))
        self.section = self.add(
            kinds.SECTION, f"muc-{match[1].lower()}", "", line.page, label=f"Mục {match[1]}",
            heading=match[2] if is_title else "", text="" if is_title else match[2],
        )  # fmt: skip

    def open_item(self, match: re.Match[str], line: Line) -> None:
        assert self.section
        self.number, self.point = int(match[1]), ""
        self.item = self.add(
            kinds.CLAUSE, f"{self.section.anchor}.khoan-{self.number}", self.section.anchor, line.page,
            label=f"{self.section.label} khoản {self.number}", text=_lead(match[3]),
        )  # fmt: skip

    def follows(self, letter: str) -> bool:
        following = POINTS.index(self.point) + 1 if self.point else 0
        return following < len(POINTS) and letter == POINTS[following]

    def open_point(self, match: re.Match[str], line: Line) -> None:
        assert self.item
        self.point = match[1]
        self.add(
            kinds.POINT, f"{self.item.anchor}.diem-{match[1]}", self.item.anchor, line.page,
            label=f"{self.item.label} điểm {match[1]}", text=_lead(match[3]),
        )  # fmt: skip


def _lead(text: str) -> str:
    """The words after a number; "5*. An ninh*" leaves a star without its pair."""
    text = text.strip()
    return f"*{text}" if text.count("*") % 2 and not text.startswith("*") and "*" in text else text


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-")


def _roman(letters: str) -> int:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    total = 0
    for n, letter in enumerate(letters):
        value = values[letter]
        total += -value if n + 1 < len(letters) and values[letters[n + 1]] > value else value
    return total
