"""Which tasks of a plan a page shows: the same filters for its table, board, calendar, tree and exports."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from motcua.base.text import fold
from motcua.organizations.models import Unit
from motcua.plans.forms import FilterForm, unit_choices
from motcua.plans.models import Plan, Task
from motcua.plans.queries import TaskRow, task_rows


class PlanFilterForm(FilterForm):
    """The filters of a plan's page; ``q`` finds words without regard to marks."""

    q = forms.CharField(label=_("Có chữ"), max_length=100, required=False)


def lead_units(plan: Plan) -> list[Unit]:
    """Return the units that lead something in ``plan``, by name."""
    units = Unit.objects.filter(assignments__task__plan=plan, assignments__is_lead=True).distinct()
    return sorted(units, key=lambda unit: (unit.kind, unit.sort_key))


def filtered(plan: Plan, request: HttpRequest) -> tuple[FilterForm, list[TaskRow], list[TaskRow]]:
    """Return the filter, all rows of ``plan`` and those that it leaves."""
    tasks = list(plan.tasks.filter(is_dropped=False).order_by("position"))
    for each in tasks:
        each.plan = plan
    sections = list(dict.fromkeys(task.section for task in tasks if task.section))
    form = PlanFilterForm(
        {key: request.GET.get(key, "") for key in ("status", "unit", "section", "q")},
        units=unit_choices(lead_units(plan)),
        sections=sections,
    )
    rows = task_rows(tasks)
    kept = rows
    if status := form.asked("status"):
        kept = [row for row in kept if row.status.code == status]
    if section := form.asked("section"):
        kept = [row for row in kept if row.task.section == section]
    if words := fold(form.asked("q")):
        kept = [row for row in kept if words in fold(_words(row.task))]
    if unit := form.asked("unit"):
        theirs = set(
            plan.tasks.filter(assignments__unit__code=unit, assignments__is_lead=True).values_list("pk", flat=True)
        )
        kept = [row for row in kept if row.task.pk in theirs]
    return form, rows, kept


def _words(task: Task) -> str:
    parts: list[Any] = [task.short_code, task.text, task.product, task.lead_text, task.coordinating_text]
    return " ".join(parts)
