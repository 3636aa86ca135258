"""Numbers of papers: a series for each unit and type, within a term (Party) or a year (State)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F

from thongsuot.papers.models import NumberSeries
from thongsuot.people.models import Person
from thongsuot.units.models import Hierarchy, Unit

# Party numbers restart with each committee term; the congress of the term 2020–2025 and the next one.
TERM_STARTS = [date(2015, 7, 1), date(2020, 7, 1), date(2025, 7, 1), date(2030, 7, 1)]


@dataclass(frozen=True)
class DocumentNumber:
    number: int
    doc_type: str
    issuer: str
    system: str

    def __str__(self) -> str:
        padded = f"{self.number:02d}"
        if self.system == "state":
            return f"{padded}/{self.doc_type}-{self.issuer}"
        return f"{padded}-{self.doc_type}/{self.issuer}"


def paper_system(unit: Unit) -> str:
    """party or state: of the first tree that the unit lies in."""
    place = unit.positions.select_related("hierarchy").order_by("hierarchy_id").first()
    return place.hierarchy.paper_system if place else Hierarchy.PaperSystem.PARTY.value


def series_start(system: str, on: date) -> date:
    if system == "state":
        return date(on.year, 1, 1)
    return max((start for start in TERM_STARTS if start <= on), default=TERM_STARTS[0])


@transaction.atomic
def take_number(unit: Unit, doc_type: str, *, on: date, by: Person | None = None) -> DocumentNumber:
    """The next number of the unit's own series; two takers at once never get the same."""
    system = paper_system(unit)
    series, _fresh = NumberSeries.objects.get_or_create(
        unit=unit, doc_type=doc_type, since=series_start(system, on)
    )
    # The update takes the row's lock; reading afterwards sees our own number.
    NumberSeries.objects.filter(pk=series.pk).update(last=F("last") + 1)
    series.refresh_from_db(fields=["last"])
    return DocumentNumber(series.last, doc_type, unit.issuer_code, system)
