from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "thongsuot.papers"
    label = "papers"
