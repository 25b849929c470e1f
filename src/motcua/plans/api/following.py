"""What is reported of tasks and of their turns, what is accepted, given back and put off."""

from typing import Any

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.organizations.access import SignedInRequest
from motcua.organizations.queries import unit_at
from motcua.plans import schemas
from motcua.plans import working_schemas as shapes
from motcua.plans.access import may_see_plans
from motcua.plans.actions import extending, following, recurring
from motcua.plans.actions.evidence import Evidence
from motcua.plans.api.finding import router, task_for
from motcua.plans.api.tasks import get_task
from motcua.plans.models import Task
from motcua.plans.queries import strips_of


def work_of(task: Task) -> dict[str, Any]:
    """Return the work on ``task`` as the API says it."""
    parts = list(task.assignments.select_related("unit", "person").order_by("-is_lead", "unit__code"))
    return shapes.work_out(task, parts, strips_of(parts, today()))


@router.get("/tasks/{code}/work", response=shapes.WorkOut, operation_id="get_task_work", summary="Work on a task")
@opens_to(may_see_plans)
def get_task_work(request: SignedInRequest, code: str) -> dict[str, Any]:
    """Who has it, its turns, requests for later days, facts that complete it."""
    return work_of(task_for(request, code))


@router.post("/tasks/{code}/progress", response=schemas.TaskOut, operation_id="report_progress", summary="Progress")
@opens_to(may_see_plans)
def report_progress(request: SignedInRequest, code: str, told: shapes.ProgressIn) -> dict[str, Any]:
    """How far a unit's part, or a turn of it, is."""
    task_for(request, code)
    following.report_progress(
        code, unit=unit_at(told.unit), percent=told.percent, note=told.note, actor=request.user, turn=told.turn,
        evidence=Evidence(link=told.link, number=told.number),
    )  # fmt: skip
    return get_task(request, code)


@router.post("/tasks/{code}/completion", response=schemas.TaskOut, operation_id="report_completion", summary="Done")
@opens_to(may_see_plans)
def report_completion(request: SignedInRequest, code: str, told: shapes.CompletionIn) -> dict[str, Any]:
    """A leading unit's part, or a turn of it, is done, with evidence; counts once accepted."""
    task_for(request, code)
    following.report_completion(
        code, unit=unit_at(told.unit), on_day=told.on_day, note=told.note, actor=request.user, turn=told.turn,
        evidence=Evidence(link=told.link, number=told.number),
    )  # fmt: skip
    return get_task(request, code)


@router.post("/tasks/{code}/accept", response=schemas.TaskOut, operation_id="accept_completion", summary="Accept")
@opens_to(may_see_plans)
def accept_completion(request: SignedInRequest, code: str, told: shapes.AcceptIn) -> dict[str, Any]:
    """Accepts what a unit reported as done, perhaps with a grade."""
    task_for(request, code)
    following.accept(
        code, unit=unit_at(told.unit), actor=request.user, grade=told.grade, note=told.note, turn=told.turn
    )  # fmt: skip
    return get_task(request, code)


@router.post("/tasks/{code}/return", response=schemas.TaskOut, operation_id="return_completion", summary="Give back")
@opens_to(may_see_plans)
def return_completion(request: SignedInRequest, code: str, told: shapes.ReturnIn) -> dict[str, Any]:
    """Gives a reported completion back, with words."""
    task_for(request, code)
    following.send_back(code, unit=unit_at(told.unit), note=told.note, actor=request.user, turn=told.turn)
    return get_task(request, code)


@router.post("/tasks/{code}/last-day", response=schemas.TaskOut, operation_id="set_task_last_day", summary="New day")
@opens_to(may_see_plans)
def set_task_last_day(request: SignedInRequest, code: str, told: shapes.ExtendIn) -> dict[str, Any]:
    """The holder sets a new last day, or the one that a reference leads to."""
    task_for(request, code)
    following.extend(code, due_on=told.due_on, note=told.note, actor=request.user)
    return get_task(request, code)


@router.post("/tasks/{code}/extensions", response=shapes.WorkOut, operation_id="ask_extension", summary="Ask for time")
@opens_to(may_see_plans)
def ask_extension(request: SignedInRequest, code: str, told: shapes.AskExtensionIn) -> dict[str, Any]:
    """A leading unit asks for a later day; one request at a time."""
    found = task_for(request, code)
    extending.ask_extension(
        code, unit=unit_at(told.unit), new_due_on=told.new_due_on, reason=told.reason, turn=told.turn,
        actor=request.user,
    )  # fmt: skip
    return work_of(found)


@router.post(
    "/tasks/{code}/extensions/answer", response=shapes.WorkOut, operation_id="answer_extension", summary="Answer"
)
@opens_to(may_see_plans)
def answer_extension(request: SignedInRequest, code: str, told: shapes.AnswerIn) -> dict[str, Any]:
    """Grants a request, perhaps with another day, or refuses it with words."""
    found, unit = task_for(request, code), unit_at(told.unit)
    if told.is_granted:
        extending.grant_extension(code, unit=unit, due_on=told.due_on, answer=told.answer, actor=request.user)
    else:
        extending.refuse_extension(code, unit=unit, answer=told.answer, actor=request.user)
    return work_of(found)


@router.post("/tasks/{code}/turns", response=shapes.WorkOut, operation_id="open_turn", summary="An event happened")
@opens_to(may_see_plans)
def open_turn(request: SignedInRequest, code: str, told: shapes.TurnIn) -> dict[str, Any]:
    """Opens a turn of a task that waits for an event; its last day is counted in the working calendar."""
    found = task_for(request, code)
    recurring.open_turn(
        code, unit=unit_at(told.unit), starts_on=told.starts_on, note=told.note, due_on=told.due_on,
        actor=request.user,
    )  # fmt: skip
    return work_of(found)


@router.put("/tasks/{code}/cycle", response=shapes.WorkOut, operation_id="set_cycle", summary="How often")
@opens_to(may_see_plans)
def set_cycle(request: SignedInRequest, code: str, told: shapes.CycleIn) -> dict[str, Any]:
    """Of a continuous or recurring task."""
    recurring.set_cycle(task_for(request, code).code, every=told.every, day=told.day, actor=request.user)
    return work_of(task_for(request, code))
