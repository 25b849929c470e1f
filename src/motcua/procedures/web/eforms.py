"""Forms: the blank one for everybody; for the control office all forms with their burdens, versions and a trial."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from motcua.base.clock import today
from motcua.base.guard import everyone, opens_to
from motcua.organizations.access import SignedInRequest, may_control
from motcua.procedures.eform_forms import PreviewForm
from motcua.procedures.eforms import (
    answers_shown,
    form_in_force,
    forms_measured,
    names_of,
    versions_measured,
    without_form,
)
from motcua.procedures.gateways import unit_trees
from motcua.procedures.models import FormVersion
from motcua.procedures.queries import version_at
from motcua.procedures.rendering.eform_pdf import eform_pdf
from motcua.procedures.rules.eforms.burden import TARGET
from motcua.procedures.rules.eforms.faults import faults_of
from motcua.procedures.rules.eforms.flat import COMMAND, reshaped


@require_GET
@opens_to(everyone)
def blank(request: HttpRequest, code: str) -> HttpResponse:
    """The form in force, blank, to be printed and filled in by hand."""
    version = form_in_force(_known(code))
    if version is None:
        raise Http404
    return _pdf(version)


@never_cache
@require_GET
@opens_to(may_control)
def eforms(request: SignedInRequest) -> HttpResponse:
    """All forms in force with how much they ask; procedures filed online without a form."""
    measured = forms_measured()
    names = names_of([one.version.procedure.code for one in measured])
    rows = [{"one": one, "name": names.get(one.version.procedure.code, "")} for one in measured]
    before, declared = (sum(getattr(one.burden, what) for one in measured) for what in ("before", "declared"))
    page = {
        "rows": rows,
        "total": len(measured),
        "meeting": sum(one.burden.meets_target for one in measured),
        "cut": 1 - declared / before if before else 0,
        "target": TARGET,
        "missing": without_form(),
    }
    return render(request, "procedures/eforms.html", page)


@never_cache
@require_GET
@opens_to(may_control)
def eform(request: SignedInRequest, code: str) -> HttpResponse:
    """The versions of one procedure's form with their burdens."""
    procedure = version_at(_known(code))
    measured = versions_measured(code)
    if procedure is None and not measured:
        raise Http404
    page = {
        "code": code,
        "name": procedure.name if procedure else code,
        "versions": measured,
        "target": TARGET,
        "draft": next((one for one in measured if one.version.is_draft), None),
    }
    return render(request, "procedures/eform.html", page)


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_control)
def trial(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """A version as the applicant sees it; what is sent is judged and shown, and kept nowhere."""
    version = _version(code, number)
    page: dict[str, Any] = {"version": version, "code": code, "faults": faults_of(version.form)}
    if page["faults"]:
        return render(request, "procedures/eform_trial.html", page)
    if request.method != "POST":
        return render(request, "procedures/eform_trial.html", page | {"form": PreviewForm(eform=version.form)})
    if COMMAND in request.POST:
        typed = reshaped(version.form, dict(request.POST.lists()), request.POST[COMMAND])
        form = PreviewForm(eform=version.form, initial=MultiValueDict(typed))
        return render(request, "procedures/eform_trial.html", page | {"form": form})
    form = PreviewForm(request.POST, eform=version.form)
    if not form.is_valid():
        return render(request, "procedures/eform_trial.html", page | {"form": form}, status=422)
    shown = answers_shown(version.form, form.answers())
    return render(request, "procedures/eform_trial.html", page | {"form": form, "shown": shown, "is_checked": True})


@never_cache
@require_GET
@opens_to(may_control)
def eform_file(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """A version, blank, as PDF; a draft too."""
    return _pdf(_version(code, number))


def _version(code: str, number: int) -> FormVersion:
    found = FormVersion.objects.select_related("procedure").filter(
        procedure__code=_known(code), number=min(number, 32_767)
    )
    version = found.first()
    if version is None:
        raise Http404
    return version


def _pdf(version: FormVersion) -> HttpResponse:
    code = version.procedure.code
    procedure = version_at(code)
    state = gettext("bản nháp, chưa dùng để nộp") if version.is_draft else ""
    footer = gettext("Thủ tục %(code)s · biểu mẫu phiên bản %(number)s") % {"code": code, "number": version.number}
    pdf = eform_pdf(
        version.form,
        procedure=procedure.name if procedure else "",
        footer=f"{footer} · {state}" if state else footer,
        day=version.valid_from or today(),
        place_words=unit_trees.words_of,
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="bieu-mau-{code}.pdf"'
    return response


def _known(code: str) -> str:
    if "\0" in code:
        raise Http404
    return code
