"""Numbers of papers: a series for each unit and type, within a term (Party) or a year (State)."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from thongsuot.papers.layouts import RULES
from thongsuot.papers.models import NumberSeries
from thongsuot.people.models import Person
from thongsuot.units.models import Hierarchy, Unit
from thongsuot.web.errors import Refused


class NumberTaken(Refused):
    """A series only goes forward."""


@dataclass(frozen=True)
class DocumentNumber:
    number: int
    doc_type: str
    issuer: str
    system: str

    def __str__(self) -> str:
        padded = f"{self.number:02d}"
        if self.system == "state":
            # A letter (công văn) has no type in its symbol: 12/UBND-VX.
            kind = "" if self.doc_type == "CV" else f"{self.doc_type}-"
            return f"{padded}/{kind}{self.issuer}"
        return f"{padded}-{self.doc_type}/{self.issuer}"


def paper_system(unit: Unit) -> str:
    """party or state: of the first tree that the unit lies in."""
    place = unit.positions.select_related("hierarchy").order_by("hierarchy_id").first()
    return place.hierarchy.paper_system if place else Hierarchy.PaperSystem.PARTY.value


@lru_cache
def term_starts() -> tuple[date, ...]:
    return tuple(sorted(tomllib.loads((RULES / "terms.toml").read_text(encoding="utf-8"))["starts"]))


def series_start(system: str, on: date) -> date:
    """The day from which a number used on ``on`` is counted."""
    if system == "state":
        return date(on.year, 1, 1)
    return max((start for start in term_starts() if start <= on), default=term_starts()[0])


def next_number(unit: Unit, doc_type: str, *, on: date) -> int:
    """What take_number would give; somebody may still be quicker."""
    since = series_start(paper_system(unit), on)
    last = NumberSeries.objects.filter(unit=unit, doc_type=doc_type, since=since).values_list("last", flat=True)
    return (last.first() or 0) + 1


@transaction.atomic
def take_number(unit: Unit, doc_type: str, *, on: date, by: Person | None = None) -> DocumentNumber:
    """The next number of the unit's own series; two takers at once never get the same."""
    system = paper_system(unit)
    series = _series(unit, doc_type, system, on)
    # The update takes the row's lock; reading afterwards sees our own number.
    NumberSeries.objects.filter(pk=series.pk).update(last=F("last") + 1)
    series.refresh_from_db(fields=["last"])
    return DocumentNumber(series.last, doc_type, unit.issuer_code, system)


@transaction.atomic
def go_on_from(unit: Unit, doc_type: str, last: int, *, on: date, by: Person | None = None) -> None:
    """Tell the series of numbers given out on paper: the next one is ``last`` + 1. Raises NumberTaken."""
    series = _series(unit, doc_type, paper_system(unit), on)
    if not NumberSeries.objects.filter(pk=series.pk, last__lte=last).update(last=last):
        raise NumberTaken(_("Number %(number)d of this series has already been given out.") % {"number": last})


def _series(unit: Unit, doc_type: str, system: str, on: date) -> NumberSeries:
    return NumberSeries.objects.get_or_create(unit=unit, doc_type=doc_type, since=series_start(system, on))[0]
