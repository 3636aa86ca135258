"""A trail as a book to take along: asked for here, made and kept by the library."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBadRequest
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from thongsuot.campaigns import access
from thongsuot.library.access import documents_seen_by
from thongsuot.library.copies.asking import ask
from thongsuot.library.copies.subjects import Step, of_steps
from thongsuot.library.views.frames import language_asked
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, back, go, refused


# No token is asked for: what it starts is the same for everyone, and the portal stays free of cookies.
@csrf_exempt
@login_not_required
@require_POST
def topic_copy(request: Request, uid: UUID) -> HttpResponse:
    """The trail as EPUB or PDF, with what its reader may see; goes on to where it can be taken."""
    today, language = timezone.localdate(), language_asked(request)
    topic = access.topic_to_read(request.person, uid, today)
    came_from = back(request)
    is_english = language == "en"
    # What anyone has from the portal and what a member sees are two books: the one knows public texts only.
    path = came_from if request.person is None else reverse("campaigns:topic_detail", args=[topic.uid])
    subject = of_steps(
        topic.uid,
        (topic.title_en if is_english else "") or topic.title,
        [
            Step(step.passage.uid, (step.introduction_en if is_english else "") or step.introduction,
                 step.last.uid if step.last else None)
            for step in topic.steps.filter(passage__edition__document__in=documents_seen_by(request.person, today))
            .select_related("passage", "last").order_by("order", "pk")
        ],
        language=language,
        introduction=(topic.summary_en if is_english else "") or topic.summary,
        path=path if path.startswith(f"/c/{topic.campaign.slug}/") or request.person else "/",
        site=request.build_absolute_uri("/").rstrip("/"),
        is_public=request.person is None,
    )  # fmt: skip
    if request.POST.get("kind") not in subject.kinds:
        return HttpResponseBadRequest()
    try:
        copy = ask(request, subject, request.POST["kind"])
    except Refused as error:
        return refused(request, error, came_from)
    return go(request, "library:copy", copy.uid)
