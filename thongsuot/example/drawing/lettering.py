"""How wide words are, and where a line breaks.

Nobody knows which sans serif a reader's machine has: these are the widths of a wide one, so that narrower ones fit.
"""

from functools import lru_cache

from thongsuot.viet.text import fold

_NARROW = frozenset("iljtfrI.,:;'’“”()[]|! ·")
_WIDE = frozenset("mwMW%@→")


@lru_cache(maxsize=4096)
def width(words: str, size: float, *, bold: bool = False) -> float:
    """In the sheet's units; marks above and below a letter do not widen it."""
    total = 0.0
    for letter in words:
        plain = fold(letter) if letter.isalpha() and letter.islower() else letter
        if plain in _NARROW:
            total += 0.36
        elif plain in _WIDE:
            total += 0.92
        elif letter.isupper():
            total += 0.7
        else:
            total += 0.57
    return total * size * (1.07 if bold else 1.0)


def lines(words: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """The words broken into lines no wider than ``room`` and about equally long; ``|`` breaks a line on purpose."""
    made: list[str] = []
    for part in words.split("|"):
        broken = _broken(part, size, room, bold)
        narrower = room
        while len(broken) > 1 and len(tighter := _broken(part, size, narrower := narrower * 0.97, bold)) <= len(broken):
            if max(width(line, size, bold=bold) for line in tighter) > narrower:
                break
            broken = tighter
        made += broken
    return made


def _broken(words: str, size: float, room: float, bold: bool) -> list[str]:
    made: list[str] = []
    for word in words.split():
        longer = f"{made[-1]} {word}" if made else word
        if made and width(longer, size, bold=bold) <= room:
            made[-1] = longer
        else:
            made.append(word)
    return made
