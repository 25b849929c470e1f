"""Back at the counter with what was missing: the form as it was begun, completed and received in one go."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.dossiers.access.dossier import allowed, may_receive_at_counter
from motcua.dossiers.actions.reception import receive_completed
from motcua.dossiers.counter_form import CounterForm
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.dossier import dossier_of, run_of
from motcua.dossiers.queries.published import offering_of
from motcua.dossiers.web.uploads import keep_uploads, seal, unseal
from motcua.organizations.access import SignedInRequest
from motcua.procedures.eforms import form_asked
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.rules.eforms.flat import COMMAND, flattened, reshaped

AS_WRITTEN = (
    "applicant_name", "identity_number", "phone", "email", "address", "organisation_name", "organisation_tax_code",
    "request_text", "return_method", "return_address", "post_item", "ticket", "channel", "submission_key",
)  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_receive_at_counter)
def complete_at_counter(request: SignedInRequest, code: str) -> HttpResponse:
    """Complete a dossier that was sent home with slip 02, and receive it."""
    if "\0" in code:
        raise Http404
    dossier = dossier_of(code, account=request.user)
    if "complete" not in allowed(request.user, dossier, run_of(code)):
        return redirect("dossiers:dossier", code)
    options = _options(dossier)
    if request.method != "POST":
        return _show(request, dossier, CounterForm(initial=_begun(dossier, options["eform"]), **options))
    kept = unseal(request.POST.get("kept", ""), request.user)
    form = CounterForm(request.POST, request.FILES, kept=kept, **options)
    form.is_valid()
    keep_uploads(form, request.user, request.POST.getlist("drop"))
    if COMMAND in request.POST:  # another shape of the declaration is asked for; nothing is judged yet
        typed = reshaped(options["eform"], dict(request.POST.lists()), request.POST[COMMAND])
        return _show(request, dossier, CounterForm(initial=MultiValueDict(typed), kept=form.kept, **options))
    if not form.errors:
        try:
            _receive(dossier, form, request)
            return redirect("dossiers:taken_in", dossier.version.procedure.code, code)
        except Refused as refusal:
            form.refuse(refusal)
    return _show(request, dossier, form, status=422)


def _options(dossier: Dossier) -> dict[str, Any]:
    version = ProcedureVersion.objects.get(pk=dossier.version_id)
    return {
        "eform": form_asked(dossier.form_version_id, offering_of(dossier.offering_id)),
        "components": version.components.all(),
        "units": [dossier.competent_unit],
    }


def _begun(dossier: Dossier, eform: Any) -> dict[str, Any]:
    """Return what was written when the dossier was sent home, as the form shows it."""
    written = {name: getattr(dossier, name) for name in AS_WRITTEN}
    return written | {"unit": dossier.competent_unit.code} | flattened(eform, dossier.answers)


def _receive(dossier: Dossier, form: CounterForm, request: SignedInRequest) -> None:
    papers = form.papers()
    receive_completed(
        dossier.code,
        applicant=form.applicant(),
        actor=request.user,
        papers=papers,
        answers=form.answers(),
        request_text=form.cleaned_data["request_text"],
        circumstances=form.circumstances(),
        hands_over=form.cleaned_data["hands_over"],
        gives_papers=form.cleaned_data["gives_papers"] and any(not paper.file_id for paper in papers),
    )


def _show(request: SignedInRequest, dossier: Dossier, form: CounterForm, status: int = 200) -> HttpResponse:
    page = {
        "version": dossier.version,
        "dossier": dossier,
        "guidance": dossier.guidances.last(),
        "filing_place": {"offering": offering_of(dossier.offering_id), "competent_unit": dossier.competent_unit},
        "form": form,
        "kept": seal(form.kept, request.user),
    }
    return render(request, "dossiers/counter_form.html", page, status=status)
