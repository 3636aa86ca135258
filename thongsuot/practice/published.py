"""What the public portal may read of this room: how many actions there are, nothing about single ones."""

from dataclasses import dataclass

from django.db.models import Count, Q

from thongsuot.practice.models import Action

# Below this many a figure would tell about single units.
SMALLEST_GROUP = 5


@dataclass(frozen=True)
class PublicActions:
    """None where there are too few to be told."""

    opened: int | None
    done: int | None


def actions(slug: str) -> PublicActions:
    """Of a public campaign: opened and not cancelled, and done with verified evidence."""
    shown = Action.objects.filter(
        campaign__slug=slug, campaign__is_public=True, campaign__issued_on__isnull=False, cancelled_at__isnull=True
    ).order_by()
    counts = shown.aggregate(
        opened=Count("pk"),
        done=Count("pk", filter=Q(verified_on__isnull=False)),
        units=Count("unit", distinct=True),
    )
    if counts["units"] < SMALLEST_GROUP:
        return PublicActions(None, None)
    return PublicActions(counts["opened"], counts["done"])
