"""A directive comes in: upload, then confirm what was read from it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thongsuot.campaigns import access, registering
from thongsuot.campaigns.forms import DirectiveForm, UploadForm
from thongsuot.papers.files import store_upload
from thongsuot.papers.models import StoredFile
from thongsuot.people.rights import NotAllowed
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, go, page


@require_http_methods(["GET", "POST"])
def directive_create(request: Request) -> HttpResponse:
    """First step: the file is checked and kept; nothing else happens yet."""
    today = timezone.localdate()
    units = access.units_that_launch(request.person, today)
    if not units.exists():
        raise NotAllowed(_("You direct no unit that has others below it, so there is nobody to hand a directive to."))
    form = UploadForm(request.POST or None, request.FILES or None, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            file = store_upload(
                form.cleaned_data["file"],
                by=request.person,
                at=timezone.now(),
                unit=form.cleaned_data["unit"],
                allow=("docx",),
            )
            registering.read_directive(file)
            return go(request, "campaigns:directive_confirm", file.uid)
        except Refused as error:
            form.add_error("file", str(error))
    status = 422 if form.is_bound else 200
    return page(request, "campaigns/directive_create.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def directive_confirm(request: Request, uid: UUID) -> HttpResponse:
    """Second step: the officer confirms or corrects; sent twice, it makes one document."""
    file = access.upload_to_register(request.person, uid, timezone.localdate())
    standing = registering.registered_from(file)
    if standing:
        return go(request, f"{reverse('campaigns:campaign_create')}?directive={standing.uid}")
    reading = registering.read_directive(file)
    form = DirectiveForm(request.POST or None, initial=_proposed(reading.heading))
    if request.method == "POST" and form.is_valid():
        try:
            return _registered(request, file, form)
        except Refused as error:
            form.add_error(None, str(error))
    missing = [form.fields[name].label for name in reading.heading.missing if name in form.fields]
    context = {
        "form": form,
        "file": file,
        "cited": reading.cited,
        "missing": missing,
        "paragraphs": reading.paragraphs[:12],
    }
    return page(request, "campaigns/directive_confirm.html", context, status=422 if form.is_bound else 200)


def _proposed(heading: Any) -> dict[str, Any]:
    names = ("number", "doc_type", "issued_on", "subject")
    title = f"{heading.type_name.capitalize()} {heading.subject}".strip()[:400]
    read = {name: getattr(heading, name) for name in names}
    return read | {"title": title, "issuer": registering.as_known(heading.issuer)}


def _registered(request: Request, file: StoredFile, form: DirectiveForm) -> HttpResponse:
    unit = file.unit or access.units_that_launch(request.person, timezone.localdate())[0]
    document = registering.register_directive(
        file,
        unit=unit,
        by=request.person,
        at=timezone.now(),
        **form.cleaned_data,
    )
    if document.editions.filter(source=file).exists():
        messages.success(request, _("%(document)s stands in the library now.") % {"document": document})
    else:
        messages.info(request, _("The library held %(document)s already; it is used.") % {"document": document})
    return go(request, f"{reverse('campaigns:campaign_create')}?directive={document.uid}")
