"""Pages of reports, overviews with their figures, and signs of formalism."""

from thongsuot.reports.views.overviews import dashboard, figure_detail
from thongsuot.reports.views.reports import (
    report_accept,
    report_create,
    report_detail,
    report_docx,
    report_edit,
    report_figure,
    report_list,
    report_return,
    report_submit,
    report_xlsx,
)
from thongsuot.reports.views.signs import signal_explain, signal_list

__all__ = [
    "dashboard",
    "figure_detail",
    "report_accept",
    "report_create",
    "report_detail",
    "report_docx",
    "report_edit",
    "report_figure",
    "report_list",
    "report_return",
    "report_submit",
    "report_xlsx",
    "signal_explain",
    "signal_list",
]
