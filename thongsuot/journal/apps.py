from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "thongsuot.journal"
    label = "journal"
