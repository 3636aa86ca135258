from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "thongsuot.library"
    label = "library"

    def ready(self) -> None:
        from thongsuot.journal import trailing
        from thongsuot.library import asides, keepers
        from thongsuot.library.holding import forget, held, why
        from thongsuot.library.models import Document, Relation
        from thongsuot.people import erasing, holding
        from thongsuot.web import navigation, slots

        trailing.name_codes(Relation._meta.label, Relation.State)
        trailing.name_codes(Document._meta.label, Document.Kind)

        navigation.add("library", _("Library"), "library:document_list", icon="book-open", order=60)
        slots.fill("people.my_data", asides.my_reading)
        slots.fill("library.keep", keepers.for_keepers)
        if held not in holding.SOURCES:
            holding.SOURCES.append(held)
            holding.REASONS.append(why)
            erasing.FOLLOWERS.append(forget)
