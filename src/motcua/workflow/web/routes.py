"""Routes: all of them, one with its picture and checks, its BPMN file, and what it would change."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.organizations.access import SignedInRequest
from motcua.organizations.states import ROLES
from motcua.workflow.access import may_draw_routes, may_see_routes
from motcua.workflow.forms import TrialForm
from motcua.workflow.history import MOST_RUNS, try_on_history
from motcua.workflow.life import faults_of, phases, units_of_route, unstaffed
from motcua.workflow.models import Route, RouteDraft
from motcua.workflow.queries import drawing_of, lane_name, route_at, steps_of
from motcua.workflow.rendering.route_picture import picture_of
from motcua.workflow.rules.route_check import notes_on
from motcua.workflow.rules.steps import AT_COMPETENT, AT_ONE_STOP, NewStep, branch_names, from_data

MOST_UNITS = 20  # units without staff that a page lists


@require_GET
@opens_to(may_see_routes)
def routes(request: SignedInRequest) -> HttpResponse:
    """Every route with the version in force, and what is being drafted."""
    found: dict[str, Any] = {}
    for route in Route.objects.order_by("code", "-version"):
        found.setdefault(route.code, route)
    drafts = {draft.code: draft for draft in RouteDraft.objects.select_related("by").order_by("code")}
    may_draw = may_draw_routes(request.user)
    rows = [{"route": route, "draft": drafts.pop(code, None)} for code, route in found.items()]
    page = {"rows": rows, "drafts": list(drafts.values()) if may_draw else [], "may_draw": may_draw}
    return render(request, "workflow/routes.html", page)


@require_GET
@opens_to(may_see_routes)
def route(request: SignedInRequest, code: str) -> HttpResponse:
    """One version: picture, steps, who travels it, what its checks say."""
    versions = list(Route.objects.filter(code=code).order_by("-version"))
    found = _version(versions, request.GET.get("v", ""), code)
    steps = steps_of(found.steps.all())
    page = {
        "route": found,
        "versions": versions,
        "draft": RouteDraft.objects.filter(code=code).first(),
        "may_draw": may_draw_routes(request.user),
        **shown(steps, code, found.name),
    }
    return render(request, "workflow/route.html", page)


@require_GET
@opens_to(may_see_routes)
def bpmn(request: SignedInRequest, code: str) -> HttpResponse:
    """The drawing as a file: as it was drawn, or made from the steps."""
    if request.GET.get("v") == "ban-soan":
        draft = RouteDraft.objects.filter(code=code).first()
        if draft is None or not may_draw_routes(request.user):
            raise Http404
        content = drawing_of(draft.code, draft.name, from_data(draft.steps), draft.drawing)
    else:
        found = _version(list(Route.objects.filter(code=code).order_by("-version")), request.GET.get("v", ""), code)
        content = drawing_of(code, found.name, steps_of(found.steps.all()), found.drawing)
    response = HttpResponse(content, content_type="application/xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}.bpmn"'
    return response


@require_GET
@opens_to(may_see_routes)
def trial(request: SignedInRequest, code: str) -> HttpResponse:
    """What the draft (else the newest version) would have changed for the dossiers of the last year."""
    draft = RouteDraft.objects.filter(code=code).first() if may_draw_routes(request.user) else None
    newest = Route.objects.filter(code=code).order_by("-version").first()
    if newest is None:
        raise Http404
    steps = from_data(draft.steps) if draft else steps_of(newest.steps.all())
    form = TrialForm(request.GET) if request.GET else TrialForm()
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    faults = faults_of(steps, today())
    found = None
    if not faults and (not form.is_bound or form.is_valid()):
        legal = (asked.get("legal") or 100) / 100
        found = try_on_history(code, steps, until=today(), days=asked.get("days") or 365, legal_factor=legal)
    page = {
        "code": code, "name": draft.name if draft else newest.name, "is_draft": draft is not None, "form": form,
        "faults": faults, "trial": found, "steps": _timed(steps, found), "most": MOST_RUNS,
    }  # fmt: skip
    return render(request, "workflow/trial.html", page, status=422 if form.errors else 200)


def _timed(steps: Sequence[NewStep], found: Any) -> list[dict[str, Any]]:
    return [
        {"step": step, "figure": figure, "where": place_words(step.place)}
        for step, figure in zip(steps, found.steps, strict=True)
    ] if found else []  # fmt: skip


def shown(steps: Sequence[NewStep], code: str, name: str) -> dict[str, Any]:
    """Return what every page of a route shows of ``steps``: picture, rows, faults, notes, units without staff."""
    faults = faults_of(steps, today())
    units = units_of_route(code, today())
    missing = unstaffed(list(steps), units, today()) if not faults else []
    labels = phases()
    return {
        "picture": picture_of(
            steps,
            title=gettext("Sơ đồ quy trình %(name)s; các bước ở bảng bên dưới.") % {"name": name},
            lane_name=lane_name,
            faulty={fault.position for fault in faults if fault.position},
        ) if steps else "",
        "steps": [
            {
                "step": step, "position": position, "branch": branch, "place": place_words(step.place),
                "role": ROLES.get(step.role, step.role),
                "phase": labels[step.phase].label if step.phase in labels else step.phase,
            }
            for position, (step, branch) in enumerate(zip(steps, branch_names(steps), strict=True), start=1)
        ],
        "faults": faults,
        "notes": notes_on(steps) if steps and not faults else [],
        "units": units,
        "missing": [
            {"unit": unit.name, "position": position, "step": steps[position - 1].name,
             "role": ROLES[steps[position - 1].role]}
            for unit, position in missing[:MOST_UNITS]
        ],
        "missing_count": len(missing),
    }  # fmt: skip


def place_words(place: str) -> str:
    """Return where a step is done, in words."""
    from_place = {AT_ONE_STOP: gettext("Bộ phận Một cửa"), AT_COMPETENT: gettext("Đơn vị giải quyết")}
    return from_place.get(place, "") or lane_name(place, "").removesuffix(" – ")


def crumbs(*parts: tuple[str, str]) -> list[dict[str, str]]:
    """Return the way back up from a page of routes: (label, address) after the list."""
    first = {"label": gettext("Quy trình"), "url": reverse("workflow:routes")}
    return [first, *({"label": label, "url": url} for label, url in parts)]


def _version(versions: list[Route], wanted: str, code: str) -> Route:
    if wanted.isdecimal():
        found = next((route for route in versions if route.version == int(wanted)), None)
    else:
        in_force = route_at(code, today())
        found = next((route for route in versions if in_force and route.pk == in_force.pk), next(iter(versions), None))
    if found is None:
        raise Http404
    return found
