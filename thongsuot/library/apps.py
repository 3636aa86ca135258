from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "thongsuot.library"
    label = "library"
