"""What the library knows about a document, as lines of a list."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from thongsuot.library.models import Document
from thongsuot.web.templatetags.web import day, in_language


def facts_of(document: Document) -> list[tuple[str, Any]]:
    """Label and value; lines without a value are left out."""
    rows = [
        (_("Kind of document"), capfirst(document.get_kind_display())),
        (_("Document number"), document.number),
        (_("Issued by"), document.issuer),
        (_("Author"), document.author),
        (_("Date of issue"), day(document.issued_on) if document.issued_on else ""),
        (_("In force from"), day(document.in_force_from) if document.in_force_from else ""),
        (_("In force until"), day(document.in_force_to) if document.in_force_to else ""),
        (_("Subject"), capfirst(in_language(document, "subject"))),
        (_("Where this record comes from"), document.source_note),
    ]
    return [(label, value) for label, value in rows if value]
