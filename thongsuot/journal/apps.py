from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    name = "thongsuot.journal"
    label = "journal"

    def ready(self) -> None:
        from thongsuot.journal import asides, trailing
        from thongsuot.people import changes
        from thongsuot.people.models import Membership, Office, Person
        from thongsuot.people.rights import Act, whoever_may
        from thongsuot.units import reforming
        from thongsuot.web import navigation, slots

        navigation.add(
            "journal",
            _("Audit trail"),
            "journal:record_list",
            icon="clipboard-document-list",
            order=95,
            who=whoever_may(Act.AUDIT),
        )
        slots.fill("units.unit.trail", asides.unit_trail)
        slots.fill("people.person.trail", asides.person_trail)
        slots.fill("people.my_data", asides.who_read)
        reforming.FOLLOWERS.append(asides.note_reform)
        changes.FOLLOWERS.append(asides.note_person_change)
        changes.READERS.append(asides.note_reading)
        trailing.name_codes(Person._meta.label, Office.Role, Membership.Kind, changes.Read)
