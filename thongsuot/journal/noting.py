"""Write down what a verb did, in the verb's own transaction."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import models

from thongsuot.journal.models import Record
from thongsuot.people.models import Person
from thongsuot.units.models import Unit


def write(subject: models.Model, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set these fields, unsaved; returns those that changed, for ``note``, with long texts cut."""
    changes = {}
    for name, value in values.items():
        if (before := getattr(subject, name)) != value:
            changes[name] = [_kept(before), _kept(value)]
            setattr(subject, name, value)
    return changes


def _kept(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    return "" if value is None else str(value)[:200]


def unsaid(names: Iterable[str]) -> dict[str, list[Any]]:
    """Parts of a draft that changed: whoever audits from above reads its words once it is sent."""
    return {name: ["", ""] for name in names}


def note(
    subject: models.Model,
    verb: str,
    *,
    by: Person | None,
    at: datetime,
    unit: Unit | None = None,
    changes: dict[str, list[Any]] | None = None,
    reason: str = "",
) -> Record:
    """Add one line to the audit trail of ``subject``.

    ``verb`` is an English past participle that the catalogue of the caller's room translates
    (mark it with gettext_noop). ``unit`` says who may read the line; by default the subject's own.
    """
    uid = getattr(subject, "uid", None)
    return Record.objects.create(
        at=at,
        by=by,
        unit=unit or getattr(subject, "unit", None),
        verb=verb,
        subject_kind=subject._meta.label,
        subject_uid=uid if isinstance(uid, UUID) else None,
        subject_name=str(subject)[:250],
        changes=changes or {},
        reason=reason,
    )
