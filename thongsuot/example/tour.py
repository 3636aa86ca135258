"""One whole line, from the directive to the figure, in one sitting: who does what, and where it begins."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Stop:
    who: str  # username of one of the cast
    title: str | Promise
    text: str | Promise
    url_name: str

    @property
    def url(self) -> str:
        return reverse(self.url_name)


TOUR = [
    Stop(
        "city-officer",
        _("Register the directive and make the campaign"),
        _(
            "Upload the sample of Plan 147-KH/TU: number, date, issuer and subject are read from the file. Then say "
            "what is asked of whom and by when, and issue it."
        ),
        "campaigns:directive_create",
    ),
    Stop(
        "district-officer",
        _("Receive it and answer it"),
        _(
            "See what is asked and why; make the district's own plan from the plan above, item by item, and issue "
            "it with a number."
        ),
        "desk:home",
    ),
    Stop(
        "cell-head",
        _("Call a meeting"),
        _("The agenda is proposed from the core contents and the passages to read. Choose today's date."),
        "meetings:meeting_create",
    ),
    Stop(
        "cell-clerk",
        _("Keep the register and the minutes"),
        _("Tap who was there; the minutes write themselves from agenda and register. The head approves them."),
        "meetings:meeting_list",
    ),
    Stop(
        "member",
        _("Read, remember, relate"),
        _("Read the passages on a phone, answer five short questions, write three sentences about your own work."),
        "learning:my_learning",
    ),
    Stop(
        "cell-clerk",
        _("Look at the unit's own work"),
        _("Answer the self-review with evidence; open an action for a weakness."),
        "practice:self_review_list",
    ),
    Stop(
        "committee-head",
        _("Verify and report"),
        _("Set your own mark beside the unit's, accept or return reports, and send up one that filled itself."),
        "desk:home",
    ),
    Stop(
        "district-head",
        _("Ask what really happened"),
        _("Open any figure down to the meeting behind it; see which plans repeat the plan above."),
        "reports:report_list",
    ),
]
