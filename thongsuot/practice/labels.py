"""What states are called on a page, and in which tone they show."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ACTION: dict[str, tuple[str, Promise]] = {
    "open": ("under_way", pgettext_lazy("action", "open")),
    "overdue": ("overdue", _("overdue")),
    "reported": ("reported", _("waits to be verified")),
    "done": ("done", _("done, verified")),
    "cancelled": ("excused", pgettext_lazy("action", "cancelled")),
}

REVIEW: dict[str, tuple[str, Promise]] = {
    "draft": ("under_way", _("being written")),
    "returned": ("returned", _("came back")),
    "submitted": ("submitted", _("waits for verification")),
    "verified": ("verified", _("verified")),
}
