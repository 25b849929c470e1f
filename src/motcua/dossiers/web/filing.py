"""Filing online: the unit, the declaration with its papers, a last look, done."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.clock import now, today
from motcua.base.guard import opens_to, signed_in
from motcua.base.refusal import Refused
from motcua.dossiers.access.dossier import may_file
from motcua.dossiers.actions.drafting import forget_draft
from motcua.dossiers.actions.filing import Applicant, Circumstances, Paper, file_online
from motcua.dossiers.addresses import tracking_of
from motcua.dossiers.forms import OnlineForm
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.dossier import run_of
from motcua.dossiers.queries.known_applicants import duplicates_of
from motcua.dossiers.queries.places import FilingPlace, filing_place
from motcua.dossiers.queries.published import version_of
from motcua.dossiers.states import ASSISTED, OWN
from motcua.dossiers.web.choices import matching, units_offering
from motcua.dossiers.web.drafts import Draft
from motcua.dossiers.web.qr import qr_svg
from motcua.dossiers.web.uploads import keep_uploads
from motcua.organizations.access import SignedInRequest, official
from motcua.organizations.models import Account
from motcua.procedures.declaring import SECTION
from motcua.procedures.eforms import answers_shown
from motcua.procedures.known import Known, known_about
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
    filing = Filing(request, procedure)
    if not filing.unit_code:
        return _choose(request, version, filing)
    try:
        place = _place(procedure, filing.unit_code)
    except Refused as refusal:
        return _choose(request, version, filing, refusal.message)
    if request.method != "POST":
        form = filing.form(version, place, initial=filing.begun(), known=filing.known())
        return _declare(request, version, place, filing, form)
    form = filing.form(version, place, request.POST, request.FILES)
    form.is_valid()
    files = keep_uploads(form, request.user, request.POST.getlist("drop"))
    typed = _typed(form, request)
    if COMMAND in request.POST:  # another shape of the declaration is asked for; nothing is judged yet
        filing.draft.save(reshaped(place.form, typed, request.POST[COMMAND]), files, {})
        return redirect(f"{filing.address('start')}#{SECTION}")
    filing.draft.save(typed, files, {} if form.errors else _ready(form))
    is_refused = any(name.startswith(("files_", "photo_", "other_files")) for name in form.errors)
    if "more" in request.POST and not is_refused:  # files were sent to be kept; the rest is not judged yet
        return redirect(f"{filing.address('start')}#giay-to")
    if form.errors:
        return _declare(request, version, place, filing, form, status=422)
    return redirect(filing.address("check"))


@never_cache
@require_POST
@opens_to(may_file)
def keep(request: SignedInRequest, procedure: str) -> HttpResponse:
    """Keep what is typed while it is typed: a session that ends meanwhile loses nothing."""
    version, filing = _version(procedure), Filing(request, procedure)
    try:
        place = _place(procedure, filing.unit_code)
    except Refused:
        return HttpResponse(status=204)
    form = filing.form(version, place, request.POST)
    filing.draft.save_typed(_typed(form, request))
    return HttpResponse(status=204)


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_file)
def check(request: SignedInRequest, procedure: str) -> HttpResponse:
    """Show everything once more; a POST files it. The same draft sent twice is one dossier."""
    filing = Filing(request, procedure)
    draft = filing.draft
    message, status, like = "", 200, []
    if request.method == "POST" and draft.ready:
        like = [] if "repeats" in request.POST else filing.like()
        try:
            if not like:
                return redirect("dossiers:filed", procedure, filing.file(request.POST.get("repeats", "")).code)
        except Refused as refusal:
            message = refusal.message
        status = 422
    version, place = _version(procedure), _place(procedure, filing.unit_code)
    form = filing.form(version, place, draft.data())
    if not draft.ready or not form.is_valid():
        return redirect(filing.address("start"))
    page = {
        "version": version,
        "filing_place": place,
        "form": form,
        "papers": form.papers(),
        "shown": answers_shown(place.form, form.answers()),
        "message": message,
        "like": like,
        "files": {each["id"]: each for each in form.kept},
        "edit_url": filing.address("start"),
        "steps": _steps(),
        "missing": [row for group in form.groups() for row in group.rows if not row.kept],
    }
    return render(request, "dossiers/filing_check.html", page, status=status)


@never_cache
@require_GET
@opens_to(signed_in)
def filed(request: SignedInRequest, procedure: str, code: str) -> HttpResponse:
    """Confirm: the code, what happens next and until when, where to follow it."""
    dossier = _filed_by(request.user, code)
    forget_draft(request.user, key=dossier.submission_key)
    page = {
        "dossier": dossier,
        "run": run_of(code),
        "tracking_url": tracking_of(code),
        "qr": qr_svg(tracking_of(code), label=gettext("Mã QR của trang tra cứu hồ sơ %(code)s") % {"code": code}),
        "is_assisted": dossier.assisted_by_id == request.user.pk,
        "steps": _steps(),
    }
    return render(request, "dossiers/filed.html", page)


def _filed_by(account: Account, code: str) -> Dossier:
    """Return a dossier that the account filed, for itself or for somebody it helped; a helper sees no more of it."""
    mine = Q(applicant=account, assisted_by__isnull=True) | Q(assisted_by=account)
    rows = Dossier.objects.select_related("competent_unit", "receiving_unit", "offering")
    dossier = rows.filter(mine, code=code).first() if "\0" not in code else None
    if dossier is None:
        raise Http404
    dossier.version = version_of(dossier.version_id)
    return dossier


@require_POST
@opens_to(signed_in)
def drop(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Drop a filing that was begun."""
    forget_draft(request.user, key=key)
    return redirect("dossiers:mine")


class Filing:
    """One filing as its pages see it: procedure and unit of the address, whether for somebody else, and its draft.

    ``?giup`` says that an official files for somebody (C064); for others it says nothing.
    """

    def __init__(self, request: SignedInRequest, procedure: str) -> None:
        self.account, self.procedure = request.user, procedure
        self.unit_code = request.GET.get("don-vi", "")
        self.is_assisted = "giup" in request.GET and official(request.user)
        self.draft = Draft(request.user, procedure, self.unit_code, ASSISTED if self.is_assisted else OWN)

    def begun(self) -> Any:
        """Return what the form opens with: the draft, else what the account tells of its own owner."""
        return self.draft.data() or ({} if self.is_assisted else known_of(self.account))

    def known(self) -> dict[str, Known]:
        return {} if self.is_assisted else known_about(self.account)

    def form(self, version: ProcedureVersion, place: FilingPlace, *data: Any, **options: Any) -> OnlineForm:
        components = version.components.all()
        return OnlineForm(
            *data,
            eform=place.form,
            components=components,
            kept=self.draft.files,
            is_assisted=self.is_assisted,
            **options,
        )

    def address(self, name: str, *, unit: str = "") -> str:
        """Return the address of a page of this filing."""
        query = {"don-vi": unit or self.unit_code} | ({"giup": "1"} if self.is_assisted else {})
        return f"{reverse(f'dossiers:{name}', args=[self.procedure])}?{urlencode(query)}"

    def like(self) -> list[Dossier]:
        """Return like dossiers, to ask whether this is another matter."""
        applicant = Applicant(**self.draft.ready["applicant"])
        account = None if self.is_assisted else self.account
        return duplicates_of(applicant, self.procedure, at=now(), account=account, key=self.draft.key)

    def file(self, repeats: str) -> Dossier:
        """File what the draft has ready. Raise Refused where it cannot be."""
        ready = self.draft.ready
        return file_online(
            self.procedure,
            unit_code=self.unit_code,
            applicant=Applicant(**ready["applicant"]),
            submission_key=self.draft.key,
            actor=self.account,
            papers=[Paper(**paper) for paper in ready["papers"]],
            answers=ready["answers"],
            request_text=ready["request_text"],
            circumstances=Circumstances(**ready.get("circumstances", {}) | {"repeats": repeats}),
            consent=ready.get("consent", ""),
        )


def _typed(form: OnlineForm, request: SignedInRequest) -> dict[str, list[str]]:
    return {name: request.POST.getlist(name) for name in form.fields if name in request.POST}


def _ready(form: OnlineForm) -> dict[str, Any]:
    """Return what a valid form comes to, as a draft keeps it: what was checked is what is filed."""
    return {
        "applicant": asdict(form.applicant()),
        "answers": form.answers(),
        "request_text": form.cleaned_data["request_text"],
        "papers": [asdict(paper) for paper in form.papers()],
        "circumstances": asdict(form.circumstances()),
        "consent": form.cleaned_data.get("consent", ""),
    }


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


def _steps() -> list[str]:
    return [gettext("Nơi giải quyết"), gettext("Kê khai và giấy tờ"), gettext("Kiểm tra, nộp"), gettext("Xong")]


def _choose(request: SignedInRequest, version: ProcedureVersion, filing: Filing, message: str = "") -> HttpResponse:
    units = units_offering(filing.procedure, online=True)
    if len(units) == 1 and not message:
        return redirect(filing.address("start", unit=units[0].code))
    wanted = request.GET.get("q", "")[:100]
    page = {
        "version": version,
        "units": matching(units, wanted),
        "is_assisted": filing.is_assisted,
        "q": wanted,
        "message": message,
        "steps": _steps(),
        "has_search": len(units) >= SEARCH_FROM,
        "total": len(units),
    }
    return render(request, "dossiers/filing_unit.html", page, status=422 if message else 200)


def _declare(
    request: SignedInRequest,
    version: ProcedureVersion,
    place: FilingPlace,
    filing: Filing,
    form: OnlineForm,
    status: int = 200,
) -> HttpResponse:
    page = {
        "version": version,
        "filing_place": place,
        "form": form,
        "keep_url": filing.address("keep"),
        "is_assisted": filing.is_assisted,
        "steps": _steps(),
    }
    return render(request, "dossiers/filing_form.html", page, status=status)
