"""A member reads, answers and sees at once what was right; the score is nobody else's business."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.campaigns.models import Topic
from thongsuot.campaigns.walking import Walk, walk
from thongsuot.learning import access, checking, reading
from thongsuot.learning.forms import CheckForm
from thongsuot.learning.models import Check, Reading
from thongsuot.library.access import documents_seen_by
from thongsuot.library.views.frames import language_asked
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, go, page, refused


@require_GET
def my_learning(request: Request) -> HttpResponse:
    """Own reading, own scores, own reflection; own actions come from the room above."""
    person, today = request.person, timezone.localdate()
    campaigns = access.campaigns_to_study(person, today).prefetch_related(
        Prefetch("topics", Topic.objects.order_by("number").select_related("campaign")),
        Prefetch("topics__readings", Reading.objects.filter(person=person), to_attr="mine"),
        Prefetch("topics__checks", _finished(person), to_attr="my_checks"),
        Prefetch("reflections", person.reflections.all(), to_attr="my_reflections"),
    )
    context = {
        "campaigns": list(campaigns),
        "units": access.units_looked_after(person, today)[:6],
        "waiting": access.reflections_to_accept(person, today).filter(accepted_at__isnull=True).count(),
    }
    return page(request, "learning/my_learning.html", context)


def _finished(person: Any) -> Any:
    return Check.objects.filter(person=person, finished_at__isnull=False).order_by("finished_at")


@require_GET
def topic_study(request: Request, uid: UUID) -> HttpResponse:
    """The trail, readable in place; at its end the reader's word, then the check."""
    person, today = request.person, timezone.localdate()
    topic = access.topic_to_see(person, uid, today)
    checks = list(_finished(person).filter(topic=topic))
    context = {
        "walk": _walk(request, topic),
        "reading": Reading.objects.filter(topic=topic, person=person).first(),
        "last_check": checks[-1] if checks else None,
        "has_questions": topic.questions.filter(retired_at__isnull=True).exists(),
        "unit": access.unit_of(person, topic.campaign, today),
        "others": access.topics_of(topic.campaign),
        **_ways(request, topic),
    }
    return page(request, "learning/topic_study.html", context)


@require_GET
def step_study(request: Request, uid: UUID, number: int) -> HttpResponse:
    """One step of the trail, with the way to the next."""
    topic = access.topic_to_see(request.person, uid, timezone.localdate())
    steps = _walk(request, topic)
    stop = steps.at(number)
    if stop is None:
        raise Http404
    context = {
        "walk": steps,
        "stop": stop,
        "previous": steps.at(number - 1),
        "next": steps.at(number + 1),
        **_ways(request, topic),
    }
    return page(request, "learning/step_study.html", context)


def _walk(request: Request, topic: Topic) -> Walk:
    seen = documents_seen_by(request.person, timezone.localdate())
    return walk(topic, seen=seen, language=language_asked(request))


def _ways(request: Request, topic: Topic) -> dict[str, Any]:
    """Where the pages of this trail lead; a language that was asked for goes along."""
    query = f"?lang={language_asked(request)}" if "lang" in request.GET else ""
    return {
        "topic": topic,
        "query": query,
        "here": request.path,
        "whole": reverse("learning:topic_study", args=[topic.uid]) + query,
        "steps_at": reverse("learning:step_study", args=[topic.uid, 1]).removesuffix("1/"),
    }


@require_POST
def reading_mark(request: Request, uid: UUID) -> HttpResponse:
    """I have read this. Saying it twice counts once."""
    person, today = request.person, timezone.localdate()
    topic = access.topic_to_see(person, uid, today)
    unit = access.unit_of(person, topic.campaign, today)
    if unit is None:
        messages.error(request, _no_unit())
        return go(request, "learning:topic_study", topic.uid)
    reading.mark_read(topic, person, unit=unit, on=today, by=person, at=timezone.now())
    messages.success(request, _("Noted. Now see what has stayed with you: a few short questions."))
    return go(request, "learning:topic_study", topic.uid)


def _no_unit() -> str:
    return _("You belong to no unit here, so this cannot be counted. Ask your officer to enter your unit.")


@require_POST
def check_start(request: Request, uid: UUID) -> HttpResponse:
    person, today = request.person, timezone.localdate()
    topic = access.topic_to_see(person, uid, today)
    unit = access.unit_of(person, topic.campaign, today)
    if unit is None:
        messages.error(request, _no_unit())
        return go(request, "learning:topic_study", topic.uid)
    try:
        check = checking.draw(topic, person=person, unit=unit, by=person, at=timezone.now())
    except Refused as error:
        return refused(request, error, "learning:topic_study", topic.uid)
    return go(request, "learning:check_take", check.uid)


@require_http_methods(["GET", "POST"])
def check_take(request: Request, uid: UUID) -> HttpResponse:
    """All questions on one page; sent, it shows the result at once and keeps only the score."""
    check = access.own_check(request.person, uid)
    if check.finished_at:
        return go(request, "learning:check_result", check.uid)
    asked = checking.asked_in(check)
    form = CheckForm(request.POST or None, asked=asked)
    if request.method == "POST" and form.is_valid():
        try:
            given = form.given()
            check = checking.finish(check, given, by=request.person, at=timezone.now())
        except Refused as error:
            return refused(request, error, "learning:check_result", check.uid)
        return _result(request, check, asked, given)
    context = {"check": check, "form": form}
    return page(request, "learning/check_take.html", context, status=422 if form.errors else 200)


@require_GET
def check_result(request: Request, uid: UUID) -> HttpResponse:
    check = access.own_check(request.person, uid)
    if not check.finished_at:
        return go(request, "learning:check_take", check.uid)
    return _result(request, check, checking.asked_in(check), {})


def _result(request: Request, check: Check, asked: list[checking.AskedQuestion], given: dict[str, int]) -> HttpResponse:
    """``given`` is known only in the moment of sending: it is not kept."""
    rows = [{"asked": one, "chosen": given.get(str(one.question.pk)), "right": one.question.right} for one in asked]
    return page(request, "learning/check_result.html", {"check": check, "rows": rows, "has_given": bool(given)})
