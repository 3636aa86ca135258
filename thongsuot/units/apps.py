from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "thongsuot.units"
    label = "units"
