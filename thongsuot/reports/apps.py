from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "thongsuot.reports"
    label = "reports"
