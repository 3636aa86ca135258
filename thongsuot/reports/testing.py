"""Builders for tests: reports at each stage, made by doing."""

from datetime import date

from thongsuot.campaigns.models import Campaign
from thongsuot.ledger.folding import fold_all
from thongsuot.reports import gathering, sending
from thongsuot.reports.lines import Figure
from thongsuot.reports.models import Report
from thongsuot.units.models import Unit
from thongsuot.units.testing import NOW, TODAY

START = date(2023, 4, 1)
WORDS = {"results": "Các chi bộ đã sinh hoạt chuyên đề.", "limits": "Một chi bộ làm chậm."}


def a_report(campaign: Campaign, unit: Unit, *, start: date = START, end: date = TODAY) -> Report:
    """A draft with the head's words."""
    fold_all()
    report = gathering.start_report(campaign, unit, period_from=start, period_to=end, by=None, at=NOW)
    return sending.keep_words(report, WORDS, by=None, at=NOW)


def a_sent_report(campaign: Campaign, unit: Unit, **more: date) -> Report:
    report = a_report(campaign, unit, **more)
    sending.submit(report, by=None, on=TODAY, at=NOW)
    report.refresh_from_db()
    return report


def figures(campaign: Campaign, unit: Unit, start: date = START, end: date = TODAY) -> dict[str, Figure]:
    """By code, as a report of that period would say them now."""
    fold_all()
    return {figure.code: figure for figure in gathering.figures(campaign, unit, start, end).lines}
