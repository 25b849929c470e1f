"""Finding what a page is about; whoever may not see it is told that there is none."""

from django.http import Http404, HttpRequest

from motcua.plans.access import visible_tasks, visible_to
from motcua.plans.models import Plan, Task


def plan_for(request: HttpRequest, code: str) -> Plan:
    """Return the plan with ``code`` that the account sees, or raise Http404."""
    found = visible_to(request.user).select_related("source").filter(code=code[:80].replace("\0", "")).first()
    if found is None:
        raise Http404
    return found


def task_for(request: HttpRequest, code: str) -> Task:
    """Return the task with ``code`` that the account sees, or raise Http404."""
    found = visible_tasks(request.user).filter(code=code[:80].replace("\0", "")).first()
    if found is None:
        raise Http404
    return found
