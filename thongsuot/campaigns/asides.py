"""What the library's pages show of campaigns: on which trails a passage stands, and how to put it on one."""

from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from thongsuot.campaigns import access
from thongsuot.campaigns.extents import extents
from thongsuot.campaigns.models import Topic
from thongsuot.library.models import Passage
from thongsuot.library.reading import in_language

# Who directs more core contents than fit a list finds the others on their own pages.
MOST_TOPICS = 60


def put_on_trail(passage: Passage, request: HttpRequest, *, chosen: Topic | None = None) -> str | None:
    """Beside one passage: where it stands, and for a curator the way onto a trail."""
    person, today = getattr(request, "person", None), timezone.localdate()
    if person is None or passage.is_withdrawn:
        return None
    topics = list(access.topics_to_curate(person, today)[:MOST_TOPICS])
    place = in_language(passage, "vi")
    stands = list(access.trails_through(place, person, today))
    if not topics and not stands:
        return None
    mine = {topic.pk for topic in topics}
    context = {
        "passage": passage,
        "topics": topics,
        "chosen": chosen or _last_used(request, topics),
        "extents": extents(passage) if topics else [],
        "stands": [(step, step.topic_id in mine) for step in stands],
        "next": request.get_full_path() if request.method == "GET" else request.POST.get("next", ""),
        "sent": chosen is not None,
    }
    return render_to_string("campaigns/_put_on_trail.html", context, request=request)


def _last_used(request: HttpRequest, topics: list[Topic]) -> Topic | None:
    """A link from a trail says which one is being laid."""
    wanted = request.GET.get("topic", "")
    try:
        return next((topic for topic in topics if topic.uid == UUID(wanted)), None)
    except ValueError:
        return None
