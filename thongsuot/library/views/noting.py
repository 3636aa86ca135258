"""One's own highlights and notes: of the account; what stays on the device the server never sees."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thongsuot.library import access, anchoring, carrying, marking
from thongsuot.library.models import Mark
from thongsuot.library.note_forms import ChoiceForm, MarkForm, NoteForm, NotesFileForm
from thongsuot.library.views.frames import frame
from thongsuot.papers.writing import DOCX
from thongsuot.viet.text import fold
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, back, go, page
from thongsuot.web.paging import paged

PER_PAGE = 50
LARGEST_FILE = 5 * 1024 * 1024


def _wants_json(request: Request) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _uids(said: str) -> list[UUID]:
    try:
        return [UUID(one) for one in said.split(",")]
    except ValueError:
        return []


@login_not_required
@never_cache
@require_safe
def my_notes(request: Request) -> HttpResponse:
    """Of the account, for whoever is signed in; the page's script adds what stands on the device."""
    person, today = request.person, timezone.localdate()
    words = request.GET.get("q", "").strip()[:200]
    context: dict[str, Any] = {"words": words, **frame(request)}
    if person:
        marks = access.marks_of(person, today)
        for word in fold(words).split():
            marks = marks.filter(folded__contains=word)
        shown = paged(request, marks, per=PER_PAGE)
        for mark in shown:
            mark.stands = anchoring.stands(mark)
        context |= {
            "marks": shown,
            "out_of_sight": access.marks_out_of_sight(person, today)[:PER_PAGE] if not words else [],
            "choice": marking.choice_of(person),
        }
    return page(request, "library/my_notes.html", context)


@require_POST
def note_create(request: Request, uid: UUID) -> HttpResponse:
    """A note or highlight on that passage, kept with the account: the page's form or its script sends it."""
    passage = access.passage_to_see(request.person, uid, timezone.localdate())
    form = MarkForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused(_("Write a note, or choose words to highlight."))
        mark = marking.put_mark(request.person, passage, **form.said(), at=timezone.now())
    except Refused as error:
        if _wants_json(request):
            return JsonResponse({"refused": str(error)}, status=422)
        messages.error(request, str(error))
    else:
        if _wants_json(request):
            return JsonResponse(carrying.as_row(mark))
        messages.success(request, _("Your note is kept. Only you see it."))
    return go(request, back(request))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def note_edit(request: Request, uid: UUID) -> HttpResponse:
    mark = access.own_mark(request.person, uid)
    in_sight = access.marks_of(request.person, timezone.localdate()).filter(pk=mark.pk).exists()
    # A form fills its object before it is asked whether it may: what stands is changed by the verb alone.
    form = NoteForm(request.POST or None, instance=Mark.objects.get(pk=mark.pk))
    if request.method == "POST" and form.is_valid():
        try:
            mark = marking.change_mark(mark, note=form.cleaned_data["note"], colour=form.cleaned_data["colour"])
        except Refused as error:
            form.add_error("note", str(error))
        else:
            if _wants_json(request):
                return JsonResponse(carrying.as_row(mark))
            messages.success(request, _("Changed."))
            return go(request, "library:my_notes")
    if form.errors and _wants_json(request):
        said = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"refused": said}, status=422)
    context = {"mark": mark, "form": form, "in_sight": in_sight}
    return page(request, "library/note_edit.html", context | frame(request), status=422 if form.errors else 200)


@require_POST
def note_delete(request: Request, uid: UUID) -> HttpResponse:
    access.own_mark(request.person, uid).delete()
    if _wants_json(request):
        return JsonResponse({"deleted": str(uid)})
    messages.success(request, _("Deleted."))
    return go(request, "library:my_notes")


@require_POST
def notes_delete(request: Request) -> HttpResponse:
    """All of the account's; with ``ids`` those alone, as when they went back to the device."""
    marks = request.person.marks.all()
    if ids := request.POST.get("ids", ""):
        marks = marks.filter(uid__in=_uids(ids))
    number, _each = marks.delete()
    if _wants_json(request):
        return JsonResponse({"deleted": number})
    messages.success(request, _("Nothing of your highlights and notes is kept with your account any more."))
    return go(request, "library:my_notes")


@never_cache
@require_safe
def notes_of(request: Request, slug: str) -> HttpResponse:
    """The account's marks in one document, for the page's script to draw, and whether new ones are kept there."""
    today = timezone.localdate()
    document = access.document_to_see(request.person, slug, today)
    marks = access.marks_of(request.person, today).filter(passage__edition__document=document)
    return JsonResponse(carrying.as_portable(marks, at=timezone.now()))


@never_cache
@require_safe
def notes_export(request: Request, ending: str) -> HttpResponse:
    """All of one's notes: json to read in again, md and docx to read and print."""
    marks, now = access.marks_of(request.person, timezone.localdate()), timezone.now()
    response: HttpResponse
    if ending == "json":
        response = JsonResponse(
            carrying.as_portable(marks, at=now), json_dumps_params={"ensure_ascii": False, "indent": 1}
        )
    elif ending == "md":
        response = HttpResponse(carrying.as_markdown(marks), content_type="text/markdown; charset=utf-8")
    elif ending == "docx":
        response = HttpResponse(carrying.as_docx(marks), content_type=DOCX)
    else:
        raise Http404
    name = f"thong-suot-{timezone.localdate():%Y-%m-%d}.{ending}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


@require_POST
def notes_take_in(request: Request) -> HttpResponse:
    """A file of notes, or those of the device: they become the account's."""
    form = NotesFileForm(request.POST, request.FILES)
    try:
        if not form.is_valid() or form.cleaned_data["file"].size > LARGEST_FILE:
            raise Refused(_("Choose a file of notes, of at most 5 MB."))
        data = form.cleaned_data["file"].read()
        told = carrying.take_in(request.person, data, on=timezone.localdate(), at=timezone.now())
    except Refused as error:
        if _wants_json(request):
            return JsonResponse({"refused": str(error)}, status=422)
        messages.error(request, str(error))
        return go(request, "library:my_notes")
    if _wants_json(request):
        return JsonResponse({"taken": told.taken, "known": told.known, "homeless": told.homeless})
    messages.success(
        request, ngettext("%(n)s note is taken in.", "%(n)s notes are taken in.", told.taken) % {"n": told.taken}
    )
    if told.known:
        messages.info(
            request, ngettext("%(n)s was here already.", "%(n)s were here already.", told.known) % {"n": told.known}
        )
    if told.homeless:
        names = ", ".join(told.homeless[:5])
        messages.warning(request, _("Left out, because their text is not here for you: %(names)s") % {"names": names})
    return go(request, "library:my_notes")


@require_POST
def reading_choices(request: Request) -> HttpResponse:
    """What is kept with the account from now on."""
    form = ChoiceForm(request.POST)
    form.is_valid()
    marking.choose(request.person, **form.cleaned_data)
    messages.success(request, _("Kept as you wish."))
    return go(request, back(request))


@require_POST
def place_keep(request: Request, uid: UUID) -> HttpResponse:
    """Where one stopped, as the page's script says it."""
    passage = access.passage_to_see(request.person, uid, timezone.localdate())
    place = marking.keep_place(request.person, passage, at=timezone.now())
    return JsonResponse({"kept": place is not None})
