"""When a unit ends in a reform, its members go to the one that carries on and its offices end."""

from django.db.models import Q

from thongsuot.people.models import Membership, Office
from thongsuot.units.reforming import Change


def follow(change: Change) -> None:
    """Called in the reform's own transaction."""
    if change.heir is None:
        return
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gt=change.on)
    held = Membership.objects.filter(lasting, unit=change.unit)
    going = [
        Membership(
            person_id=row.person_id, unit=change.heir, kind=row.kind, valid_from=change.on, valid_to=row.valid_to
        )
        for row in held.filter(valid_from__lt=change.on)
    ]
    held.filter(valid_from__lt=change.on).update(valid_to=change.on)
    # Who was to join later joins the heir.
    held.filter(valid_from__gte=change.on).update(unit=change.heir)
    Membership.objects.bulk_create(going, batch_size=500)
    offices = Office.objects.filter(lasting, unit=change.unit)
    offices.filter(valid_from__gte=change.on).delete()
    offices.filter(valid_from__lt=change.on).update(valid_to=change.on)
