"""People one may see, their posts and belongings; and what is held about oneself."""

from datetime import date
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.people import access
from thongsuot.people.appointing import end_office, give_office, join
from thongsuot.people.changes import Read, Reading, tell_reading
from thongsuot.people.forms import MembershipForm, OfficeEndForm, OfficeForm
from thongsuot.people.holding import held_about, reasons
from thongsuot.people.models import Membership, Office, Person
from thongsuot.people.rights import Act, scope
from thongsuot.units.models import Unit
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, go, page
from thongsuot.web.paging import paged

BULK = 50  # rows; from more than this on, the reading itself is journaled


def _belongings(on: date) -> list[Prefetch]:
    return [
        Prefetch("memberships", Membership.objects.in_force(on).select_related("unit"), to_attr="belongs"),
        Prefetch("offices", Office.objects.in_force(on).select_related("unit"), to_attr="holds"),
    ]


@require_GET
def person_list(request: Request) -> HttpResponse:
    """People of the units that I may see; found with or without marks."""
    today = timezone.localdate()
    words, unit_uid = request.GET.get("q", ""), request.GET.get("unit", "")
    people = access.people_seen(request.person, today).matching(words)
    unit = _asked_unit(request, unit_uid, today)
    if unit:
        inside = Unit.objects.below(unit).order_by().values("pk")
        members = Membership.objects.in_force(today).filter(unit__in=inside).values("person_id")
        people = people.filter(pk__in=members)
    shown = paged(request, people.prefetch_related(*_belongings(today)), per=BULK)
    if shown.paginator.count > BULK and shown.number == 1 and not words:
        tell_reading(
            Reading(request.person, unit or _own_unit(request.person, today), shown.paginator.count,
                    Read.PEOPLE, timezone.now())
        )  # fmt: skip
    context = {"people": shown, "q": words, "unit": unit}
    return page(request, "people/person_list.html", context, part="list")


def _asked_unit(request: Request, uid: str, today: date) -> Unit | None:
    try:
        return access.units_seen(request.person, today).filter(uid=UUID(uid)).first() if uid else None
    except ValueError:
        return None


def _own_unit(person: Person, today: date) -> Unit | None:
    office = Office.objects.in_force(today).filter(person=person).select_related("unit").first()
    return office.unit if office else None


@require_GET
def person_detail(request: Request, uid: UUID) -> HttpResponse:
    """Where someone belongs, and which posts they hold or held."""
    today = timezone.localdate()
    person = access.person_seen(request.person, uid, today)
    managed = scope(request.person, Act.MANAGE, today)
    managed_ids = set(managed.unit_ids()) if managed else set()
    offices = list(person.offices.select_related("unit").order_by("-valid_from"))
    for office in offices:
        running = office.valid_to is None or office.valid_to > today
        office.may_end = running and office.unit_id in managed_ids  # type: ignore[attr-defined]
    memberships = list(person.memberships.select_related("unit").order_by("-valid_from"))
    context = {
        "shown": person,
        "offices": offices,
        "memberships": memberships,
        "may_manage": bool(managed_ids & {*(o.unit_id for o in offices), *(m.unit_id for m in memberships)}),
    }
    return page(request, "people/person_detail.html", context)


@require_http_methods(["GET", "POST"])
def office_create(request: Request, uid: UUID) -> HttpResponse:
    today = timezone.localdate()
    person = access.person_managed(request.person, uid, today)
    units = access.units_managed(request.person, today)
    form = OfficeForm(request.POST if request.method == "POST" else None, units=units, initial={"on": today})
    if form.is_valid():
        said = form.cleaned_data
        try:
            give_office(person, by=request.person, at=timezone.now(), today=today, **said)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The office is recorded; its rights hold from that day."))
            return go(request, "people:person_detail", person.uid)
    return _form_page(request, form, person, _("Give an office"))


@require_http_methods(["GET", "POST"])
def office_end(request: Request, pk: int) -> HttpResponse:
    today = timezone.localdate()
    office = access.office_managed(request.person, pk, today)
    form = OfficeEndForm(request.POST if request.method == "POST" else None, initial={"on": today})
    if form.is_valid():
        try:
            end_office(office, by=request.person, at=timezone.now(), today=today, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The office ends on that day."))
            return go(request, "people:person_detail", office.person.uid)
    title = _("End the office “%(office)s”") % {"office": office.title or office.get_role_display()}
    return _form_page(request, form, office.person, title)


@require_http_methods(["GET", "POST"])
def membership(request: Request, uid: UUID) -> HttpResponse:
    """Someone moves to another unit on a day."""
    today = timezone.localdate()
    person = access.person_managed(request.person, uid, today)
    units = access.units_managed(request.person, today)
    form = MembershipForm(request.POST if request.method == "POST" else None, units=units, initial={"on": today})
    if form.is_valid():
        try:
            join(person, by=request.person, at=timezone.now(), today=today, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Recorded. Earlier registers keep the earlier unit."))
            return go(request, "people:person_detail", person.uid)
    return _form_page(request, form, person, _("Change where the person belongs"))


def _form_page(request: Request, form: Any, person: Person, title: str) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return page(request, "people/person_form.html", {"form": form, "shown": person, "title": title}, status=status)


@require_GET
def my_data(request: Request) -> HttpResponse:
    """What is held about me and why, who read it; ``?as=json`` takes it along."""
    if request.GET.get("as") == "json":
        name = f"thong-suot-{timezone.localdate():%Y-%m-%d}.json"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return JsonResponse(
            held_about(request.person), headers=headers, json_dumps_params={"ensure_ascii": False, "indent": 2}
        )
    context = {
        "shown": request.person,
        "reasons": reasons(),
        "memberships": request.person.memberships.select_related("unit").order_by("-valid_from"),
        "offices": request.person.offices.select_related("unit").order_by("-valid_from"),
    }
    return page(request, "people/my_data.html", context)


@require_GET
def account(request: Request) -> HttpResponse:
    """How I sign in: name, password, second factor."""
    factors = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP)
    return page(request, "people/account.html", {"account": request.user, "has_second_factor": factors.exists()})
