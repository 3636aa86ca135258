from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "thongsuot.practice"
    label = "practice"
