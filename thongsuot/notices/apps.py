from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "thongsuot.notices"
    label = "notices"

    def ready(self) -> None:
        from thongsuot.web import navigation

        navigation.add("notices", _("Notices"), "notices:notice_list", icon="bell", order=90)
