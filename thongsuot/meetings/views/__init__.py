"""Pages of meetings, registers, minutes and news."""

from thongsuot.meetings.views.meetings import (
    invitation,
    meeting_create,
    meeting_detail,
    meeting_edit,
    meeting_list,
    meeting_void,
)
from thongsuot.meetings.views.minutes import (
    decision_create,
    decision_edit,
    minutes_approve,
    minutes_docx,
    minutes_edit,
)
from thongsuot.meetings.views.posts import (
    post_create,
    post_edit,
    post_list,
    post_picture,
    post_publish,
    post_withdraw,
)
from thongsuot.meetings.views.register import (
    register_close,
    register_edit,
    register_people,
    register_reopen,
    register_sheet,
)

__all__ = [
    "decision_create",
    "decision_edit",
    "invitation",
    "meeting_create",
    "meeting_detail",
    "meeting_edit",
    "meeting_list",
    "meeting_void",
    "minutes_approve",
    "minutes_docx",
    "minutes_edit",
    "post_create",
    "post_edit",
    "post_list",
    "post_picture",
    "post_publish",
    "post_withdraw",
    "register_close",
    "register_edit",
    "register_people",
    "register_reopen",
    "register_sheet",
]
