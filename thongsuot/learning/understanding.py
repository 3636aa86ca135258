"""What a group studied and understood; never what one person did, and no result of groups under five."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum

from thongsuot.campaigns.models import Campaign, Topic
from thongsuot.learning.models import Check, Reading, Reflection

SMALLEST_GROUP = 5


@dataclass(frozen=True)
class GroupResult:
    topic: Topic
    people: int
    right: int | None  # None: too few people to show
    asked: int | None
    readers: int = 0


def of_units(campaign: Campaign, unit_ids: Any) -> list[GroupResult]:
    """Results by topic over these units (a subquery or list of unit keys); two queries and the topics."""
    rows = {
        row["topic"]: row
        for row in Check.objects.filter(
            topic__campaign=campaign, unit__in=unit_ids, finished_at__isnull=False, person__isnull=False
        )
        .values("topic")
        .annotate(people=Count("person", distinct=True), right_sum=Sum("right"), asked_sum=Sum("asked"))
    }
    readers = dict(
        Reading.objects.filter(topic__campaign=campaign, unit__in=unit_ids)
        .values_list("topic")
        .annotate(people=Count("person", distinct=True))
    )
    nobody = {"people": 0, "right_sum": 0, "asked_sum": 0}
    results = []
    for topic in campaign.topics.all():
        row = rows.get(topic.pk, nobody)
        enough = row["people"] >= SMALLEST_GROUP
        right, asked = (row["right_sum"], row["asked_sum"]) if enough else (None, None)
        results.append(GroupResult(topic, row["people"], right, asked, readers.get(topic.pk, 0)))
    return results


def reflections_in(campaign: Campaign, unit_ids: Any) -> dict[str, int]:
    """How many members handed in, and how many of these were accepted."""
    handed_in = Reflection.objects.filter(
        campaign=campaign, unit__in=unit_ids, person__isnull=False, handed_in_at__isnull=False
    )
    return handed_in.aggregate(handed_in=Count("pk"), accepted=Count("accepted_at"))
