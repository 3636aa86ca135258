"""Laws that a text cites by their names only: where such a name begins is easy to see, where it ends is not."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from thongsuot.viet.text import fold, one_tone_placement

_TYPE = r"Bộ [Ll]uật|BỘ LUẬT|Luật|LUẬT|Pháp lệnh"
_WORDS_THAT_END = frozenset(
    re.findall(
        r"\w+",
        """và của được quy định này số ngày năm theo tại để là phải khi do trong với hoặc đã không thì có cho các những
        về từ đến đối hay bằng trên mà nêu nói đó trừ nếu đang cũng hiện như sau trước nhằm vẫn còn sẽ bị ban ra khác
        liên áp hướng giao yêu cấm nghiêm bao gồm chưa chỉ nhưng việc ghi đặt bổ""",
    )
)
_NAMED = re.compile(rf"(?<!\w)(?P<type>{_TYPE})\s+(?P<first>[^\W\d_]+)")
_CONSTITUTION = re.compile(r"(?<!\w)Hiến pháp(?:\s+nước Cộng hòa xã hội chủ nghĩa Việt Nam)?(?!\w|\s+này)")
_OWN = re.compile(
    r"(?<!\w)(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp|Nghị định|Thông tư liên tịch|Thông tư|Nghị quyết liên tịch|Nghị quyết"
    r"|Quyết định|Quy chế|Quy định|Điều lệ|Quy trình|Kế hoạch|Chỉ thị|Hướng dẫn|Kết luận|Chương trình|Văn bản)"
    r"\s+này(?!\w)"
)
_YEAR = re.compile(
    r"\s+(?:năm\s+)?((?:19|20)\d\d)(?!\d|/)"
    r"|\s+ngày\s+\d{1,2}[\s/]+(?:tháng\s+)?\d{1,2}[\s/]+(?:năm\s+)?((?:19|20)\d\d)"
)
_WORD = re.compile(r"\s+([^\W\d_]+)(?!\w)")
_AMENDS = re.compile(
    r"(?:sửa đổi|bổ sung)(?:\s*,?\s*(?:và\s+)?(?:bổ sung|sửa đổi))?\s+(?:một số\s+)?(?:điều|khoản|nội dung|quy định)"
    r"(?:\s*,\s*khoản)?\s+(?:của\s+|tại\s+)?(?:các\s+)?",
    re.IGNORECASE,
)  # fmt: skip
_AND_LAW = re.compile(rf"\s*(?:,|và|và của|;)\s*(?={_TYPE})")
_ABBREVIATED = re.compile(r"(?<!\w)(BLTTHS|BLTTDS|BLHS|BLDS|BLLĐ|BLHH)(?!\w)")
_IN_FULL = {
    "BLHS": "Bộ luật Hình sự", "BLTTHS": "Bộ luật Tố tụng hình sự", "BLDS": "Bộ luật Dân sự",
    "BLTTDS": "Bộ luật Tố tụng dân sự", "BLLĐ": "Bộ luật Lao động", "BLHH": "Bộ luật Hàng hải Việt Nam",
}  # fmt: skip
_LONGEST = 400
# "Luật Quản lý thuếvà Điều 25": words that are run on after a name.
_RUN_ON = ("và", "thì", "được", "ngày", "của", "điều")


@dataclass
class Named:
    """A law cited by its name; ``year`` only where it is said. ``is_own``: "Luật này"."""

    start: int
    end: int
    name: str = ""
    year: int | None = None
    is_own: bool = False


class KnownNames:
    """Names of laws without their type ("Phòng, chống tham nhũng"), ready to be looked for; the longest first."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.by_first_word: dict[str, list[str]] = {}
        for name in sorted({_even(name) for name in names}, key=len, reverse=True):
            if words := name.split():
                self.by_first_word.setdefault(words[0].strip(","), []).append(name)

    def end(self, text: str, begin: int) -> int:
        """Where the longest of the names ends that stands there; 0 if none does."""
        there = _even(text[begin : begin + _LONGEST])
        first = re.match(r"[^\W\d_]+", there)
        for name in self.by_first_word.get(first[0], ()) if first else ():
            after = there[len(name) : len(name) + 5]
            if there.startswith(name) and (not after[:1].isalpha() or after.startswith(_RUN_ON)):
                return begin + len(name)
        return 0


def _even(text: str) -> str:
    """Letter for letter: in small letters, one tone placement, plain blanks."""
    even = one_tone_placement(text).lower().replace("\u00a0", " ")
    return even if len(even) == len(text) else text.lower()


_USUAL = KnownNames()


def find_names(text: str, known: KnownNames = _USUAL) -> list[Named]:
    """Laws by name, none overlapping; the text is NFC.

    A name reaches as far as one of the known names does, else up to the first word that no name holds. "Luật sửa đổi,
    bổ sung một số điều của Luật X" is one law.
    """
    found = [Named(match.start(), match.end(), is_own=True) for match in _OWN.finditer(text)]
    for match in _ABBREVIATED.finditer(text):
        found.append(_with_year(text, match.start(), match.end(), _IN_FULL[match[1]]))
    for match in _CONSTITUTION.finditer(text):
        found.append(_with_year(text, match.start(), match.end(), "Hiến pháp"))
    last = 0
    for match in _NAMED.finditer(text):
        if match.start() < last or match["first"].lower() in ("này", "số"):
            continue
        if end := _end_of_name(text, match, known):
            named = _with_year(text, match.start(), end, " ".join(text[match.start() : end].split()))
            last = named.end
            found.append(named)
    return sorted(found, key=lambda each: each.start)


def _with_year(text: str, start: int, end: int, name: str) -> Named:
    year = _YEAR.match(text, end)
    return Named(start, year.end() if year else end, name, int(year[1] or year[2]) if year else None)


def _end_of_name(text: str, match: re.Match[str], known: KnownNames) -> int:
    begin = match.start("first")
    if end := known.end(text, begin):
        return end
    if amends := _AMENDS.match(text, begin):
        return _end_of_amended(text, amends.end(), known)
    first = match["first"]
    if first.isupper() and len(first) > 1:
        # An abbreviation: Luật PCTN. In a line of capitals nothing is known of where a name ends.
        return match.end("first") if not text[match.end("first") : match.end("first") + 3].strip().isupper() else 0
    if first[:1].isupper() and first.lower() not in _WORDS_THAT_END:
        return _guessed_end(text, match.end("first"))
    return 0


def _end_of_amended(text: str, begin: int, known: KnownNames) -> int:
    """After "sửa đổi, bổ sung một số điều của": the laws that it amends, one after the other."""
    end = 0
    while inner := _NAMED.match(text, begin):
        reach = known.end(text, inner.start("first"))
        if not reach and inner["first"][:1].isupper():
            reach = _guessed_end(text, inner.end("first"))
        if not reach:
            break
        end = reach
        further = _AND_LAW.match(text, end)
        if not further:
            break
        begin = further.end()
    return end


def _guessed_end(text: str, end: int) -> int:
    for _n in range(9):
        if text.startswith(", chống ", end):  # Phòng, chống …
            end += len(", chống")
            continue
        word = _WORD.match(text, end)
        if not word or word[1].lower() in _WORDS_THAT_END or word[1][:1].isupper():
            break
        end = word.end()
    return end


def name_key(name: str) -> str:
    """What names of one law have in common however they are written: without type, marks, capitals and commas."""
    return bare_key(_WITHOUT_TYPE.sub("", name.strip()))


def bare_key(bare: str) -> str:
    """The same of a name that stands without its type."""
    return " ".join(re.findall(r"\w+", fold(_WITHOUT_NUMBER.sub("", bare))))[:200]


_WITHOUT_TYPE = re.compile(r"^(?:Bộ luật|Luật|Pháp lệnh)\s+", re.IGNORECASE)
_WITHOUT_NUMBER = re.compile(r"(?:,?\s*(?:số|năm)?\s*\d[\w/.-]*)+$")
