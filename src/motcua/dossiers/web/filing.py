"""Filing online: the unit, the declaration with its papers, a last look, done."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.clock import today
from motcua.base.guard import opens_to, signed_in
from motcua.base.refusal import Refused
from motcua.dossiers.access import may_file
from motcua.dossiers.actions.drafting import forget_draft
from motcua.dossiers.actions.filing import Applicant, Paper, file_online
from motcua.dossiers.addresses import tracking_of
from motcua.dossiers.forms import OnlineForm
from motcua.dossiers.models import Dossier
from motcua.dossiers.places import FilingPlace, filing_place
from motcua.dossiers.queries import dossier_of, run_of
from motcua.dossiers.web.choices import matching, units_offering
from motcua.dossiers.web.drafts import Draft
from motcua.dossiers.web.uploads import keep_uploads
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Account
from motcua.procedures.declaring import SECTION
from motcua.procedures.eforms import answers_shown
from motcua.procedures.known import known_about
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import version_at
from motcua.procedures.rules.eforms.flat import COMMAND, reshaped

SEARCH_FROM = 12  # units; fewer are shown without a search


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_file)
def start(request: SignedInRequest, procedure: str) -> HttpResponse:
    """Choose the unit where there is a choice, then declare and add the papers; both are kept as a draft."""
    version = _version(procedure)
    unit_code = request.GET.get("don-vi", "")
    if not unit_code:
        return _choose(request, version)
    try:
        place = _place(procedure, unit_code)
    except Refused as refusal:
        return _choose(request, version, refusal.message)
    draft = Draft(request.user, procedure, unit_code)
    if request.method != "POST":
        begun = draft.data() or known_of(request.user)
        form = _form(version, place, draft, initial=begun, known=known_about(request.user))
        return _declare(request, version, place, form)
    form = _form(version, place, draft, request.POST, request.FILES)
    form.is_valid()
    files = keep_uploads(form, request.user, request.POST.getlist("drop"))
    typed = {name: request.POST.getlist(name) for name in form.fields if name in request.POST}
    if COMMAND in request.POST:  # another shape of the declaration is asked for; nothing is judged yet
        draft.save(reshaped(place.form, typed, request.POST[COMMAND]), files, {})
        return redirect(f"{_address('start', version, place)}#{SECTION}")
    draft.save(typed, files, {} if form.errors else _ready(form))
    if form.errors:
        return _declare(request, version, place, form, status=422)
    if "more" in request.POST:  # files were sent to be kept; the reader stays
        return redirect(f"{_address('start', version, place)}#giay-to")
    return redirect(_address("check", version, place))


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_file)
def check(request: SignedInRequest, procedure: str) -> HttpResponse:
    """Show everything once more; a POST files it. The same draft sent twice is one dossier."""
    unit_code = request.GET.get("don-vi", "")
    draft = Draft(request.user, procedure, unit_code)
    message, status = "", 200
    if request.method == "POST" and draft.ready:
        try:
            return redirect("dossiers:filed", procedure, _file(draft, procedure, unit_code, request.user).code)
        except Refused as refusal:
            message, status = refusal.message, 422
    version, place = _version(procedure), _place(procedure, unit_code)
    form = _form(version, place, draft, draft.data())
    if not draft.ready or not form.is_valid():
        return redirect(_address("start", version, place))
    page = {
        "version": version,
        "filing_place": place,
        "form": form,
        "papers": form.papers(),
        "shown": answers_shown(place.form, form.answers()),
        "message": message,
        "files": {each["id"]: each for each in form.kept},
        "edit_url": _address("start", version, place),
        "steps": _steps(),
        "missing": [row for group in form.groups() for row in group.rows if not row.kept],
    }
    return render(request, "dossiers/filing_check.html", page, status=status)


@never_cache
@require_GET
@opens_to(signed_in)
def filed(request: SignedInRequest, procedure: str, code: str) -> HttpResponse:
    """Confirm: the code, what happens next and until when, where to follow it."""
    dossier = dossier_of(code, account=request.user)
    if dossier.applicant_id != request.user.pk:
        raise Http404
    forget_draft(request.user, key=dossier.submission_key)
    page = {"dossier": dossier, "run": run_of(code), "tracking_url": tracking_of(code), "steps": _steps()}
    return render(request, "dossiers/filed.html", page)


@require_POST
@opens_to(signed_in)
def drop(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Drop a filing that was begun."""
    forget_draft(request.user, key=key)
    return redirect("dossiers:mine")


def _ready(form: OnlineForm) -> dict[str, Any]:
    """Return what a valid form comes to, as a session keeps it: what was checked is what is filed."""
    return {
        "applicant": asdict(form.applicant()),
        "answers": form.answers(),
        "request_text": form.cleaned_data["request_text"],
        "papers": [asdict(paper) for paper in form.papers()],
    }


def _file(draft: Draft, procedure: str, unit_code: str, actor: Account) -> Dossier:
    ready = draft.ready
    return file_online(
        procedure,
        unit_code=unit_code,
        applicant=Applicant(**ready["applicant"]),
        submission_key=draft.key,
        actor=actor,
        papers=[Paper(**paper) for paper in ready["papers"]],
        answers=ready["answers"],
        request_text=ready["request_text"],
    )


def known_of(account: Any) -> dict[str, str]:
    """Return what the account tells of its owner, to fill the form with."""
    return {
        "applicant_name": account.full_name,
        "identity_number": account.identity_number,
        "phone": account.phone,
        "email": account.email,
        "address": account.address,
    }


def _version(procedure: str) -> ProcedureVersion:
    version = version_at(procedure) if "\0" not in procedure else None
    if version is None:
        raise Http404
    return version


def _place(procedure: str, unit_code: str) -> FilingPlace:
    """Return where it is filed.

    Raises:
        Refused: the unit does not take it, or not online.
    """
    place = filing_place(procedure, unit_code.replace("\0", "")[:40], today())
    if not place.offering.is_online:
        raise Refused(gettext("Thủ tục này chưa nhận hồ sơ trực tuyến."), field="unit")
    return place


def _form(version: ProcedureVersion, place: FilingPlace, draft: Draft, *data: Any, **options: Any) -> OnlineForm:
    return OnlineForm(*data, eform=place.form, components=version.components.all(), kept=draft.files, **options)


def _address(name: str, version: ProcedureVersion, place: FilingPlace) -> str:
    query = urlencode({"don-vi": place.competent_unit.code})
    return f"{reverse(f'dossiers:{name}', args=[version.procedure.code])}?{query}"


def _steps() -> list[str]:
    return [gettext("Nơi giải quyết"), gettext("Kê khai và giấy tờ"), gettext("Kiểm tra, nộp"), gettext("Xong")]


def _choose(request: SignedInRequest, version: ProcedureVersion, message: str = "") -> HttpResponse:
    code = version.procedure.code
    units = units_offering(code, online=True)
    if len(units) == 1 and not message:
        return redirect(f"{reverse('dossiers:start', args=[code])}?{urlencode({'don-vi': units[0].code})}")
    wanted = request.GET.get("q", "")[:100]
    page = {
        "version": version,
        "units": matching(units, wanted),
        "q": wanted,
        "message": message,
        "steps": _steps(),
        "has_search": len(units) >= SEARCH_FROM,
        "total": len(units),
    }
    return render(request, "dossiers/filing_unit.html", page, status=422 if message else 200)


def _declare(
    request: SignedInRequest, version: ProcedureVersion, place: FilingPlace, form: OnlineForm, status: int = 200
) -> HttpResponse:
    page = {"version": version, "filing_place": place, "form": form, "steps": _steps()}
    return render(request, "dossiers/filing_form.html", page, status=status)
