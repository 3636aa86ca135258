"""Reading is for everyone and observed by no one: these pages set no cookie and keep no log of readers."""

from dataclasses import replace
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from thongsuot.library import access, cited_by, contents, jumping, quoting, reading, shelf, turning
from thongsuot.library.editions import editions_for
from thongsuot.library.facts import facts_of
from thongsuot.library.in_force import force_of
from thongsuot.library.models import Document, Edition, Passage
from thongsuot.library.views.frames import day_asked, frame, language_asked
from thongsuot.papers import files
from thongsuot.web.http import Request, page
from thongsuot.web.paging import paged

# Each smooths one thing; a text is read whole without any of them.
SCRIPTS = ("settings", "opening", "progress", "copying", "plates", "keys", "listening")


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
    shelf.measure(documents, language_asked(request))
    first = documents[0] if documents and documents.number == 1 and not kind else None
    if first and first.kind == Document.Kind.HANDBOOK and first.has_text:
        first.opens_at = shelf.begins_at(first, language_asked(request))  # type: ignore[attr-defined]
    else:
        first = None
    context = {
        "documents": documents,
        "facets": facets,
        "kind": kind,
        "all": sum(kinds.values()),
        "first": first,
    }
    return page(request, "library/document_list.html", context | frame(request))


@login_not_required
@require_safe
def document_detail(request: Request, slug: str) -> HttpResponse:
    today = timezone.localdate()
    document = access.document_to_see(request.person, slug, today)
    language, on = language_asked(request), day_asked(request)
    context = {"document": document, "facts": facts_of(document), "language": language, **frame(request)}
    context["force"] = force_of(document, on or today)
    if document.has_text:
        edition = access.edition_to_see(document, language, on)
        context["editions"] = editions_for(document, edition, on=on, today=today)
        entries, pages = contents.outline(edition)
        letters = shelf.letters_of([edition.pk]).get(edition.pk, 0)
        plates = edition.passages.filter(kind=Passage.Kind.PLATE, is_withdrawn=False).count()
        context |= {"edition": edition, "entries": entries, "pages": pages, "plates": plates}
        context["minutes"] = shelf.as_time(letters)
    seen = access.documents_seen_by(request.person, today)
    context["cited_by"] = cited_by.summary(document, seen, language)
    return page(request, "library/document_detail.html", context)


@login_not_required
@require_safe
def chapter_on(request: Request, slug: str, day: str, anchor: str) -> HttpResponse:
    """The chapter as its text stood that day: an address that papers of the day can cite; ``?on=`` says the same."""
    return _chapter(request, slug, anchor, day)


@login_not_required
@require_safe
def chapter(request: Request, slug: str, anchor: str) -> HttpResponse:
    return _chapter(request, slug, anchor, "")


def _chapter(request: Request, slug: str, anchor: str, day: str) -> HttpResponse:
    today = timezone.localdate()
    document = access.document_to_see(request.person, slug, today)
    on = day_asked(request, day)
    edition = access.edition_to_see(document, language_asked(request), on)
    pages = contents.reading_pages(edition)
    number = next((n for n, each in enumerate(pages) if each.anchor == anchor), None)
    if number is None:
        return redirect(_asked_language(request, _place_called(edition, anchor)))
    opened = contents.Chapter(edition, pages[number])
    is_whole = "whole" in request.GET
    sheet = contents.whole(opened) if is_whole else opened.sheet_called(request.GET.get("page", ""))
    seen = access.documents_seen_by(request.person, today)
    within, level = reading.before(opened.rows, sheet.first)
    shown = reading.pieces(
        edition, list(contents.passages_on(edition, sheet)), seen, within=within or pages[number].name, level=level
    )
    context = {
        "document": document,
        "edition": edition,
        "editions": editions_for(document, edition, on=on, today=today),
        "here": pages[number],
        "pieces": shown,
        "sheet": sheet,
        "opened": opened,
        "is_whole": is_whole,
        "contents": _led(contents.chapters(pages, pages[number], opened.entries(sheet)), request),
        "turns": _turns_led(turning.turns(pages, number, opened, sheet), request),
        "progress": turning.progress(edition, sheet, shown),
        "minutes": contents.minutes(opened.letters),
        "form": quoting.form_of(edition),
        "twin": reading.twin(edition, anchor, "en" if edition.language == "vi" else "vi"),
        "other_language": edition.language if "lang" in request.GET else "",
        "sources": turning.sources(shown, edition) if is_whole else [],
        "whole": request.build_absolute_uri(pages[number].url),
        "scripts": [static(f"library/{name}.js") for name in (("printing",) if is_whole else SCRIPTS)],
    }
    return page(request, "library/chapter.html", context | frame(request))


def _place_called(edition: Edition, anchor: str) -> str:
    """The address of a printed page ("trang-345") or of any passage of the text; 404 where it has none."""
    if anchor.startswith("trang-"):
        place = jumping.find_place(edition, anchor.replace("-", " ", 1))
    else:
        passage = edition.passages.filter(anchor=anchor, is_withdrawn=False).first()
        place = jumping.Place(passage) if passage else None
    if place is None:
        raise Http404
    place.passage.edition = edition
    return contents.page_of(place.passage, place.fragment)


def _asked_language(request: Request, address: str) -> str:
    """The language of the text that the address asked for goes along, and from which step of a trail one came."""
    kept = {name: request.GET[name] for name in ("lang", "trail", "step") if name in request.GET}
    if not kept or address.startswith("#"):
        return address
    path, sign, fragment = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{urlencode(kept)}{sign}{fragment}"


def _led(entries: list[contents.Entry], request: Request) -> list[contents.Entry]:
    for entry in entries:
        entry.url = _asked_language(request, entry.url)
        _led(entry.below, request)
    return entries


def _turns_led(turns: turning.Turns, request: Request) -> turning.Turns:
    before, after = (
        turn and replace(turn, url=_asked_language(request, turn.url)) for turn in (turns.before, turns.after)
    )
    return turning.Turns(before, after)


@login_not_required
@require_safe
def goto(request: Request, slug: str) -> HttpResponse:
    """Where the words of ``?to=`` lead; else a sentence that says what there is."""
    document = access.document_to_see(request.person, slug, timezone.localdate())
    edition = access.edition_to_see(document, language_asked(request))
    edition.document = document
    words = request.GET.get("to", "").strip()[:100]
    near = edition.passages.filter(anchor=request.GET.get("from", "")[:80]).values_list("position", flat=True).first()
    if place := jumping.find_place(edition, words, near=near or 0):
        place.passage.edition = edition
        return redirect(_asked_language(request, contents.page_of(place.passage, place.fragment)))
    context = {
        "document": document,
        "edition": edition,
        "words": words,
        "nearest": _nearest(request, edition, words),
        "offers": jumping.offers(edition),
        "other_language": edition.language if "lang" in request.GET else "",
    }
    return page(request, "library/goto.html", context | frame(request), status=404 if words else 200)


def _nearest(request: Request, edition: Edition, words: str) -> tuple[str, str] | None:
    """Name and address of what holds the place, where the text has that much of it."""
    if passage := jumping.nearest_place(edition, words):
        passage.edition = edition
        return str(passage), _asked_language(request, contents.page_of(passage))
    return None


@login_not_required
@require_safe
def plates(request: Request, slug: str) -> HttpResponse:
    document = access.document_to_see(request.person, slug, timezone.localdate())
    edition = access.edition_to_see(document, language_asked(request))
    edition.document = document
    rows = edition.passages.filter(kind=Passage.Kind.PLATE, is_withdrawn=False).order_by("position")
    shown = paged(request, rows, per=24)
    context = {
        "document": document,
        "edition": edition,
        "plates": reading.plates(list(shown)),
        "shown": shown,
        "other_language": edition.language if "lang" in request.GET else "",
    }
    return page(request, "library/plates.html", context | frame(request))


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
    if found.is_withdrawn and found.now_in:
        return redirect("library:passage", found.now_in.uid)
    if found.is_withdrawn:
        context = {"passage": found, "document": found.edition.document, "html": reading.render(found)}
        return page(request, "library/passage.html", context | frame(request))
    found = reading.in_language(found, language_asked(request))
    return redirect(_asked_language(request, contents.page_of(found)))
