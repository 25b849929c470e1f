"""Reading plans and tasks."""

from motcua.plans.queries.counting import count_tasks, statuses_for
from motcua.plans.queries.listing import NamedGroup, TaskRow, groups_of, progress_of, targets_of, task_rows
from motcua.plans.queries.naming import days_of, holder_today, issuing_unit, name_book
from motcua.plans.queries.reviewing import Blocker, blockers
from motcua.plans.queries.work import assigned_to, due_between, heads_of, holders_officers, units_of

__all__ = [
    "Blocker",
    "NamedGroup",
    "TaskRow",
    "assigned_to",
    "blockers",
    "count_tasks",
    "days_of",
    "due_between",
    "groups_of",
    "heads_of",
    "holder_today",
    "holders_officers",
    "issuing_unit",
    "name_book",
    "progress_of",
    "statuses_for",
    "targets_of",
    "task_rows",
    "units_of",
]
