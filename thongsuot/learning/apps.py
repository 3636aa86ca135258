from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "thongsuot.learning"
    label = "learning"
