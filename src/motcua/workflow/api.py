"""Routes for machines: read, check, draft, publish, try; the same actions as the pages."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.workflow.access import may_draw_routes, may_see_routes
from motcua.workflow.actions.drafts import keep_draft, keep_drawing, publish_draft
from motcua.workflow.history import try_on_history
from motcua.workflow.life import faults_of, phases
from motcua.workflow.models import Route
from motcua.workflow.queries import drawing_of, lane_reader, route_at, steps_of
from motcua.workflow.rules.bpmn.structure import drawn
from motcua.workflow.rules.route_check import notes_on
from motcua.workflow.rules.steps import Fault, as_data, from_data
from motcua.workflow.work_api import router as work_router

router = Router(tags=["routes"])
router.add_router("", work_router)


class StepBody(Schema):
    """One step of a route."""

    name: str = Field(max_length=120)
    phase: str = Field(description="What is done: receive, handle, propose, approve, return")
    role: str = Field(description="reception, specialist, unit_head, leader …")
    place: str = Field("competent", description="one_stop, competent, or the code of another unit")
    share: int = Field(0, description="Per cent of the legal time")
    fork: int = Field(0, ge=0, description="Number of the parallel part; 0: the trunk")
    branch: int = Field(0, ge=0, description="Branch within it, numbered over the whole route; 0: the trunk")
    condition: str = Field("", max_length=500, description='On the form\'s answers, e.g. dien_tich > 500; "": always')
    signs: bool = False
    may_ask_supplement: bool = True
    needs_payment: bool = False


class RouteLine(Schema):
    """One version of a route."""

    code: str
    version: int
    name: str
    valid_from: date
    valid_to: date | None


class RouteOut(RouteLine):
    """A version with its steps."""

    steps: list[StepBody]


class FaultOut(Schema):
    """What is wrong with a route, and where."""

    message: str
    position: int | None = Field(description="Of the step, from 1")
    element: str = Field(description="Identifier in the drawing")
    line: int | None = Field(description="Of the file")


class CheckOut(Schema):
    """What a drawing or a list of steps says."""

    is_usable: bool
    faults: list[FaultOut]
    notes: list[str]
    steps: list[StepBody]


class DraftBody(Schema):
    """A draft: either its steps or its drawing."""

    name: str = Field("", max_length=200)
    steps: list[StepBody] = Field(default_factory=list)
    bpmn: str = Field("", description="BPMN 2.0; the steps are read from it")


class PublishBody(Schema):
    """From which day the draft is in force."""

    valid_from: date


class FiguresOut(Schema):
    """Working minutes and the share that was late."""

    count: int
    median: float
    ninth: float = Field(description="Nine of ten took at most so many working minutes")
    late: float = Field(description="0 to 1")


class ComparedOut(Schema):
    """Before and after, of one unit or of all."""

    name: str
    before: FiguresOut
    after: FiguresOut


class StepFigureOut(Schema):
    """One step of the proposal."""

    name: str
    minutes: float | None
    has_past: bool


class TrialOut(Schema):
    """What a route would have changed."""

    whole: ComparedOut
    units: list[ComparedOut]
    steps: list[StepFigureOut]
    dropped: list[str]


class TrialBody(Schema):
    """A proposed route and the time it is tried on."""

    steps: list[StepBody]
    days: int = Field(365, ge=7, le=1100)
    legal_factor: float = Field(1.0, gt=0, le=2)


@router.get("/routes", response=list[RouteLine], operation_id="list_routes")
@opens_to(may_see_routes)
def list_routes(request: HttpRequest) -> Any:
    """Every version of every route, newest first within a route."""
    return list(Route.objects.order_by("code", "-version"))


@router.post("/routes/check", response=CheckOut, operation_id="check_route")
@opens_to(may_see_routes)
def check_route(request: HttpRequest, body: DraftBody) -> Any:
    """Read a drawing, or look at steps, without keeping anything."""
    if body.bpmn:
        found = drawn(body.bpmn.encode(), lane_reader=lane_reader(), phases=phases())
        return _checked(list(found.steps), list(found.faults))
    steps = _steps(body.steps)
    return _checked(steps, faults_of(steps, today()))


@router.get("/routes/{code}", response=RouteOut, operation_id="get_route")
@opens_to(may_see_routes)
def get_route(request: HttpRequest, code: str, version: int | None = None) -> Any:
    """One version (default: in force today, else the newest) with its steps."""
    return _out(_found(code, version))


@router.get("/routes/{code}/bpmn", operation_id="get_route_bpmn")
@opens_to(may_see_routes)
def get_route_bpmn(request: HttpRequest, code: str, version: int | None = None) -> HttpResponse:
    """The version as BPMN 2.0 with its diagram."""
    route = _found(code, version)
    content = drawing_of(code, route.name, steps_of(route.steps.all()), route.drawing)
    return HttpResponse(content, content_type="application/xml; charset=utf-8")


@router.put("/routes/{code}/draft", response=CheckOut, operation_id="draft_route")
@opens_to(may_draw_routes)
def draft_route(request: SignedInRequest, code: str, body: DraftBody) -> Any:
    """Keep a draft. A drawing whose paths cannot be followed is refused with its faults; nothing is kept."""
    if body.bpmn:
        kept, found = keep_drawing(code=code, name=body.name, content=body.bpmn.encode(), actor=request.user)
        if kept is None:
            raise Refused(found.faults[0].message, field="bpmn")
        return _checked(list(found.steps), list(found.faults))
    steps = _steps(body.steps)
    keep_draft(code=code, name=body.name, steps=steps, actor=request.user)
    return _checked(steps, faults_of(steps, today()))


@router.post("/routes/{code}/publish", response=RouteOut, operation_id="publish_route")
@opens_to(may_draw_routes)
def publish_route(request: SignedInRequest, code: str, body: PublishBody) -> Any:
    """Publish the draft as the next version of its route."""
    return _out(publish_draft(code, valid_from=body.valid_from, actor=request.user))


@router.post("/routes/{code}/trial", response=TrialOut, operation_id="try_route")
@opens_to(may_see_routes)
def try_route(request: HttpRequest, code: str, body: TrialBody) -> Any:
    """What the steps would have changed for the dossiers that travelled the route to its end."""
    steps = _steps(body.steps)
    if faults := faults_of(steps, today()):
        raise Refused(faults[0].message, field="steps")
    found = try_on_history(code, steps, until=today(), days=body.days, legal_factor=body.legal_factor)
    if found is None:
        raise Http404
    return found


def _found(code: str, version: int | None) -> Route:
    found = Route.objects.filter(code=code)
    route = found.filter(version=version).first() if version else route_at(code, today())
    route = route or (None if version else found.order_by("-version").first())
    if route is None:
        raise Http404
    return route


def _out(route: Route) -> dict[str, Any]:
    return {
        "code": route.code, "version": route.version, "name": route.name, "valid_from": route.valid_from,
        "valid_to": route.valid_to, "steps": as_data(steps_of(route.steps.all())),
    }  # fmt: skip


def _steps(bodies: list[StepBody]) -> list[Any]:
    return from_data(body.dict() for body in bodies)


def _checked(steps: list[Any], faults: list[Fault]) -> dict[str, Any]:
    notes = notes_on(steps) if steps and not faults else []
    return {"is_usable": not faults, "faults": faults, "notes": notes, "steps": as_data(steps)}
