"""The trail of one object: who changed what, when and why."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from thongsuot.journal.models import Record

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


# How the codes kept in the records of a kind of object are said.
_NAMES: dict[str, dict[str, Any]] = {}


def name_codes(kind: str, *choices: type[models.TextChoices]) -> None:
    """Let the trail of ``kind`` ("room.Model") say these choices by their labels."""
    for choice in choices:
        _NAMES.setdefault(kind, {}).update(choice.choices)


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
    names = _NAMES.get(record.subject_kind, {})
    return Line(
        at=record.at,
        who=record.by.full_name if record.by else _("the system"),
        verb=translated(record.verb),
        subject=record.subject_name,
        unit=record.unit.name if record.unit else "",
        changes=[
            (_named(record.subject_kind, name), *_before_and_after(pair, names))
            for name, pair in record.changes.items()
        ],
        reason=record.reason,
        is_sealed=bool(record.seal),
    )


def translated(text: str) -> str:
    """Verbs and field names are msgids of their rooms; an empty one would give the catalogue's header."""
    return _(text) if text else ""


def _named(kind: str, name: str) -> str:
    """What changed, as the object calls it, or a part of it (a task of minutes); else a msgid, or words kept."""
    room = kind.partition(".")[0]
    models_of_room = apps.get_app_config(room).get_models() if apps.is_installed(f"thongsuot.{room}") else ()
    for model in sorted(models_of_room, key=lambda each: each._meta.label != kind):
        field = next((each for each in model._meta.fields + model._meta.many_to_many if each.name == name), None)
        if field and (own := str(field.verbose_name)) != name.replace("_", " "):
            return own
    found = translated(name)
    return name.replace("_", " ") if found == name else found


def _before_and_after(pair: Any, names: dict[str, Any]) -> tuple[str, str]:
    before, after = pair if isinstance(pair, list) and len(pair) == 2 else (None, pair)
    return _shown(before, names), _shown(after, names)


def _shown(value: Any, names: dict[str, Any]) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return ", ".join(_shown(each, names) for each in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        year, month, day = value.split("-")
        return f"{day}/{month}/{year}"
    return str(names.get(value, value)) if isinstance(value, str) else str(value)
