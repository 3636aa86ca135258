"""What a librarian settles of references that the texts leave open; said once, it holds for texts that come later."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thongsuot.journal.noting import note
from thongsuot.library import access, relating
from thongsuot.library.citing import resolve_waiting
from thongsuot.library.loading import free_slug
from thongsuot.library.models import Alias, Citation, Document, Relation
from thongsuot.library.resolving import resolve
from thongsuot.people.models import Person
from thongsuot.people.rights import NotAllowed
from thongsuot.units.models import Unit
from thongsuot.viet.text import nfc
from thongsuot.web.errors import Refused

REFERENCE_SETTLED = gettext_noop("reference settled")
REFERENCE_REFUSED = gettext_noop("said to be no reference")
REFERENCE_OPENED = gettext_noop("reference open again")
RECORD_ADDED = gettext_noop("record added")
RELATION_CONFIRMED = gettext_noop("change between documents confirmed")
RELATION_REFUSED = gettext_noop("change between documents refused")
RELATION_OPENED = gettext_noop("change between documents open again")


class NothingNamed(Refused):
    """Neither number nor name was given."""


def _desk(person: Person, at: datetime) -> Unit:
    """The unit at the top whose library it is, and whose journal says what was settled."""
    if unit := access.desk_of_librarian(person, timezone.localdate(at)):
        return unit
    raise NotAllowed(_("Only who keeps the whole library may settle this: an officer of the unit at the top."))


@transaction.atomic
def say_what_it_is(number: str, name: str, document: Document | None, *, by: Person, at: datetime) -> Alias:
    """This number or name means this document; without a document it is no reference. Returns what is kept.

    Raises NotAllowed, NothingNamed.
    """
    desk = _desk(by, at)
    number, name = nfc(number).strip()[:60], name.strip()[:200]
    if not number and not name:
        raise NothingNamed(_("Say which reference is meant: choose it from the list again."))
    alias, _made = Alias.objects.update_or_create(
        number=number, name=name, defaults={"document": document, "by": by, "at": at}
    )
    verb = REFERENCE_SETTLED if document else REFERENCE_REFUSED
    note(alias, verb, by=by, at=at, unit=desk, changes={"document": ["", document.full_name[:200] if document else ""]})
    _settle_again(number, name)
    return alias


@transaction.atomic
def take_back(alias: Alias, *, by: Person, at: datetime) -> None:
    """The reference is open again, as if nobody had said what it is."""
    note(alias, REFERENCE_OPENED, by=by, at=at, unit=_desk(by, at))
    number, name = alias.number, alias.name
    alias.delete()
    _settle_again(number, name)


@transaction.atomic
def add_record(
    number: str, title: str, *, kind: str, issuer: str, issued_on: date | None, by: Person, at: datetime
) -> Document:
    """A document without its text, so that what cites it has something to lead to. Raises NotAllowed, Refused."""
    desk = _desk(by, at)
    number, title = nfc(number).strip()[:60], " ".join(nfc(title).split())[:400]
    if number and Document.objects.filter(number=number, issuer=issuer, issued_on=issued_on).exists():
        raise Refused(_("The library holds a document of this number, issuer and date already. Choose it instead."))
    document = Document.objects.create(
        slug=free_slug(f"{number} {title}".strip()),
        kind=kind,
        system="" if not number else "party" if "-" in number.partition("/")[0] else "state",
        number=number,
        issuer=nfc(issuer)[:200],
        issued_on=issued_on,
        title=title,
        is_public=True,
    )
    note(document, RECORD_ADDED, by=by, at=at, unit=desk)
    resolve_waiting([document])
    relating.join([number])
    return document


def _settle_again(number: str, name: str) -> None:
    """All places that name it, whatever they were resolved to."""
    named = (Q(number=number) if number else Q()) & (Q(name=name) if name else Q())
    rows = list(Citation.objects.filter(named, is_own=False).select_related("document", "passage__edition"))
    resolve(rows)
    Citation.objects.bulk_update(rows, ["target", "target_passage", "is_void"], batch_size=500)


@transaction.atomic
def settle_relation(relation: Relation, state: str, *, by: Person, at: datetime) -> None:
    """Confirm or refuse that one document changes another, or open the question again. Raises NotAllowed."""
    desk = _desk(by, at)
    verbs = {
        Relation.State.CONFIRMED: RELATION_CONFIRMED, Relation.State.REFUSED: RELATION_REFUSED,
        Relation.State.PROPOSED: RELATION_OPENED,
    }  # fmt: skip
    changes = {"state": [relation.state, state]}
    relation.state, relation.by = state, by
    relation.save(update_fields=["state", "by"])
    note(relation, verbs[Relation.State(state)], by=by, at=at, unit=desk, changes=changes)
