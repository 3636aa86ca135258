"""How text becomes search terms: exact syllables, folded syllables, folded pairs of syllables."""

import re
from itertools import pairwise

from thongsuot.viet.text import fold, nfc, one_tone_placement

_SYLLABLE = re.compile(r"\w+")
# A number of a document in any of its spellings is at most: 147 - KH / TU, or 12 / 2019 / NĐ - CP.
_LONGEST_NUMBER = 5


def syllables(text: str) -> list[str]:
    return _SYLLABLE.findall(one_tone_placement(nfc(text)).lower())


def folded(text: str) -> list[str]:
    return _SYLLABLE.findall(fold(text))


def pairs(terms: list[str]) -> list[str]:
    return [f"{first}_{second}" for first, second in pairwise(terms)]


def number_key(text: str) -> str:
    """147-KH/TU, "147 kh tu" and 147/KH-TU are one key: 147khtu."""
    return re.sub(r"[^a-z0-9]", "", fold(text))


def number_keys(text: str) -> list[str]:
    """Every run of syllables that begins with a digit and may be a document's number."""
    terms = folded(text)
    return [
        "".join(terms[start:end])
        for start in range(len(terms))
        if terms[start][0].isdigit()
        for end in range(start + 1, min(start + _LONGEST_NUMBER, len(terms)) + 1)
        if any(letter.isalpha() for letter in "".join(terms[start:end]))
    ]


_ARTICLE = re.compile(r"\b(?:dieu|article|art\.?)\s*(\d{1,4}[a-z]?)\b")
# Art. 66(2)(a), Điều 66(2); đ is a point of its own, so that this reads the text with its marks.
_IN_BRACKETS = re.compile(r"\b(?:điều|dieu|article|art\.?)\s*(\d{1,4}[a-z]?)\s*\((\d{1,3})\)(?:\s*\(([a-zđ])\))?")
_CLAUSE = re.compile(r"\b(?:khoan|clause)\s*(\d{1,3})\b")
_POINT = re.compile(r"\b(?:diem|point)\s+([a-zđ])\b")


def article_anchor(text: str) -> str:
    """dieu-20.khoan-2.diem-a for "điểm a khoản 2 Điều 20" in any order, with or without marks, and "Art. 20(2)(a)"."""
    plain = fold(text)
    if found := _IN_BRACKETS.search(nfc(text).lower()):
        return f"dieu-{found[1]}.khoan-{found[2]}" + (f".diem-{found[3]}" if found[3] else "")
    article = _ARTICLE.search(plain)
    if not article:
        return ""
    clause = _CLAUSE.search(plain)
    # đ is a point of its own; folding would make it d.
    point = _POINT.search(plain) and re.search(r"(?:điểm|diem|point)\s+([a-zđ])\b", nfc(text).lower())
    anchor = f"dieu-{article[1]}"
    if clause:
        anchor += f".khoan-{clause[1]}"
        anchor += f".diem-{point[1]}" if point else ""
    return anchor


_MARKUP = re.compile(r"!?\[([^\]]*)\]\((?:[^()]|\([^()]*\))*\)|-{3,}|[*_`#>|]+|^\s*(?:[-+]|\d+\.)\s+", re.MULTILINE)


def plain_text(markdown: str) -> str:
    """What a reader sees, without the signs of Markdown."""
    text = _MARKUP.sub(lambda match: match[1] or " ", nfc(markdown))
    return " ".join(text.split())
