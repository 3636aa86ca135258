from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnitsConfig(AppConfig):
    name = "thongsuot.units"
    label = "units"

    def ready(self) -> None:
        from thongsuot.web import navigation

        navigation.add("units", _("Units"), "units:unit_list", icon="building-office-2", order=80)
