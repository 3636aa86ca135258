"""On the basis of directive D the district owes this, and hands it to its committees."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "thongsuot.campaigns"
    label = "campaigns"

    def ready(self) -> None:
        from thongsuot.campaigns.asides import put_on_trail
        from thongsuot.campaigns.models import Answer, Campaign, Plan, Requirement
        from thongsuot.campaigns.searched import topics_to_search
        from thongsuot.journal import trailing
        from thongsuot.library.search import topics
        from thongsuot.web import navigation, slots

        trailing.name_codes(Plan._meta.label, Answer.Kind)
        trailing.name_codes(Campaign._meta.label, Requirement.Kind)
        navigation.add("campaigns", _("Campaigns"), "campaigns:campaign_list", icon="flag", order=20)
        topics.add_source(topics_to_search)
        slots.fill("library.passage", put_on_trail)
