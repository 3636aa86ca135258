"""What a unit's page shows of people: who holds which post, and how many belong to it."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from thongsuot.people import access
from thongsuot.people.models import Membership, Office
from thongsuot.units.models import Unit


def unit_people(unit: Unit, request: HttpRequest) -> str | None:
    today = timezone.localdate()
    viewer = getattr(request, "person", None)
    offices = Office.objects.in_force(today).filter(unit=unit).select_related("person").order_by("role", "valid_from")
    context = {
        "unit": unit,
        "offices": list(offices),
        "members": Membership.objects.in_force(today).filter(unit=unit).count() if unit.kind.has_members else None,
        "may_manage": access.units_managed(viewer, today).filter(pk=unit.pk).exists(),
    }
    return render_to_string("people/_unit_people.html", context, request=request)
