"""Charts as SVG from the server: they print, need no script, and stand beside their table."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def bars(rows: Sequence[tuple[str, int, int]], *, title: str) -> SafeString:
    """Horizontal bars of part within whole: ``rows`` are (label, part, whole)."""
    height = 40 * len(rows) + 4
    drawn = format_html_join(
        "",
        '<text x="0" y="{}" class="chart-label">{}</text><text x="600" y="{}" class="chart-value">{}/{}</text>'
        '<rect x="0" y="{}" width="600" height="12" rx="3" class="chart-track"/>'
        '<rect x="0" y="{}" width="{}" height="12" rx="3" class="chart-bar"/>',
        (
            (40 * n + 15, label, 40 * n + 15, part, whole, 40 * n + 21, 40 * n + 21, _width(part, whole, 600))
            for n, (label, part, whole) in enumerate(rows)
        ),
    )
    return format_html(
        '<svg class="chart" role="img" viewBox="0 0 600 {}" xmlns="http://www.w3.org/2000/svg"><title>{}</title>{}</svg>',
        height,
        title,
        drawn,
    )


def _width(part: int, whole: int, full: int) -> int:
    return min(full, int(full * part / whole)) if whole > 0 and part > 0 else 0


STACK_TONES = ("done", "late", "under_way", "waiting", "overdue", "excused")


def stacked(counts: dict[str, int], *, title: str) -> SafeString:
    """One bar split by state, in a fixed order."""
    whole = sum(counts.values()) or 1
    pieces, x = [], 0.0
    for tone in STACK_TONES:
        if width := 600 * counts.get(tone, 0) / whole:
            pieces.append((round(x, 1), round(max(width - 1, 1), 1), tone))
            x += width
    drawn = format_html_join(
        "", '<rect x="{}" y="0" width="{}" height="16" class="chart-piece" data-tone="{}"/>', pieces
    )
    return format_html(
        '<svg class="chart chart-stack" role="img" viewBox="0 0 600 16" preserveAspectRatio="none"'
        ' xmlns="http://www.w3.org/2000/svg"><title>{}</title>{}</svg>',
        title,
        drawn,
    )


def progress_ring(part: int, whole: int, *, title: str) -> SafeString:
    """A ring that fills as the share grows; the numbers stand in it."""
    round_length = 2 * 3.14159 * 42
    filled = round_length * min(part, whole) / whole if whole else 0
    return format_html(
        '<svg class="chart chart-ring" role="img" viewBox="0 0 100 100" xmlns="http://www.w3.org/2000/svg">'
        '<title>{}</title><circle cx="50" cy="50" r="42" class="ring-track"/>'
        '<circle cx="50" cy="50" r="42" class="ring-bar" stroke-dasharray="{} {}" transform="rotate(-90 50 50)"/>'
        '<text x="50" y="56" class="ring-value">{}/{}</text></svg>',
        title,
        f"{filled:.1f}",
        f"{round_length:.1f}",
        part,
        whole,
    )


def timeline(points: Sequence[tuple[str, int]], *, title: str) -> SafeString:
    """Columns over time: (label, amount)."""
    most = max((amount for _label, amount in points), default=0) or 1
    step = 600 / max(len(points), 1)
    drawn = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}" class="chart-bar"/>'
        '<text x="{}" y="138" class="chart-tick">{}</text><text x="{}" y="{}" class="chart-tick">{}</text>',
        (
            (
                f"{n * step + step * 0.15:.1f}",
                f"{120 - 100 * amount / most:.1f}",
                f"{step * 0.7:.1f}",
                f"{100 * amount / most:.1f}",
                f"{n * step + step / 2:.1f}",
                label,
                f"{n * step + step / 2:.1f}",
                f"{115 - 100 * amount / most:.1f}",
                amount,
            )
            for n, (label, amount) in enumerate(points)
        ),
    )
    return format_html(
        '<svg class="chart" role="img" viewBox="0 0 600 145" xmlns="http://www.w3.org/2000/svg"><title>{}</title>{}</svg>',
        title,
        drawn,
    )
