"""The curator's bench: a trail laid step by step, from where one reads or from here."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thongsuot.campaigns import access, asides, curating
from thongsuot.campaigns.extents import span_of
from thongsuot.campaigns.forms import OrderForm, StepChangeForm, StepForm, StepWordsForm
from thongsuot.campaigns.models import Topic, TrailStep
from thongsuot.campaigns.walking import CHANGED, Stop, walk
from thongsuot.library.differences import word_runs
from thongsuot.library.models import Passage
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, back, go, page


@require_GET
def trail_edit(request: Request, uid: UUID) -> HttpResponse:
    """All steps with their plates, pages and introductions; what has changed under them stands out."""
    return _bench(request, access.topic_to_direct(request.person, uid, timezone.localdate()))


def _bench(request: Request, topic: Topic, *, status: int = 200, typed: dict[UUID, Any] | None = None) -> HttpResponse:
    today = timezone.localdate()
    topic.refresh_from_db(fields=["trail_version"])
    # As it was chosen: in Vietnamese where there is that text.
    laid = walk(topic, seen=access.documents_seen_by(request.person, today), language="vi")
    words = request.GET.get("q", "").strip()
    found = access.passages_found(request.person, words, today)
    instead = next((stop for stop in laid.stops if str(stop.uid) == request.GET.get("for")), None)
    context = {
        "topic": topic,
        "walk": laid,
        "rows": [(stop, _changes(stop), (typed or {}).get(stop.uid)) for stop in laid.stops],
        "hidden": topic.steps.count() - len(laid.stops),
        "taken_out": TrailStep.with_taken_out.filter(topic=topic, taken_out_at__isnull=False)
        .select_related("passage__edition", "last")
        .order_by("-taken_out_at")[:10],
        "q": words,
        "found": found,
        "instead": instead,
    }
    part = "found" if request.method == "GET" else "trail"
    return page(request, "campaigns/trail_edit.html", context, part=part, status=status)


def _changes(stop: Stop) -> list[Any]:
    """Word by word, what the text said and what it says."""
    return word_runs(stop.said, stop.says) if stop.state == CHANGED else []


def _answer(request: Request, topic: Topic, error: Refused | None = None, **more: Any) -> HttpResponse:
    """The trail as it stands now, in place for htmx, else on its page; with the sentence that says why not."""
    if error:
        messages.error(request, str(error))
    if request.htmx or more:
        return _bench(request, topic, status=422 if error else 200, **more)
    return go(request, "campaigns:trail_edit", topic.uid)


@require_POST
def step_create(request: Request) -> HttpResponse:
    """A passage put on a trail, from the page on which it is read or from the trail's own."""
    today = timezone.localdate()
    form = StepForm(
        request.POST,
        topics=access.topics_to_curate(request.person, today),
        passages=access.passages_to_read(request.person, today),
    )
    if not form.is_valid():
        messages.error(request, _("This passage could not be added: choose a core content, and at most 400 letters."))
        return redirect(back(request))
    words = form.cleaned_data
    topic: Topic = words["topic"]
    passage: Passage = words["passage"]
    first, last = span_of(passage, words["extent"])
    try:
        step = curating.add_step(
            topic,
            first,
            last=last,
            introduction=words["introduction"],
            introduction_en=words["introduction_en"],
            by=request.person,
            at=timezone.now(),
        )
        messages.success(request, _("Added as step %(place)s of “%(topic)s”.") % {"place": step.order, "topic": topic})
    except Refused as error:
        messages.error(request, str(error))
    if request.htmx:
        return HttpResponse(asides.put_on_trail(passage, request, chosen=topic) or "")
    return redirect(back(request))


@require_POST
def step_change(request: Request, uid: UUID) -> HttpResponse:
    """One of the buttons beside a step: move it, take it out, put it back, or say that one has looked."""
    step = access.step_to_direct(request.person, uid, timezone.localdate())
    form = StepChangeForm(request.POST)
    if not form.is_valid():
        return _answer(request, step.topic, Refused(_("This step was not changed: load the page anew.")))
    change, who = form.cleaned_data["change"], {"by": request.person, "at": timezone.now()}
    try:
        match change:
            case "remove":
                curating.take_out(step, **who)
                messages.success(request, _("Taken out. It can be put back below the trail."))
            case "restore":
                step = curating.put_back(step, **who)
                messages.success(request, _("Put back as step %(place)s.") % {"place": step.order})
            case "look":
                curating.look_at(step, **who)
                messages.success(request, _("Noted: you have seen how the text stands now."))
            case _:
                curating.move_step(step, change, version=form.cleaned_data["version"] or 0, **who)
    except Refused as error:
        return _answer(request, step.topic, error)
    if request.POST.get("next"):
        return redirect(back(request))
    return _answer(request, step.topic)


@require_POST
def step_words(request: Request, uid: UUID) -> HttpResponse:
    """The line of introduction, in place; what was typed stays when someone else was faster."""
    step = access.step_to_direct(request.person, uid, timezone.localdate())
    form = StepWordsForm(request.POST)
    typed = {
        "introduction": request.POST.get("introduction", ""),
        "introduction_en": request.POST.get("introduction_en", ""),
    }
    try:
        if not form.is_valid():
            raise Refused(_("An introduction has at most 400 letters: make it shorter."))
        curating.reword_step(step, **form.cleaned_data, by=request.person, at=timezone.now())
    except Refused as error:
        return _answer(request, step.topic, error, typed={step.uid: typed})
    messages.success(request, _("Saved."))
    return _answer(request, step.topic)


@require_POST
def step_replace(request: Request, uid: UUID) -> HttpResponse:
    """Another passage in the place of one that is gone."""
    today = timezone.localdate()
    step = access.step_to_direct(request.person, uid, today)
    passages = access.passages_to_read(request.person, today)
    form = StepForm({**request.POST.dict(), "topic": str(step.topic.uid)}, topics=_only(step), passages=passages)
    try:
        if not form.is_valid():
            raise Refused(_("This passage is not in the library."))
        curating.replace_passage(step, form.cleaned_data["passage"], by=request.person, at=timezone.now())
    except Refused as error:
        return _answer(request, step.topic, error)
    messages.success(request, _("The step has another passage now."))
    return go(request, "campaigns:trail_edit", step.topic.uid)


def _only(step: TrailStep) -> Any:
    return Topic.objects.filter(pk=step.topic_id)


@require_POST
def trail_order(request: Request, uid: UUID) -> HttpResponse:
    """All steps in the order in which they were dragged."""
    topic = access.topic_to_direct(request.person, uid, timezone.localdate())
    form = OrderForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused(_("This order cannot be read."))
        words = form.cleaned_data
        curating.order_trail(topic, words["steps"], version=words["version"], by=request.person, at=timezone.now())
    except Refused as error:
        return _answer(request, topic, error)
    return _answer(request, topic)
