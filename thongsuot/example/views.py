"""Who one may sign in as, in the example and only there."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from thongsuot.example import content
from thongsuot.example.tour import TOUR
from thongsuot.papers.sample import city_plan_docx
from thongsuot.papers.writing import DOCX
from thongsuot.people.models import Account, Office
from thongsuot.web.context import shows_example
from thongsuot.web.http import Request, go, page

CAST = {
    "city-officer": _("registers the directive, makes the campaign and issues it"),
    "district-officer": _("writes the district's plan, follows what is overdue, decides on reports"),
    "district-head": _("sees the whole district; asks what really happened"),
    "committee-head": _("answers the district's plan, verifies the cells' self-reviews"),
    "cell-head": _("calls meetings, approves minutes, verifies actions"),
    "cell-clerk": _("keeps the register and the minutes, notes for those without a phone"),
    "speaker": _("presents a core content at conferences"),
    "member": _("reads, takes a short check, writes a reflection, sees own actions"),
    "auditor": _("reads everything and the audit trail, changes nothing"),
}


def _cast() -> list[Account]:
    if not shows_example():
        raise Http404
    found = {a.username: a for a in Account.objects.filter(username__in=CAST).select_related("person")}
    return [found[slug] for slug in CAST if slug in found]


@login_not_required
@require_safe
def cast(request: Request) -> HttpResponse:
    """The people of the example, each with one button."""
    accounts = _cast()
    offices = {
        office.person_id: office
        for office in Office.objects.in_force(timezone.localdate())
        .filter(person__in=[account.person_id for account in accounts])
        .select_related("unit")
    }
    people = [
        {"slug": a.username, "person": a.person, "office": offices.get(a.person_id), "does": CAST[a.username]}
        for a in accounts
    ]
    named = {row["slug"]: row["person"] for row in people}
    tour = [(stop, named[stop.who]) for stop in TOUR if stop.who in named]
    return page(request, "example/cast.html", {"people": people, "tour": tour})


@login_not_required
@require_safe
def directive(request: Request) -> HttpResponse:
    """Plan 147-KH/TU as a Word file to try the registration with; made from the example's own words."""
    _cast()
    data = city_plan_docx(content.toml("plan-147.toml"))
    return HttpResponse(
        data, content_type=DOCX, headers={"Content-Disposition": 'attachment; filename="147-KH-TU.docx"'}
    )


@login_not_required
@require_POST
def sign_in(request: Request, slug: str) -> HttpResponse:
    """One click: only the example's own people, only where the example stands."""
    account = next((a for a in _cast() if a.username == slug), None)
    if account is None:
        raise Http404
    login(request, account, backend="allauth.account.auth_backends.AuthenticationBackend")
    number = request.POST.get("stop", "")
    stop = TOUR[int(number)] if number in {str(n) for n in range(len(TOUR))} else None
    return go(request, stop.url if stop and stop.who == slug else "desk:home")
