"""One passage by itself: its words, its citation, its neighbours in other texts."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from thongsuot.library import access, reading
from thongsuot.library.about import about
from thongsuot.library.rendering import target_url
from thongsuot.library.views.frames import frame, language_asked
from thongsuot.web.http import Request, page
from thongsuot.web.paging import paged
from thongsuot.web.templatetags.web import in_language


@login_not_required
@require_safe
def passage_about(request: Request, uid: UUID) -> HttpResponse:
    today = timezone.localdate()
    passage = reading.in_language(access.passage_to_see(request.person, uid, today), language_asked(request))
    document = passage.edition.document
    address = request.build_absolute_uri(reverse("library:passage", args=[passage.uid]))
    found = about(passage, access.documents_seen_by(request.person, today), address)
    for citation in found.cites:
        citation.address = target_url(citation)  # type: ignore[attr-defined]
    context = {
        "passage": passage,
        "edition": passage.edition,
        "document": document,
        "about": found,
        "name": passage.label or passage.heading or _("Passage"),
        "picture": reading.picture_of(passage),
        "address": address,
        "cited_by": paged(request, found.cited_by, per=50),
        "trail": [
            (_("Library"), reverse("library:document_list")),
            (in_language(document, "title"), reverse("library:document_detail", args=[document.slug])),
            (_("Passage"), ""),
        ],
    }
    return page(request, "library/passage_about.html", context | frame(request))
