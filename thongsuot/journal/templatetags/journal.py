"""``{% load journal %}{% trail plan %}``: the audit trail of the object on its own page."""

from typing import Any

from django import template
from django.db import models

from thongsuot.journal.trailing import said, trail_of

register = template.Library()


@register.inclusion_tag("journal/_trail.html")
def trail(subject: models.Model, limit: int = 20) -> dict[str, Any]:
    """One query, however long the trail is."""
    return {"lines": [said(record) for record in trail_of(subject)[:limit]]}
