"""Reading is for everyone and observed by no one: these pages set no cookie and keep no log of readers."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from thongsuot.library import access, reading
from thongsuot.library.facts import facts_of
from thongsuot.library.models import Document
from thongsuot.library.views.frames import frame, language_asked
from thongsuot.papers import files
from thongsuot.web.http import Request, page
from thongsuot.web.paging import paged


@login_not_required
@require_safe
def document_list(request: Request) -> HttpResponse:
    seen = access.documents_seen_by(request.person, timezone.localdate())
    kinds = dict(seen.order_by().values_list("kind").annotate(number=Count("pk")))
    kind = request.GET.get("kind", "")
    rows = seen.filter(kind=kind) if kind in kinds else seen
    facets = [(value, label, kinds[value]) for value, label in Document.Kind.choices if value in kinds]
    # Texts of our own first: that is what people come to read.
    documents = paged(request, rows.as_on_the_shelf(), per=30)
    context = {"documents": documents, "facets": facets, "kind": kind, "all": sum(kinds.values())}
    return page(request, "library/document_list.html", context | frame(request))


@login_not_required
@require_safe
def document_detail(request: Request, slug: str) -> HttpResponse:
    today = timezone.localdate()
    document = access.document_to_see(request.person, slug, today)
    language = language_asked(request)
    context = {"document": document, "facts": facts_of(document), "language": language, **frame(request)}
    if document.has_text:
        edition = access.edition_to_see(document, language)
        entries, pages = reading.outline(edition)
        context |= {"edition": edition, "entries": entries, "pages": pages}
    seen = access.documents_seen_by(request.person, today)
    context["cited_by"] = reading.cited_by(document, seen, language)
    return page(request, "library/document_detail.html", context)


@login_not_required
@require_safe
def chapter(request: Request, slug: str, anchor: str) -> HttpResponse:
    today = timezone.localdate()
    document = access.document_to_see(request.person, slug, today)
    edition = access.edition_to_see(document, language_asked(request))
    edition.document = document
    _entries, pages = reading.outline(edition)
    number = reading.page_called(pages, anchor)
    shown = paged(request, reading.passages_on(edition, pages[number]), per=400)
    seen = access.documents_seen_by(request.person, today)
    context = {
        "document": document,
        "edition": edition,
        "here": pages[number],
        "pieces": reading.pieces(edition, list(shown), seen),
        "shown": shown,
        "previous": pages[number - 1] if number else None,
        "next": pages[number + 1] if number + 1 < len(pages) else None,
        "twin": reading.twin(edition, anchor, "en" if edition.language == "vi" else "vi"),
        "other_language": edition.language if "lang" in request.GET else "",
    }
    return page(request, "library/chapter.html", context | frame(request))


@login_not_required
@require_safe
def picture(request: Request, uid: UUID, width: int) -> HttpResponse:
    """A picture of an imported text, for whoever may read the text; its bytes never change."""
    size = access.picture_to_see(request.person, uid, width, timezone.localdate())
    response = HttpResponse(files.read(size.file), content_type="image/webp")
    response["X-Content-Type-Options"] = "nosniff"
    is_public = size.picture.edition.document.is_public
    response["Cache-Control"] = f"{'public' if is_public else 'private'}, max-age=31536000, immutable"
    return response


@login_not_required
@require_safe
def passage(request: Request, uid: UUID) -> HttpResponse:
    """The lasting address of a passage: leads to where it is read, in the reader's language."""
    found = access.passage_to_see(request.person, uid, timezone.localdate())
    if found.is_withdrawn:
        context = {"passage": found, "document": found.edition.document, "html": reading.render(found)}
        return page(request, "library/passage.html", context | frame(request))
    return redirect(reading.page_of(reading.in_language(found, language_asked(request))))
