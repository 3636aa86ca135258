"""What a group understood; never what one person did, and nothing of groups under five."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from thongsuot.campaigns.models import Campaign, Topic
from thongsuot.learning.models import Check

SMALLEST_GROUP = 5


@dataclass(frozen=True)
class GroupResult:
    topic: Topic
    people: int
    right: int | None  # None: too few people to show
    asked: int | None


def of_units(campaign: Campaign, unit_ids: object) -> list[GroupResult]:
    """Results by topic over these units (a subquery or list of unit keys); one query and the topics."""
    rows = {
        row["topic"]: row
        for row in Check.objects.filter(
            topic__campaign=campaign, unit__in=unit_ids, finished_at__isnull=False, person__isnull=False
        )
        .values("topic")
        .annotate(people=Count("person", distinct=True), right_sum=Sum("right"), asked_sum=Sum("asked"))
    }
    results = []
    for topic in campaign.topics.all():
        row = rows.get(topic.pk, {"people": 0, "right_sum": 0, "asked_sum": 0})
        enough = row["people"] >= SMALLEST_GROUP
        results.append(
            GroupResult(
                topic, row["people"], row["right_sum"] if enough else None, row["asked_sum"] if enough else None
            )
        )
    return results
