from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticeConfig(AppConfig):
    name = "thongsuot.practice"
    label = "practice"

    def ready(self) -> None:
        from thongsuot.meetings import minutes
        from thongsuot.people import holding
        from thongsuot.people.rights import Act, whoever_may
        from thongsuot.practice import asides, verifying  # noqa: F401 measures are announced
        from thongsuot.practice.acting import open_decided
        from thongsuot.practice.holding import held
        from thongsuot.web import navigation, slots

        if open_decided not in minutes.FOLLOWERS:
            minutes.FOLLOWERS.append(open_decided)
        if held not in holding.SOURCES:
            holding.SOURCES.append(held)
        navigation.add(
            "self_reviews",
            _("Self-review"),
            "practice:self_review_list",
            icon="clipboard-document-check",
            order=50,
            who=whoever_may(Act.SEE),
        )
        navigation.add("actions", _("Actions"), "practice:action_list", icon="check-circle", order=55)
        slots.fill("campaigns.obligation.next", asides.next_for_obligation)
        slots.fill("campaigns.fulfilment", asides.fact_behind)
        slots.fill("campaigns.plan.aside", asides.actions_of_plan)
        slots.fill("meetings.meeting.decisions", asides.actions_of_meeting)
        slots.fill("learning.mine", asides.own_actions)
