"""On the basis of directive D the district owes this, and hands it to its committees."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "thongsuot.campaigns"
    label = "campaigns"

    def ready(self) -> None:
        from thongsuot.web import navigation

        navigation.add("campaigns", _("Campaigns"), "campaigns:campaign_list", icon="flag", order=20)
