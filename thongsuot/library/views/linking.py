"""Who cites a document, and how two of its texts differ: reading, for everyone who may see the document."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from thongsuot.library import access, differences
from thongsuot.library import cited_by as citing
from thongsuot.library.editions import editions_for
from thongsuot.library.models import Document, Edition
from thongsuot.library.views.frames import frame, language_asked
from thongsuot.web.http import Request, page
from thongsuot.web.paging import paged
from thongsuot.web.templatetags.web import in_language

# Articles of a comparison on one page.
GROUPS = 15


def _trail(document: Document, here: str) -> list[tuple[str, str]]:
    return [
        (_("Library"), reverse("library:document_list")),
        (in_language(document, "title"), reverse("library:document_detail", args=[document.slug])),
        (here, ""),
    ]


@login_not_required
@require_safe
def cited_by(request: Request, slug: str) -> HttpResponse:
    """Every passage that cites the document; ``?in=`` narrows to one citing document."""
    today = timezone.localdate()
    document = access.document_to_see(request.person, slug, today)
    seen = access.documents_seen_by(request.person, today)
    language = language_asked(request)
    places = citing.places_of(document, seen, language)
    within = request.GET.get("in", "")
    shown = paged(request, places.filter(document__slug=within) if within else places, per=40)
    citing.quote(list(shown))
    context = {
        "document": document,
        "shown": shown,
        "documents": citing.documents_citing(document, seen, language),
        "within": within,
        "trail": _trail(document, _("Cited by")),
    }
    return page(request, "library/cited_by.html", context | frame(request))


@login_not_required
@require_safe
def compare(request: Request, slug: str) -> HttpResponse:
    """Two texts of a document: ``?from=`` and ``?to=`` are their uids; without them the two newest."""
    today = timezone.localdate()
    document = access.document_to_see(request.person, slug, today)
    shown = access.edition_to_see(document, language_asked(request))
    editions = editions_for(document, shown, on=None, today=today)
    if len(editions.all) < 2:  # what changed can be read in one language only
        others = [edition for edition in document.editions.all() if edition.language != shown.language]
        if len(others) > 1:
            editions = editions_for(document, others[0], on=None, today=today)
    older, newer = _pair(request, document, editions.all)
    context: dict[str, Any] = {
        "document": document, "older": older, "newer": newer, "editions": editions,
        "trail": _trail(document, _("Compare")),
    }  # fmt: skip
    if older and newer and older.pk != newer.pk:
        difference = differences.compare(*(_passages(edition) for edition in (older, newer)))
        changed = difference.changed_groups()
        shown_groups = paged(request, changed, per=GROUPS)
        context |= {
            "difference": difference,
            "summary": [(n // GROUPS + 1, group) for n, group in enumerate(changed)],
            "groups": shown_groups,
        }
    return page(request, "library/compare.html", context | frame(request))


def _pair(request: Request, document: Document, newest_first: list[Edition]) -> tuple[Edition | None, Edition | None]:
    wanted = [request.GET.get(name, "") for name in ("from", "to")]
    if all(wanted):
        older, newer = (access.edition_of(document, uid) for uid in wanted)
        return older, newer
    if len(newest_first) < 2:
        return None, newest_first[0] if newest_first else None
    return newest_first[1], newest_first[0]


def _passages(edition: Edition) -> list[differences.Piece]:
    rows = edition.passages.filter(is_withdrawn=False).order_by("position")
    return list(rows.only("kind", "anchor", "label", "heading", "text", "edition"))
