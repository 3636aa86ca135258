"""What stands on a page for its reader alone."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils import timezone

from thongsuot.library import access
from thongsuot.library.marking import choice_of
from thongsuot.library.models import Document, Passage, ReadingPlace

register = template.Library()


def _reader(context: RequestContext) -> Any:
    return getattr(context["request"], "person", None)


@register.simple_tag(takes_context=True)
def own_notes(context: RequestContext, passage: Passage) -> list[Any]:
    """The signed-in reader's notes on that passage."""
    person = _reader(context)
    return list(access.marks_of(person, timezone.localdate()).filter(passage=passage)) if person else []


@register.simple_tag(takes_context=True)
def own_choice(context: RequestContext) -> Any:
    """What the signed-in reader wants kept with the account."""
    person = _reader(context)
    return choice_of(person) if person else None


@register.simple_tag(takes_context=True)
def own_place(context: RequestContext, document: Document) -> ReadingPlace | None:
    """Where the signed-in reader stopped in that document, if she wants it kept."""
    person = _reader(context)
    return access.places_of(person, timezone.localdate()).filter(document=document).first() if person else None


@register.simple_tag(takes_context=True)
def own_places(context: RequestContext, most: int = 3) -> list[ReadingPlace]:
    """Where the signed-in reader stopped last."""
    person = _reader(context)
    return list(access.places_of(person, timezone.localdate())[:most]) if person else []
