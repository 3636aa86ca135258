"""Reading is for everyone and observed by no one: these pages set no cookie and keep no log of readers."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from thongsuot.library import access, reading
from thongsuot.library import search as searching
from thongsuot.library.facts import facts_of
from thongsuot.library.models import Document
from thongsuot.papers import files
from thongsuot.viet.text import fold
from thongsuot.web.http import Request, page
from thongsuot.web.paging import paged

# As many as anyone looks through; who needs more asks more precisely.
MOST_HITS = 100
PER_PAGE = 20


def _language(request: HttpRequest) -> str:
    """Of the text: as the address says, else as the reader's pages are."""
    wanted = request.GET.get("lang", "")
    return wanted if wanted in dict(settings.LANGUAGES) else (get_language() or "vi")[:2]


def _shell(request: Request) -> dict[str, str]:
    """Signed in, the library stands in the frame of one's work; else in that of the portal."""
    return {"layout": "web/base.html" if request.person else "web/public.html"}


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
    return page(request, "library/document_list.html", context | _shell(request))


@login_not_required
@require_safe
def document_detail(request: Request, slug: str) -> HttpResponse:
    today = timezone.localdate()
    document = access.document_to_see(request.person, slug, today)
    language = _language(request)
    context = {"document": document, "facts": facts_of(document), "language": language, **_shell(request)}
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
    edition = access.edition_to_see(document, _language(request))
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
    return page(request, "library/chapter.html", context | _shell(request))


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
        return page(request, "library/passage.html", context | _shell(request))
    return redirect(reading.page_of(reading.in_language(found, _language(request))))


@login_not_required
@require_safe
def search(request: Request) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:200]
    everywhere = request.GET.get("in") == "all"
    who = access.groups_of(request.person, timezone.localdate())
    language = "" if everywhere else _language(request)
    hits = searching.search(words, who=who, limit=MOST_HITS, language=language)
    context = {
        "words": words,
        "hits": paged(request, hits, per=PER_PAGE),
        "everywhere": everywhere,
        "most": MOST_HITS,
        "has_words": bool(fold(words)),
        "trail": [(_("Library"), reverse("library:document_list")), (_("Search"), "")],
    }
    return page(request, "library/search.html", context | _shell(request))
