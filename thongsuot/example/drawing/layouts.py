"""The few ways in which a plate is laid out. Each takes the plate's words in one language."""

from collections.abc import Callable, Sequence
from math import cos, pi, sin
from typing import Any

from thongsuot.example.drawing.sheet import (
    CARD,
    EDGE,
    GOLD,
    HEAD,
    INK,
    INNER,
    NAVY,
    NOTE,
    PAPER,
    RED,
    SAND,
    TEXT,
    WIDTH,
    Sheet,
    cells,
)  # fmt: skip

Plate = dict[str, Any]
PAD = 12


def steps(sheet: Sheet, plate: Plate) -> None:
    """Cards one under the other, joined by arrows: badge, heading, words, and what they rest on.

    ``stairs`` moves each card a little to the right; ``loose`` leaves the arrows out.
    """
    stairs, badge = plate.get("stairs", 0), plate.get("badge", 62)
    shown = plate["item"]
    for n, (mark, head, words, basis) in enumerate(item["words"] for item in shown):
        left = EDGE + n * stairs
        wide = INNER - n * stairs
        x, room = left + badge + PAD, wide - badge - 2 * PAD
        high = sheet.height(head, room, size=HEAD, bold=True) + sheet.height(words, room)
        high = max(high + sheet.height(basis, room, size=NOTE, bold=True) + 2 * PAD, 60)
        colour = RED if shown[n].get("strong") else NAVY
        sheet.box(left, sheet.y, wide, high, line=colour)
        sheet.box(left, sheet.y, badge, high, fill=colour)
        sheet.centre(mark, left + badge / 2, sheet.y + high / 2, room=badge - 8, colour="#ffffff")
        y = sheet.write(head, x, sheet.y + PAD, size=HEAD, room=room, bold=True, colour=colour)
        y = sheet.write(words, x, y, room=room)
        sheet.write(basis, x, y, size=NOTE, room=room, bold=True, colour=RED)
        sheet.y += high
        if n + 1 < len(shown):
            if not plate.get("loose"):
                sheet.arrow(left + stairs + badge / 2, sheet.y + 3, sheet.y + 17)
            sheet.y += 10 if plate.get("loose") else 20
    sheet.y += 6


def grid(sheet: Sheet, plate: Plate) -> None:
    """Boxes two by two: a heading on a band, words under it."""
    wide = (INNER - 12) / 2
    room = wide - 2 * PAD
    items = plate["item"]
    for n in range(0, len(items), 2):
        pair = items[n : n + 2]
        band = max(sheet.height(item["words"][0], room, size=HEAD, bold=True) for item in pair) + 12
        high = band + max(sheet.height(item["words"][1], room) for item in pair) + 2 * PAD
        for column, item in enumerate(pair):
            x = EDGE + column * (wide + 12)
            pale = item.get("pale")
            colour = RED if item.get("strong") else NAVY
            sheet.box(x, sheet.y, wide, high, fill=SAND if pale else CARD, line=GOLD if pale else colour)
            if not pale:
                sheet.box(x, sheet.y, wide, band, fill=colour)
                sheet.box(x, sheet.y + band - 12, wide, 12, fill=colour, radius=0)
            head, words = item["words"]
            sheet.write(head, x + PAD, sheet.y + 6, size=HEAD, room=room, bold=True, colour=INK if pale else "#ffffff")
            sheet.write(words, x + PAD, sheet.y + band + PAD, room=room)
        sheet.y += high + 12


def rows(sheet: Sheet, plate: Plate) -> None:
    """A table; ``columns`` are parts of the width, the first column is bold."""
    parts = plate["columns"]
    gap = 10
    free = INNER - 2 * PAD - gap * (len(parts) - 1)
    rooms = [free * part / sum(parts) for part in parts]
    lefts = [EDGE + PAD + sum(rooms[:n]) + gap * n for n in range(len(parts))]
    if heads := plate.get("heads"):
        y = max(
            sheet.write(head, x, sheet.y, size=NOTE, room=room, bold=True, colour=RED)
            for head, x, room in zip(heads, lefts, rooms, strict=True)
        )
        sheet.y = y + 6
    for item in plate["item"]:
        words = item["words"]
        high = cells(words, rooms, sheet) + 2 * 8
        pale = item.get("pale")
        sheet.box(EDGE, sheet.y, INNER, high, fill=SAND if pale else CARD, line=GOLD if pale else NAVY, radius=8)
        for n, (each, x, room) in enumerate(zip(words, lefts, rooms, strict=True)):
            sheet.write(each, x, sheet.y + 8, room=room, bold=n == 0, colour=NAVY if n == 0 else INK)
        sheet.y += high + 7


def bars(sheet: Sheet, plate: Plate) -> None:
    """A bar for each figure, with its words above it; ``unit`` is said behind the figure."""
    most = max(item["value"] for item in plate["item"])
    for item in plate["item"]:
        head, note = item["words"]
        colour = RED if item.get("strong") else NAVY
        sheet.write(note, WIDTH - EDGE, sheet.y, size=NOTE, bold=True, colour=colour, anchor="end")
        sheet.y = sheet.write(head, EDGE, sheet.y, room=INNER - 110, bold=bool(item.get("strong"))) + 3
        sheet.box(EDGE, sheet.y, INNER, 12, fill=SAND, radius=6)
        sheet.box(EDGE, sheet.y, max(12, INNER * item["value"] / most), 12, fill=colour, radius=6)
        sheet.y += 22


def tree(sheet: Sheet, plate: Plate) -> None:
    """Questions from above; one answer leads on downwards, the other out to the right."""
    onward, outward = plate["answers"]
    for item in plate["item"]:
        question, way_out = item["words"]
        left, right = INNER * 0.5, INNER * 0.5 - 30
        room, room_out = left - 2 * PAD, right - 2 * PAD
        high = max(
            sheet.height(question, room, bold=True), sheet.height(way_out, room_out) + sheet.height("x", room)
        )  # fmt: skip
        high += 2 * PAD
        if not way_out:
            high = sheet.height(question, INNER - 2 * PAD, bold=True) + 2 * PAD
            sheet.box(EDGE, sheet.y, INNER, high, fill=NAVY)
            sheet.write(question, EDGE + PAD, sheet.y + PAD, room=INNER - 2 * PAD, bold=True, colour="#ffffff")
            sheet.y += high + 6
            return
        sheet.box(EDGE, sheet.y, left, high, line=NAVY)
        sheet.write(question, EDGE + PAD, sheet.y + PAD, room=room, bold=True, colour=NAVY)
        x, middle = EDGE + left, sheet.y + high / 2
        sheet.path(f"M{x + 4:.0f} {middle:.0f}h20m-7 -7l7 7l-7 7")
        sheet.box(x + 30, sheet.y, right, high, fill=SAND, line=GOLD)
        y = sheet.write(outward, x + 30 + PAD, sheet.y + PAD, size=NOTE, bold=True, colour=RED)
        sheet.write(way_out, x + 30 + PAD, y, room=room_out)
        sheet.y += high
        sheet.arrow(EDGE + 28, sheet.y + 3, sheet.y + 27)
        sheet.write(onward, EDGE + 46, sheet.y + 3, size=NOTE, bold=True, colour=RED)
        sheet.y += 31


def clock(sheet: Sheet, plate: Plate) -> None:
    """A dial cut into the parts of the time, and what each part is for."""
    whole = sum(item["value"] for item in plate["item"])
    x, y, radius = WIDTH / 2, sheet.y + 112, 108.0
    colours = [NAVY, "#3d6a94", RED, "#b04a57", "#7a5c00", "#5b6b3a"]
    begin = 0.0
    for n, item in enumerate(plate["item"]):
        end = begin + item["value"] / whole
        points = [_on_dial(x, y, radius, turn) for turn in (begin, end)]
        large = int(end - begin > 0.5)
        sheet.path(
            f"M{x:.1f} {y:.1f}L{points[0]}A{radius:.0f} {radius:.0f} 0 {large} 1 {points[1]}Z",
            line=PAPER, thick=3, fill=colours[n],
        )  # fmt: skip
        across, down = (float(each) for each in _on_dial(x, y, radius * 0.72, (begin + end) / 2).split())
        sheet.centre(str(item["value"]), across, down, room=40, colour="#ffffff")
        begin = end
    sheet.dot(x, y, 40, fill=PAPER)
    sheet.centre(plate["middle"], x, y, room=72, colour=RED)
    sheet.y = y + radius + 14
    for n, item in enumerate(plate["item"]):
        head, words = item["words"]
        sheet.box(EDGE, sheet.y + 4, 18, 18, fill=colours[n], radius=5)
        down = sheet.write(head, EDGE + 30, sheet.y, size=HEAD, room=INNER - 30, bold=True, colour=NAVY)
        sheet.y = sheet.write(words, EDGE + 30, down, room=INNER - 30) + 7


def _on_dial(x: float, y: float, radius: float, turn: float) -> str:
    return f"{x + radius * sin(2 * pi * turn):.1f} {y - radius * cos(2 * pi * turn):.1f}"


def ring(sheet: Sheet, plate: Plate) -> None:
    """Numbered steps on a circle, told below it."""
    x, y, radius = WIDTH / 2, sheet.y + 118, 92.0
    sheet.dot(x, y, radius, fill="none", line=GOLD)
    count = len(plate["item"])
    for n in range(count):
        across, down = (float(each) for each in _on_dial(x, y, radius, n / count).split())
        sheet.dot(across, down, 24, fill=NAVY)
        sheet.centre(str(n + 1), across, down, size=22, room=40, colour="#ffffff")
    sheet.centre(plate["middle"], x, y, size=TEXT, room=118, colour=RED)
    sheet.y = y + radius + 36
    for n, item in enumerate(plate["item"], start=1):
        head, words = item["words"]
        sheet.write(f"{n}.", EDGE, sheet.y, size=HEAD, bold=True, colour=RED)
        down = sheet.write(head, EDGE + 30, sheet.y, size=HEAD, room=INNER - 30, bold=True, colour=NAVY)
        sheet.y = sheet.write(words, EDGE + 30, down, room=INNER - 30) + 7


def both_ways(sheet: Sheet, plate: Plate) -> None:
    """Levels from above to below between an arrow down and an arrow up."""
    down, up = plate["arrows"]
    top = sheet.y = sheet.y + sheet.height(down, INNER / 2 - 8, size=NOTE, bold=True) + 8
    left, wide = EDGE + 34, INNER - 68
    for item in plate["item"]:
        head, goes_down, comes_up = item["words"]
        room = wide - 2 * PAD
        high = sheet.height(head, room, size=HEAD, bold=True) + sheet.height(goes_down, room)
        high += sheet.height(comes_up, room) + 2 * 8
        sheet.box(left, sheet.y, wide, high, line=NAVY)
        y = sheet.write(head, left + PAD, sheet.y + 8, size=HEAD, room=room, bold=True, colour=NAVY)
        y = sheet.write(goes_down, left + PAD, y, room=room)
        sheet.write(comes_up, left + PAD, y, room=room, colour=RED)
        sheet.y += high + 9
    above = top - 10 - sheet.height(down, INNER / 2 - 8, size=NOTE, bold=True)
    sheet.write(down, EDGE, above, size=NOTE, room=INNER / 2 - 8, bold=True, colour=NAVY)
    sheet.write(up, WIDTH - EDGE, above, size=NOTE, room=INNER / 2 - 8, bold=True, colour=RED, anchor="end")
    sheet.arrow(EDGE + 14, top + 4, sheet.y - 12, colour=NAVY)
    sheet.arrow(WIDTH - EDGE - 14, sheet.y - 12, top + 4, colour=RED)


def register(sheet: Sheet, plate: Plate) -> None:
    """Who was at which meeting: a dot for each presence, sums at the edge."""
    heads = plate["heads"]
    across = [EDGE + 150 + n * 74 for n in range(len(heads))]
    for x, head in zip(across, heads, strict=True):
        sheet.write(head, x, sheet.y, size=NOTE, bold=True, colour=RED, anchor="middle", room=72)
    sheet.y += sheet.height(max(heads, key=len), 72, size=NOTE, bold=True) + 6
    for item in plate["item"]:
        name, *there = item["words"]
        sheet.box(EDGE, sheet.y, INNER, 44, line=NAVY, radius=8)
        sheet.write(name, EDGE + PAD, sheet.y + 10, bold=True, colour=NAVY)
        for x, presence in zip(across, there, strict=True):
            sheet.dot(x, sheet.y + 22, 11, fill=NAVY if presence else SAND)
        sheet.y += 51
    for head, words in plate["sums"]:
        sheet.y = sheet.write(head, EDGE, sheet.y + 4, size=HEAD, bold=True, colour=RED)
        sheet.y = sheet.write(words, EDGE, sheet.y)


LAYOUTS: dict[str, Callable[[Sheet, Plate], None]] = {
    "steps": steps, "grid": grid, "rows": rows, "bars": bars, "tree": tree, "clock": clock, "ring": ring,
    "both-ways": both_ways, "register": register,
}  # fmt: skip


def words_of(plate: Plate, language: str) -> Plate:
    """The plate with the words of one language in the places that the layouts look at."""
    chosen: Plate = {}
    for name, value in plate.items():
        if name.endswith(("_vi", "_en")):
            if name.endswith(f"_{language}"):
                chosen[name[:-3]] = value
        elif name == "item":
            chosen[name] = [_item(item, language) for item in value]
        else:
            chosen[name] = value
    return chosen


def _item(item: Plate, language: str) -> Plate:
    words: Sequence[Any] = item[language]
    rest = {name: value for name, value in item.items() if name not in ("vi", "en")}
    return {**rest, "words": words}
