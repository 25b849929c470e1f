"""What is measured of tasks: how many stand where on a day (form CCHC, appendix 1, rows 2, 7 and 8)."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motcua.base.measures import Standing
from motcua.organizations.models import Unit
from motcua.plans.queries import count_tasks
from motcua.plans.task_status import DONE, DONE_LATE, DONE_ON_TIME, OPEN_IN_TIME, OPEN_LATE

# Measure -> the statuses it counts; None: all that count.
CODES: dict[str, tuple[str, ...] | None] = {
    "tasks.total": None,
    "tasks.done": (DONE_ON_TIME, DONE_LATE),
    "tasks.done_on_time": (DONE_ON_TIME,),
    "tasks.done_late": (DONE_LATE,),
    "tasks.open_in_time": (OPEN_IN_TIME,),
    "tasks.open_late": (OPEN_LATE,),
}


def _count(code: str) -> Callable[..., int]:
    def count(unit: Unit, day: date, assigner: str | None = None, plan: str | None = None) -> int:
        codes = CODES[code]
        if plan is not None and code == "tasks.done":
            codes = tuple(DONE)  # a plan's report counts its routine tasks as well
        return count_tasks(unit, day, assigner=assigner, plan=plan, codes=codes)

    return count


def _link(code: str, unit: str, first: date, last: date) -> str:
    return f"{reverse('plans:counted')}?{urlencode({'so': code, 'don-vi': unit, 'den': last})}"


MEASURES = [
    Standing("tasks.total", _("Nhiệm vụ được giao"), _count("tasks.total"), _link),
    Standing("tasks.done", _("Nhiệm vụ đã hoàn thành"), _count("tasks.done"), _link),
    Standing("tasks.done_on_time", _("Nhiệm vụ hoàn thành đúng hạn"), _count("tasks.done_on_time"), _link),
    Standing("tasks.done_late", _("Nhiệm vụ hoàn thành quá hạn"), _count("tasks.done_late"), _link),
    Standing("tasks.open_in_time", _("Nhiệm vụ đang trong hạn"), _count("tasks.open_in_time"), _link),
    Standing("tasks.open_late", _("Nhiệm vụ quá hạn chưa hoàn thành"), _count("tasks.open_late"), _link),
]
