"""Core contents as topics of the library's search: what was found can be narrowed to the passages of a trail."""

from collections import defaultdict
from datetime import date

from django.utils.translation import get_language

from thongsuot.campaigns.access import campaigns_seen_by
from thongsuot.campaigns.models import Campaign, Topic, TrailStep
from thongsuot.library.search import topics
from thongsuot.people.models import Person


def topics_to_search(person: Person | None, on: date) -> list[topics.Topic]:
    """Of campaigns that the person may see; of public ones that run, for the public. One query."""
    seen = campaigns_seen_by(person, on) if person else Campaign.objects.filter(issued_on__isnull=False, is_public=True)
    steps = TrailStep.objects.filter(topic__campaign__in=seen.order_by().values("pk"))
    english = (get_language() or "vi").startswith("en")
    passages: dict[Topic, set[int]] = defaultdict(set)
    for step in steps.select_related("topic").order_by("topic__campaign_id", "topic__number", "order"):
        passages[step.topic].add(step.passage_id)
    return [
        topics.Topic(str(topic.uid), (english and topic.title_en) or topic.title, frozenset(keys))
        for topic, keys in passages.items()
    ]
