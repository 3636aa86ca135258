"""A core content and the trail of passages to read on it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.campaigns import access, launching
from thongsuot.campaigns.forms import StepForm, TopicForm
from thongsuot.library.models import Passage
from thongsuot.people.rights import Act, may
from thongsuot.web.http import Request, go, page


@require_GET
def topic_detail(request: Request, uid: UUID) -> HttpResponse:
    today = timezone.localdate()
    topic = access.topic_to_see(request.person, uid, today)
    context = {
        "topic": topic,
        "steps": topic.steps.select_related("passage__edition__document"),
        "may_direct": may(request.person, Act.DIRECT, topic.campaign.unit, today),
    }
    return page(request, "campaigns/topic_detail.html", context)


@require_http_methods(["GET", "POST"])
def topic_edit(request: Request, uid: UUID) -> HttpResponse:
    """Its words, and the passages of its trail: search one, add it, order them."""
    today = timezone.localdate()
    topic = access.topic_to_direct(request.person, uid, today)
    names = ("title", "title_en", "summary", "summary_en")
    form = TopicForm(request.POST or None, initial={name: getattr(topic, name) for name in names})
    if request.method == "POST" and form.is_valid():
        launching.set_topic(topic.campaign, topic.number, by=request.person, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return go(request, "campaigns:topic_detail", topic.uid)
    found = access.passages_found(request.person, request.GET.get("q", ""), today)
    context = {
        "topic": topic,
        "form": form,
        "steps": topic.steps.select_related("passage__edition__document"),
        "q": request.GET.get("q", ""),
        "found": found,
    }
    return page(request, "campaigns/topic_edit.html", context, part="found", status=422 if form.errors else 200)


@require_POST
def trail_step(request: Request, uid: UUID) -> HttpResponse:
    """One change of the trail: a passage added, moved up, or taken out."""
    today = timezone.localdate()
    topic = access.topic_to_direct(request.person, uid, today)
    steps = [(step.passage, step.introduction) for step in topic.steps.select_related("passage")]
    form = StepForm(request.POST, passages=access.passages_to_read(request.person, today))
    if not form.is_valid():
        messages.error(request, _("This passage is not in the library."))
        return go(request, "campaigns:topic_edit", topic.uid)
    passage: Passage = form.cleaned_data["passage"]
    place = next((n for n, (one, _words) in enumerate(steps) if one.pk == passage.pk), None)
    match request.POST.get("change", "add"):
        case "add" if place is None:
            steps.append((passage, form.cleaned_data["introduction"]))
        case "up" if place:
            steps[place - 1], steps[place] = steps[place], steps[place - 1]
        case "remove" if place is not None:
            steps.pop(place)
    launching.set_trail(topic, steps, by=request.person, at=timezone.now())
    return go(request, "campaigns:topic_edit", topic.uid)
