from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "thongsuot.desk"
    label = "desk"

    def ready(self) -> None:
        from thongsuot.desk import dates, reminders
        from thongsuot.notices import calendars, reminding
        from thongsuot.web import navigation

        navigation.add("desk", _("My work"), "desk:home", icon="home", order=10)
        reminding.SOURCES.append(reminders.what_comes_due)
        calendars.SOURCES += [dates.due_dates, dates.meetings]
