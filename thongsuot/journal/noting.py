"""Write down what a verb did, in the verb's own transaction."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from thongsuot.journal.models import Record
from thongsuot.people.models import Person
from thongsuot.units.models import Unit


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
