from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "thongsuot.reports"
    label = "reports"

    def ready(self) -> None:
        from thongsuot.people.rights import Act, whoever_may
        from thongsuot.web import navigation

        navigation.add(
            "reports", _("Reports"), "reports:report_list", icon="chart-bar", order=60, who=whoever_may(Act.SEE)
        )
