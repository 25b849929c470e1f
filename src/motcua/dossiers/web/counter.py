"""The counter: what waits for reception and return, and taking a dossier in on one page."""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.base.paging import after_of, key_of
from motcua.base.refusal import Refused
from motcua.dossiers.access import may_receive_at_counter
from motcua.dossiers.actions.filing import KIND, file_at_counter
from motcua.dossiers.addresses import tracking_of
from motcua.dossiers.forms import CounterForm
from motcua.dossiers.models import Dossier
from motcua.dossiers.places import filing_place
from motcua.dossiers.queries import dossier_of, run_of
from motcua.dossiers.states import RECEIVE, RETURN
from motcua.dossiers.web.choices import procedures_at, units_offering
from motcua.dossiers.web.uploads import keep_uploads, seal, unseal
from motcua.organizations.access import SignedInRequest
from motcua.organizations.states import RECEPTION
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import search, version_at
from motcua.procedures.rules.eforms.flat import COMMAND, reshaped
from motcua.workflow.models import OPEN, Run

PAGE = 50
HITS = 12
WAITS = {"tiep-nhan": RECEIVE, "tra-ket-qua": RETURN}


@never_cache
@require_GET
@opens_to(may_receive_at_counter)
def counter(request: SignedInRequest) -> HttpResponse:
    """What waits for reception or to be returned, soonest due first, beside the search of a procedure to take in."""
    counters = list(request.user.units_as(RECEPTION))
    wanted = request.GET.get("q", "").strip()[:200]
    kind = request.GET.get("viec", "")
    kind = kind if kind in WAITS else "tiep-nhan"
    runs, after = _waiting(counters, WAITS[kind], request.GET.get("after", ""))
    names = dict(Dossier.objects.filter(code__in=[run.subject for run in runs]).values_list("code", "applicant_name"))
    page = {
        "rows": [{"run": run, "applicant": names.get(run.subject, "")} for run in runs],
        "after": after,
        "q": wanted,
        "hits": _hits(wanted, counters) if wanted else [],
        "counters": counters,
        "kind": kind,
        "tabs": [
            {"label": label, "url": f"?viec={slug}", "active": slug == kind}
            for slug, label in (("tiep-nhan", gettext("Chờ tiếp nhận")), ("tra-ket-qua", gettext("Chờ trả kết quả")))
        ],
    }
    return render(request, "dossiers/counter.html", page)


def _waiting(counters: list[Any], phase: str, after: str) -> tuple[list[Run], str]:
    found = Run.objects.filter(state=OPEN, kind=KIND, phase=phase, role=RECEPTION, unit__in=counters)
    if after:
        instant, number = key_of(after)
        found = found.filter(due_at__gte=instant).exclude(due_at=instant, pk__lte=number)
    runs = list(found.select_related("unit", "competent_unit").order_by("due_at", "id")[: PAGE + 1])
    last = runs[PAGE - 1] if len(runs) > PAGE else None
    return runs[:PAGE], after_of((last.due_at, last.pk) if last else None)


def _hits(wanted: str, counters: list[Any]) -> list[Any]:
    codes = procedures_at(counters)
    hits = [hit.entry for hit in search(wanted, limit=500).hits if hit.entry.code in codes]
    return hits[:HITS]


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_receive_at_counter)
def take_in(request: SignedInRequest, procedure: str) -> HttpResponse:
    """Take a dossier in: one page, one POST, received with its slip."""
    version = version_at(procedure) if "\0" not in procedure else None
    if version is None:
        raise Http404
    units = units_offering(procedure, counters=list(request.user.units_as(RECEPTION)))
    if not units:
        page = {"version": version}
        return render(request, "dossiers/counter_not_offered.html", page, status=422)
    unit_code = request.POST.get("unit") or request.GET.get("don-vi", "")
    unit = next((unit for unit in units if unit.code == unit_code), units[0])
    place = filing_place(procedure, unit.code, today())
    options: dict[str, Any] = {"eform": place.form, "components": version.components.all(), "units": units}
    if request.method != "POST":
        chosen = unit.code if unit.code == unit_code or len(units) == 1 else ""
        form = CounterForm(initial={"submission_key": uuid4(), "unit": chosen}, **options)
        return _ask(request, version, place, form)
    form = CounterForm(request.POST, request.FILES, kept=unseal(request.POST.get("kept", ""), request.user), **options)
    form.is_valid()
    keep_uploads(form, request.user, request.POST.getlist("drop"))
    if COMMAND in request.POST:  # another shape of the declaration is asked for; nothing is judged yet
        typed = reshaped(place.form, dict(request.POST.lists()), request.POST[COMMAND])
        return _ask(request, version, place, CounterForm(initial=MultiValueDict(typed), kept=form.kept, **options))
    if not form.errors:
        try:
            dossier = _file(form, procedure, request.user)
            return redirect("dossiers:taken_in", procedure, dossier.code)
        except Refused as refusal:
            form.refuse(refusal)
    return _ask(request, version, place, form, status=422)


def _file(form: CounterForm, procedure: str, actor: Any) -> Dossier:
    data = form.cleaned_data
    return file_at_counter(
        procedure,
        unit_code=data["unit"],
        applicant=form.applicant(),
        submission_key=data["submission_key"],
        actor=actor,
        papers=form.papers(),
        answers=form.answers(),
        request_text=data["request_text"],
        channel=data["channel"],
    )


def _ask(
    request: SignedInRequest, version: ProcedureVersion, place: Any, form: CounterForm, status: int = 200
) -> HttpResponse:
    page = {"version": version, "filing_place": place, "form": form, "kept": seal(form.kept, request.user)}
    return render(request, "dossiers/counter_form.html", page, status=status)


@never_cache
@require_GET
@opens_to(may_receive_at_counter)
def taken_in(request: SignedInRequest, procedure: str, code: str) -> HttpResponse:
    """Confirm: the code, the promise, the slip to print, and on to the next one."""
    dossier = dossier_of(code, account=request.user)
    page = {"dossier": dossier, "run": run_of(code), "tracking_url": tracking_of(code)}
    return render(request, "dossiers/taken_in.html", page)
