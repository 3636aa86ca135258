"""The proof desk: what was understood beside the source, doubts first; for those who keep the document."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thongsuot.library import access, mending, originals, proofing
from thongsuot.library.formats.drafts import CannotRead
from thongsuot.library.mending_forms import VERBS, CutForm, KindForm, WordsForm
from thongsuot.library.models import Edition, Passage
from thongsuot.papers.files import MissingFile
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, go, page, refused
from thongsuot.web.paging import paged

# Passages of a source without sheets, or of a very full one.
PER_PAGE = 60


@require_safe
def proof(request: Request, uid: UUID) -> HttpResponse:
    """Doubts, or a sheet, or the mends; for those who keep the document."""
    edition = access.edition_to_keep(request.person, uid, timezone.localdate())
    doubts = mending.open_doubts(edition)
    mends = edition.mends.filter(undone_at=None).select_related("by").order_by("-is_lost", "-pk")
    counts = proofing.doubt_counts(doubts)
    tab = request.GET.get("tab", "")
    if tab not in ("doubts", "text", "mends"):
        tab = "doubts" if counts and "sheet" not in request.GET else "text"
    context: dict[str, Any] = {
        "edition": edition,
        "document": edition.document,
        "tab": tab,
        "doubt_counts": counts,
        "doubt_number": sum(number for _kind, _question, number in counts),
        "mend_number": mends.count(),
        "lost_number": mends.filter(is_lost=True).count(),
    }
    if tab == "doubts":
        kind = request.GET.get("kind", "")
        shown = paged(request, doubts.filter(kind=kind) if kind else doubts, 20)
        context |= {"kind": kind, "shown": shown, "rows": proofing.doubt_rows(list(shown), edition)}
    elif tab == "mends":
        context["shown"] = paged(request, mends, 30)
    else:
        context |= _sheet(request, edition, doubts)
    return page(request, "library/proof.html", context)


def _sheet(request: Request, edition: Edition, doubts: Any) -> dict[str, Any]:
    first, last = proofing.sheets_of(edition)
    passages = edition.passages.filter(is_withdrawn=False).order_by("position")
    sheet = 0
    if last:
        asked = request.GET.get("sheet", "")
        sheet = min(max(int(asked), first), last) if asked.isdecimal() and len(asked) < 9 else first
        if printed := request.GET.get("printed", "").strip()[:12]:
            sheet = passages.filter(printed_page=printed).values_list("sheet", flat=True).first() or sheet
        passages = passages.filter(sheet=sheet)
    shown = paged(request, passages.select_related("image"), PER_PAGE)
    return {
        "sheet": sheet,
        "first": first,
        "last": last,
        "shown": shown,
        "rows": proofing.rows_on(edition, list(shown), doubts),
        "has_pages": originals.has_pages(edition),
        "words": "" if originals.has_pages(edition) else originals.words_on(edition, sheet),
    }


@require_safe
def proof_page(request: Request, uid: UUID, number: int) -> HttpResponse:
    """A page of the source as a picture, drawn apart; for those who keep the document."""
    edition = access.edition_to_keep(request.person, uid, timezone.localdate())
    if not originals.has_pages(edition) or not 0 < number < 10_000:
        raise Http404
    try:
        data = originals.page_picture(edition, number)
    except (CannotRead, MissingFile) as error:
        raise Http404 from error
    response = HttpResponse(data, content_type="image/webp")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=86400"
    return response


@require_http_methods(["GET", "POST"])
def proof_passage(request: Request, uid: UUID) -> HttpResponse:
    """Mend one passage: its words, its kind, a cut, a join, or that it is right; for those who keep the document."""
    passage = access.passage_to_mend(request.person, uid, timezone.localdate())
    edition = passage.edition
    verb = request.POST.get("verb", "")
    forms: dict[str, Any] = {
        "write": WordsForm(request.POST if verb == "write" else None, passage=passage),
        "kind": KindForm(request.POST if verb == "kind" else None, passage=passage),
        "split": CutForm(request.POST if verb == "split" else None, passage=passage),
    }
    if request.method == "POST":
        if verb not in VERBS:
            return refused(request, Refused(_("Choose what is to be done.")), "library:proof_passage", passage.uid)
        form = forms.get(verb)
        if form is None or form.is_valid():
            return _mended(request, passage, verb, form.values() if form else _plain_values(request, verb))
    before = edition.passages.filter(is_withdrawn=False, position__lt=passage.position).order_by("-position").first()
    context = {
        "edition": edition,
        "document": edition.document,
        "passage": passage,
        "row": proofing.rows_on(edition, [passage], mending.open_doubts(edition))[0],
        "before": before,
        "forms": forms,
        "opens": verb or request.GET.get("do", "write"),
        "has_pages": originals.has_pages(edition) and passage.sheet,
        "words": "" if originals.has_pages(edition) else originals.words_on(edition, passage.sheet),
        "desk": _desk(passage),
    }
    return page(request, "library/proof_passage.html", context, status=422 if verb else 200)


def _plain_values(request: Request, verb: str) -> dict[str, Any]:
    return {"doubt": request.POST.get("doubt", "")[:20]} if verb == "right" else {}


def _mended(request: Request, passage: Passage, verb: str, values: dict[str, Any]) -> HttpResponse:
    to = request.POST.get("to", "")
    if verb in ("write", "kind") and not values:
        messages.info(request, _("Nothing was changed."))
        return go(request, _desk(passage))
    # Where it stood, so that the desk opens there even if the passage itself is gone.
    desk = _desk(passage)
    try:
        made = mending.mend(passage, verb, values, by=request.person, at=timezone.now())
    except Refused as error:
        return refused(request, error, "library:proof_passage", passage.uid)
    messages.success(
        request, _("Done: %(mend)s. It is done again at every newer text.") % {"mend": made.get_verb_display()}
    )
    if to == "doubts":
        return go(request, f"{reverse('library:proof', args=[passage.edition.uid])}?tab=doubts")
    return go(request, f"{desk.partition('#')[0]}#{made.anchor}")


def _desk(passage: Passage) -> str:
    """The desk's page on which the passage stands."""
    address = reverse("library:proof", args=[passage.edition.uid])
    earlier = Q(sheet=passage.sheet) if passage.sheet else Q()
    place = passage.edition.passages.filter(earlier, is_withdrawn=False, position__lt=passage.position).count()
    query = f"?tab=text&sheet={passage.sheet}" if passage.sheet else "?tab=text"
    if place >= PER_PAGE:
        query += f"&page={place // PER_PAGE + 1}"
    return f"{address}{query}#{passage.anchor}"


@require_POST
def mend_undo(request: Request, uid: UUID) -> HttpResponse:
    """Take a mend back; for those who keep the document."""
    made = access.mend_to_undo(request.person, uid, timezone.localdate())
    address = f"{reverse('library:proof', args=[made.edition.uid])}?tab=mends"
    try:
        mending.undo(made, by=request.person, at=timezone.now())
    except Refused as error:
        return refused(request, error, address)
    messages.success(request, _("Undone: %(mend)s") % {"mend": made})
    return go(request, address)
