"""What a text refers to: numbers of documents and articles become links both ways."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from thongsuot.library.formats.heads import about_of
from thongsuot.library.models import Citation, Document, Edition, Passage
from thongsuot.library.numbers import Anchor, composed_letters, find_anchors, find_numbers
from thongsuot.library.references import THIS, KnownNames, find_names, find_references
from thongsuot.viet.text import fold, nfc

_ENGLISH = re.compile(
    r"(?:point\s+(?P<point>[a-zđ])\s*,?\s+(?:of\s+)?)?(?:clause\s+(?P<clause>\d{1,3})\s*,?\s+(?:of\s+)?)?"
    r"\bArt(?:icle|\.)\s*(?P<article>\d{1,4})(?:\((?P<c>\d{1,3})\)(?:\((?P<p>[a-zđ])\))?"
    r"|,?\s+clause\s+(?P<c2>\d{1,3})(?:,?\s+point\s+(?P<p2>[a-zđ])\b)?)?",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"(?<!\w)(?:Figure|Fig\.)\s*(\d{1,4})(?!\w)")
# How far from "Điều 20" the name of its law may stand.
_NEAR = 90
_ROW = re.compile(r"\s*(?:,|và|hoặc|hay|đến|and|or|to)\s*(?:các\s+)?")
_JUST_BEFORE = re.compile(r"\s*[,:]\s*(?:tại\s+)?|\s+(?:tại\s+)?")
_ENDS = re.compile(r"[.;:()|\n]|\bĐiều\b|\bArticle\b")
_BEGINS_ANEW = re.compile(r"\s*(?:[,;(]|(?:và|cùng|hoặc|hay|and|or|with)\b)")
_OF_THE_LAW = re.compile(r"\s+(?:của\s+|of\s+the\s+)?(?:Luật|Law)\b(?!\s*số)")
_BARE_LAW = re.compile(r"\bLuật\b(?!\s*số)|\bthe Law\b")


def cite(edition: Edition, *, law: str = "") -> int:
    """Find and resolve every reference in the edition's passages; replaces those found before."""
    found = _find(edition, _KnownLaws(), law=law)
    _resolve(found, edition)
    Citation.objects.filter(passage__edition=edition).delete()
    Citation.objects.bulk_create(found, batch_size=500)
    return len(found)


def cite_many(editions: Sequence[Edition], *, told: Callable[[int, int], None] | None = None) -> int:
    """The same for a whole collection, whose documents all stand already: laws' names are read once.

    What waited for any of them is resolved at the end.
    """
    laws = _KnownLaws()
    total = 0
    for start in range(0, len(editions), _TOGETHER):
        few = editions[start : start + _TOGETHER]
        with transaction.atomic():
            Citation.objects.filter(passage__edition__in=few).delete()
            found: list[Citation] = []
            for edition in few:
                cited = _find(edition, laws)
                _resolve(cited, edition)
                found += cited
            Citation.objects.bulk_create(found, batch_size=2000)
        total += len(found)
        if told:
            told(min(start + _TOGETHER, len(editions)), len(editions))
    resolve_waiting(edition.document for edition in editions)
    return total


def _find(edition: Edition, laws: "_KnownLaws", *, law: str = "") -> list[Citation]:
    passages = list(edition.passages.filter(is_withdrawn=False).order_by("position"))
    the_law = _the_law(edition)
    named: dict[int, list[Citation]] = defaultdict(list)
    for passage in passages:
        named[passage.pk] += _numbers_in(edition, passage)
    by_number = [citation for citations in named.values() for citation in citations]
    own_law = law or (edition.document.number if _is_law(edition) else "") or _named_most(by_number)
    for citation in _short_names_in(edition, passages, by_number):
        named[citation.passage_id or 0].append(citation)
    found: list[Citation] = []
    for passage in passages:
        here = named[passage.pk]
        here += _names_in(edition, passage, laws)
        here.sort(key=lambda citation: citation.start or 0)
        found += here
        found += _articles_in(edition, passage, here, own_law, the_law)
    return found


# Editions of a collection that are written in one transaction.
_TOGETHER = 100


def resolve_waiting(documents: Iterable[Document]) -> None:
    """References that waited for these documents, or for a passage of them, find it now."""
    numbers = {document.number for document in documents if document.number}
    laws = _KnownLaws()
    waiting = []
    # What waits is little beside what stands, and a collection brings more numbers than one query takes.
    for citation in _waiting():
        if not citation.number:
            citation.number = laws.number(citation.name, None, citation.document.issued_on)
        if citation.number in numbers:
            waiting.append(citation)
    groups: dict[tuple[str, date | None], list[Citation]] = defaultdict(list)
    for citation in waiting:
        groups[_language(citation), citation.document.issued_on].append(citation)
    for (language, day), few in groups.items():
        _resolve(few, None, language=language, on=day)
    Citation.objects.bulk_update(waiting, ["number", "target", "target_passage"], batch_size=500)


def _waiting() -> Iterable[Citation]:
    unresolved = Q(target=None) | Q(target_passage=None) & ~Q(anchor="")
    named = ~Q(number="") | ~Q(name="")
    rows = Citation.objects.filter(unresolved, named).select_related("document", "passage__edition")
    return rows.iterator(2000)


def _language(citation: Citation) -> str:
    return citation.passage.edition.language if citation.passage else "vi"


def _numbers_in(edition: Edition, passage: Passage) -> Iterable[Citation]:
    for found in find_numbers(passage.text):
        if found.kind != "other":
            yield Citation(
                document_id=edition.document_id,
                passage=passage,
                matched=found.matched[:200],
                number=found.normalised[:60],
                start=found.start,
                end=found.end,
            )


_SHORT = re.compile(r"(?:Nghị định|Decree|Thông tư|Circular)\s+(?:số\s+)?(\d{1,5})(?![\w/-]|[.,]\d)")


def _short_names_in(edition: Edition, passages: list[Passage], named: list[Citation]) -> list[Citation]:
    """ "Nghị định 59" is the one decree of that number which the text names in full somewhere."""
    full: dict[str, set[str]] = {}
    for citation in named:
        first, _slash, rest = citation.number.partition("/")
        if rest and "QH" not in rest:
            full.setdefault(first, set()).add(citation.number)
    return [
        Citation(
            document_id=edition.document_id,
            passage=passage,
            matched=match[0],
            number=next(iter(full[match[1]])),
            start=match.start(),
            end=match.end(),
        )
        for passage in passages
        for match in _SHORT.finditer(passage.text)
        if len(full.get(match[1], ())) == 1
    ]


def _is_law(edition: Edition) -> bool:
    return edition.document.kind in (Document.Kind.LAW, Document.Kind.DECREE) and not edition.is_outline


class _KnownLaws:
    """Titles of the library's laws, for those that are cited by name only."""

    def __init__(self) -> None:
        rows = Document.objects.filter(kind=Document.Kind.LAW).exclude(number="")
        self.numbers: dict[str, list[tuple[date, str]]] = {}
        titles = []
        for title, number, issued_on in rows.values_list("title", "number", "issued_on"):
            bare = _WITHOUT_NUMBER.sub("", nfc(title)).strip()
            titles.append(_WITHOUT_TYPE.sub("", bare))
            self.numbers.setdefault(_name_key(bare), []).append((issued_on or date.min, number))
        self.names = KnownNames(titles)

    def number(self, name: str, year: int | None, on: date | None) -> str:
        """Of several laws of one name: that of the year, else the newest that stood on the day; empty if unknown."""
        laws = sorted(self.numbers.get(_name_key(name), ()))
        if year:
            laws = [law for law in laws if law[0].year == year]
        standing = [law for law in laws if on is None or law[0] <= on]
        return (standing or laws or [(date.min, "")])[-1][1]


_WITHOUT_TYPE = re.compile(r"^(?:Bộ luật|Luật|Pháp lệnh)\s+", re.IGNORECASE)
_WITHOUT_NUMBER = re.compile(r"(?:,?\s*(?:số|năm)?\s*\d[\w/.-]*)+$")


def _name_key(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(_WITHOUT_TYPE.sub("", name))))[:200]


def _names_in(edition: Edition, passage: Passage, laws: _KnownLaws, *, own: bool = False) -> Iterable[Citation]:
    for named in find_names(passage.text, laws.names):
        number = "" if named.is_own else laws.number(named.name, named.year, edition.document.issued_on)
        if named.is_own and not own and not _is_law(edition):
            continue
        yield Citation(
            document_id=edition.document_id,
            passage=passage,
            matched=passage.text[named.start : named.end][:200],
            number=edition.document.number[:60] if named.is_own else number,
            name="" if named.is_own else _name_key(named.name),
            start=named.start,
            end=named.end,
        )


def _named_most(citations: Iterable[Citation]) -> str:
    """The law that a bare "Điều 20" means: the one that this text names most often."""
    laws = Counter(citation.number for citation in citations if "/QH" in citation.number)
    return laws.most_common(1)[0][0] if laws else ""


def _anchors(text: str, within: str = "") -> list[Anchor]:
    """``within`` is the anchor of the passage itself: what "Điều này" and "khoản này" mean."""
    found = [each for each in find_anchors(text) if not each.anchor.startswith("dieu-")]
    own_article, _dot, rest = within.partition(".")
    own_clause = re.match(r"khoan-(\w+)", rest)
    for one in find_references(text):
        if not one.article:
            continue
        is_own = one.article == THIS
        knows_own = own_article.startswith("dieu-")
        article = own_article.removeprefix("dieu-") if is_own and knows_own else one.article
        clause = own_clause[1] if one.clause == THIS and own_clause else one.clause
        places = (f"dieu-{article}", clause and f"khoan-{clause}", one.point and f"diem-{one.point}")
        anchor = ".".join(place for place in places if place)
        found.append(Anchor(text[one.start : one.end], one.start, one.end, anchor.lower(), is_own))
    for match in _ENGLISH.finditer(text):
        clause, point = match["clause"] or match["c"] or match["c2"], match["point"] or match["p"] or match["p2"]
        anchor = f"dieu-{match['article']}" + (f".khoan-{clause}" if clause else "")
        anchor += f".diem-{point.lower()}" if clause and point else ""
        found.append(Anchor(match[0], match.start(), match.end(), anchor))
    found += [Anchor(match[0], match.start(), match.end(), f"hinh-{match[1]}") for match in _FIGURE.finditer(text)]
    return sorted(found, key=lambda each: each.start)


def _the_law(edition: Edition) -> str:
    """What "Điều 51 của Luật" means in a decree: the one law that the library holds a text of."""
    if edition.document.kind not in (Document.Kind.DECREE, Document.Kind.DIRECTIVE):
        return ""
    laws = Document.objects.filter(kind=Document.Kind.LAW, has_text=True).values_list("number", flat=True)
    return laws[0] if len(laws) == 1 else ""


def _articles_in(
    edition: Edition, passage: Passage, named: list[Citation], law: str, the_law: str
) -> Iterable[Citation]:
    unread = ("trang-", f"dieu-{THIS}")
    anchors = [each for each in _anchors(passage.text, passage.anchor) if not each.anchor.startswith(unread)]
    for n, each in enumerate(anchors):
        number, name = _law_of(n, anchors, passage.text, named, law, the_law)
        if each.is_own:
            number, name = edition.document.number, ""
        elif each.anchor.startswith("hinh-"):
            number, name = "", ""
        yield Citation(
            document_id=edition.document_id,
            passage=passage,
            matched=each.matched[:200],
            number=number[:60],
            name=name,
            anchor=each.anchor[:80],
            start=each.start,
            end=each.end,
        )


def _law_of(n: int, anchors: list[Anchor], text: str, named: list[Citation], law: str, the_law: str) -> tuple[str, str]:
    """The document named just before ("Nghị định 59, Điều 26") or after ("Điều 26 của Nghị định 59").

    In a row ("Điều 29, Điều 30 Nghị định …") the name after the last one holds for all; where something else
    begins ("Điều 20 và Nghị định …") it is what a bare article means. Returns (number, name): a law that is known by
    its name only has no number yet.
    """
    first, last = n, n
    while first and _ROW.fullmatch(text, anchors[first - 1].end, anchors[first].start):
        first -= 1
    while last + 1 < len(anchors) and _ROW.fullmatch(text, anchors[last].end, anchors[last + 1].start):
        last += 1
    begin, end = anchors[first].start, anchors[last].end
    for citation in named:
        if citation.end is not None and citation.end <= begin and _JUST_BEFORE.fullmatch(text, citation.end, begin):
            return citation.number, citation.name
    for citation in named:
        if citation.start is not None and end <= citation.start <= end + _NEAR:
            between = text[end : citation.start]
            another = _ENDS.search(between) or _BEGINS_ANEW.match(between)
            if not another and ("/QH" in citation.number or not _BARE_LAW.search(between)):
                return citation.number, citation.name
            break
    return (the_law if the_law and _OF_THE_LAW.match(text, end) else law), ""


def _resolve(citations: list[Citation], edition: Edition | None, *, language: str = "", on: date | None = None) -> None:
    language = edition.language if edition else language
    on = edition.document.issued_on if edition else on
    numbers = {citation.number for citation in citations if citation.number}
    # Party numbers come back each term: of several documents with one number the newest that stood on the day.
    documents: dict[str, Document] = {}
    for document in _in_chunks(numbers):
        is_later = bool(on and document.issued_on and document.issued_on > on)
        if document.number not in documents or not is_later:
            documents[document.number] = document
    passages = _passages(documents.values(), citations, language)
    plates = {}
    if edition:
        labelled = edition.passages.filter(kind=Passage.Kind.PLATE, is_withdrawn=False)
        plates = {f"hinh-{re.sub(r'[^0-9]', '', plate.label)}": plate for plate in labelled}
    for citation in citations:
        if not citation.number and citation.anchor.startswith("hinh-"):
            citation.target_passage = plates.get(citation.anchor)
            citation.target_id = edition.document_id if edition and citation.target_passage else None
            continue
        citation.target = documents.get(citation.number)
        citation.target_passage = _closest(passages, citation)


def _in_chunks(numbers: Iterable[str], size: int = 400) -> Iterable[Document]:
    """Documents with these numbers, oldest first; SQLite takes only so many values at once."""
    listed = sorted(numbers)
    for start in range(0, len(listed), size):
        yield from Document.objects.filter(number__in=listed[start : start + size]).order_by("issued_on", "pk")


def _closest(passages: dict[tuple[int, str], Passage], citation: Citation) -> Passage | None:
    """The point, else its clause, else its article: an outline may not go down to the point."""
    anchor = citation.anchor
    while citation.target_id and anchor:
        if found := passages.get((citation.target_id, anchor)):
            return found
        anchor = anchor.rpartition(".")[0]
    return None


def _passages(
    documents: Iterable[Document], citations: list[Citation], language: str
) -> dict[tuple[int, str], Passage]:
    wanted = set()
    for citation in citations:
        parts = citation.anchor.split(".")
        wanted |= {".".join(parts[:n]) for n in range(1, len(parts) + 1)}
    rows = Passage.objects.filter(
        edition__document__in=list(documents), anchor__in=wanted, is_withdrawn=False
    ).select_related("edition")
    # The same language where there is one: it comes last and stays.
    ordered = sorted(rows, key=lambda passage: passage.edition.language == language)
    return {(passage.edition.document_id, passage.anchor): passage for passage in ordered}


@dataclass
class Cited:
    """A reference found in a text outside the library; ``start`` and ``end`` count characters of it."""

    kind: str  # number | name | article
    matched: str
    start: int
    end: int
    number: str | None
    article: str | None
    clause: str | None
    point: str | None
    resolved: str | None  # uid of the passage, or of the document where no place in it is named
    anchor: str | None = None
    name: str | None = None


_OPENS_ARTICLE = re.compile(r"\s*(?:Điều|ĐIỀU)\s+(\d{1,4}[a-zđ]?)\s*(?:[.:]|$)")
_OPENS_CLAUSE = re.compile(r"\s*(\d{1,3})\.\s")


def cited_in_text(text: str) -> list[Cited]:
    """All that the text cites, in its order; each line knows the article and clause in which it stands."""
    given = text
    text, origin = _with_origin(text)
    lines = text.split("\n")
    own = about_of([line.strip() for line in lines if line.strip()][:40])
    document = Document(
        kind=own.kind or Document.Kind.OTHER,
        number=own.number,
        issued_on=date.fromisoformat(own.issued_on) if own.issued_on else None,
    )
    edition = Edition(document=document)
    found: list[tuple[int, Citation]] = []
    laws, within, at = _KnownLaws(), "", 0
    passages: list[tuple[int, Passage]] = []
    for line in lines:
        heading = _OPENS_ARTICLE.match(line)
        if heading:
            within = f"dieu-{heading[1]}"
        elif within and (clause := _OPENS_CLAUSE.match(line)):
            within = f"{within.partition('.')[0]}.khoan-{clause[1]}"
        # A heading's own number is no reference.
        skip = heading.end() if heading else 0
        passages.append((at + skip, Passage(text=line[skip:], anchor=within)))
        at += len(line) + 1
    for begin, passage in passages:
        named = [*_numbers_in(edition, passage), *_names_in(edition, passage, laws, own=True)]
        named.sort(key=lambda citation: citation.start or 0)
        anchors = [each for each in _anchors(passage.text, passage.anchor) if each.anchor.startswith("dieu-")]
        for n, each in enumerate(anchors):
            number, name = _law_of(n, anchors, passage.text, named, own.number, "")
            number, name = (own.number, "") if each.is_own else (number, name)
            citation = Citation(
                matched=each.matched, number=number, name=name, anchor=each.anchor, start=each.start, end=each.end
            )
            found.append((begin, citation))
        found += [(begin, citation) for citation in named]
    _resolve([citation for _begin, citation in found], None, language="vi", on=document.issued_on)
    made = [_cited(begin, citation, given, origin) for begin, citation in found]
    return sorted(made, key=lambda one: (one.start, one.end))


def _with_origin(text: str) -> tuple[str, list[int]]:
    """The text in NFC, and where each of its letters came from."""
    letters, origin = [], []
    for start, composed in composed_letters(text):
        for letter in composed:
            letters.append(letter)
            origin.append(start)
    return "".join(letters), [*origin, len(text)]


def _cited(begin: int, citation: Citation, given: str, origin: list[int]) -> Cited:
    start, end = origin[begin + (citation.start or 0)], origin[begin + (citation.end or 0)]
    parts = dict(part.split("-", 1) for part in citation.anchor.split(".") if "-" in part)
    parts = {name: value for name, value in parts.items() if value != THIS}
    place = citation.target_passage
    resolved = place.uid if place else citation.target.uid if citation.target and not citation.anchor else None
    return Cited(
        kind="article" if citation.anchor else "name" if citation.name or _is_own_name(citation.matched) else "number",
        matched=given[start:end],
        start=start,
        end=end,
        number=citation.number or None,
        article=parts.get("dieu"),
        clause=parts.get("khoan"),
        point=parts.get("diem"),
        resolved=str(resolved) if resolved else None,
        anchor=citation.anchor or None,
        name=citation.name or None,
    )


def _is_own_name(matched: str) -> bool:
    return matched.endswith(" này")
