"""Signs of formalism: seen first by their author, who may explain."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from thongsuot.people.rights import Act, scope
from thongsuot.reports import access
from thongsuot.reports import signals as signs
from thongsuot.reports.causes import pages_of
from thongsuot.reports.forms import ExplanationForm
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, go, page
from thongsuot.web.paging import paged


@require_safe
def signal_list(request: Request) -> HttpResponse:
    """Signs in my own units, and below once their authors have seen them; for whoever sees these units."""
    on = timezone.localdate()
    shown = paged(request, access.signals_seen_by(request.person, on, timezone.now()), 30)
    kept = scope(request.person, Act.RECORD, on).units
    pages = pages_of([(sign.subject_kind, sign.subject_uid) for sign in shown], request.person, on)
    rows = [
        (sign, signs.sentence(sign), pages.get((sign.subject_kind, sign.subject_uid)), sign.unit_id in kept)
        for sign in shown
    ]
    return page(request, "reports/signal_list.html", {"page": shown, "rows": rows})


@require_http_methods(["GET", "POST"])
def signal_explain(request: Request, uid: UUID) -> HttpResponse:
    """The unit's own word on a sign; for who keeps its records."""
    signal = access.signal_to_explain(request.person, uid, timezone.localdate())
    typed = request.POST if request.method == "POST" else None
    form = ExplanationForm(typed, initial={"explanation": signal.explanation})
    if request.method == "POST" and form.is_valid():
        try:
            signs.explain(signal, form.cleaned_data["explanation"], by=request.person, at=timezone.now())
            messages.success(request, _("Saved."))
            return go(request, "reports:signal_list")
        except Refused as error:
            form.add_error(None, str(error))
    context = {"form": form, "signal": signal, "sentence": signs.sentence(signal)}
    return page(request, "reports/signal_explain.html", context, status=422 if form.errors else 200)
