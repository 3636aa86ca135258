from django.apps import AppConfig


class APIConfig(AppConfig):
    name = "thongsuot.api"
    label = "api"
