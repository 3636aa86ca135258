from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "thongsuot.notices"
    label = "notices"
