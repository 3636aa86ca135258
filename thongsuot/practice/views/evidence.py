"""Evidence: served only in reach and only while it stands; taken away with a reason."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.papers.files import serve
from thongsuot.practice import access, acting
from thongsuot.practice.forms import ReasonForm
from thongsuot.practice.models import Evidence
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, go, page


@require_GET
def evidence_file(request: Request, uid: UUID) -> HttpResponseBase:
    evidence = access.evidence_to_see(request.person, uid, timezone.localdate())
    if evidence.file is None:
        raise Http404
    return serve(evidence.file)


@require_http_methods(["GET", "POST"])
def evidence_remove(request: Request, uid: UUID) -> HttpResponse:
    evidence = access.evidence_to_see(request.person, uid, timezone.localdate())
    acting.require_to_remove(evidence, request.person, timezone.localdate())
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acting.remove_evidence(evidence, form.cleaned_data["reason"], by=request.person, at=timezone.now())
            messages.success(request, _("Removed. That it was there, and why it went, stays in the trail."))
            return go(request, *_place_of(evidence))
        except Refused as error:
            form.add_error(None, str(error))
    context = {"evidence": evidence, "form": form}
    return page(request, "practice/evidence_remove.html", context, status=422 if form.errors else 200)


def _place_of(evidence: Evidence) -> tuple[str, UUID]:
    if evidence.action is not None:
        return "practice:action_detail", evidence.action.uid
    assert evidence.answer is not None
    return "practice:self_review_detail", evidence.answer.review.uid
