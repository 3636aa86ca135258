from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "thongsuot.campaigns"
    label = "campaigns"
