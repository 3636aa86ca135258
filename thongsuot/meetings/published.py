"""What the public portal may read of this room: published news and sums, no name from a register."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.http import FileResponse
from django.templatetags.static import static

from thongsuot.campaigns.models import Campaign
from thongsuot.ledger.models import Total
from thongsuot.meetings.counting import ATTENDANCE, MEETING_HELD, PERSON_ATTENDED
from thongsuot.meetings.models import Post, PostPicture
from thongsuot.meetings.news import SMALLEST_GROUP
from thongsuot.papers.files import MissingFile, serve


@dataclass(frozen=True)
class PublicPicture:
    number: int
    url: str
    caption: str
    caption_en: str
    is_drawing: bool = False


@dataclass(frozen=True)
class PublicPost:
    slug: str
    title: str
    title_en: str
    lead: str
    lead_en: str
    body: str
    body_en: str
    byline: str
    unit: str
    published_on: date | None
    pictures: list[PublicPicture] = field(default_factory=list)


@dataclass(frozen=True)
class PublicMeetings:
    """Sums of a campaign; people are None where so few would tell about single ones."""

    held: int
    attendances: int | None
    people: int | None


def posts(limit: int | None = None) -> list[PublicPost]:
    """Published and not withdrawn, the newest first."""
    return [_public(post) for post in _shown()[:limit]]


def post(slug: str) -> PublicPost | None:
    found = _shown().filter(slug=slug).first()
    return _public(found) if found else None


def picture(slug: str, number: int) -> FileResponse | None:
    """The nth picture of a published item, drawn anew when it came in; None when it is gone or only a drawing."""
    found = _shown().filter(slug=slug).first()
    pictures = list(found.pictures.all()) if found else []
    file = pictures[number - 1].file if 0 < number <= len(pictures) else None
    if file is None:
        return None
    try:
        return serve(file, inline_picture=True)
    except MissingFile:
        return None


def meetings(slug: str) -> PublicMeetings | None:
    """What was held in a public campaign so far, over all of its units; read from the totals, never recounted."""
    campaign = Campaign.objects.filter(slug=slug, is_public=True, issued_on__isnull=False).first()
    if campaign is None:
        return None
    sums = dict(
        Total.objects.filter(book=campaign.book_id, unit=campaign.unit_id, period=0).values_list("measure", "amount")
    )
    people = sums.get(PERSON_ATTENDED.code, 0)
    is_small = people < SMALLEST_GROUP
    return PublicMeetings(
        held=sums.get(MEETING_HELD.code, 0),
        attendances=None if is_small else sums.get(ATTENDANCE.code, 0),
        people=None if is_small else people,
    )


def _shown() -> QuerySet[Post]:
    pictures = Prefetch("pictures", PostPicture.objects.select_related("file").order_by("order", "pk"))
    shown = Post.objects.filter(published_on__isnull=False, withdrawn_at__isnull=True)
    return shown.select_related("unit").prefetch_related(pictures).order_by("-published_on", "-pk")


def _public(post: Post) -> PublicPost:
    return PublicPost(
        slug=post.slug,
        title=post.title,
        title_en=post.title_en,
        lead=post.lead,
        lead_en=post.lead_en,
        body=post.body,
        body_en=post.body_en,
        byline=post.byline,
        unit=post.unit.name,
        published_on=post.published_on,
        pictures=[_picture(post, number, each) for number, each in enumerate(post.pictures.all(), start=1)],
    )


def _picture(post: Post, number: int, picture: PostPicture) -> PublicPicture:
    # The portal's own lasting address for pictures; drawings lie among the static files.
    url = static(picture.drawing) if picture.drawing else f"/news/{post.slug}/pictures/{number}/"
    return PublicPicture(number, url, picture.caption, picture.caption_en, is_drawing=bool(picture.drawing))
