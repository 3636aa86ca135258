"""The list of abbreviations, kept by the librarian."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from thongsuot.library import access, wording
from thongsuot.library.views.frames import frame
from thongsuot.library.word_forms import WordForm, WordsForm
from thongsuot.viet.text import fold
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, go, page
from thongsuot.web.paging import paged


@require_http_methods(["GET", "HEAD", "POST"])
def word_list(request: Request) -> HttpResponse:
    """The list, found by either side; and the form for one more."""
    words = access.words_to_keep(request.person, timezone.localdate())
    form = WordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            wording.add_word(**form.cleaned_data, by=request.person, at=timezone.now())
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Added: searching for one finds the other from now on."))
            return go(request, "library:word_list")
    asked = request.GET.get("q", "").strip()
    shown = [word for word in words if fold(asked) in fold(str(word))] if asked else words
    context = {"words": paged(request, shown), "q": asked, "form": form, "trail": _trail()}
    return page(request, "library/word_list.html", context | frame(request), status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def word_edit(request: Request, pk: int) -> HttpResponse:
    word = access.word_to_keep(request.person, pk, timezone.localdate())
    form = WordForm(request.POST or None, initial={"short": word.short, "full": word.full})
    if request.method == "POST" and form.is_valid():
        try:
            wording.change_word(word, **form.cleaned_data, by=request.person, at=timezone.now())
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return go(request, "library:word_list")
    trail = _trail((_("Abbreviations"), reverse("library:word_list")), (word.short, ""))
    context = {"word": word, "form": form, "trail": trail}
    return page(request, "library/word_edit.html", context | frame(request), status=422 if form.errors else 200)


@require_POST
def word_remove(request: Request, pk: int) -> HttpResponse:
    word = access.word_to_keep(request.person, pk, timezone.localdate())
    wording.remove_word(word, by=request.person, at=timezone.now())
    messages.success(request, _("Taken from the list: %(word)s") % {"word": word})
    return go(request, "library:word_list")


@require_http_methods(["GET", "HEAD", "POST"])
def word_import(request: Request) -> HttpResponse:
    """A whole list at once, typed or pasted from a sheet."""
    access.words_to_keep(request.person, timezone.localdate())
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            number = wording.import_words(form.cleaned_data["words"], by=request.person, at=timezone.now())
        except Refused as error:
            form.add_error("words", str(error))
        else:
            text = ngettext("%(n)s new abbreviation", "%(n)s new abbreviations", number) % {"n": number}
            messages.success(request, text)
            return go(request, "library:word_list")
    trail = _trail((_("Abbreviations"), reverse("library:word_list")), (_("Import a list"), ""))
    context = {"form": form, "trail": trail}
    return page(request, "library/word_import.html", context | frame(request), status=422 if form.errors else 200)


def _trail(*further: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Library"), reverse("library:document_list")), *(further or ((_("Abbreviations"), ""),))]
