from django.apps import AppConfig


class ExampleConfig(AppConfig):
    name = "thongsuot.example"
    label = "example"
