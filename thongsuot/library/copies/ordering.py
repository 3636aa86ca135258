"""A reader asks for a copy: what stands is given, what does not is put into the queue, once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.library.copies.subjects import Subject
from thongsuot.library.models import Copy
from thongsuot.web.errors import Refused

# Copies of different works that wait at once: more than one evening's making.
MOST_WAITING = 50


class TooManyCopies(Refused):
    """The queue is long: the sentence asks to come back."""


def standing(subject: Subject) -> dict[str, Copy]:
    """By kind, the copies of the subject as its words are now."""
    copies = Copy.objects.filter(key=subject.key, fingerprint=subject.fingerprint())
    return {copy.kind: copy for copy in copies}


def order(subject: Subject, kind: str, *, at: datetime) -> Copy:
    """The copy of the subject's present words: one that is ready or under way, else a new one in the queue.

    ``kind`` is one of ``subject.kinds``. Raises TooManyCopies.
    """
    from thongsuot.library.copies.making import make_copy

    if kind not in subject.kinds:
        raise ValueError(kind)
    # Reading a long text takes a while: it is done before anything is locked.
    fingerprint = subject.fingerprint()
    with transaction.atomic():
        copy, is_new = Copy.objects.get_or_create(
            key=subject.key, kind=kind, fingerprint=fingerprint,
            defaults={
                "edition": subject.edition, "trail": subject.trail, "language": subject.language,
                "title": subject.title, "site": subject.site, "asked_at": at, "is_public": subject.is_public,
            },
        )  # fmt: skip
        if not is_new and (copy.is_ready or copy.is_under_way):
            return copy
        if Copy.objects.filter(state=Copy.State.WAITING).count() > MOST_WAITING:
            raise TooManyCopies(_("Many copies are being made just now. Ask for this one in a few minutes."))
        copy.state, copy.progress, copy.asked_at = Copy.State.WAITING, 0, at
        copy.save()
        transaction.on_commit(lambda: make_copy.enqueue(str(copy.uid)))
    return copy


def rows(subject: Subject, copies: dict[str, Copy]) -> Sequence[tuple[str, Copy | None]]:
    """Every kind that the subject can be had in, with the copy that stands."""
    return [(kind, copies.get(kind)) for kind in subject.kinds]
