"""Charts from the server: SVG for the shapes, text for the words. They print, need no script, stand beside a table."""

from collections.abc import Mapping, Sequence

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Words = str | Promise


def bars(rows: Sequence[tuple[Words, int, int]], *, title: Words) -> SafeString:
    """Horizontal bars of part within whole: ``rows`` are (label, part, whole)."""
    # Label and value are text of the page, so that they wrap on a phone and grow with the reader's type.
    drawn = format_html_join(
        "",
        '<li><span>{}</span><span class="chart-value">{}/{}</span>'
        '<svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" xmlns="http://www.w3.org/2000/svg">'
        '<rect width="1000" height="10" class="chart-track"/>'
        '<rect width="{}" height="10" class="chart-bar"/></svg></li>',
        ((label, _number(part), _number(whole), _width(part, whole, 1000)) for label, part, whole in rows),
    )
    return format_html(
        '<figure class="chart chart-bars"><figcaption class="visually-hidden">{}</figcaption><ul>{}</ul></figure>',
        title,
        drawn,
    )


def _number(value: int) -> str:
    return number_format(value, force_grouping=True)


def _width(part: int, whole: int, full: int) -> int:
    return min(full, int(full * part / whole)) if whole > 0 and part > 0 else 0


STACK_TONES = ("done", "late", "under_way", "waiting", "overdue", "excused")


def stacked(counts: Mapping[str, int], *, title: Words, labels: Mapping[str, Words] | None = None) -> SafeString:
    """One bar split by state, in a fixed order; with ``labels`` (by state) a legend with the counts."""
    whole = sum(counts.values()) or 1
    pieces, x = [], 0.0
    for tone in STACK_TONES:
        if width := 600 * counts.get(tone, 0) / whole:
            # Plain strings: a number would be written with a decimal comma in Vietnamese.
            pieces.append((f"{x:.1f}", f"{max(width - 1.5, 1):.1f}", tone))
            x += width
    drawn = format_html_join(
        "", '<rect x="{}" y="0" width="{}" height="16" class="chart-piece" data-tone="{}"/>', pieces
    )
    legend = format_html_join(
        "",
        '<li><svg viewBox="0 0 10 10" aria-hidden="true"><rect width="10" height="10" class="chart-piece"'
        ' data-tone="{}"/></svg>{}: {}</li>',
        ((tone, labels[tone], _number(counts[tone])) for tone in STACK_TONES if counts.get(tone)) if labels else (),
    )
    return format_html(
        '<div class="chart chart-stack"><svg role="img" viewBox="0 0 600 16" preserveAspectRatio="none"'
        ' xmlns="http://www.w3.org/2000/svg"><title>{}</title>{}</svg>{}</div>',
        title,
        drawn,
        format_html('<ul class="chart-legend">{}</ul>', legend) if legend else "",
    )


def progress_ring(part: int, whole: int, *, title: Words) -> SafeString:
    """A ring that fills as the share grows; share and numbers stand in it."""
    round_length = 2 * 3.14159 * 42
    filled = round_length * min(part, whole) / whole if whole else 0
    return format_html(
        '<svg class="chart chart-ring" role="img" viewBox="0 0 100 100" xmlns="http://www.w3.org/2000/svg">'
        '<title>{}</title><circle cx="50" cy="50" r="42" class="ring-track"/>'
        '<circle cx="50" cy="50" r="42" class="ring-bar" stroke-dasharray="{} {}" transform="rotate(-90 50 50)"/>'
        '<text x="50" y="54" class="ring-value">{} %</text><text x="50" y="68" class="ring-note">{}/{}</text></svg>',
        title,
        f"{filled:.1f}",
        f"{round_length:.1f}",
        # Rounded down: 99,9 % is not all.
        int(100 * part / whole) if whole else 0,
        _number(part),
        _number(whole),
    )


MOST_TICKS = 8


def timeline(points: Sequence[tuple[Words, int]], *, title: Words) -> SafeString:
    """Columns over time: (label, amount). With many points only some are labelled."""
    most = max((amount for _label, amount in points), default=0) or 1
    step = 100 / max(len(points), 1)
    every = -(-len(points) // MOST_TICKS) or 1
    columns, ticks = [], []
    for n, (label, amount) in enumerate(points):
        height = 7 * amount / most
        middle = f"{n * step + step / 2:.2f}%"
        left, width = n * step + step * 0.15, step * 0.7
        columns.append((f"{left:.2f}%", f"{9 - height:.2f}em", f"{width:.2f}%", f"{height:.2f}em"))
        if n % every == 0:
            ticks.append((middle, "10.5em", label))
            ticks.append((middle, f"{8.6 - height:.2f}em", _number(amount)))
    return format_html(
        '<svg class="chart chart-columns" role="img" xmlns="http://www.w3.org/2000/svg"><title>{}</title>{}'
        '<line x1="0" x2="100%" y1="9em" y2="9em" class="chart-axis"/>{}</svg>',
        title,
        format_html_join("", '<rect x="{}" y="{}" width="{}" height="{}" class="chart-bar"/>', columns),
        format_html_join("", '<text x="{}" y="{}" class="chart-tick">{}</text>', ticks),
    )
