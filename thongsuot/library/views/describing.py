"""What a document is, said by its keepers."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from thongsuot.library import access, describing
from thongsuot.library.description_forms import DescriptionForm
from thongsuot.library.views.frames import frame
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, go, page
from thongsuot.web.templatetags.web import in_language


@require_http_methods(["GET", "HEAD", "POST"])
def document_edit(request: Request, slug: str) -> HttpResponse:
    document = access.document_to_keep(request.person, slug, timezone.localdate())
    initial = {name: getattr(document, name) for name in DescriptionForm.base_fields}
    form = DescriptionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            describing.describe(document, form.cleaned_data, by=request.person, at=timezone.now())
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved. Search and references follow in a moment."))
            return go(request, "library:document_detail", document.slug)
        document.refresh_from_db()
    trail = [
        (_("Library"), reverse("library:document_list")),
        (in_language(document, "title"), reverse("library:document_detail", args=[document.slug])),
        (_("What it is"), ""),
    ]
    context = {"document": document, "form": form, "trail": trail}
    return page(request, "library/document_edit.html", context | frame(request), status=422 if form.errors else 200)


@require_POST
def document_remove(request: Request, slug: str) -> HttpResponse:
    document = access.document_to_keep(request.person, slug, timezone.localdate())
    name = document.full_name
    describing.take_out(document, by=request.person, at=timezone.now())
    messages.success(request, _("Taken out of the library: %(name)s") % {"name": name})
    return go(request, "library:document_list")
