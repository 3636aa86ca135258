"""Chain the records, so that a later change or removal of any of them shows."""

import hashlib
import json

from django.db import connection, transaction

from thongsuot.journal.models import Record

LOCK = 4_147_001  # any number of our own: one sealer at a time


def fingerprint(record: Record, before: str) -> str:
    """SHA-256 over the previous seal and everything that the record says."""
    said = [
        record.sequence,
        record.at.isoformat(timespec="microseconds"),
        record.by_id,
        record.unit_id,
        record.verb,
        record.subject_kind,
        str(record.subject_uid),
        record.subject_name,
        record.changes,
        record.reason,
    ]
    return hashlib.sha256((before + json.dumps(said, ensure_ascii=False, sort_keys=True)).encode()).hexdigest()


@transaction.atomic
def seal(limit: int = 5000) -> int:
    """Chain what has been committed since; returns how many records were sealed."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                return 0
    last = Record.objects.filter(sequence__isnull=False).order_by("-sequence").first()
    sequence, before = (last.sequence or 0, last.seal) if last else (0, "")
    records = list(Record.objects.filter(sequence__isnull=True).order_by("pk")[:limit])
    for record in records:
        sequence += 1
        record.sequence = sequence
        record.seal = before = fingerprint(record, before)
    Record.objects.bulk_update(records, ["sequence", "seal"], batch_size=500)
    return len(records)


def first_break() -> int | None:
    """The sequence number of the first record whose seal does not fit, or None when all do."""
    before, expected = "", 1
    for record in Record.objects.filter(sequence__isnull=False).order_by("sequence").iterator():
        if record.sequence != expected or record.seal != fingerprint(record, before):
            return expected
        before, expected = record.seal, expected + 1
    return None
