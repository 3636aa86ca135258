"""Files on their way into the library: for those who keep it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thongsuot.library import access, taking_in
from thongsuot.library.formats.drafts import CannotRead
from thongsuot.library.formats.refusals import sentence
from thongsuot.library.forms import ImportForm
from thongsuot.library.models import Citation, Import
from thongsuot.library.outcomes import SHOWN, changes, counts, kinds_of
from thongsuot.people.rights import NotAllowed
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, go, page, refused
from thongsuot.web.paging import paged


def _keepers_only(request: Request) -> None:
    if not access.units_to_keep_for(request.person, timezone.localdate()).exists():
        raise NotAllowed(_("You keep no texts of the library. Ask the officer of your unit or of the one above it."))


@require_safe
def import_list(request: Request) -> HttpResponse:
    """What was sent for the units that one keeps texts for; refreshes itself while something moves."""
    _keepers_only(request)
    kept = access.imports_to_keep(request.person, timezone.localdate()).defer("outcome", "found")
    imports = paged(request, kept, 30)
    context = {"imports": imports, "is_moving": any(one.is_moving for one in imports)}
    return page(request, "library/import_list.html", context, part="list")


@require_http_methods(["GET", "POST"])
def import_create(request: Request) -> HttpResponse:
    """Send one or several files; each is looked at, kept and read in the background."""
    _keepers_only(request)
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        orders = _sent(request, form)
        if orders and not form.errors:
            if len(orders) == 1:
                return go(request, "library:import_detail", orders[0].uid)
            messages.success(
                request,
                ngettext("%(n)d file is on its way.", "%(n)d files are on their way.", len(orders))
                % {"n": len(orders)},
            )
            return go(request, "library:import_list")
    status = 422 if form.is_bound else 200
    return page(request, "library/import_create.html", {"form": form}, status=status)


def _form(request: Request) -> ImportForm:
    today = timezone.localdate()
    units = access.units_whose_texts_one_keeps(request.person, today).order_by("name")
    initial = {"into": request.GET.get("into", "")[:120], "language": "vi", "unit": units.first()}
    return ImportForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial=initial,
        units=units,
        kept=access.documents_to_keep(request.person, today),
        is_librarian=access.is_librarian(request.person, today),
    )


def _sent(request: Request, form: ImportForm) -> list[Import]:
    orders = []
    for file in form.cleaned_data["file"]:
        try:
            order = taking_in.take_in_upload(file, form.wanted(), by=request.person, at=timezone.now())
        except CannotRead as refusal:
            form.add_error("file", f"{file.name}: {sentence(refusal)}")
        else:
            taking_in.begin_later(order)
            orders.append(order)
    if orders and form.errors:
        messages.info(request, _("Taken all the same: %(names)s") % {"names": ", ".join(map(str, orders))})
    return orders


@require_safe
def import_detail(request: Request, uid: UUID) -> HttpResponse:
    """How far it is, what is asked, and at the end what came in; for those who keep the unit's texts."""
    today = timezone.localdate()
    order = access.import_to_keep(request.person, uid, today)
    context: dict[str, Any] = {"order": order, "is_left": taking_in.is_left(order)}
    if order.state == Import.State.DONE and order.document and order.edition:
        context |= _outcome(request, order)
    elif order.found:
        context["kinds"] = kinds_of(order.found)
    return page(request, "library/import_detail.html", context, part="way")


def _outcome(request: Request, order: Import) -> dict[str, Any]:
    asked = request.GET.get("show", "")
    show = asked if asked in SHOWN else next((name for name in SHOWN if order.outcome.get(f"{name}_ones")), "changed")
    listed = paged(request, order.outcome.get(f"{show}_ones", []), 20)
    gone = Q(target_passage__uid__in=order.outcome.get("gone_ones", [])[:500], target_passage__is_withdrawn=True)
    cited = Citation.objects.filter(gone).exclude(document=order.document)
    seen = access.documents_seen_by(request.person, timezone.localdate())
    rows = cited.filter(document__in=seen).select_related("document", "passage", "target_passage").order_by("pk")
    doubts = order.edition.doubts.filter(mend=None).count() if order.edition else 0
    return {
        "kinds": kinds_of(order.found),
        "counts": counts(order),
        "show": show,
        "tabs": [(name, label, order.outcome.get(name, 0)) for name, label in SHOWN.items()],
        "listed": listed,
        "changes": changes(show, list(listed)),
        "cited_gone": rows[:50],
        "doubts": doubts,
    }


@require_POST
def import_cancel(request: Request, uid: UUID) -> HttpResponse:
    """Stop it wherever it is; for those who keep the unit's texts."""
    order = access.import_to_keep(request.person, uid, timezone.localdate())
    return _do(request, order, lambda: taking_in.cancel(order, by=request.person, at=timezone.now()))


@require_POST
def import_retry(request: Request, uid: UUID) -> HttpResponse:
    """Begin again what failed, was cancelled or was left; for those who keep the unit's texts."""
    order = access.import_to_keep(request.person, uid, timezone.localdate())
    return _do(request, order, lambda: taking_in.try_again(order, by=request.person, at=timezone.now()))


@require_POST
def import_answer(request: Request, uid: UUID) -> HttpResponse:
    """A newer text of the document it looks like, or one of its own; for those who keep the unit's texts."""
    order = access.import_to_keep(request.person, uid, timezone.localdate())
    chosen = request.POST.get("answer", "")
    return _do(request, order, lambda: taking_in.answer(order, chosen, by=request.person, at=timezone.now()))


def _do(request: Request, order: Import, verb: Any) -> HttpResponse:
    try:
        verb()
    except Refused as error:
        return refused(request, error, "library:import_detail", order.uid)
    return go(request, "library:import_detail", order.uid)
