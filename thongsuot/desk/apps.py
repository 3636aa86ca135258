from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "thongsuot.desk"
    label = "desk"
