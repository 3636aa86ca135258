"""A sheet that grows downwards as one draws on it, and comes out as an SVG with its words as real text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from thongsuot.example.drawing.lettering import lines

WIDTH = 420
EDGE = 18
INNER = WIDTH - 2 * EDGE
# On a phone of 360 pixels a unit is some four fifths of a pixel: nothing is set smaller than NOTE.
TITLE, HEAD, TEXT, NOTE = 24, 19, 17.5, 16.5
LEADING = 1.32

PAPER, CARD, SAND = "#fbf7f0", "#ffffff", "#f0e7d8"
INK, NAVY, RED, GOLD = "#2b2622", "#1f3a5f", "#8c1c2b", "#c9a227"
_FONTS = "'Noto Sans', system-ui, 'DejaVu Sans', sans-serif"


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


@dataclass
class Sheet:
    title: str
    language: str
    y: float = 0  # how far down it is drawn on
    _drawn: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.y = 20
        self.y = self.write(self.title, EDGE, self.y, size=TITLE, bold=True, colour=RED, room=INNER) + 8
        self.box(EDGE, self.y, 72, 5, fill=GOLD, radius=2.5)
        self.y += 21

    def write(
        self, words: str, x: float, y: float, *, size: float = TEXT, room: float = INNER, bold: bool = False,
        colour: str = INK, anchor: str = "start",
    ) -> float:  # fmt: skip
        """From the top of the first line; returns where the next one would begin."""
        for line in lines(words, size, room, bold=bold):
            y += size * LEADING
            weight = ' font-weight="700"' if bold else ""
            at = "" if anchor == "start" else f' text-anchor="{anchor}"'
            self._drawn.append(
                f'<text x="{_n(x)}" y="{_n(y - size * 0.32)}" font-size="{_n(size)}" fill="{colour}"{weight}{at}>'
                f"{escape(line)}</text>"
            )
        return y

    def height(self, words: str, room: float, *, size: float = TEXT, bold: bool = False) -> float:
        return len(lines(words, size, room, bold=bold)) * size * LEADING

    def centre(self, words: str, x: float, middle: float, *, size: float = HEAD, room: float, colour: str) -> None:
        """Bold words in the middle of a badge."""
        self.write(
            words, x, middle - self.height(words, room, size=size, bold=True) / 2, size=size, room=room, bold=True,
            colour=colour, anchor="middle",
        )  # fmt: skip

    def box(
        self, x: float, y: float, wide: float, high: float, *, fill: str = CARD, line: str = "", radius: float = 12
    ) -> None:
        stroke = f' stroke="{line}" stroke-width="2"' if line else ""
        place = f'x="{_n(x)}" y="{_n(y)}" width="{_n(wide)}" height="{_n(high)}" rx="{_n(radius)}"'
        self._drawn.append(f'<rect {place} fill="{fill}"{stroke}/>')

    def dot(self, x: float, y: float, radius: float, *, fill: str, line: str = "") -> None:
        stroke = f' stroke="{line}" stroke-width="3"' if line else ""
        self._drawn.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{fill}"{stroke}/>')

    def path(self, steps: str, *, line: str = GOLD, thick: float = 4, fill: str = "none") -> None:
        self._drawn.append(
            f'<path d="{steps}" fill="{fill}" stroke="{line}" stroke-width="{_n(thick)}" stroke-linecap="round"'
            ' stroke-linejoin="round"/>'
        )

    def arrow(self, x: float, y: float, to: float, *, colour: str = GOLD) -> None:
        """Up or down, from ``y`` to ``to``."""
        back = 8 if to > y else -8
        self.path(
            f"M{_n(x)} {_n(y)}V{_n(to)}M{_n(x - 8)} {_n(to - back)}L{_n(x)} {_n(to)}L{_n(x + 8)} {_n(to - back)}",
            line=colour,
        )

    def foot(self, words: str) -> None:
        """What to remember, under it all."""
        if words:
            self.y = self.write(words, EDGE, self.y + 6, colour=INK) + 2

    def svg(self) -> str:
        high = _n(self.y + 18)
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}" width="{WIDTH}" height="{high}"'
                f' role="img" lang="{self.language}" xml:lang="{self.language}" font-family="{_FONTS}">',
                f"<title>{escape(self.title)}</title>",
                f'<rect width="{WIDTH}" height="{high}" fill="{PAPER}"/>',
                *self._drawn,
                "</svg>\n",
            ]
        )


def cells(words: Sequence[str], rooms: Sequence[float], sheet: Sheet, *, size: float = TEXT) -> float:
    """How high a row of words becomes in columns of these widths."""
    return max(sheet.height(each, room, size=size) for each, room in zip(words, rooms, strict=True))
