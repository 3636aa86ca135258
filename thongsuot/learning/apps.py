from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "thongsuot.learning"
    label = "learning"

    def ready(self) -> None:
        from thongsuot.learning import asides, checking, reading, reflecting  # noqa: F401 measures are announced
        from thongsuot.learning.holding import forget, held
        from thongsuot.people import erasing, holding
        from thongsuot.web import navigation, slots

        navigation.add("learning", _("Study"), "learning:my_learning", icon="academic-cap", order=40)
        slots.fill("campaigns.topic.actions", asides.study_topic)
        slots.fill("library.chapter", asides.back_to_step)
        slots.fill("campaigns.obligation.next", asides.next_for_obligation)
        slots.fill("units.unit.actions", asides.unit_learns)
        if held not in holding.SOURCES:
            holding.SOURCES.append(held)
            erasing.FOLLOWERS.append(forget)
