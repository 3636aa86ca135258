"""The only door to the library for views: public documents for everyone, others for their unit and those below."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from thongsuot.library.copies.subjects import documents_in
from thongsuot.library.editions import choose
from thongsuot.library.models import (
    Abbreviation,
    Alias,
    Citation,
    Copy,
    Document,
    DocumentQuerySet,
    Edition,
    Import,
    Mark,
    Mend,
    Passage,
    PictureSize,
    ReadingPlace,
    Relation,
)
from thongsuot.library.search.index import PUBLIC
from thongsuot.people.models import Person
from thongsuot.people.rights import REACH, Act, Scope, offices_of, scope
from thongsuot.units.models import Position, Unit


def _units_above(seen: Scope) -> set[int]:
    """Keys of the units over those that the person belongs to or serves: their papers bind her."""
    paths = Position.objects.filter(unit_id__in=seen.units).values_list("path", flat=True)
    return {int(part) for path in paths for part in path.strip("/").split("/") if part}


def documents_seen_by(person: Person | None, on: date) -> DocumentQuerySet:
    """Public documents; for a person also those of units in reach and of the units above her own."""
    if person is None:
        return Document.objects.filter(is_public=True)
    seen = scope(person, Act.SEE, on)
    return Document.objects.filter(
        Q(is_public=True) | Q(unit__in=seen.unit_ids()) | Q(unit__in=_units_above(seen) | seen.units)
    )


def groups_of(person: Person | None, on: date | None) -> list[str]:
    """The same as groups for the search, where the index filters: see ``search.index.group_of``."""
    if person is None or on is None:
        return [PUBLIC]
    units = documents_seen_by(person, on).filter(is_public=False).values_list("unit_id", flat=True)
    return [PUBLIC, *(f"unit-{unit}" for unit in units.distinct().order_by())]


def document_to_see(person: Person | None, slug: str, on: date) -> Document:
    return get_object_or_404(documents_seen_by(person, on), slug=slug)


def passage_to_see(person: Person | None, uid: UUID, on: date) -> Passage:
    seen = documents_seen_by(person, on)
    return get_object_or_404(
        Passage.objects.filter(edition__document__in=seen).select_related("edition__document"), uid=uid
    )


def picture_to_see(person: Person | None, uid: UUID, width: int, on: date) -> PictureSize:
    seen = documents_seen_by(person, on)
    sizes = PictureSize.objects.filter(picture__edition__document__in=seen)
    return get_object_or_404(sizes.select_related("file", "picture__edition__document"), picture__uid=uid, width=width)


def is_librarian(person: Person | None, on: date) -> bool:
    """Whether the person keeps what belongs to the whole library: who manages a unit at the top of a tree."""
    return (
        person is not None
        and Position.objects.filter(parent=None, unit__in=scope(person, Act.MANAGE, on).unit_ids()).exists()
    )


def desk_of_librarian(person: Person | None, on: date) -> Unit | None:
    """The unit at the top of a tree for which the person keeps the whole library."""
    if person is None:
        return None
    units = scope(person, Act.MANAGE, on).unit_ids()
    top = Position.objects.filter(parent=None, unit__in=units).values("unit")
    return Unit.objects.filter(pk__in=top).order_by("pk").first()


def units_to_keep_for(person: Person | None, on: date) -> QuerySet[Unit]:
    """The units for which the person may bring texts into the library and mend them."""
    return Unit.objects.filter(pk__in=scope(person, Act.MANAGE, on).unit_ids())


def units_whose_texts_one_keeps(person: Person | None, on: date) -> QuerySet[Unit]:
    """Those of the person's own offices: a choice that one can look over, where the reach may be a country."""
    offices = offices_of(person, on) if person else []
    return Unit.objects.filter(pk__in={office.unit_id for office in offices if Act.MANAGE in REACH[office.role]})


def documents_to_keep(person: Person | None, on: date) -> DocumentQuerySet:
    """Documents of those units; for a librarian also what belongs to no unit."""
    mine = Q(unit__in=scope(person, Act.MANAGE, on).unit_ids())
    return Document.objects.filter(mine | Q(unit=None) if is_librarian(person, on) else mine)


def document_to_keep(person: Person | None, slug: str, on: date) -> Document:
    return get_object_or_404(documents_to_keep(person, on), slug=slug)


def words_to_keep(person: Person | None, on: date) -> QuerySet[Abbreviation]:
    """The list of abbreviations, for a librarian; 404 for others."""
    if not is_librarian(person, on):
        raise Http404
    return Abbreviation.objects.all()


def word_to_keep(person: Person | None, pk: int, on: date) -> Abbreviation:
    return get_object_or_404(words_to_keep(person, on), pk=pk)


def edition_to_see(document: Document, language: str, on: date | None = None) -> Edition:
    """The text that holds on the day (today's, unless one is named), in that language, else in Vietnamese, else in any.

    404 for a record without text.
    """
    today = timezone.localdate()
    editions = list(document.editions.all())
    edition = choose(editions, language, on or today)
    if edition is None:
        raise Http404
    current = choose(editions, edition.language, today)
    edition.document = document
    edition.read_on = edition.valid_from if current and current.pk != edition.pk else None  # type: ignore[attr-defined]
    return edition


def edition_of(document: Document, uid: str) -> Edition:
    """A text of that document by its uid; 404 for what is none."""
    for edition in document.editions.all():
        if str(edition.uid) == uid:
            return edition
    raise Http404


def aliases_to_keep(person: Person | None, on: date) -> QuerySet[Alias]:
    """What librarians settled, for librarians."""
    rows = Alias.objects.select_related("document", "by")
    return rows if is_librarian(person, on) else rows.none()


def relations_to_keep(person: Person | None, on: date) -> QuerySet[Relation]:
    """What documents do to each other, for librarians."""
    rows = Relation.objects.select_related("document", "target", "passage__edition__document")
    return rows if is_librarian(person, on) else rows.none()


def citations_to_keep(person: Person | None, on: date) -> QuerySet[Citation]:
    """References of the texts that a librarian may see; none for others."""
    if not is_librarian(person, on):
        return Citation.objects.none()
    return Citation.objects.filter(document__in=documents_seen_by(person, on))


def require_librarian(person: Person | None, on: date) -> None:
    """404 for whoever does not keep the whole library: the page is not hers."""
    if not is_librarian(person, on):
        raise Http404


def editions_to_take(document: Document) -> list[Edition]:
    """Of each language the text that holds today, Vietnamese first; 404 for a record without text."""
    editions = list(document.editions.all())
    if not editions:
        raise Http404
    today, taken = timezone.localdate(), []
    for language in sorted({edition.language for edition in editions}, key=lambda each: (each != "vi", each)):
        if edition := choose([each for each in editions if each.language == language], language, today):
            edition.document = document
            taken.append(edition)
    return taken


def copy_to_see(person: Person | None, uid: UUID, on: date) -> Copy:
    """For whoever may read every text in it; a trail with lines for members only for members."""
    found = get_object_or_404(Copy.objects.select_related("edition__document"), uid=uid)
    if found.trail is not None and not found.is_public and person is None:
        raise Http404
    held = documents_in(found)
    if documents_seen_by(person, on).filter(pk__in=held).distinct().count() < len(held):
        raise Http404
    return found


def marks_of(person: Person, on: date) -> QuerySet[Mark]:
    """The person's own highlights and notes on what she may read; nobody has any other's."""
    seen = documents_seen_by(person, on)
    return person.marks.filter(passage__edition__document__in=seen).select_related("passage__edition__document")


def marks_out_of_sight(person: Person, on: date) -> QuerySet[Mark]:
    """Her notes on texts that she may no longer read: the notes are hers, the words marked are not shown."""
    return person.marks.exclude(passage__edition__document__in=documents_seen_by(person, on))


def own_mark(person: Person, uid: UUID) -> Mark:
    return get_object_or_404(person.marks.select_related("passage__edition__document"), uid=uid)


def places_of(person: Person, on: date) -> QuerySet[ReadingPlace]:
    """Where the person stopped, last first."""
    seen = documents_seen_by(person, on)
    return person.reading_places.filter(document__in=seen).select_related("document", "passage__edition__document")


def imports_to_keep(person: Person | None, on: date) -> QuerySet[Import]:
    """Imports for units that the person keeps texts for; for a librarian also those for the whole library."""
    mine = Q(unit__in=scope(person, Act.MANAGE, on).unit_ids())
    rows = Import.objects.filter(mine | Q(unit=None) if is_librarian(person, on) else mine)
    return rows.select_related("file", "unit", "by", "into", "like", "document", "edition")


def import_to_keep(person: Person | None, uid: UUID, on: date) -> Import:
    return get_object_or_404(imports_to_keep(person, on), uid=uid)


def edition_to_keep(person: Person | None, uid: UUID, on: date) -> Edition:
    """A text whose document the person keeps: to be proofread and mended."""
    kept = documents_to_keep(person, on)
    return get_object_or_404(Edition.objects.filter(document__in=kept).select_related("document", "source"), uid=uid)


def passage_to_mend(person: Person | None, uid: UUID, on: date) -> Passage:
    kept = documents_to_keep(person, on)
    rows = Passage.objects.filter(edition__document__in=kept, is_withdrawn=False)
    return get_object_or_404(rows.select_related("edition__document"), uid=uid)


def mend_to_undo(person: Person | None, uid: UUID, on: date) -> Mend:
    kept = documents_to_keep(person, on)
    return get_object_or_404(Mend.objects.filter(edition__document__in=kept), uid=uid)
