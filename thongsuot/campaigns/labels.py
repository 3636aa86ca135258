"""What states and kinds are called on a page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongsuot.campaigns.models import State

STATES: dict[State, Promise] = {
    State.WAITING: _("waiting"),
    State.UNDER_WAY: _("under way"),
    State.DONE: _("done on time"),
    State.LATE: _("done late"),
    State.OVERDUE: _("overdue"),
    State.EXCUSED: _("excused"),
}
