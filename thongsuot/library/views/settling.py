"""The librarian's list of references that lead nowhere, and what she says of them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.library import access, naming, open_references
from thongsuot.library.cited_by import quote
from thongsuot.library.forms_citations import RecordForm, likely_kind
from thongsuot.library.models import Relation
from thongsuot.viet.text import fold
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, back, go, page, refused
from thongsuot.web.paging import paged

FOUND = 12


def _trail(*further: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Library"), reverse("library:document_list")), *further]


@require_GET
def citations(request: Request) -> HttpResponse:
    today = timezone.localdate()
    access.require_librarian(request.person, today)
    rows = access.citations_to_keep(request.person, today)
    kind = request.GET.get("kind", "")
    kind = kind if kind in dict(open_references.KINDS) else open_references.MISSING
    words = request.GET.get("q", "").strip()[:60]
    shown = paged(request, open_references.groups(rows, kind, words), per=20)
    counts = open_references.counts(rows)
    context = {
        "kind": kind,
        "words": words,
        "kinds": [(value, label, counts[value]) for value, label in open_references.KINDS],
        "shown": shown,
        "groups": open_references.filled(list(shown), rows, kind),
        "settled": access.aliases_to_keep(request.person, today).count(),
        "proposed": access.relations_to_keep(request.person, today).filter(state=Relation.State.PROPOSED).count(),
        "trail": _trail((_("References that lead nowhere"), "")),
    }
    return page(request, "library/citations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def citation_settle(request: Request) -> HttpResponse:
    """One number or name: all its places, and what it is."""
    today = timezone.localdate()
    access.require_librarian(request.person, today)
    given = request.POST if request.method == "POST" else request.GET
    number, name = given.get("number", "").strip()[:60], given.get("name", "").strip()[:200]
    form = RecordForm(
        request.POST if given.get("act") == "record" else None, initial={"number": number, "kind": likely_kind(number)}
    )
    if request.method == "POST":
        try:
            if answer := _settle(request, number, name, form):
                messages.success(request, answer)
                return go(request, "library:citations")
        except Refused as error:
            return refused(
                request, error, f"{reverse('library:citation_settle')}?{urlencode({'number': number, 'name': name})}"
            )
    rows = open_references.named(access.citations_to_keep(request.person, today), number, name)
    words = request.GET.get("q", "").strip()[:100] or number
    found = access.documents_seen_by(request.person, today)
    for word in fold(words).replace("/", " ").replace("-", " ").split()[:8]:
        found = found.filter(folded__contains=word)
    shown = paged(request, rows, per=20)
    quote(list(shown))
    context = {
        "number": number, "name": name, "shown": shown, "words": words, "form": form,
        "found": found.as_on_the_shelf()[:FOUND] if words else [],
        "trail": _trail((_("References that lead nowhere"), reverse("library:citations")), (number or name, "")),
    }  # fmt: skip
    return page(request, "library/citation_settle.html", context)


def _settle(request: Request, number: str, name: str, form: RecordForm) -> str:
    """What was done, as a sentence; empty where the form has to be mended."""
    at, today = timezone.now(), timezone.localdate()
    act = request.POST.get("act", "")
    if act == "none":
        naming.say_what_it_is(number, name, None, by=request.person, at=at)
        return _("Kept: it is no reference. It is no longer listed.")
    if act == "record":
        if not form.is_valid():
            return ""
        document = naming.add_record(**form.cleaned_data, by=request.person, at=at)
        if document.number != number:
            naming.say_what_it_is(number, name, document, by=request.person, at=at)
        return _("The record was added, and what names it leads to it now.")
    document = access.document_to_see(request.person, request.POST.get("document", ""), today)
    naming.say_what_it_is(number, name, document, by=request.person, at=at)
    return _("Kept. What names it leads to it now, also in texts that come later.")


@require_GET
def aliases(request: Request) -> HttpResponse:
    today = timezone.localdate()
    access.require_librarian(request.person, today)
    context = {
        "shown": paged(request, access.aliases_to_keep(request.person, today), per=40),
        "trail": _trail((_("References that lead nowhere"), reverse("library:citations")), (_("What was settled"), "")),
    }
    return page(request, "library/aliases.html", context)


@require_POST
def alias_undo(request: Request, uid: UUID) -> HttpResponse:
    alias = get_object_or_404(access.aliases_to_keep(request.person, timezone.localdate()), uid=uid)
    naming.take_back(alias, by=request.person, at=timezone.now())
    messages.success(request, _("It is open again."))
    return go(request, "library:aliases")


@require_GET
def relations(request: Request) -> HttpResponse:
    today = timezone.localdate()
    access.require_librarian(request.person, today)
    state = request.GET.get("state", "")
    state = state if state in Relation.State.values else Relation.State.PROPOSED
    rows = access.relations_to_keep(request.person, today).filter(state=state).order_by("-pk")
    context = {
        "shown": paged(request, rows, per=30),
        "state": state,
        "states": Relation.State.choices,
        "trail": _trail((_("What documents do to each other"), "")),
    }
    return page(request, "library/relations.html", context)


@require_POST
def relation_settle(request: Request, uid: UUID) -> HttpResponse:
    relation = get_object_or_404(access.relations_to_keep(request.person, timezone.localdate()), uid=uid)
    state = request.POST.get("state", "")
    if state in Relation.State.values:
        naming.settle_relation(relation, state, by=request.person, at=timezone.now())
        messages.success(request, _("Kept."))
    return go(request, back(request))
