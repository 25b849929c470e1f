"""The router of plans, and what an operation is about; whoever may not see it is told that there is none."""

from django.http import Http404
from ninja import Router

from motcua.organizations.access import SignedInRequest
from motcua.plans.access import may_draft, visible_tasks, visible_to
from motcua.plans.models import Plan, Task

router = Router(tags=["plans"])
PAGE = 100


def plan_for(request: SignedInRequest, code: str, *, to_review: bool = False) -> Plan:
    found = visible_to(request.user).filter(code=code).first() if "\0" not in code else None
    if found is None or (to_review and not may_draft(request.user, found.holder)):
        raise Http404
    return found


def task_for(request: SignedInRequest, code: str) -> Task:
    found = visible_tasks(request.user).filter(code=code).first() if "\0" not in code else None
    if found is None:
        raise Http404
    return found


def row_for(request: SignedInRequest, code: str) -> Task:
    """Return a row of a draft that the account reviews."""
    found = Task.objects.select_related("plan__holder__parent").filter(code=code).first() if "\0" not in code else None
    if found is None or not may_draft(request.user, found.plan.holder):
        raise Http404
    return found
