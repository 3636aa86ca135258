"""Folding and sorting Vietnamese text, so that people find it however it was typed."""

import re
import unicodedata


def _folding_table() -> dict[int, str]:
    table = {ord("Đ"): "D", ord("đ"): "d", 0xD0: "D", 0xF0: "d"}
    for point in range(0xC0, 0x1F00):
        letter = chr(point)
        base = "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))
        if base and base != letter:
            table.setdefault(point, base)
    return table


_FOLD = _folding_table()
_MARKS = dict.fromkeys(range(768, 880), "")


def nfc(text: str) -> str:
    """NFC, and the Icelandic Ð that old lists hold in place of Đ repaired."""
    return unicodedata.normalize("NFC", text).replace("\u00d0", "Đ").replace("\u00f0", "đ")


def fold(text: str) -> str:
    """Lower case without marks, one letter for one letter on NFC text: offsets stay true."""
    return nfc(text).translate(_FOLD).translate(_MARKS).lower()


_TONES = "\u0300\u0301\u0303\u0309\u0323"


def one_tone_placement(text: str) -> str:
    """hoà, uỷ and thuý written as hòa, ủy and thúy are: a key for comparing, never for showing."""
    decomposed = unicodedata.normalize("NFD", text)
    moved = re.sub(
        rf"(?<![qQ])([oO])([aAeE])([{_TONES}])(?![a-zA-Z])|(?<![qQ])([uU])([yY])([{_TONES}])(?![a-zA-Z])",
        lambda m: (m[1] + m[3] + m[2]) if m[1] else (m[4] + m[6] + m[5]),
        decomposed,
    )
    return unicodedata.normalize("NFC", moved)


# Vietnamese order: letters by the alphabet (đ after d, ă â after a), then the tone. A key is made of digits only, so
# that it sorts alike in any collation: 00 ends the letters, 01 is anything else, 1n a number of n digits, 21… letters.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: str(index) for index, letter in enumerate(_ALPHABET, start=21)}
_TONE_RANK = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_PIECES = re.compile(r"[0-9]+|.", re.DOTALL)


def sort_key(text: str) -> str:
    """A string that sorts as a Vietnamese dictionary does, numbers by their size."""
    letters: list[str] = []
    tones: list[str] = []
    for piece in _PIECES.findall(nfc(text).lower()):
        if "0" <= piece[0] <= "9":
            number = piece.lstrip("0") or "0"
            letters.append(f"1{min(len(number), 9)}" + "".join(f"0{digit}" for digit in number))
            continue
        parts = unicodedata.normalize("NFD", piece)
        tone = next((_TONE_RANK[c] for c in parts if c in _TONE_RANK), "0")
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONE_RANK))
        if base in _LETTER_RANK:
            letters.append(_LETTER_RANK[base])
            tones.append(tone)
        else:
            letters.append("01")
    return "".join(letters) + "00" + "".join(tones)


def name_sort_key(full_name: str) -> str:
    """People are ordered by given name, then by family and middle names (An before Bình)."""
    *before, given = nfc(full_name).split() or [""]
    return f"{sort_key(given)}{sort_key(' '.join(before))}"[:400]


def given_name(full_name: str) -> str:
    return (full_name.split() or [""])[-1]
