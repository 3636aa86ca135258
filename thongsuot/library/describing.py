"""What its keepers say of a document: title, number, dates, readers; and taking out what came in by mistake."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thongsuot.journal.noting import note, write
from thongsuot.library import access, citing
from thongsuot.library.models import Citation, Document, Mark
from thongsuot.library.resolving import resolve
from thongsuot.library.search import index
from thongsuot.people.models import Person
from thongsuot.units.models import Unit
from thongsuot.web.errors import Refused

# What the audit trail calls these facts.
gettext_noop("title_en"), gettext_noop("author"), gettext_noop("kind"), gettext_noop("is_public")
gettext_noop("in_force_from"), gettext_noop("in_force_to")
# What references go by: where one of these changes, they are looked up anew.
_FOUND_BY = {"number", "issued_on", "title", "kind"}


@transaction.atomic
def describe(document: Document, facts: Mapping[str, Any], *, by: Person, at: datetime) -> bool:
    """Write what is known of the document; True where anything changed.

    Raises Refused where another document has that number, issuer and date.
    """
    changes = write(document, facts)
    if not changes:
        return False
    if document.number:
        alike = Document.objects.filter(number=document.number, issuer=document.issuer, issued_on=document.issued_on)
        if other := alike.exclude(pk=document.pk).first():
            raise Refused(_("That number, issuer and date are those of “%(title)s”.") % {"title": other.full_name})
        document.system = "party" if "-" in document.number.partition("/")[0] else "state"
    document.save()
    note(document, gettext_noop("described anew"), by=by, at=at, unit=_unit_of(document, by, at), changes=changes)
    if _FOUND_BY & changes.keys():
        _look_up_anew(document)
    index.changed(document.pk)
    return True


def _look_up_anew(document: Document) -> None:
    """Who cited it under what it was called before may now mean nothing, or something else."""
    citing_it = list(Citation.objects.filter(target=document).select_related("document", "passage__edition"))
    resolve(citing_it)
    Citation.objects.bulk_update(citing_it, ["target", "target_passage"], batch_size=500)
    citing.resolve_waiting([document])


@transaction.atomic
def take_out(document: Document, *, by: Person, at: datetime) -> None:
    """A document that nothing rests on goes, with its texts. Raises Refused where people's work would go with it."""
    if Mark.objects.filter(passage__edition__document=document).exists():
        raise Refused(_("People keep notes in this document: it stays. You can close it to the public instead."))
    unit, key = _unit_of(document, by, at), document.pk
    note(document, gettext_noop("taken out of the library"), by=by, at=at, unit=unit)
    try:
        with transaction.atomic():
            document.delete()
    except models.ProtectedError:
        raise Refused(_("A campaign, a reading trail or a record of study rests on this document: it stays.")) from None
    index.changed(key)


def _unit_of(document: Document, by: Person, at: datetime) -> Unit | None:
    return document.unit or access.desk_of_librarian(by, at.date())
