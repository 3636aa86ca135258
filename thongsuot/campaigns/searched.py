"""Core contents as topics of the library's search: what was found can be narrowed to the passages of a trail."""

from collections import defaultdict
from datetime import date

from django.db.models import Q
from django.utils.translation import get_language

from thongsuot.campaigns.access import campaigns_seen_by
from thongsuot.campaigns.models import TrailStep
from thongsuot.library.search import topics
from thongsuot.people.models import Person


def topics_to_search(person: Person | None, on: date) -> list[topics.Topic]:
    """Of campaigns that the person may see; of public ones that run, for the public. One query."""
    if person:
        shown = Q(topic__campaign__in=campaigns_seen_by(person, on).order_by().values("pk"))
    else:
        shown = Q(topic__campaign__issued_on__isnull=False, topic__campaign__is_public=True)
    steps = TrailStep.objects.filter(shown).order_by("topic__campaign_id", "topic__number", "order")
    english = (get_language() or "vi").startswith("en")
    titles: dict[str, str] = {}
    passages: dict[str, set[int]] = defaultdict(set)
    for uid, title, title_en, passage in steps.values_list(
        "topic__uid", "topic__title", "topic__title_en", "passage_id"
    ):
        titles[str(uid)] = (english and title_en) or title
        passages[str(uid)].add(passage)
    return [topics.Topic(key, title, frozenset(passages[key])) for key, title in titles.items()]
