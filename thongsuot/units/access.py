"""The only door to units for views. Who may do what is answered by the room of people, which fills it in."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from thongsuot.units.models import Hierarchy, Position, Unit, UnitQuerySet
from thongsuot.web.errors import Refused

# Each answers with a subquery of unit keys for (person, day); nobody sees anything until people says who may.
Answer = Callable[[Any, date], Any]


def _nobody(_person: Any, _on: date) -> Any:
    return Position.objects.none().values_list("unit_id", flat=True)


_answers: dict[str, Answer] = {"see": _nobody, "manage": _nobody}


def answer_with(*, see: Answer, manage: Answer) -> None:
    """Called once by the room that knows offices."""
    _answers.update(see=see, manage=manage)


def units_seen(person: Any, on: date) -> UnitQuerySet:
    """Units with a place today that the person may see."""
    return Unit.objects.filter(pk__in=_answers["see"](person, on)).select_related("kind")


def units_managed(person: Any, on: date) -> UnitQuerySet:
    return Unit.objects.filter(pk__in=_answers["manage"](person, on)).select_related("kind")


def unit_seen(person: Any, uid: UUID, on: date) -> Unit:
    """A unit by its address; a dissolved one is seen by those who see what came after it. Else 404."""
    seen = _answers["see"](person, on)
    reach = Q(pk__in=seen) | Q(dissolved_on__isnull=False, successors__new__in=seen)
    return get_object_or_404(Unit.objects.select_related("kind").filter(reach).distinct(), uid=uid)


def unit_managed(person: Any, uid: UUID, on: date) -> Unit:
    return get_object_or_404(units_managed(person, on), uid=uid)


def may_manage(person: Any, unit: Unit, on: date) -> bool:
    return units_managed(person, on).filter(pk=unit.pk).exists()


def require_manage(person: Any, unit: Unit, on: date) -> None:
    """``person=None`` is the system itself: imports, the example."""
    if person is not None and not may_manage(person, unit, on):
        raise Refused(
            _("Only an officer who keeps the list of units may change %(unit)s. Ask the office above it.")
            % {"unit": unit.name}
        )


def places_seen(person: Any, hierarchy: Hierarchy, on: date) -> QuerySet[Position]:
    seen = _answers["see"](person, on)
    return Position.objects.filter(hierarchy=hierarchy, unit__in=seen).select_related("unit__kind").order_by("lft")


def tops_seen(person: Any, hierarchy: Hierarchy, on: date) -> QuerySet[Position]:
    """Where the person's view of the tree begins: places whose parent is not seen."""
    seen = _answers["see"](person, on)
    return places_seen(person, hierarchy, on).filter(Q(parent__isnull=True) | ~Q(parent__in=seen))
