"""What the public portal may read of this room: what the whole campaign understood, never a small group."""

from dataclasses import dataclass

from thongsuot.campaigns.models import Campaign
from thongsuot.learning.understanding import of_units
from thongsuot.units.models import Unit


@dataclass(frozen=True)
class PublicUnderstanding:
    """``people``, ``right`` and ``asked`` are None where fewer than five took the check."""

    number: int
    title: str
    title_en: str
    people: int | None
    right: int | None
    asked: int | None

    @property
    def is_suppressed(self) -> bool:
        return self.people is None


def understanding(slug: str) -> list[PublicUnderstanding]:
    """By core content of a public, issued campaign, over all units that take part."""
    campaign = Campaign.objects.filter(slug=slug, is_public=True, issued_on__isnull=False).first()
    if campaign is None:
        return []
    return [
        PublicUnderstanding(
            number=result.topic.number,
            title=result.topic.title,
            title_en=result.topic.title_en,
            people=result.people if result.asked is not None else None,
            right=result.right,
            asked=result.asked,
        )
        for result in of_units(campaign, Unit.objects.values("pk"))
    ]
