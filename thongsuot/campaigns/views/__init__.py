"""Pages of directives, campaigns, topics, obligations and plans."""

from thongsuot.campaigns.views.answers import (
    plan_answer,
    plan_item_create,
    plan_item_edit,
    plan_item_remove,
    plan_items,
)
from thongsuot.campaigns.views.campaigns import campaign_detail, campaign_issue, campaign_list
from thongsuot.campaigns.views.copies import topic_copy
from thongsuot.campaigns.views.directives import directive_confirm, directive_create
from thongsuot.campaigns.views.drafting import campaign_create, campaign_edit
from thongsuot.campaigns.views.obligations import (
    obligation_detail,
    obligation_excuse,
    obligation_export,
    obligation_list,
    obligation_reopening,
)
from thongsuot.campaigns.views.plans import (
    plan_cascade,
    plan_create,
    plan_detail,
    plan_docx,
    plan_edit,
    plan_issue,
    plan_withdraw,
)
from thongsuot.campaigns.views.topics import topic_detail, topic_edit
from thongsuot.campaigns.views.trails import (
    step_change,
    step_create,
    step_replace,
    step_words,
    trail_edit,
    trail_order,
)

__all__ = [
    "campaign_create",
    "campaign_detail",
    "campaign_edit",
    "campaign_issue",
    "campaign_list",
    "directive_confirm",
    "directive_create",
    "obligation_detail",
    "obligation_excuse",
    "obligation_export",
    "obligation_list",
    "obligation_reopening",
    "plan_answer",
    "plan_cascade",
    "plan_create",
    "plan_detail",
    "plan_docx",
    "plan_edit",
    "plan_issue",
    "plan_item_create",
    "plan_item_edit",
    "plan_item_remove",
    "plan_items",
    "plan_withdraw",
    "step_change",
    "step_create",
    "step_replace",
    "step_words",
    "topic_copy",
    "topic_detail",
    "topic_edit",
    "trail_edit",
    "trail_order",
]
