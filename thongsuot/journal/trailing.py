"""The trail of one object: who changed what, when and why."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from thongsuot.journal.models import Record

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Line:
    """A record, said in the reader's language."""

    at: datetime
    who: str
    verb: str
    subject: str
    unit: str
    changes: list[tuple[str, str, str]]
    reason: str
    is_sealed: bool


def trail_of(subject: models.Model) -> QuerySet[Record]:
    """Records about that object, the newest first; needs a ``uid``."""
    records = Record.objects.filter(subject_uid=getattr(subject, "uid", None), subject_kind=subject._meta.label)
    return records.select_related("by", "unit").order_by("-at", "-pk")


def said(record: Record) -> Line:
    return Line(
        at=record.at,
        who=record.by.full_name if record.by else _("the system"),
        verb=translated(record.verb),
        subject=record.subject_name,
        unit=record.unit.name if record.unit else "",
        changes=[(translated(name), *_before_and_after(pair)) for name, pair in record.changes.items()],
        reason=record.reason,
        is_sealed=bool(record.seal),
    )


def translated(text: str) -> str:
    """Verbs and field names are msgids of their rooms; an empty one would give the catalogue's header."""
    return _(text) if text else ""


def _before_and_after(pair: Any) -> tuple[str, str]:
    before, after = pair if isinstance(pair, list) and len(pair) == 2 else (None, pair)
    return _shown(before), _shown(after)


def _shown(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return ", ".join(_shown(each) for each in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        year, month, day = value.split("-")
        return f"{day}/{month}/{year}"
    return str(value)
