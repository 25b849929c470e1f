"""Who has a task: units with shares, people, who set it, facts that complete it."""

from typing import Any

from django.http import Http404

from motcua.base.guard import opens_to
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Account
from motcua.organizations.queries import unit_at
from motcua.plans import working_schemas as shapes
from motcua.plans.access import may_see_plans
from motcua.plans.actions import assigning, closing_by_fact
from motcua.plans.api.finding import router, task_for
from motcua.plans.api.following import work_of
from motcua.plans.closing_facts import offered_verbs


@router.post("/tasks/{code}/assignments", response=shapes.WorkOut, operation_id="assign_task", summary="Give to a unit")
@opens_to(may_see_plans)
def assign_task(request: SignedInRequest, code: str, told: shapes.AssignIn) -> dict[str, Any]:
    """Gives a task to a unit, or changes its role or share."""
    task_for(request, code)
    assigning.assign(code, unit=unit_at(told.unit), is_lead=told.is_lead, share=told.share, actor=request.user)
    return work_of(task_for(request, code))


@router.post("/tasks/{code}/unassign", response=shapes.WorkOut, operation_id="unassign_task", summary="Take back")
@opens_to(may_see_plans)
def unassign_task(request: SignedInRequest, code: str, told: shapes.UnitIn) -> dict[str, Any]:
    """Refused once the unit has reported on it."""
    task_for(request, code)
    assigning.unassign(code, unit=unit_at(told.unit), actor=request.user)
    return work_of(task_for(request, code))


@router.put("/tasks/{code}/person", response=shapes.WorkOut, operation_id="name_person", summary="Who looks after it")
@opens_to(may_see_plans)
def name_person(request: SignedInRequest, code: str, told: shapes.PersonIn) -> dict[str, Any]:
    """A person of the unit, or nobody in particular."""
    found = task_for(request, code)
    person = Account.objects.filter(code=told.person.replace("\0", "")).first() if told.person else None
    if told.person and person is None:
        raise Http404
    assigning.name_person(code, unit=unit_at(told.unit), person=person, actor=request.user)
    return work_of(found)


@router.put("/tasks/{code}/source", response=shapes.WorkOut, operation_id="set_task_source", summary="Who set it")
@opens_to(may_see_plans)
def set_task_source(request: SignedInRequest, code: str, told: shapes.SourceIn) -> dict[str, Any]:
    """Who set a task and where, where that is not the plan itself."""
    task_for(request, code)
    assigning.set_source(code, assigner=told.assigner, assigned_in=told.assigned_in, actor=request.user)
    return work_of(task_for(request, code))


@router.get(
    "/closing-facts", response=list[shapes.ClosingFactOut], operation_id="list_closing_facts", summary="Facts offered"
)
@opens_to(may_see_plans)
def list_closing_facts(request: SignedInRequest) -> list[dict[str, str]]:
    """The facts of this house that may complete a task."""
    return [{"verb": verb, "words": words} for verb, words in offered_verbs()]


@router.post("/tasks/{code}/bindings", response=shapes.WorkOut, operation_id="bind_to_fact", summary="Bind to a fact")
@opens_to(may_see_plans)
def bind_to_fact(request: SignedInRequest, code: str, told: shapes.BindingIn) -> dict[str, Any]:
    """Lets a fact complete a leading unit's part."""
    found = task_for(request, code)
    closing_by_fact.bind_to_fact(
        code, unit=unit_at(told.unit), verb=told.verb, subject=told.subject, actor=request.user
    )  # fmt: skip
    return work_of(found)


@router.post("/tasks/{code}/unbind", response=shapes.WorkOut, operation_id="unbind_from_fact", summary="Take it back")
@opens_to(may_see_plans)
def unbind_from_fact(request: SignedInRequest, code: str, told: shapes.BindingIn) -> dict[str, Any]:
    """What the fact completed stays completed."""
    found = task_for(request, code)
    closing_by_fact.unbind_from_fact(
        code, unit=unit_at(told.unit), verb=told.verb, subject=told.subject, actor=request.user
    )  # fmt: skip
    return work_of(found)
