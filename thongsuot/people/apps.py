from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "thongsuot.people"
    label = "people"

    def ready(self) -> None:
        from thongsuot.people import asides, reforms
        from thongsuot.people.rights import Act, scope, whoever_may
        from thongsuot.units import access, reforming
        from thongsuot.web import navigation, slots

        access.answer_with(
            see=lambda person, on: scope(person, Act.SEE, on).unit_ids(),
            manage=lambda person, on: scope(person, Act.MANAGE, on).unit_ids(),
        )
        reforming.FOLLOWERS.append(reforms.follow)
        slots.fill("units.unit.aside", asides.unit_people)
        navigation.add("people", _("People"), "people:person_list", icon="users", order=85, who=whoever_may(Act.SEE))
