"""The tree, its units, and its reforms."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.units import access, reforming
from thongsuot.units.forms import DayForm, MergeForm, MoveForm, RenameForm, SplitForm
from thongsuot.units.models import Hierarchy, Position, Unit, UnitName
from thongsuot.units.tree import path_units, tree_on
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, go, page
from thongsuot.web.paging import paged

TITLES = {
    "move": gettext_lazy("Move under another unit"),
    "rename": gettext_lazy("Give a new name"),
    "split": gettext_lazy("Split into new units"),
    "merge": gettext_lazy("Merge with other units"),
}


def _hierarchy(request: Request) -> Hierarchy | None:
    asked = Hierarchy.objects.filter(slug=request.GET.get("tree", "")).first()
    return asked or Hierarchy.objects.order_by("pk").first()


@require_GET
def unit_list(request: Request) -> HttpResponse:
    """What I may see of the tree, one level at a time; or what a search finds in it."""
    today = timezone.localdate()
    hierarchy = _hierarchy(request)
    words = request.GET.get("q", "")
    above: Unit | None = None
    trail: list[Unit] = []
    if hierarchy is None:
        rows: Any = Position.objects.none()
    elif words.strip():
        found = access.units_seen(request.person, today).matching(words)
        rows = access.places_seen(request.person, hierarchy, today).filter(unit__in=found.order_by().values("pk"))
    elif request.GET.get("under"):
        above = access.unit_seen(request.person, _uid(request.GET["under"]), today)
        rows = access.places_seen(request.person, hierarchy, today).filter(parent=above)
        trail = _seen_trail(request, above, hierarchy, today)
    else:
        rows = access.tops_seen(request.person, hierarchy, today)
    rows = rows.select_related("parent").annotate(children=Count("unit__child_positions"))
    context = {
        "rows": paged(request, rows),
        "q": words,
        "above": above,
        "trail": trail,
        "hierarchy": hierarchy,
        "hierarchies": Hierarchy.objects.order_by("pk"),
        "breadcrumbs": _crumbs(trail),
    }
    return page(request, "units/unit_list.html", context, part="list")


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def _seen_trail(request: Request, unit: Unit, hierarchy: Hierarchy | None, on: date) -> list[Unit]:
    path = path_units(unit, hierarchy)
    seen = set(
        access.units_seen(request.person, on).filter(pk__in=[each.pk for each in path]).values_list("pk", flat=True)
    )
    return [each for each in path if each.pk in seen or each.pk == unit.pk]


def _crumbs(trail: list[Unit]) -> list[tuple[str, str]]:
    root = reverse("units:unit_list")
    crumbs = [(_("Units"), root), *((unit.name, f"{root}?under={unit.uid}") for unit in trail)]
    return [*crumbs[:-1], (crumbs[-1][0], "")]


@require_GET
def unit_detail(request: Request, uid: UUID) -> HttpResponse:
    """A unit: its names and places through time, what lies below it, and what rooms above know of it."""
    today = timezone.localdate()
    unit = access.unit_seen(request.person, uid, today)
    trail = _seen_trail(request, unit, None, today)
    below = (
        access.units_seen(request.person, today)
        .filter(positions__parent=unit)
        .annotate(children=Count("child_positions"))
        .order_by("kind__rank", "sort_key")
    )
    context = {
        "unit": unit,
        "today": today,
        "breadcrumbs": _crumbs(trail),
        "names": unit.names.order_by("-valid_from"),
        "places": unit.placements.select_related("parent", "hierarchy").order_by("-valid_from"),
        "after": unit.successors.select_related("new").order_by("effective_on"),
        "before": unit.predecessors.select_related("old").order_by("effective_on"),
        "below": paged(request, below, per=25),
        "may_manage": access.may_manage(request.person, unit, today) and not unit.dissolved_on,
        "verbs": TITLES,
    }
    return page(request, "units/unit_detail.html", context)


@require_http_methods(["GET", "POST"])
def reform(request: Request, uid: UUID, verb: str) -> HttpResponse:
    """Move, rename, split or merge: one form, one decision, one date."""
    if verb not in TITLES:
        raise Http404
    today, now = timezone.localdate(), timezone.now()
    unit = access.unit_managed(request.person, uid, today)
    form = _form(request, unit, verb, today)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                shown = _do(unit, verb, form.cleaned_data, by=request.person, at=now, today=today)
            except Refused as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Recorded. Papers and figures of earlier days keep the earlier tree."))
                return go(request, "units:unit_detail", shown.uid)
    context = {
        "unit": unit,
        "verb": verb,
        "title": TITLES[verb],
        "form": form,
        "breadcrumbs": [*_crumbs(_seen_trail(request, unit, None, today))[:-1], (unit.name, f"/units/{unit.uid}/")],
    }
    return page(request, "units/reform.html", context, status=status)


def _form(request: Request, unit: Unit, verb: str, today: date) -> Any:
    data = request.POST if request.method == "POST" else None
    first = {"on": today}
    managed = access.units_managed(request.person, today).exclude(pk=unit.pk)
    if verb == "move":
        trees = Hierarchy.objects.filter(placement__unit=unit).distinct()
        above = managed.filter(kind__rank__lte=unit.kind.rank).exclude(pk__in=Unit.objects.below(unit).values("pk"))
        return MoveForm(data, initial=first, parents=above, hierarchies=trees)
    if verb == "rename":
        return RenameForm(data, initial={**first, "name": unit.name})
    if verb == "split":
        return SplitForm(data, initial=first)
    parents = unit.positions.values("parent_id")
    beside = managed.filter(kind=unit.kind, positions__parent__in=parents).distinct()
    return MergeForm(data, initial=first, siblings=beside)


def _do(unit: Unit, verb: str, said: dict[str, Any], **who: Any) -> Unit:
    """The verb of reforming that the form asked for; returns the unit to show next."""
    common = {**who, "on": said["on"], "reason": said["reason"]}
    if verb == "move":
        reforming.move(unit, under=said["under"], hierarchy=said["hierarchy"], **common)
    elif verb == "rename":
        reforming.rename(unit, said["name"], **common)
    elif verb == "split":
        return reforming.split(unit, said["names"].splitlines(), dissolve=said["dissolve"], **common)[0]
    else:
        return reforming.merge([unit, *said["others"]], said["name"], **common)
    return unit


@require_GET
def tree_on_a_day(request: Request) -> HttpResponse:
    """The part of the tree that I may see, as it stood on a chosen day, with the names of that day."""
    today = timezone.localdate()
    hierarchy = _hierarchy(request)
    form = DayForm(request.GET if "on" in request.GET else {"on": today})
    day = form.cleaned_data["on"] if form.is_valid() else today
    rows = _tree_rows(request, hierarchy, day, today) if hierarchy else []
    context = {"form": form, "day": day, "rows": paged(request, rows, per=200), "hierarchy": hierarchy}
    return page(request, "units/tree_on_a_day.html", context)


def _tree_rows(request: Request, hierarchy: Hierarchy, day: date, today: date) -> list[dict[str, Any]]:
    tree = tree_on(hierarchy, day)
    seen = set(access.units_seen(request.person, today).values_list("pk", flat=True))
    # A unit dissolved since then is shown to those who see what came after it.
    seen |= set(
        Unit.objects.filter(dissolved_on__isnull=False, successors__new__in=list(seen)[:900]).values_list(
            "pk", flat=True
        )
    )
    units = Unit.objects.select_related("kind").in_bulk()
    names: dict[int, str] = {}
    for unit_id, name in (
        UnitName.objects.filter(valid_from__lte=day).order_by("valid_from").values_list("unit_id", "name")
    ):
        names[unit_id] = name
    rows: list[dict[str, Any]] = []
    stack = [(unit_id, 0) for unit_id in tree.children.get(None, ())]
    while stack:
        unit_id, depth = stack.pop()
        shown = unit_id in seen
        if shown:
            rows.append({"unit": units[unit_id], "name": names.get(unit_id, units[unit_id].name), "depth": depth})
        children = sorted(
            tree.children.get(unit_id, ()), key=lambda pk: (units[pk].kind.rank, units[pk].sort_key), reverse=True
        )
        stack.extend((child, depth + shown) for child in children)
    return rows
