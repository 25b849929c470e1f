"""Tasks of plans."""

from typing import Any

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.organizations.access import SignedInRequest
from motcua.plans import schemas
from motcua.plans.access import may_see_plans
from motcua.plans.api.finding import plan_for, router, task_for
from motcua.plans.queries import task_rows


@router.get("/plans/{code}/tasks", response=list[schemas.TaskOut], operation_id="list_tasks", summary="Tasks of a plan")
@opens_to(may_see_plans)
def list_tasks(request: SignedInRequest, code: str, status: str = "", unit: str = "") -> list[dict[str, Any]]:
    """In the order of the plan; ``status`` and the code of a leading ``unit`` narrow it."""
    plan = plan_for(request, code)
    tasks = plan.tasks.filter(is_dropped=False).order_by("position")
    if unit:
        tasks = tasks.filter(assignments__unit__code=unit.replace("\0", ""), assignments__is_lead=True)
    found = list(tasks)
    for each in found:
        each.plan = plan
    rows = task_rows(found, is_late_first=False)
    return [schemas.task_out(row) for row in rows if not status or row.status.code == status]


@router.get("/tasks/{code}", response=schemas.TaskOut, operation_id="get_task", summary="A task of a published plan")
@opens_to(may_see_plans)
def get_task(request: SignedInRequest, code: str) -> dict[str, Any]:
    """With its status as of today and its units."""
    return schemas.task_out(task_rows([task_for(request, code)], today())[0])
