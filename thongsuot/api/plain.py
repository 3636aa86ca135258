"""Published values as JSON: addresses are whole, dates are ISO 8601."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from thongsuot.campaigns.published import PublicCampaign, PublicTopic
from thongsuot.library.published import Hit, PublicDocument, PublicLine, PublicPassage
from thongsuot.library.search import plain


def document(request: HttpRequest, one: PublicDocument) -> dict[str, Any]:
    return {
        "slug": one.slug,
        "kind": one.kind,
        "number": one.number,
        "issuer": one.issuer,
        "author": one.author,
        "issued_on": one.issued_on.isoformat() if one.issued_on else None,
        "title": one.title,
        "title_en": one.title_en,
        "summary": one.summary,
        "summary_en": one.summary_en,
        "has_text": one.has_text,
        "url": request.build_absolute_uri(reverse("library:document_detail", args=[one.slug])),
    }


def line(request: HttpRequest, one: PublicLine) -> dict[str, Any]:
    return {
        "uid": str(one.uid),
        "anchor": one.anchor,
        "kind": one.kind,
        "label": one.label,
        "heading": one.heading,
        "printed_page": one.printed_page,
        "url": request.build_absolute_uri(reverse("library:passage", args=[one.uid])),
    }


def passage(request: HttpRequest, one: PublicPassage) -> dict[str, Any]:
    return {
        "uid": str(one.uid),
        "anchor": one.anchor,
        "label": one.label,
        "heading": one.heading,
        "printed_page": one.printed_page,
        "language": one.language,
        "text": one.text,
        "html": one.html,
        "document": document(request, one.document),
        "url": request.build_absolute_uri(reverse("library:passage", args=[one.uid])),
    }


def hit(request: HttpRequest, one: Hit) -> dict[str, Any]:
    return {
        **plain(one),
        "passage": str(one.passage.uid) if one.passage else None,
        "document": one.document.slug,
        "language": one.language,
        "title": one.title,
        "url": request.build_absolute_uri(one.url),
    }


def campaign(request: HttpRequest, one: PublicCampaign, topics: Sequence[PublicTopic]) -> dict[str, Any]:
    return {
        "slug": one.slug,
        "title": one.title,
        "title_en": one.title_en,
        "summary": one.summary,
        "summary_en": one.summary_en,
        "issuer": one.issuer,
        "directive": one.directive,
        "starts_on": one.starts_on.isoformat(),
        "ends_on": one.ends_on.isoformat() if one.ends_on else None,
        "topics": [
            {
                "number": topic.number,
                "title": topic.title,
                "title_en": topic.title_en,
                "passages": [str(step.passage_uid) for step in topic.steps],
            }
            for topic in topics
        ],
        "url": request.build_absolute_uri(f"/c/{one.slug}/"),
    }
