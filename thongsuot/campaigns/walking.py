"""A trail ready to be walked: every stop with its words, plates, printed pages, and whether its text still stands.

Plain values only: the portal shows the same stops to everyone. A fixed number of queries, however long the trail is.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from thongsuot.campaigns.models import Topic, TrailStep
from thongsuot.campaigns.spans import Span, Texts, words_of
from thongsuot.library.models import Citation, Document, Passage, PictureSize
from thongsuot.library.reading import item_number, picture_url, render

Kind = Passage.Kind
CHANGED, WITHDRAWN = "changed", "withdrawn"
# More is rather read in the library, and not chosen as one step.
MOST = 60
# Read to be understood, not skimmed: syllables a minute; and seconds for looking at a plate.
PACE, LOOK = 200, 20


@dataclass
class Piece:
    """One passage of a stop; ``depth`` counts from the stop's own passage."""

    kind: str
    anchor: str
    name: str
    label: str
    heading: str
    text: str
    html: SafeString
    depth: int = 0
    alt: str = ""
    picture: str = ""
    sizes: str = ""  # srcset
    number: str = ""  # of a clause or point
    points: list[str] = field(default_factory=list)  # letters that an outline names without words


@dataclass(frozen=True)
class Stop:
    """A step as it is read. ``state`` is empty, CHANGED or WITHDRAWN: what became of its text since it was chosen."""

    uid: UUID
    number: int
    introduction: str
    introduction_en: str
    passage_uid: UUID
    name: str
    document_slug: str
    document_title: str
    document_title_en: str
    is_public: bool
    page: str
    language: str
    other_language: str  # in which the same place can be read, if any
    pieces: list[Piece]
    seconds: int
    state: str
    said: str  # as it was chosen
    says: str  # as it stands
    more: int  # passages that are left to the library
    revision: int

    @property
    def minutes(self) -> int:
        return max(1, round(self.seconds / 60))

    @property
    def plates(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.kind == Kind.PLATE]

    @property
    def why(self) -> str:
        """The introduction in the reader's language; Vietnamese where there is no other."""
        return (self.introduction_en if get_language() == "en" else "") or self.introduction

    @property
    def excerpt(self) -> str:
        """The first words, where a list shows only those."""
        return next((piece.text for piece in self.pieces if piece.text and piece.kind != Kind.PLATE), "")


@dataclass(frozen=True)
class Walk:
    stops: list[Stop]

    @property
    def minutes(self) -> int:
        return ceil(sum(stop.seconds for stop in self.stops) / 60)

    @property
    def plates(self) -> int:
        return sum(len(stop.plates) for stop in self.stops)

    @property
    def troubled(self) -> int:
        """Steps whose text changed or went since the curator chose it."""
        return sum(bool(stop.state) for stop in self.stops)

    def at(self, number: int) -> Stop | None:
        return self.stops[number - 1] if 0 < number <= len(self.stops) else None


def walk(topic: Topic, *, seen: QuerySet[Document], language: str) -> Walk:
    """The steps whose documents the reader may see, in her language where there is such a text."""
    rows = topic.steps.filter(passage__edition__document__in=seen).order_by("order", "pk")
    steps = list(rows.select_related("passage__edition__document", "last"))
    places = _Places(steps)
    shown = {step.pk: places.of(step, language) for step in steps}
    texts = Texts([*shown.values(), *((step.passage, step.last) for step in steps)])
    read = [passage for span in shown.values() for passage in texts.of(*span)]
    drawn = _Drawing(read, seen)
    return Walk([_stop(n, step, shown[step.pk], texts, drawn, places) for n, step in enumerate(steps, start=1)])


class _Places:
    """Where the steps' passages stand in each language; of several texts of one language in the newest."""

    def __init__(self, steps: Sequence[TrailStep]) -> None:
        rows = Passage.objects.filter(
            edition__document__in={step.passage.edition.document_id for step in steps},
            anchor__in={each.anchor for step in steps for each in (step.passage, step.last) if each},
            is_withdrawn=False,
        )
        rows = rows.select_related("edition__document").order_by("edition__valid_from", "edition")
        self.rows = {(row.edition.document_id, row.edition.language, row.anchor): row for row in rows}

    def of(self, step: TrailStep, language: str) -> Span:
        """In that language, else as it was chosen."""
        return self.found(step, language) or (step.passage, step.last)

    def found(self, step: TrailStep, language: str) -> Span | None:
        edition = step.passage.edition
        if edition.language == language or step.passage.is_withdrawn:
            return (step.passage, step.last) if edition.language == language else None
        first = self.rows.get((edition.document_id, language, step.passage.anchor))
        last = self.rows.get((edition.document_id, language, step.last.anchor)) if step.last else None
        # A run whose end is missing in the other language is read as it was chosen.
        whole = first and (last or not step.last)
        return (first, last) if first and whole else None

    def another(self, step: TrailStep, shown: str) -> str:
        return next((code for code, _name in settings.LANGUAGES if code != shown and self.found(step, code)), "")


class _Drawing:
    """What all pieces need besides their words: where their references lead, and their pictures' sizes."""

    def __init__(self, passages: Sequence[Passage], seen: QuerySet[Document]) -> None:
        self.references: dict[int | None, list[Citation]] = defaultdict(list)
        keys = [passage.pk for passage in passages]
        for one in Citation.objects.filter(passage__in=keys, target__in=seen).select_related(
            "target", "target_passage"
        ):
            self.references[one.passage_id].append(one)
        self.sizes: dict[int, list[str]] = defaultdict(list)
        images = {passage.image_id for passage in passages if passage.image_id}
        rows = PictureSize.objects.filter(picture__in=images).order_by("width")
        for picture, uid, width in rows.values_list("picture_id", "picture__uid", "width"):
            self.sizes[picture].append(f"{reverse('library:picture', args=[uid, width])} {width}w")

    def piece(self, passage: Passage, depth: int) -> Piece:
        sizes = self.sizes.get(passage.image_id or 0, [])
        return Piece(
            kind=passage.kind,
            anchor=passage.anchor,
            name=str(passage),
            label=passage.label,
            heading=passage.heading,
            text=passage.text,
            html=render(passage, self.references[passage.pk]),
            depth=depth,
            alt=passage.alt,
            picture=sizes[-1].partition(" ")[0] if sizes else picture_url(passage),
            sizes=", ".join(sizes),
            number=item_number(passage) if passage.kind in (Kind.CLAUSE, Kind.POINT) else "",
        )


def _stop(number: int, step: TrailStep, span: Span, texts: Texts, drawn: _Drawing, places: _Places) -> Stop:
    first, last = span
    passages = texts.of(first, last)
    document, language = step.passage.edition.document, first.edition.language
    says = words_of(texts.of(step.passage, step.last))
    state = ""
    if step.passage.is_withdrawn or (step.last and step.last.is_withdrawn):
        state = WITHDRAWN
    elif step.said and step.said != says:
        state = CHANGED
    pages = [passage.printed_page for passage in passages if passage.printed_page]
    return Stop(
        uid=step.uid,
        number=number,
        introduction=step.introduction,
        introduction_en=step.introduction_en,
        passage_uid=first.uid,
        name=f"{first} – {last.label or last}" if last else str(first),
        document_slug=document.slug,
        document_title=document.title,
        document_title_en=document.title_en,
        is_public=document.is_public,
        page="–".join(dict.fromkeys((pages[0], pages[-1]))) if pages else "",
        language=language,
        other_language=places.another(step, language),
        pieces=_gone(step, first, drawn) if state == WITHDRAWN else _pieces(passages[:MOST], drawn),
        seconds=_seconds(passages[:MOST]),
        state=state,
        said=step.said,
        says=says,
        more=max(0, len(passages) - MOST),
        revision=step.revision,
    )


def _pieces(passages: Sequence[Passage], drawn: _Drawing) -> list[Piece]:
    made: list[Piece] = []
    depths: dict[int, int] = {}
    for passage in passages:
        depths[passage.pk] = depths.get(passage.parent_id or 0, -1) + 1
        # Points of an outline without words stand in one line under their clause.
        if passage.kind == Kind.POINT and not passage.text and made:
            made[-1].points.append(item_number(passage))
        else:
            made.append(drawn.piece(passage, depths[passage.pk]))
    return made


def _gone(step: TrailStep, passage: Passage, drawn: _Drawing) -> list[Piece]:
    """What the step said when it was chosen; a plate keeps its picture."""
    piece = drawn.piece(passage, 0)
    if step.said and passage.kind != Kind.PLATE:
        piece.heading, piece.html = "", render(Passage(text=step.said))
    return [piece]


def _seconds(passages: Iterable[Passage]) -> int:
    syllables = plates = 0
    for passage in passages:
        syllables += len(f"{passage.heading} {passage.text}".split())
        plates += passage.kind == Kind.PLATE
    return round(syllables * 60 / PACE) + plates * LOOK
