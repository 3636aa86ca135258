"""Pages of self-reviews, actions and evidence."""

from thongsuot.practice.views.actions import (
    action_cancel,
    action_create,
    action_detail,
    action_evidence_add,
    action_export,
    action_list,
    action_report_done,
    action_verify,
    practice_home,
)
from thongsuot.practice.views.evidence import evidence_file, evidence_remove
from thongsuot.practice.views.reviews import (
    self_review_detail,
    self_review_edit,
    self_review_list,
    self_review_start,
    self_review_submit,
)
from thongsuot.practice.views.verifications import self_review_verify

__all__ = [
    "action_cancel",
    "action_create",
    "action_detail",
    "action_evidence_add",
    "action_export",
    "action_list",
    "action_report_done",
    "action_verify",
    "evidence_file",
    "evidence_remove",
    "practice_home",
    "self_review_detail",
    "self_review_edit",
    "self_review_list",
    "self_review_start",
    "self_review_submit",
    "self_review_verify",
]
