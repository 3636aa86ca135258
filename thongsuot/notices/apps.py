from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "thongsuot.notices"
    label = "notices"

    def ready(self) -> None:
        from thongsuot.notices import asides
        from thongsuot.people import erasing, holding
        from thongsuot.web import navigation, slots

        navigation.add("notices", _("Notices"), "notices:notice_list", icon="bell", order=90)
        slots.fill("web.header", asides.unread_in_header)
        slots.fill("people.my_data", asides.calendar_on_own_page)
        if asides.held not in holding.SOURCES:
            holding.SOURCES.append(asides.held)
            erasing.FOLLOWERS.append(asides.forget)
