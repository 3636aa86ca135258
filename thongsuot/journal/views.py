"""The journal, for those who head or audit."""

from datetime import date, datetime, time, timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from thongsuot.journal import access
from thongsuot.journal.forms import FilterForm
from thongsuot.journal.models import Record
from thongsuot.journal.trailing import said
from thongsuot.units.models import Unit
from thongsuot.web.http import Request, page
from thongsuot.web.paging import paged


@require_GET
def record_list(request: Request) -> HttpResponse:
    """Records of the units that the person heads or audits."""
    audited = access.audited_by(request.person, timezone.localdate())
    records = access.records_audited(audited)
    verbs = sorted(Record.objects.order_by().values_list("verb", flat=True).distinct())
    form = FilterForm(request.GET, verbs=verbs)
    if form.is_valid():
        said_ = form.cleaned_data
        if said_["unit"]:
            records = records.filter(unit__in=Unit.objects.matching(said_["unit"]).order_by().values("pk"))
        if said_["verb"]:
            records = records.filter(verb=said_["verb"])
        # A day of the person's calendar, not of the server's.
        if said_["since"]:
            records = records.filter(at__gte=_midnight(said_["since"]))
        if said_["until"]:
            records = records.filter(at__lt=_midnight(said_["until"] + timedelta(days=1)))
    shown = paged(request, records)
    context = {
        "form": form,
        "records": shown,
        "lines": [said(record) for record in shown],
        "reads_any": bool(audited),
    }
    return page(request, "journal/record_list.html", context, part="list")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
