"""Public news made from a meeting's record: drafted, finished by hand, published, withdrawn."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, override

from thongsuot.campaigns.moments import day_of
from thongsuot.journal.noting import note, write
from thongsuot.ledger.measures import measure
from thongsuot.ledger.posting import post as enter
from thongsuot.ledger.posting import standing, take_back
from thongsuot.meetings.models import Meeting, Post, PostPicture
from thongsuot.meetings.register import summary
from thongsuot.papers.files import PICTURES, store_upload
from thongsuot.people import rights
from thongsuot.people.models import Person
from thongsuot.units.models import Unit
from thongsuot.viet.text import fold
from thongsuot.web.errors import Refused

POST_PUBLISHED = measure("post_published", gettext_lazy("News items published"))
TEXTS = ("title", "title_en", "lead", "lead_en", "body", "body_en", "byline")
MOST_PICTURES = 12
# Fewer people than this are not counted in public: a share would tell about single ones.
SMALLEST_GROUP = 5


class PostIncomplete(Refused):
    """What the item still lacks, or why it cannot go out."""


def require_editor(unit: Unit, by: Person | None, on: date) -> None:
    """Who directs the unit speaks for it in public."""
    if by is not None:
        rights.require(by, rights.Act.DIRECT, unit, on)


@transaction.atomic
def draft_post(meeting: Meeting, *, by: Person | None, at: datetime) -> Post:
    """An item with the facts of the meeting's record and no name of a member; a draft begun is returned.

    Raises NotAllowed, PostIncomplete before the register is closed.
    """
    require_editor(meeting.unit, by, day_of(at))
    if not meeting.is_closed or meeting.voided_at:
        raise PostIncomplete(_("Close the register first: the news is drafted from the record."))
    begun = Post.objects.filter(meeting=meeting).order_by("pk").first()
    if begun:
        return begun
    made = Post.objects.create(
        slug=_free_slug(f"{meeting.unit.name} {meeting.title}"), campaign=meeting.campaign, unit=meeting.unit,
        meeting=meeting, byline=meeting.unit.name[:150], **_words(meeting),
    )  # fmt: skip
    note(made, gettext_noop("drafted"), by=by, at=at)
    return made


def _words(meeting: Meeting) -> dict[str, str]:
    """In Vietnamese; the English words are for whoever edits the item to add."""
    with override("vi"):
        values = {"unit": meeting.unit.name, "day": f"{meeting.held_on:%d/%m/%Y}", "meeting": meeting.title}
        lead = _("On %(day)s, %(unit)s held: %(meeting)s.") % values
        body = [part for part in (lead, _who(meeting), _about(meeting)) if part]
        title = _("%(unit)s: %(meeting)s") % values
        return {"title": title[:300], "lead": lead, "body": "\n\n".join(body)}


def _who(meeting: Meeting) -> str:
    counts = summary(list(meeting.register.all()))
    if (meeting.expected or 0) < SMALLEST_GROUP or counts.present < SMALLEST_GROUP:
        return ""
    sentence = _("%(present)s of %(expected)s who were to take part were there.") % {
        "present": counts.present,
        "expected": meeting.expected,
    }
    if counts.spoke:
        sentence += " " + _("%(spoke)s spoke.") % {"spoke": counts.spoke}
    return sentence


def _about(meeting: Meeting) -> str:
    titles = [item.title for item in meeting.agenda.all() if item.topic_id or item.passage_id]
    return _("On the agenda: %(items)s.") % {"items": "; ".join(titles)} if titles else ""


def _free_slug(title: str) -> str:
    slug = slugify(fold(title))[:100].strip("-") or "tin"
    taken = set(Post.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    numbered = (f"{slug}-{n}" for n in range(2, len(taken) + 3))
    return slug if slug not in taken else next(each for each in numbered if each not in taken)


def _locked(post: Post) -> Post:
    related = ("unit", "campaign__book")
    return Post.objects.select_for_update(of=("self",)).select_related(*related).get(pk=post.pk)


@transaction.atomic
def write_post(post: Post, *, by: Person | None, at: datetime, **texts: Any) -> Post:
    """Titles, leads, bodies, byline; also after it was published, which the journal shows."""
    post = _locked(post)
    require_editor(post.unit, by, day_of(at))
    changes = write(post, {name: texts[name] for name in TEXTS if name in texts})
    if post.is_public:
        _check(post)
    post.save()
    if changes:
        note(post, gettext_noop("changed"), by=by, at=at, changes=changes)
    return post


@transaction.atomic
def add_picture(
    post: Post, uploaded: Any, *, caption: str, caption_en: str = "", by: Person | None, at: datetime
) -> PostPicture:
    """A picture with the words under it; drawn anew without metadata. Raises NotAllowed, UnfitFile, Refused."""
    post = _locked(post)
    require_editor(post.unit, by, day_of(at))
    if not caption.strip():
        raise PostIncomplete(_("Say what the picture shows."))
    if post.pictures.count() >= MOST_PICTURES:
        raise PostIncomplete(_("An item holds %(count)d pictures at most.") % {"count": MOST_PICTURES})
    kept = store_upload(uploaded, by=by, at=at, unit=post.unit, allow=PICTURES)
    order = (post.pictures.aggregate(last=Max("order"))["last"] or 0) + 1
    changes = {gettext_noop("caption"): ["", caption.strip()[:200]]}
    note(post, gettext_noop("picture added"), by=by, at=at, changes=changes)
    return PostPicture.objects.create(
        post=post, file=kept, caption=caption.strip()[:300], caption_en=caption_en.strip()[:300], order=order
    )


@transaction.atomic
def remove_picture(picture: PostPicture, *, by: Person | None, at: datetime) -> None:
    """The picture no longer shows; a wrong one leaves a trace of its removal in the journal."""
    require_editor(picture.post.unit, by, day_of(at))
    note(picture.post, gettext_noop("picture removed"), by=by, at=at, changes={"caption": [picture.caption, ""]})
    picture.delete()


def _check(post: Post) -> None:
    if not (post.title.strip() and post.lead.strip() and post.body.strip()):
        raise PostIncomplete(_("Title, lead and text must stand before the item goes out."))


@transaction.atomic
def publish(post: Post, *, by: Person | None, on: date, at: datetime) -> Post:
    """Out on the public portal from now on. Publishing twice changes nothing; a withdrawn item may go out again."""
    post = _locked(post)
    require_editor(post.unit, by, day_of(at))
    if post.is_public:
        return post
    _check(post)
    if post.meeting and post.meeting.voided_at:
        raise PostIncomplete(_("The meeting was voided: nothing is told of it."))
    post.published_on, post.published_by, post.withdrawn_at = on, by, None
    post.save(update_fields=["published_on", "published_by", "withdrawn_at"])
    if post.campaign and not standing(post.campaign.book, post, POST_PUBLISHED).exists():
        enter(post.campaign.book, POST_PUBLISHED, unit=post.unit, on=on, at=at, cause=post, by=by)
    note(post, gettext_noop("published"), by=by, at=at)
    return post


@transaction.atomic
def withdraw(post: Post, reason: str, *, by: Person | None, at: datetime) -> Post:
    """Gone from the portal, kept here with the reason."""
    post = _locked(post)
    require_editor(post.unit, by, day_of(at))
    if not reason.strip():
        raise PostIncomplete(_("Say why the item is withdrawn."))
    if not post.is_public:
        return post
    post.withdrawn_at = at
    post.save(update_fields=["withdrawn_at"])
    if post.campaign:
        take_back(post.campaign.book, post, at=at, by=by, reason=reason.strip()[:300])
    note(post, gettext_noop("withdrawn"), by=by, at=at, reason=reason.strip())
    return post
