"""What was typed, taken apart: the words that count, a number, an article, what must stand word for word."""

import re
from dataclasses import dataclass
from functools import cached_property

from thongsuot.library.laws import numbers_of_named
from thongsuot.library.models import Abbreviation
from thongsuot.library.search.words import article_anchor, folded, number_key, number_keys, pairs, syllables
from thongsuot.viet.text import fold, nfc

# A whole question fits; what comes after costs time and changes little.
MOST_WORDS = 48
# Words that ask, not words that a law holds: "bao nhiêu" is rare in laws and would outweigh what is asked about.
_ASKING = [
    phrase.split()
    for phrase in (
        "theo quy dinh cua phap luat", "theo quy dinh", "hay cho biet", "cho biet", "xin hoi", "cho hoi",
        "duoc quy dinh nhu the nao", "duoc quy dinh the nao", "duoc quy dinh ra sao", "duoc hieu nhu the nao",
        "duoc hieu the nao", "duoc hieu la gi", "nghia la gi",
        "co duoc khong", "co phai khong", "co dung khong", "la dung hay sai", "dung hay sai",
        "duoc khong", "phai khong", "dung khong", "hay khong", "co khong", "la dung", "la sai",
        "nhu the nao", "the nao", "nhu nao", "ra sao", "lam sao",
        "bao nhieu", "bao lau", "bao gio", "khi nao", "luc nao", "o dau", "vi sao", "tai sao", "la gi", "la ai",
        "nhung gi", "nhung ai", "cai gi", "cho ai",
    )
]  # fmt: skip  # a longer one before a shorter one that it holds
# Who asks what something is wants the line "X là …", mostly of an article that explains words.
_MEANING = re.compile(
    r"(.+?) (?:nghia la gi|(?:duoc )?hieu (?:la gi|nhu the nao|the nao)|duoc coi la gi|la gi)"
    r"|(?:.+ )?the nao (?:la|duoc coi la|thi duoc coi la) (.+)"
)
_QUOTED = re.compile(r"[\"“«]([^\"”»]{2,200})[\"”»]")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Asked:
    """A question to the index."""

    text: str
    full: str  # with abbreviations written out

    @cached_property
    def plain(self) -> list[str]:
        """Folded syllables that count."""
        return folded(self.essence)

    @cached_property
    def marked(self) -> list[str]:
        """Syllables that were typed with marks: they match exactly first."""
        return [word for word in syllables(self.essence) if not word.isascii()]

    @cached_property
    def pairs(self) -> list[str]:
        return pairs(self.plain)

    @cached_property
    def numbers(self) -> list[str]:
        return number_keys(self.text)

    @cached_property
    def anchor(self) -> str:
        return article_anchor(self.text)

    @cached_property
    def named(self) -> tuple[str, ...]:
        """Keys of the numbers of the law that is called by its name, the newest first."""
        return tuple(number_key(number) for number in numbers_of_named(folded(self.full)))

    @cached_property
    def phrases(self) -> list[list[str]]:
        """What stands in quotation marks must stand in the text, word after word."""
        return [words for quoted in _QUOTED.finditer(self.text) if (words := folded(quoted[1]))]

    @cached_property
    def meant(self) -> str:
        """Folded words of which some, at their end or beginning, are a term whose meaning is asked for; or ""."""
        found = _MEANING.fullmatch(" ".join(folded(self.text)))
        return (found[1] or found[2]) if found else ""

    @cached_property
    def essence(self) -> str:
        return telling(self.full)

    def __bool__(self) -> bool:
        return bool(self.plain)


def read(typed: str) -> Asked:
    """One query: the list of abbreviations."""
    text = " ".join(nfc(typed.replace("\0", " ")).split()[:MOST_WORDS])
    return Asked(text, _written_out(text))


def telling(text: str) -> str:
    """The text without the words that only ask; a question that is nothing else stays as it is."""
    words = list(_WORD.finditer(text))
    plain = [fold(word[0]) for word in words]
    kept: list[str] = []
    at = 0
    while at < len(words):
        skipped = next((len(one) for one in _ASKING if plain[at : at + len(one)] == one), 0)
        if not skipped and plain[at] == "khong" and at == len(words) - 1:
            skipped = 1
        if not skipped:
            kept.append(words[at][0])
        at += skipped or 1
    return " ".join(kept) or text


def _written_out(text: str) -> str:
    """Abbreviations followed by what they stand for: "PCTN" finds phòng, chống tham nhũng."""
    words = text.split()
    if not any(word.isalpha() and len(word) >= 2 for word in words):
        return text
    known = [(folded(short), full) for short, full in Abbreviation.objects.values_list("short", "full")]
    plain = folded(text)
    wanted = [(short, full) for short, full in known if short and _stands_in(short, plain)]
    # What is typed in full already needs no second telling.
    return " ".join([text, *(full for _short, full in wanted if not _stands_in(folded(full), plain))])


def _stands_in(part: list[str], whole: list[str]) -> bool:
    return any(whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1))
