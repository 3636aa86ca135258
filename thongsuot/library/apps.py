from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "thongsuot.library"
    label = "library"

    def ready(self) -> None:
        from thongsuot.web import navigation

        navigation.add("library", _("Library"), "library:document_list", icon="book-open", order=60)
