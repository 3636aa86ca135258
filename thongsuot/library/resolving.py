"""Which document and passage of the library a reference means: by librarians' word, by number and by day."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from thongsuot.library.models import Alias, Citation, Document, Edition, Passage

# SQLite takes only so many values at once.
_AT_ONCE = 400
_T = TypeVar("_T")


def resolve(
    citations: Sequence[Citation], edition: Edition | None = None, *, on: date | None = None, language: str = "vi"
) -> None:
    """Set target and passage of each, unsaved.

    They stand in the edition, or in the passage that each names, or in no text of the library: then the day ``on``
    and the language are those of the text that cites. Party numbers come back each term: of several documents with
    one number the newest that stood on the citing day is meant, and of its editions the one in force on that day.
    """
    aliases = _Aliases()
    documents = _Documents(citations)
    places = {id(citation): _place_of(citation, edition, on, language) for citation in citations}
    for citation in citations:
        if citation.is_own and citation.document_id:
            citation.target_id = citation.document_id
            continue
        known, citation.is_void = aliases.of(citation)
        citation.target = known or documents.of(citation, places[id(citation)].day)
    passages = _Passages(citations, edition)
    for citation in citations:
        citation.target_passage_id = passages.of(citation, places[id(citation)])
        if citation.anchor.startswith("hinh-") and not citation.target_passage_id:
            citation.target_id = None


@dataclass(frozen=True)
class _Place:
    """Where a reference stands: its edition's key, language, and the day of its document."""

    edition: int | None
    language: str
    day: date | None


def _place_of(citation: Citation, edition: Edition | None, on: date | None, language: str) -> _Place:
    if edition is None and citation.passage_id and citation.passage:
        edition = citation.passage.edition
    if edition is None:
        return _Place(None, language, citation.document.issued_on if citation.document_id else on)
    return _Place(edition.pk, edition.language, edition.document.issued_on)


class _Aliases:
    """What librarians said of numbers and names."""

    def __init__(self) -> None:
        self.known = {(one.number, one.name): one for one in Alias.objects.select_related("document")}

    def of(self, citation: Citation) -> tuple[Document | None, bool]:
        for key in ((citation.number, citation.name), (citation.number, ""), ("", citation.name)):
            alias = self.known.get(key) if any(key) else None
            if alias:
                return alias.document, alias.document_id is None
        return None, False


class _Documents:
    """Documents by number, however the number of one document is written."""

    def __init__(self, citations: Sequence[Citation]) -> None:
        self.by_number: dict[str, list[Document]] = defaultdict(list)
        numbers = {form for citation in citations if citation.number for form in forms_of(citation.number)}
        for few in _in_chunks(sorted(numbers)):
            for document in Document.objects.filter(number__in=few).order_by("issued_on", "pk"):
                self.by_number[document.number].append(document)

    def of(self, citation: Citation, day: date | None) -> Document | None:
        """Of the date that the text gives; else the newest that stood on the citing day; else the newest."""
        rows = next((self.by_number[form] for form in forms_of(citation.number) if form in self.by_number), [])
        if citation.dated:
            same = [row for row in rows if row.issued_on == citation.dated]
            if same:
                return same[-1]
            # A Party paper of another year is another paper; dates of State papers are mistyped now and then.
            rows = [row for row in rows if not (row.system == "party" and _years_apart(row, citation.dated))]
        standing = [row for row in rows if not (day and row.issued_on and row.issued_on > day)]
        return next(reversed(standing or rows), None)


def _years_apart(document: Document, day: date) -> bool:
    return bool(document.issued_on and document.issued_on.year != day.year)


def forms_of(number: str) -> list[str]:
    """The number itself first: 26/CP is also written 26-CP, 02/2020/UBTVQH14 also 02/2020/PL-UBTVQH14."""
    if not number:
        return []
    forms = [number]
    if match := re.fullmatch(r"(\d+)([/-])(CP|TTg|HĐBT)", number):
        forms.append(f"{match[1]}{'-' if match[2] == '/' else '/'}{match[3]}")
    elif match := re.fullmatch(r"(\d+[a-z]?/\d{4}/)(?:PL-)?(UBTVQH\d+)", number):
        forms += [f"{match[1]}{match[2]}", f"{match[1]}PL-{match[2]}"]
    elif match := re.fullmatch(r"(\d+-(?:LCT|L|PL)/)H[ĐD]NN(\d?)", number):
        forms += [f"{match[1]}HĐNN{match[2]}", f"{match[1]}HDNN{match[2]}"]
    return list(dict.fromkeys(forms))


class _Row(NamedTuple):
    pk: int
    document: int
    anchor: str
    edition: int
    language: str
    since: date | None


class _Passages:
    """Passages of the cited documents by their anchors."""

    def __init__(self, citations: Sequence[Citation], edition: Edition | None) -> None:
        self.found: dict[tuple[int, str], list[_Row]] = defaultdict(list)
        wanted: set[tuple[int, str]] = set()
        for citation in citations:
            if citation.target_id and citation.anchor:
                parts = citation.anchor.split(".")
                wanted |= {(citation.target_id, ".".join(parts[:n])) for n in range(1, len(parts) + 1)}
        anchors = sorted({anchor for _document, anchor in wanted})
        facts = ("pk", "edition__document", "anchor", "edition", "edition__language", "edition__valid_from")
        for documents in _in_chunks(sorted({document for document, _anchor in wanted})):
            for few in _in_chunks(anchors):
                rows = Passage.objects.filter(edition__document__in=documents, anchor__in=few, is_withdrawn=False)
                for row in rows.values_list(*facts).iterator(5000):
                    if row[1:3] in wanted:
                        self.found[row[1:3]].append(_Row(*row))
        if edition is not None and any(citation.anchor.startswith("hinh-") for citation in citations):
            self._read_plates(edition)

    def _read_plates(self, edition: Edition) -> None:
        plates = edition.passages.filter(kind=Passage.Kind.PLATE, is_withdrawn=False)
        for pk, label in plates.values_list("pk", "label"):
            anchor = f"hinh-{re.sub(r'[^0-9]', '', label)}"
            row = _Row(pk, edition.document_id, anchor, edition.pk, edition.language, edition.valid_from)
            self.found[edition.document_id, anchor] = [row]

    def of(self, citation: Citation, place: _Place) -> int | None:
        """The point, else its clause, else its article: an outline may not go down to the point."""
        anchor = citation.anchor
        while citation.target_id and anchor:
            if rows := self.found.get((citation.target_id, anchor)):
                return min(rows, key=lambda row: _rank(row, citation, place)).pk
            anchor = anchor.rpartition(".")[0]
        return None


def _rank(row: _Row, citation: Citation, place: _Place) -> tuple[bool, bool, bool, int]:
    is_later = bool(place.day and row.since and row.since > place.day)
    order = row.since.toordinal() if row.since else 0
    is_same = citation.is_own and row.edition == place.edition
    return not is_same, row.language != place.language, is_later, order if is_later else -order


def _in_chunks(values: Sequence[_T], size: int = _AT_ONCE) -> Iterable[Sequence[_T]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]
