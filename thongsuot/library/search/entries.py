"""What the index holds of a document: one entry for the whole, one for each stretch of its text."""

from collections.abc import Iterable, Iterator
from typing import Any

import tantivy

from thongsuot.library.models import Document, Passage
from thongsuot.library.search.words import folded, number_key, pairs, plain_text, syllables

FORM = 12  # raise when the schema or the terms change: the index is then rebuilt
PUBLIC, NOBODY = "public", "nobody"
# Marks of an entry that not every reader may find: where none is, no filter is needed.
CLOSED, ONE_LANGUAGE = "closed", "one-language"
# The words of an article are weighed together, a very long one and other text by stretches of about so many letters.
ARTICLE, STRETCH = 8000, 1000
_TERMS = ("exact", "folded", "pair", "heading", "title")
_RAW = (
    "document", "kind", "issuer", "year", "number", "anchor", "acl", "language", "narrow", "key", "piece", "passage",
    "within", "long",
)  # fmt: skip
_STORED = ("folded", "heading", "title", "key", "piece")
_UNNAMED = {Passage.Kind.CLAUSE, Passage.Kind.POINT, Passage.Kind.PARAGRAPH}
_HEADINGS = {Passage.Kind.PART, Passage.Kind.CHAPTER, Passage.Kind.SECTION, Passage.Kind.SUBSECTION}
COUNTED = ("kind", "issuer", "year")


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in _TERMS:
        builder.add_text_field(name, stored=name in _STORED, tokenizer_name="whitespace", index_option="freq")
    for name in _RAW:
        builder.add_text_field(
            name,
            stored=name in _STORED,
            # Counted as a whole: without a tokenizer of its own a column would hold single words.
            fast=name in COUNTED or name == "long",
            tokenizer_name="raw",
            index_option="basic",
        )
    return builder.build()


def group_of(document: Document) -> str:
    """Who may find it: everyone, or those of the unit that registered it (see access.groups_of)."""
    if document.is_public:
        return PUBLIC
    return f"unit-{document.unit_id}" if document.unit_id else NOBODY


def entries(document: Document) -> Iterator[dict[str, Any]]:
    closed = [] if document.is_public else [CLOSED]
    shared = {
        "document": [str(document.pk)],
        "kind": [document.kind],
        "issuer": [document.issuer] if document.issuer else [],
        "year": [str(document.issued_on.year)] if document.issued_on else [],
        "acl": [group_of(document)],
    }
    titles = list(filter(None, [document.title, document.title_en]))
    about = [document.number, *titles, document.subject, document.subject_en, document.issuer, document.author]
    about += [document.summary, document.summary_en]
    yield (
        shared
        | _terms([document.number, *titles], [" ".join(filter(None, about))], titles)
        | {
            "key": [f"d{document.pk}"],
            "piece": [f"d{document.pk}"],
            "language": ["vi", "en"],
            "narrow": closed,
            "number": [number_key(document.number)] if document.number else [],
        }
    )
    texts = {edition.pk: edition.language for edition in document.editions.all()}
    twice = {"vi", "en"} <= set(texts.values())
    passages = Passage.objects.filter(edition__in=texts, is_withdrawn=False).order_by("edition", "position")
    for piece, stretch, is_long in _stretches(passages.iterator(2000)):
        is_first = piece.pk == stretch[0].pk
        heading = piece.heading if is_first or piece.kind == Passage.Kind.ARTICLE else ""
        bodies = [_body(passage) for passage in stretch]
        if not is_first:
            bodies[0] = f"{piece.label} {bodies[0]}"
        yield (
            shared
            | _terms([heading], bodies, titles)
            | {
                "key": [f"{_sort(stretch)}{' '.join(str(passage.pk) for passage in stretch)}"],
                "piece": [str(piece.pk)],
                "passage": [str(passage.pk) for passage in stretch],
                # A text that stands in one language only is found by readers of both.
                "language": [texts[stretch[0].edition_id]] if twice else ["vi", "en"],
                "narrow": [*closed, *([ONE_LANGUAGE] if twice else [])],
                # Of an article that has several entries: to which they belong, and where each of them is counted.
                "long": ["\t".join([str(piece.pk), *(next(iter(shared[name]), "") for name in COUNTED)])]
                if is_long
                else [],
                "within": [number_key(document.number)] if document.number else [],
                "anchor": [passage.anchor for passage in stretch if passage.anchor.startswith("dieu-")],
            }
        )


def _sort(stretch: list[Passage]) -> str:
    """h for a mere heading, p for what says something; d is a whole document."""
    return "h" if all(passage.kind in _HEADINGS and not passage.text for passage in stretch) else "p"


def _body(passage: Passage) -> str:
    if passage.kind == Passage.Kind.POINT and not passage.text:
        return ""  # a bare "điểm a" is found by its number, not by the words of its label
    # "Điều 20 khoản 2 điểm a" again before each point, or "Chương I, đoạn 3", would outweigh the words.
    label = "" if passage.kind in _UNNAMED else passage.label
    return f"{label} {passage.heading} {plain_text(passage.text)} {passage.alt}".strip()


def _stretches(passages: Iterable[Passage]) -> Iterator[tuple[Passage, list[Passage], bool]]:
    """In order: the article, or the first passage, to which a hit leads; the passages of the stretch; whether the
    article has several stretches."""
    article: Passage | None = None
    stretch: list[Passage] = []
    letters = 0
    for passage in passages:
        inside = article is not None and passage.anchor.startswith(f"{article.anchor}.")
        inside = inside and article is not None and passage.edition_id == article.edition_id
        together = inside or (
            article is None
            and bool(stretch)
            and passage.kind == stretch[0].kind == Passage.Kind.PARAGRAPH
            and passage.parent_id == stretch[0].parent_id
            and passage.edition_id == stretch[0].edition_id
            # Long paragraphs stand alone: each can be the one that is meant.
            and letters + len(passage.text) <= STRETCH
        )
        if stretch and (not together or letters >= (ARTICLE if inside else STRETCH)):
            yield article or stretch[0], stretch, inside or (article is not None and stretch[0].pk != article.pk)
            stretch, letters = [], 0
        if not inside:
            article = passage if passage.kind == Passage.Kind.ARTICLE else None
        stretch.append(passage)
        letters += len(passage.text) + len(passage.heading)
    if stretch:
        yield article or stretch[0], stretch, article is not None and stretch[0].pk != article.pk


def _terms(headings: list[str], bodies: list[str], titles: list[str]) -> dict[str, list[str]]:
    """One line of folded words for each passage, heading and title: read again one by one (see ``ranking``)."""
    lines = [folded(body) for body in bodies]
    plain = [word for line in lines for word in line]
    return {
        # Only what bears marks can match more exactly than its folded form.
        "exact": [" ".join(word for word in syllables(" ".join(bodies)) if not word.isascii())],
        "folded": ["\n".join(" ".join(line) for line in lines)],
        "pair": [" ".join(pairs(plain))],
        "heading": ["\n".join(" ".join(folded(heading)) for heading in headings)],
        "title": ["\n".join(" ".join(folded(title)) for title in titles)],
    }
