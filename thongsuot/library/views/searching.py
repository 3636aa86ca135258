"""One box for everything that the reader may see."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from thongsuot.library import access
from thongsuot.library import search as searching
from thongsuot.library.views.frames import frame, language_asked
from thongsuot.viet.text import fold
from thongsuot.web.http import Request, page
from thongsuot.web.paging import paged

# As many as anyone looks through; who needs more asks more precisely.
MOST_HITS = 100
PER_PAGE = 20


@login_not_required
@require_safe
def search(request: Request) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:200]
    everywhere = request.GET.get("in") == "all"
    who = access.groups_of(request.person, timezone.localdate())
    language = "" if everywhere else language_asked(request)
    hits = searching.search(words, who=who, limit=MOST_HITS, language=language)
    context = {
        "words": words,
        "hits": paged(request, hits, per=PER_PAGE),
        "everywhere": everywhere,
        "most": MOST_HITS,
        "has_words": bool(fold(words)),
        "trail": [(_("Library"), reverse("library:document_list")), (_("Search"), "")],
    }
    return page(request, "library/search.html", context | frame(request))
