"""Which law a name means: the register of laws that ships with the product, and those that the library holds."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from thongsuot.library.models import Abbreviation, Document
from thongsuot.library.names import KnownNames, bare_key, name_key
from thongsuot.viet.text import fold, nfc

_FILE = Path(__file__).parent / "rules" / "laws.tsv"
_YEAR = re.compile(r"(?:19|20)\d\d")
_LAW_TYPES = ("luật ", "bộ luật ", "pháp lệnh ")


@cache
def register() -> tuple[tuple[str, str, date | None], ...]:
    """(number, name without its type, date of issue) of laws, also of those that the library does not hold.

    Of some only the name is known.
    """
    rows = []
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            number, _type, name, day, *_rest = line.split("\t")
            rows.append((number, name, date.fromisoformat(day) if day else None))
    return tuple(rows)


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    """Numbers of the register's laws by their folded names without a type, the newest first."""
    found: dict[str, list[str]] = {}
    for number, name, _day in register():
        if number:
            found.setdefault(bare_key(name), []).insert(0, number)  # the register goes from old to new
    return {name: tuple(numbers) for name, numbers in found.items()}


def numbers_of_named(words: Sequence[str]) -> tuple[str, ...]:
    """Numbers of the law that folded words name behind "luật" or "pháp lệnh", the newest first.

    Of names that hold each other the longest counts. A year behind it chooses: "bo luat hinh su nam 1999".
    """
    named = [
        (end - start, start, end)
        for start in range(1, len(words))
        if words[start - 1] in ("luat", "lenh")
        for end in range(start + 1, len(words) + 1)
        if " ".join(words[start:end]) in _by_name()
    ]
    if not named:
        return ()
    _length, start, end = max(named)
    numbers = _by_name()[" ".join(words[start:end])]
    year = next((word for word in words[end : end + 2] if _YEAR.fullmatch(word)), "")
    return tuple(number for number in numbers if f"/{year}/" in number) if year else numbers


class KnownLaws:
    """Names of laws with their numbers, read once for a whole import."""

    def __init__(self, *, of_library: bool = True) -> None:
        """Without the library only the register is read, and no database."""
        self.days: dict[str, date | None] = {}
        self.numbers: dict[str, list[str]] = {}
        names = []
        for number, name, day in (*register(), *(_in_the_library() if of_library else ())):
            names.append(name)
            if number:
                self.days[number] = day or self.days.get(number)
                self.numbers.setdefault(bare_key(name), []).append(number)
        self.full = {fold(one.short): bare_key(one.full) for one in (Abbreviation.objects.all() if of_library else ())}
        self.names = KnownNames(names)

    def number(self, name: str, year: int | None, on: date | None) -> str:
        """Of several laws of one name: that of the year, else the newest that stood on the day; empty if unknown."""
        key = name_key(name)
        laws = self.numbers.get(key) or self.numbers.get(self.full.get(key, ""), [])
        dated = sorted({(self._sortable(number), number) for number in laws})
        if year:
            dated = [law for law in dated if law[0][:4] == str(year)]
        elif on:
            dated = [law for law in dated if law[0] <= on.isoformat()]
        return dated[-1][1] if dated else ""

    def _sortable(self, number: str) -> str:
        day = self.days.get(number)
        if day:
            return day.isoformat()
        # 36/2018/QH14 says its year itself.
        year = number.split("/")[1] if number.count("/") == 2 else ""
        return year if year.isdigit() else ""


def _in_the_library() -> Iterable[tuple[str, str, date | None]]:
    rows = Document.objects.filter(kind=Document.Kind.LAW).exclude(number="")
    for number, title, issued_on in rows.values_list("number", "title", "issued_on"):
        yield number, without_type(nfc(title)), issued_on


def without_type(title: str) -> str:
    """ "Phòng, chống tham nhũng" of "Luật Phòng, chống tham nhũng số 36/2018/QH14"."""
    bare = next((title[len(kind) :] for kind in _LAW_TYPES if title.lower().startswith(kind)), title)
    return _WITHOUT_NUMBER.sub("", bare).strip()


_WITHOUT_NUMBER = re.compile(r"(?:,?\s*(?:số|năm)?\s*\d[\w/.-]*)+$")
