"""One box for everything that the reader may see."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from thongsuot.library import access
from thongsuot.library import search as searching
from thongsuot.library.in_force import ended_among
from thongsuot.library.models import Document
from thongsuot.library.search.facets import Counted
from thongsuot.library.search.topics import Topic, topics_for
from thongsuot.library.views.frames import frame, language_asked
from thongsuot.viet.text import fold
from thongsuot.web.http import Request, page
from thongsuot.web.paging import paged

# As many as anyone looks through; who needs more asks more precisely.
MOST_HITS = 100
# A whole question fits.
LONGEST = 500
PER_PAGE = 20
EVERY_LANGUAGE = "all"


@dataclass(frozen=True)
class Choice:
    """One value of a facet as the page shows it."""

    label: str
    number: int
    url: str


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    choices: list[Choice]
    picked: str  # the label of the value that narrows the results now, or ""
    without: str  # the address without it


@login_not_required
@require_safe
def search(request: Request) -> HttpResponse:
    today = timezone.localdate()
    words = _words(request)
    inside = _inside(request, today)
    reader = _reader(request, inside)
    topics = topics_for(request.person, today) if words else []
    topic = request.GET.get("topic", "")
    results = searching.look(words, reader, limit=MOST_HITS, topics=topics, topic=topic)
    hits = paged(request, results.hits, per=PER_PAGE)
    context = {
        "words": words,
        "inside": inside,
        "results": results,
        "hits": hits,
        # What these places say must not be taken for what holds.
        "ended": ended_among({hit.document.pk: hit.document for hit in hits}.values(), today),
        "named": searching.named_among(list(hits)) if hits.number == 1 else None,
        "facets": _facets(request, results.counted, topics),
        "everywhere": not reader.language,
        "most": MOST_HITS,
        "has_words": bool(fold(words)),
        "trail": [(_("Library"), reverse("library:document_list")), (_("Search"), "")],
    }
    return page(request, "library/search.html", context | frame(request))


@login_not_required
@require_safe
def suggest(request: Request) -> JsonResponse:
    """While one types: at most eight places or phrases, as JSON."""
    today = timezone.localdate()
    inside = _inside(request, today)
    found = searching.suggest(_words(request), _reader(request, inside))
    response = JsonResponse({"suggestions": [_shown(one) for one in found]})
    response["Cache-Control"] = "private, max-age=60"
    return response


def _inside(request: Request, today: date) -> Document | None:
    """The one work that is searched, where the address names one that the reader may see."""
    slug = request.GET.get("in", "")[:120]
    return access.documents_seen_by(request.person, today).filter(slug=slug).first() if slug else None


def _words(request: Request) -> str:
    return request.GET.get("q", "").strip()[:LONGEST]


def _reader(request: Request, inside: Document | None) -> searching.Reader:
    get = request.GET.get
    # One work is searched in whatever language it stands.
    everywhere = get("lang") == EVERY_LANGUAGE or inside
    kind = get("kind", "")
    return searching.Reader(
        who=access.groups_of(request.person, timezone.localdate()),
        language="" if everywhere else language_asked(request),
        kind=kind if kind in Document.Kind.values else "",
        issuer=get("issuer", "")[:200],
        year=year if (year := get("year", "")).isdigit() and len(year) == 4 else "",
        document=inside.pk if inside else None,
    )


def _facets(request: Request, counted: Counted, topics: list[Topic]) -> list[Facet]:
    names: dict[str, dict[str, str]] = {
        "topic": {topic.key: topic.title for topic in topics},
        "kind": {value: str(label) for value, label in Document.Kind.choices},
    }
    labels = {"topic": _("Topic"), "kind": _("Kind of document"), "issuer": _("Issuer"), "year": _("Year")}
    facets = []
    for name, label in labels.items():
        known = names.get(name, {})
        picked = request.GET.get(name, "")
        without = _without(request, name)
        choices = [
            Choice(str(known.get(one.value, one.value)), one.number, f"{without}&{urlencode({name: one.value})}")
            for one in counted.choices.get(name, ())
        ]
        shown = str(known.get(picked, "" if known else picked))
        if choices or shown:
            facets.append(Facet(name, label, choices, shown, without))
    return facets


def _without(request: Request, name: str) -> str:
    """These results narrowed by one thing less; from the first page."""
    query = request.GET.copy()
    query.pop("page", None)
    query.pop(name, None)
    return f"?{query.urlencode()}"


def _shown(one: searching.Suggestion) -> dict[str, str]:
    if one.passage:
        url = reverse("library:passage", args=[one.passage.uid]) + f"?lang={one.passage.edition.language}"
    elif one.document:
        url = reverse("library:document_detail", args=[one.document.slug])
    else:
        url = ""
    return {"text": one.text, "note": one.note, "url": url}
