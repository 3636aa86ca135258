"""The cell met on requirement R; 12 of 15 were there; conclusion C."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "thongsuot.meetings"
    label = "meetings"

    def ready(self) -> None:
        from thongsuot.journal import trailing
        from thongsuot.meetings import asides
        from thongsuot.meetings.holding import forget, held
        from thongsuot.meetings.models import Attendance, Meeting
        from thongsuot.people import erasing, holding
        from thongsuot.web import navigation, slots

        if held not in holding.SOURCES:
            holding.SOURCES.append(held)
            erasing.FOLLOWERS.append(forget)
        trailing.name_codes(Meeting._meta.label, Attendance.Status, Meeting.Kind, Meeting.Form)
        navigation.add("meetings", _("Meetings"), "meetings:meeting_list", icon="user-group", order=30)
        slots.fill("units.unit.aside", asides.unit_meetings)
        slots.fill("campaigns.obligation.next", asides.obligation_next)
        slots.fill("campaigns.fulfilment", asides.fulfilment)
        slots.fill("campaigns.topic.actions", asides.topic_actions)
