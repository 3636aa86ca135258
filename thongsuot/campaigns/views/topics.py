"""A core content: its words, and the trail that leads through it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.campaigns import access, launching
from thongsuot.campaigns.forms import TopicForm
from thongsuot.campaigns.walking import walk
from thongsuot.library.views.frames import language_asked
from thongsuot.people.rights import Act, may
from thongsuot.web.http import Request, go, page


@require_GET
def topic_detail(request: Request, uid: UUID) -> HttpResponse:
    today = timezone.localdate()
    topic = access.topic_to_see(request.person, uid, today)
    context = {
        "topic": topic,
        "walk": walk(topic, seen=access.documents_seen_by(request.person, today), language=language_asked(request)),
        "may_direct": may(request.person, Act.DIRECT, topic.campaign.unit, today),
    }
    return page(request, "campaigns/topic_detail.html", context)


@require_http_methods(["GET", "POST"])
def topic_edit(request: Request, uid: UUID) -> HttpResponse:
    """Its words in both languages; the trail has a page of its own."""
    topic = access.topic_to_direct(request.person, uid, timezone.localdate())
    names = ("title", "title_en", "summary", "summary_en")
    form = TopicForm(request.POST or None, initial={name: getattr(topic, name) for name in names})
    if request.method == "POST" and form.is_valid():
        launching.set_topic(topic.campaign, topic.number, by=request.person, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return go(request, "campaigns:topic_detail", topic.uid)
    context = {"topic": topic, "form": form}
    return page(request, "campaigns/topic_edit.html", context, status=422 if form.errors else 200)
