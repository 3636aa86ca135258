"""How much of a text one takes up as one step, from where one reads: this, more in a row, or all of a section."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from thongsuot.library.models import Passage

Kind = Passage.Kind
# What has passages under it and is short enough to be one step.
WHOLES = (Kind.SECTION, Kind.SUBSECTION, Kind.ARTICLE, Kind.CLAUSE)
# So many passages further a run may go.
FURTHER = 6
TO, WHOLE = "to", "whole"


@dataclass(frozen=True)
class Extent:
    """``value`` is what a form sends: empty, "to:<uid>" or "whole:<uid>"."""

    value: str
    label: str


def extents(passage: Passage) -> list[Extent]:
    """From the least to the most."""
    found = [Extent("", _own(passage))]
    rows = passage.edition.passages.filter(
        parent=passage.parent_id, position__gt=passage.position, is_withdrawn=False
    ).exclude(kind=Kind.FOOTNOTE)
    if passage.kind not in (Kind.PART, Kind.CHAPTER, Kind.ANNEX, Kind.FOOTNOTE):
        for number, row in enumerate(rows.order_by("position")[:FURTHER], start=2):
            label = _("From here to %(last)s: %(number)s in a row") % {"last": _short(row), "number": number}
            found.append(Extent(f"{TO}:{row.uid}", label))
    above = passage.parent
    while above is not None:
        if above.kind in WHOLES:
            found.append(Extent(f"{WHOLE}:{above.uid}", _("All of “%(whole)s”") % {"whole": above}))
        above = above.parent
    return found


def _own(passage: Passage) -> str:
    if passage.kind == Kind.PLATE:
        return _("This plate")
    return _("This, with all that stands under it") if passage.kind in WHOLES else _("This passage")


def _short(passage: Passage) -> str:
    return (passage.label or passage.heading or passage.text)[:60]


def span_of(passage: Passage, extent: str) -> tuple[Passage, Passage | None]:
    """The passage and, for a run, its last one; what is not in the same text counts as nothing said."""
    kind, _colon, uid = extent.partition(":")
    if kind not in (TO, WHOLE):
        return passage, None
    other = Passage.objects.filter(edition=passage.edition_id, uid=uid).select_related("edition__document").first()
    if other is None:
        return passage, None
    return (passage, other) if kind == TO else (other, None)
