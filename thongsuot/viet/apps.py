from django.apps import AppConfig


class VietnameseConfig(AppConfig):
    name = "thongsuot.viet"
    label = "viet"
