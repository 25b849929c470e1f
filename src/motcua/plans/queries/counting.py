"""How many tasks stand where on a day (DOMAIN 10.1; form CCHC, appendix 1, rows 2, 7 and 8)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Max, Q
from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.organizations.models import Unit
from motcua.plans.models import Assignment
from motcua.plans.states import PUBLISHED
from motcua.plans.task_status import COUNTED, ORDER, task_status


def count_tasks(
    unit: Unit, day: date, *, assigner: str | None = None, plan: str | None = None, codes: Iterable[str] | None = None
) -> int:
    """Return how many tasks led by ``unit`` or by units under it stand in one of the statuses ``codes`` on ``day``.

    Counted are tasks of published plans of the day's year, and older ones that were not done before that year began.
    A task is done for ``unit`` when each of its leading units under it is. ``assigner`` narrows by who set the plan;
    ``plan="reform_of_year"`` to the reform plan of the year, of which routine tasks count as well: its report asks for
    all tasks of the plan, while the four statuses leave routine ones out (R10.3). ``codes`` None: the four.

    Raises:
        Refused: an unknown way of narrowing.
    """
    rows = _standing(unit, day, assigner=assigner, plan=plan)
    wanted = set(COUNTED if codes is None else codes)
    if plan is not None:
        wanted = set(ORDER) if codes is None else wanted
    return sum(code in wanted for code in rows.values())


def statuses_for(unit: Unit, day: date, *, assigner: str | None = None, plan: str | None = None) -> dict[int, str]:
    """Return {task id: status} of the tasks that ``count_tasks`` counts from."""
    return _standing(unit, day, assigner=assigner, plan=plan)


def _standing(unit: Unit, day: date, *, assigner: str | None, plan: str | None) -> dict[int, str]:
    rows = Assignment.objects.filter(
        is_lead=True,
        unit__path__startswith=unit.path,
        task__is_dropped=False,
        task__plan__state__in=PUBLISHED,
        task__plan__first_day__lte=day,
    )
    if assigner is not None:
        rows = rows.filter(task__plan__assigner=assigner)
    if plan == "reform_of_year":
        rows = rows.filter(task__plan__is_reform=True, task__plan__year=day.year)
    elif plan is not None:
        raise Refused(gettext("Không lọc được nhiệm vụ theo kế hoạch “%(plan)s”.") % {"plan": plan})
    new_year = date(day.year, 1, 1)
    found = {}
    grouped = rows.values("task_id", "task__deadline_kind", "task__due_on", "task__plan__year").annotate(
        still_open=Count("pk", filter=Q(done_on__isnull=True) | Q(done_on__gt=day)), last=Max("done_on")
    )
    for row in grouped:
        done_on = None if row["still_open"] else row["last"]
        if row["task__plan__year"] < day.year and done_on is not None and done_on < new_year:
            continue
        status = task_status(
            deadline_kind=row["task__deadline_kind"], due_on=row["task__due_on"], done_on=done_on, day=day
        )
        found[row["task_id"]] = status.code
    return found
