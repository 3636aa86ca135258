"""What keepers of the library find beside its pages: the way to imports and to the proof desk."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from thongsuot.library import access
from thongsuot.library.models import Document


def for_keepers(subject: Document | None, request: HttpRequest) -> str | None:
    """Beside the list of documents (no subject) or a document; nothing for whoever only reads."""
    person = getattr(request, "person", None)
    if person is None:
        return None
    today = timezone.localdate()
    if subject is None:
        keeps = access.units_to_keep_for(person, today).exists()
        beside = {"is_librarian": keeps and access.is_librarian(person, today)}
        return render_to_string("library/_keepers.html", beside, request) if keeps else None
    if not access.documents_to_keep(person, today).filter(pk=subject.pk).exists():
        return None
    editions = subject.editions.exclude(format="").order_by("-valid_from", "-pk")
    return render_to_string("library/_keepers.html", {"document": subject, "editions": editions}, request)
